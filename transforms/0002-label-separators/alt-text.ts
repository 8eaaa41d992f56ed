/**
 * The alt text of a badge that spells its label follows the label: `![slab-github][c-slab-github-badge]`
 * becomes `![slab~github][…]`, and `![slab][c-slab-badge]` stays.
 */
import type { LabelGrammar } from './grammar.ts'
import { comparable, type Segment } from './segments.ts'

/**
 * The alt text that goes with a renamed label.
 *
 * @param alt as the source has it
 * @param segments of the image's label
 * @param grammar of the book's labels
 * @returns `undefined` where the text does not spell the label, or stays the same
 */
export function followLabel(
  alt: string,
  segments: readonly Segment[],
  { namespaces }: LabelGrammar,
): string | undefined {
  const spelled = segments.filter(({ legacy }) => legacy !== '')
  const badge = spelled.at(-1)?.legacy.toLowerCase() === 'badge' ? 1 : 0
  const namespace = namespaces.has(spelled[0]?.legacy.toLowerCase() ?? '') ? 1 : 0
  for (const from of namespace === 1 ? [0, 1] : [0]) {
    for (const to of badge === 1 ? [spelled.length, spelled.length - 1] : [spelled.length]) {
      const parts = spelled.slice(from, to)
      const legacy = parts.map((part) => part.legacy).join('-')
      if (parts.length > 1 && comparable(alt) === comparable(legacy)) return respell(alt, parts)
    }
  }
  return undefined
}

/**
 * Keeps the alt text's own letters but for the separators. Two plain tildes would strike out what stands
 * between them, so that they are escaped where there are several.
 */
function respell(alt: string, parts: readonly Segment[]): string {
  let offset = 0
  const words = parts.map(({ legacy, current }) => {
    const own = alt.slice(offset, offset + legacy.length)
    offset += legacy.length + 1
    return legacy === current ? own : current
  })
  return words.join(words.length > 2 ? '\\~' : '~')
}
