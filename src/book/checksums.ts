/** Checksums of migrations, made of their sources: they change with what a migration says, and not with how it is laid out. */
import { createHash } from 'node:crypto'
import fs from 'node:fs'
import path from 'node:path'
import ts from 'typescript'
import { tokensOf } from './typescript-tokens.ts'

/** What may stand behind the name of a module that is imported without it. */
const ENDINGS = ['', '.ts', '.mts', '.cts', '.js', '.mjs', '.cjs', '.json', '/index.ts', '/index.js']

const CODE = /\.[mc]?[jt]s$/

/**
 * The checksum of a migration's own files, and of those that they import by a relative path, directly or not: over
 * the tokens of all, so that comments and layout do not count.
 *
 * @param own absolute
 */
export function checksumOf(own: readonly string[]): string {
  const found = new Set(own)
  for (const file of found) for (const imported of importsOf(file)) found.add(imported)
  const hash = createHash('sha256')
  for (const file of [...found].sort()) {
    const text = fs.readFileSync(file, 'utf8')
    for (const token of CODE.test(file) ? tokensOf(text) : [text]) hash.update(`${token}\n`)
  }
  return `sha256-${hash.digest('hex')}`
}

/** The files of a migration that is a folder: all of its code but tests. */
export function codeIn(folder: string): string[] {
  return fs
    .readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((file) => CODE.test(file) && !/\.test\.\w+$/.test(file))
    .map((file) => path.join(folder, file))
}

function importsOf(file: string): string[] {
  if (!CODE.test(file)) return []
  return ts
    .preProcessFile(fs.readFileSync(file, 'utf8'), true, true)
    .importedFiles.map(({ fileName }) => fileName)
    .filter((imported) => imported.startsWith('.'))
    .flatMap((imported) => resolved(path.join(path.dirname(file), imported)) ?? [])
}

/** TypeScript's compilers want `./tables.js` where the file is `./tables.ts`. */
function resolved(name: string): string | undefined {
  const names = [...ENDINGS.map((ending) => name + ending), name.replace(/\.([mc]?)js$/, '.$1ts')]
  return names.find((one) => fs.statSync(one, { throwIfNoEntry: false })?.isFile())
}
