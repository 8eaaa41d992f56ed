/** Globs → which files they match, and the folder below which those lie. */
import path from 'node:path'
import picomatch from 'picomatch'
import { toPosix } from '../posix.ts'
import { isWithin } from './folders.ts'

export interface Glob {
  /** Absolute: no file elsewhere matches. */
  readonly base: string
  /** Whether a file, absolute, matches; also from another path of the base, `from`. */
  matches(file: string, from?: string): boolean
}

/** Whether a path has signs of globs in it. */
export function isGlob(given: string): boolean {
  const { isGlob: has, negated } = picomatch.scan(given)
  return has === true || negated === true
}

/**
 * Reads a glob.
 *
 * @param pattern relative to `folder`, or absolute
 * @param dot whether `*` matches names that begin with a dot
 */
export function globIn(folder: string, pattern: string, dot: boolean): Glob {
  const { base, glob } = picomatch.scan(pattern)
  const top = path.resolve(folder, base.replace(/\\(?=.)/gs, ''))
  // Without it, `**` does not go over a line ending in a name.
  const matches = glob === '' ? undefined : picomatch(glob, { dot, posix: true, flags: 's' })
  return {
    base: top,
    matches(file, from = top) {
      if (!matches) return file === from
      return isWithin(from, file) && matches(toPosix(path.relative(from, file)))
    },
  }
}
