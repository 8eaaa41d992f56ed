import { spawnSync } from 'node:child_process'
import fs from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import { fileURLToPath } from 'node:url'
import { expect, it } from 'vitest'
import { mdshift } from '../support/program.ts'
import { someOf, stepOf } from './support/amount.ts'
import { writeLargeBook } from './support/book.ts'
import { tell } from './support/figures.ts'
import { has } from './support/needs.ts'
import { copyTree, differences, treeOf } from './support/tree.ts'
import { type Trial, trialOf } from './support/trial.ts'

const BIN = fileURLToPath(new URL('../../bin/mdshift.js', import.meta.url))
const PAGE = 4096

const canMount = has(['mounts'], 'disks that are really full')

it.runIf(canMount)(
  'a disk that has no room leaves all as it was; with more room, the run is made',
  async () => {
    await using trial = await trialOf((root) => writeLargeBook(root, 7, 60))
    // A file takes whole pages there: as many as the book itself has, and one more each time.
    const own = Object.keys(trial.before).reduce(
      (pages, name) => pages + pagesOf(path.join(trial.root, name)),
      0,
    )
    await tryRooms(trial, 'pages', own, (pages) => `size=${pages * PAGE}`)
  },
)

it.runIf(canMount)(
  'a disk that takes no more files leaves all as it was; with more room, the run is made',
  async () => {
    await using trial = await trialOf((root) => writeLargeBook(root, 7, 60))
    await tryRooms(trial, 'files', Object.keys(trial.before).length + 2, (files) => `nr_inodes=${files}`)
  },
)

it('a limit on the size of files makes short writes, and leaves all as it was', async () => {
  await using trial = await trialOf((root) => writeLargeBook(root, 7, 60))
  const problems: string[] = []
  const limits = someOf([1, 100, 150, 300, 1000, 2000, 5000, 8191, 12_000], 4)
  for (const limit of limits) {
    trial.begin()
    const limited = spawnSync('prlimit', [`--fsize=${limit}`, process.execPath, BIN, 'migrate'], {
      cwd: trial.root,
      encoding: 'utf8',
    })
    problems.push(...refusal(trial, trial.root, limited, /EFBIG/).map((line) => `${limit} bytes: ${line}`))
    if (mdshift(['migrate'], trial.root).status !== 0) problems.push(`${limit} bytes: the next run fails`)
    problems.push(
      ...differences(treeOf(trial.root), trial.after).map((line) => `${limit} bytes, then: ${line}`),
    )
  }
  tell('limits on the size of a file', { limits: limits.length, problems: problems.length })
  expect(problems).toEqual([])
})

/** Ever more room, until a run has enough. */
async function tryRooms(
  trial: Trial,
  unit: string,
  least: number,
  option: (room: number) => string,
): Promise<void> {
  const problems: string[] = []
  let refused = 0
  for (let room = least; ; room += stepOf(3)) {
    using disk = tmpfs(option(room))
    const root = path.join(disk.folder, 'book')
    trial.begin()
    copyTree(trial.root, root)
    const run = mdshift(['migrate'], root)
    if (run.status === 0) break
    refused += 1
    problems.push(...refusal(trial, root, run, /ENOSPC/).map((line) => `room for ${room} ${unit}: ${line}`))
    disk.remount(option(room + 1000))
    const again = mdshift(['migrate'], root)
    if (again.status !== 0)
      problems.push(`room for ${room} ${unit}, then more: status ${again.status}\n${again.stderr}`)
    problems.push(
      ...differences(treeOf(root), trial.after).map((line) => `room for ${room} ${unit}, then more: ${line}`),
    )
  }
  tell(`full disks, by ${unit}`, { 'too small': refused, problems: problems.length })
  expect(refused).toBeGreaterThan(2)
  expect(problems).toEqual([])
}

function refusal(
  { before }: Trial,
  root: string,
  { status, stderr }: { readonly status: number | null; readonly stderr: string },
  cause: RegExp,
): string[] {
  const problems = differences(treeOf(root), before)
  if (status !== 2) problems.push(`status ${status}`)
  if (!/^error MDS\d{3} {2}\S+: /m.test(stderr) || !cause.test(stderr)) problems.push(`it says:\n${stderr}`)
  return problems
}

interface Disk extends Disposable {
  readonly folder: string
  remount(option: string): void
}

function tmpfs(option: string): Disk {
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'mdshift-disk-'))
  must('mount', '-t', 'tmpfs', '-o', option, 'mdshift-test', folder)
  return {
    folder,
    remount: (more) => must('mount', '-o', `remount,${more}`, folder),
    [Symbol.dispose]() {
      must('umount', folder)
      fs.rmdirSync(folder)
    },
  }
}

function must(program: string, ...args: string[]): void {
  const { status, stderr } = spawnSync(program, args, { encoding: 'utf8' })
  if (status !== 0) throw new Error(`${program}: ${stderr}`)
}

function pagesOf(file: string): number {
  const stat = fs.statSync(file)
  return stat.isFile() ? Math.ceil(stat.size / PAGE) : 0
}
