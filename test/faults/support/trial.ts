/** A book as it is before a run, and as an undisturbed run leaves it. */
import fs from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import { type Ended, mdshift } from '../../support/program.ts'
import { copyTree, differences, storeNames, type Tree, torn, treeOf } from './tree.ts'

export interface Trial extends AsyncDisposable {
  /** Where the book is; made anew for each try. */
  readonly root: string
  readonly before: Tree
  readonly after: Tree
  /** With which it ends: 1 where a person has to decide about something. */
  readonly status: number
  /** What the store keeps of a finished run. */
  readonly kept: readonly string[]
  /** Puts the book back to what it was, without a trace of the store. */
  begin(): void
  /** Keeps a copy of what is there now, to come back to. */
  keep(): Kept
}

/** A state to come back to. */
interface Kept {
  back(): void
  drop(): void
}

/** @param write makes the book */
export async function trialOf(write: (root: string) => void): Promise<Trial> {
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'mdshift-trial-'))
  const [original, root] = [path.join(folder, 'original'), path.join(folder, 'book')]
  write(original)
  copyTree(original, root)
  const before = treeOf(root)
  const run = mdshift(['migrate'], root)
  const after = treeOf(root)
  if (run.status === null || run.status === 2 || differences(before, after).length === 0)
    throw new Error(run.stderr)
  const kept = storeNames(root)
  let copies = 0
  return {
    root,
    before,
    after,
    status: run.status,
    kept,
    begin: () => copyTree(original, root),
    keep() {
      copies += 1
      const copy = path.join(folder, `copy-${copies}`)
      copyTree(root, copy)
      return {
        back: () => copyTree(copy, root),
        drop: () => fs.rmSync(copy, { recursive: true, force: true }),
      }
    },
    async [Symbol.asyncDispose]() {
      fs.rmSync(folder, { recursive: true, force: true })
    },
  }
}

/** What a command must do about a book that a killed run has left. */
export type Promised = (trial: Trial) => string[]

/** Every file is wholly old or wholly new, and has its mode. */
export function tornFiles({ root, before, after }: Trial): string[] {
  const strays = (name: string) => /(?:^|\/)\.[^/]*mdshift-[^/]*$/.test(name)
  const now = Object.fromEntries(Object.entries(treeOf(root)).filter(([name]) => !strays(name)))
  return torn(now, before, after)
}

/** Each of these comes behind a kill, in a copy of what the kill has left. */
export const AFTERMATHS = {
  'migrate again, then undo': (trial) => [
    ...told(trial, ['migrate'], [trial.status], trial.after),
    ...keptAs(trial),
    ...told(trial, ['undo'], [0], trial.before),
  ],
  // There may be nothing to undo: killed before the run had begun, it has left none.
  undo: (trial) => told(trial, ['undo'], [0, 1, 2], trial.before),
  check: (trial) => {
    const { status, stderr } = mdshift(['check'], trial.root)
    const now = treeOf(trial.root)
    const [wrong] = [differences(now, trial.after), differences(now, trial.before)].sort(
      (a, b) => a.length - b.length,
    )
    const expected = differences(now, trial.after).length === 0 ? trial.status : 1
    return [
      ...(wrong ?? []).map((line) => `check: ${line}\n${stderr}`),
      ...(status === expected ? [] : [`check: status ${status}\n${stderr}`]),
      ...told(trial, ['undo'], [0, 1, 2], trial.before),
    ]
  },
} as const satisfies Readonly<Record<string, Promised>>

/** Runs a command; says what is not as it was to be behind it. */
export function told(
  { root }: Trial,
  command: readonly string[],
  statuses: readonly (number | null)[],
  expected: Tree,
): string[] {
  const { status, stderr }: Ended = mdshift(command, root)
  const wrong = differences(treeOf(root), expected)
  if (!statuses.includes(status)) wrong.push(`status ${status}`)
  return wrong.map((line) => `${command.join(' ')}: ${line}\n${stderr}`)
}

function keptAs({ root, kept }: Trial): string[] {
  const now = storeNames(root)
  return now.join() === kept.join() ? [] : [`.mdshift holds ${now.join(', ')}; expected ${kept.join(', ')}`]
}
