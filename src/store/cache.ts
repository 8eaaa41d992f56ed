/**
 * What may be forgotten: outcomes by a key that says all that they follow from. A file that is damaged, or somebody
 * else's, is as good as none.
 */
import fs from 'node:fs'
import path from 'node:path'
import { sha256 } from '../sha256.ts'
import { findFile } from './found.ts'
import { makeState, stateOf } from './state-folder.ts'
import { type Like, writeWhole } from './write-whole.ts'

export interface Cache {
  /** What was kept under a key. */
  find(key: string): string | undefined
  /**
   * Keeps a text, wholly or not at all, and forgets the oldest of too many.
   *
   * @throws what the file system says
   */
  keep(key: string, text: string): Promise<void>
}

/** The folder of a book's cache where no other is named. */
export function cacheFolderOf(root: string): string {
  return path.join(stateOf(root).folder, 'cache')
}

/**
 * The cache of a book.
 *
 * @param root of the book, absolute
 * @param location another folder for it, absolute; several books may share one
 */
export function cacheIn(root: string, location?: string): Cache {
  const folder = location ?? cacheFolderOf(root)
  const own = sha256(root).slice(0, 16)
  const fileOf = (key: string) => path.join(folder, `${own}-${key.slice(0, 32)}`)
  return {
    find(key) {
      try {
        if (location === undefined && !isFolder(folder)) return undefined
        const found = findFile(fileOf(key))
        return found && isOwn(found.stat) ? textIn(found.bytes, key) : undefined
      } catch {
        return undefined
      }
    },
    async keep(key, text) {
      if (location === undefined) {
        makeState(stateOf(root))
        fs.mkdirSync(folder, { recursive: true, mode: 0o700 })
        if (!isFolder(folder)) throw new Error(`${folder} is a link, and no folder`)
      } else fs.mkdirSync(folder, { recursive: true, mode: 0o700 })
      const file = fileOf(key)
      const temp = `${file}.${process.pid}.tmp`
      fs.rmSync(temp, { force: true })
      try {
        await writeWhole(temp, [new TextEncoder().encode(`${headOf(key, text)}\n${text}`)], false, ownLike())
        fs.renameSync(temp, file)
      } catch (cause) {
        fs.rmSync(temp, { force: true })
        throw cause
      }
      forgetOldest(folder, own)
    },
  }
}

/** As many outcomes of one book are kept: of several states of it, options, and shards. */
const KEPT = 16

/** The first line, which the rest is held against: a disk that was full, or a download that was cut, leaves less. */
function headOf(key: string, text: string): string {
  return `mdshift cache 1 ${key} ${sha256(text)}`
}

function textIn(bytes: Uint8Array, key: string): string | undefined {
  const whole = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes)
  const end = whole.indexOf('\n')
  const text = whole.slice(end + 1)
  return whole.slice(0, end) === headOf(key, text) ? text : undefined
}

/** In a folder that others write to as well, they could put there what is not so. */
function isOwn({ uid }: fs.Stats): boolean {
  return process.getuid === undefined || uid === process.getuid()
}

/** Nobody else may read what stood in chapters. */
function ownLike(): Like | undefined {
  const { getuid, getgid } = process
  return getuid && getgid && { mode: 0o600, uid: getuid(), gid: getgid() }
}

/** A link that came with the book would lead elsewhere. */
function isFolder(folder: string): boolean {
  return [path.dirname(folder), folder].every((one) =>
    fs.lstatSync(one, { throwIfNoEntry: false })?.isDirectory(),
  )
}

function forgetOldest(folder: string, own: string): void {
  const files = fs
    .readdirSync(folder)
    .filter((name) => name.startsWith(`${own}-`))
    .map((name) => ({
      file: path.join(folder, name),
      stat: fs.lstatSync(path.join(folder, name), { throwIfNoEntry: false }),
    }))
    .sort((a, b) => (b.stat?.mtimeMs ?? 0) - (a.stat?.mtimeMs ?? 0))
  for (const { file } of files.slice(KEPT)) fs.rmSync(file, { force: true })
}
