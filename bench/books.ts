/** The generated books that a benchmark is run on: each state, once and many times over, in one temporary folder. */
import { spawnSync } from 'node:child_process'
import fs from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import { generateBook } from './book/generate.ts'
import type { State } from './book/spelling.ts'
import { writeBook } from './book/write-book.ts'

export type Size = 'once' | 'many'

export interface Books {
  /** How many Markdown files there are, and how many bytes. */
  sizeOf(state: State, size: Size): { readonly files: number; readonly bytes: number }
  /** A book that stays as it is. */
  folderOf(state: State, size: Size): string
  /** A copy that may be written to, and that the disk has, so that nobody else's bytes are flushed in the run. */
  copyOf(state: State, size: Size): string
  remove(): void
}

export function makeBooks({ files, times }: { files: number; times: number }): Books {
  const root = fs.mkdtempSync(path.join(os.tmpdir(), 'mdshift-bench-'))
  const sizes = new Map<string, { files: number; bytes: number }>()
  const copy = path.join(root, 'copy')
  const folderOf = (state: State, size: Size) => {
    const folder = path.join(root, `${state}-${size}`)
    if (!sizes.has(folder)) {
      sizes.set(folder, writeBook(folder, generateBook({ files }, state), size === 'once' ? 1 : times))
      flush()
    }
    return folder
  }
  return {
    folderOf,
    sizeOf: (state, size) => sizes.get(folderOf(state, size)) ?? { files: 0, bytes: 0 },
    copyOf(state, size) {
      fs.rmSync(copy, { recursive: true, force: true })
      fs.cpSync(folderOf(state, size), copy, { recursive: true })
      flush()
      return copy
    },
    remove: () => fs.rmSync(root, { recursive: true, force: true }),
  }
}

/** Where there is no such program, the first to flush pays for what was written before. */
function flush(): void {
  spawnSync('sync')
}
