import path from 'node:path'

/** A path of this machine as a book has it: with `/`. */
export function toPosix(file: string): string {
  return file.split(path.sep).join('/')
}
