/**
 * The folder that mdshift keeps at the root of a book: who works on it, what is being written, and what the last runs
 * wrote over. Version control does not see it.
 */
import fs from 'node:fs'
import path from 'node:path'
import { codeOf } from '../failure.ts'

const STATE_FOLDER = '.mdshift'

/** Where things are; all paths are absolute. */
export interface State {
  /** The book's. */
  readonly root: string
  readonly folder: string
  /** Names the process that works on the book. */
  readonly lock: string
  /** What is being written now. */
  readonly journal: string
  /** Whether that is to be finished, or taken back. */
  readonly verdict: string
  /** The records of finished runs, and the bytes that they wrote over. */
  readonly runs: string
}

/** @param root of a book, absolute */
export function stateOf(root: string): State {
  const folder = path.join(root, STATE_FOLDER)
  const within = (name: string) => path.join(folder, name)
  return {
    root,
    folder,
    lock: within('lock'),
    journal: within('journal.json'),
    verdict: within('verdict'),
    runs: within('runs'),
  }
}

/** Whether there is a journal at all: asked often, and cheap. */
export function isUnfinished({ journal }: State): boolean {
  return fs.existsSync(journal)
}

/**
 * Makes the folder, if it is not there.
 *
 * @throws what the file system says, and where something else bears its name: a link would lead elsewhere
 */
export function makeState(state: State): void {
  const { folder, runs } = state
  const { uid, gid } = ownOf(state)
  for (const made of [folder, runs]) {
    const isNew = madeFolder(made)
    if (!fs.lstatSync(made).isDirectory()) throw new Error(`${made} is a link, and no folder`)
    if (isNew) giveFolder(made, uid, gid)
  }
  const ignored = path.join(folder, '.gitignore')
  // Whatever bears that name stays: through a link that leads nowhere a file would be made elsewhere.
  if (!fs.readdirSync(folder).includes(path.basename(ignored)))
    fs.writeFileSync(ignored, '*\n', { flag: 'wx' })
}

/**
 * Whose the files in the folder are, and that nobody else may read them: they hold what stood in chapters that others may
 * not read. Where root works on somebody's book, they are theirs.
 */
export function ownOf({ root }: State): {
  readonly mode: number
  readonly uid: number
  readonly gid: number
} {
  const { uid, gid } = fs.statSync(root)
  return { mode: 0o600, uid, gid }
}

/** Whether it was not there. */
function madeFolder(folder: string): boolean {
  try {
    fs.mkdirSync(folder, { mode: 0o700 })
    return true
  } catch (cause) {
    if (codeOf(cause) === 'EEXIST') return false
    throw cause
  }
}

/** Only root may give a folder away. */
function giveFolder(folder: string, uid: number, gid: number): void {
  try {
    const own = fs.lstatSync(folder)
    if (own.uid !== uid || own.gid !== gid) fs.chownSync(folder, uid, gid)
  } catch {
    // It stays with who made it.
  }
}

/** Removes the folder where nothing is kept in it. */
export function removeUnused({ folder, runs }: State): void {
  try {
    if (!fs.lstatSync(folder).isDirectory()) return
    const entries = fs.readdirSync(folder)
    if (entries.some((name) => name !== '.gitignore' && name !== path.basename(runs))) return
    fs.rmdirSync(runs)
    fs.rmSync(path.join(folder, '.gitignore'), { force: true })
    fs.rmdirSync(folder)
  } catch {
    // Something is kept in it, or somebody is about to.
  }
}
