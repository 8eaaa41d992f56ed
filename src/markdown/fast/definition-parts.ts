/** The parts of a definition; CommonMark 0.31.2, 4.7. */
import { readDestination, readLabel, TITLE } from './link-ends.ts'
import { spacesAt } from './spaces.ts'

/** Offsets into the definition. */
export interface Range {
  readonly from: number
  readonly to: number
}

interface DefinitionParts {
  readonly label: Range
  readonly destination: Range
  readonly title: Range | undefined
}

/** The parts of a definition that stands in one line, to its end. */
export function definitionIn(source: string): DefinitionParts | undefined {
  const read = readLabel(source, 0)
  if (!read || source.charAt(read.to) !== ':' || /^[ \t\r\n]|[ \t\r\n]$/.test(read.raw)) return undefined
  const from = read.to + 1 + spacesAt(source, read.to + 1)
  const destination = readDestination(source, from)
  if (!destination || destination.from === destination.to) return undefined
  const gap = spacesAt(source, destination.next)
  const label = { from: 1, to: read.to - 1 }
  if (destination.next + gap === source.length)
    return gap === 0 ? { label, destination, title: undefined } : undefined
  TITLE.lastIndex = destination.next + gap
  if (gap === 0 || !TITLE.test(source) || TITLE.lastIndex !== source.length) return undefined
  const title = { from: destination.next + gap + 1, to: source.length - 1 }
  return title.from < title.to ? { label, destination, title } : undefined
}
