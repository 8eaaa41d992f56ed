/** Which mdshift this is, byte by byte: a version says too little while it is being worked on. */
import fs from 'node:fs'
import path from 'node:path'
import { sha256 } from '../sha256.ts'

/**
 * The hash of a program's own files.
 *
 * @param folder absolute, where it was built
 */
export function programHash(folder: string): string {
  const names = fs
    .readdirSync(folder)
    .filter((name) => name.endsWith('.js'))
    .sort()
  return sha256(names.map((name) => `${name} ${sha256(fs.readFileSync(path.join(folder, name)))}\n`).join(''))
}
