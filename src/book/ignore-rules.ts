/**
 * What `.gitignore` and `.mdshiftignore` files rule out, from the top of the repository, or of the book, down to
 * each file. What lies in an ignored folder is ignored, whatever stands further down.
 */
import path from 'node:path'
import ignore, { type Ignore } from 'ignore'
import { toPosix } from '../posix.ts'
import { bookAround, foldersBetween, isWithin, nearest, remembered } from './folders.ts'
import { readRegularFile } from './read-regular-file.ts'

export interface IgnoreRules {
  /** @param file absolute */
  isIgnored(file: string): Promise<boolean>
  /** @param folder absolute */
  isIgnoredFolder(folder: string): Promise<boolean>
}

/** The rules that count in a folder and below. */
export async function ignoreRules(folder: string): Promise<IgnoreRules> {
  const top = (await nearest(folder, '.git')) ?? (await bookAround(folder)) ?? folder
  const rules = remembered(readRules)
  const isIgnoredBy = async (entry: string, suffix: '' | '/'): Promise<boolean> => {
    let ignored = false
    for (const directory of foldersBetween(top, path.dirname(entry))) {
      const verdict = (await rules(directory))?.test(toPosix(path.relative(directory, entry)) + suffix)
      if (verdict?.ignored) ignored = true
      if (verdict?.unignored) ignored = false
    }
    return ignored
  }
  const isIgnoredFolder = remembered(async (directory: string): Promise<boolean> => {
    if (directory === top || !isWithin(top, directory)) return false
    return (await isIgnoredFolder(path.dirname(directory))) || isIgnoredBy(directory, '/')
  })
  return {
    isIgnoredFolder,
    isIgnored: async (file) => (await isIgnoredFolder(path.dirname(file))) || isIgnoredBy(file, ''),
  }
}

async function readRules(directory: string): Promise<Ignore | undefined> {
  let rules: Ignore | undefined
  for (const name of ['.gitignore', '.mdshiftignore']) {
    const text = await textOf(path.join(directory, name))
    if (text !== '') rules = (rules ?? ignore({ ignorecase: false })).add(text)
  }
  return rules
}

async function textOf(file: string): Promise<string> {
  try {
    return new TextDecoder().decode(await readRegularFile(file))
  } catch {
    return ''
  }
}
