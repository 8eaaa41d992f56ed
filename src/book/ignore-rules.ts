/**
 * What `.gitignore` and `.mdshiftignore` files rule out, from the top of the repository, or of the book, down to
 * each file. What lies in an ignored folder is ignored, whatever stands further down.
 */
import path from 'node:path'
import ignore, { type Ignore } from 'ignore'
import { toPosix } from '../posix.ts'
import { bookAround, isWithin, nearest, remembered } from './folders.ts'
import { readWhole } from './read-in-turn.ts'

export interface IgnoreRules {
  /** @param file absolute */
  isIgnored(file: string): boolean
  /** @param folder absolute */
  isIgnoredFolder(folder: string): boolean
}

/** The rules that count in a folder and below. */
export function ignoreRules(folder: string): IgnoreRules {
  const top = nearest(folder, '.git') ?? bookAround(folder) ?? folder
  /** Of the folders from the top down to one that have any. */
  const rulesDownTo = remembered((directory: string): readonly Rules[] => {
    const own = readRules(directory)
    const isTop = directory === top || !isWithin(top, directory)
    const above = isTop ? [] : rulesDownTo(path.dirname(directory))
    return own ? [...above, { directory, own }] : above
  })
  const isIgnoredBy = (entry: string, suffix: '' | '/'): boolean => {
    let ignored = false
    for (const { directory, own } of rulesDownTo(path.dirname(entry))) {
      const verdict = own.test(toPosix(path.relative(directory, entry)) + suffix)
      if (verdict.ignored) ignored = true
      if (verdict.unignored) ignored = false
    }
    return ignored
  }
  const isIgnoredFolder = remembered((directory: string): boolean => {
    if (directory === top || !isWithin(top, directory)) return false
    return isIgnoredFolder(path.dirname(directory)) || isIgnoredBy(directory, '/')
  })
  return {
    isIgnoredFolder,
    isIgnored: (file) => isIgnoredFolder(path.dirname(file)) || isIgnoredBy(file, ''),
  }
}

interface Rules {
  readonly directory: string
  readonly own: Ignore
}

function readRules(directory: string): Ignore | undefined {
  let rules: Ignore | undefined
  for (const name of ['.gitignore', '.mdshiftignore']) {
    const text = textOf(path.join(directory, name))
    if (text !== '') rules = (rules ?? ignore({ ignorecase: false })).add(text)
  }
  return rules
}

function textOf(file: string): string {
  try {
    return new TextDecoder().decode(readWhole(file))
  } catch {
    return ''
  }
}
