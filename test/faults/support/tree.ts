/** What a folder holds, as a value that can be compared: bytes, modes, owners, links; not times. */
import { spawnSync } from 'node:child_process'
import fs from 'node:fs'
import path from 'node:path'

/** Path → kind, mode, owner and bytes. */
export type Tree = Readonly<Record<string, string>>

/** Everything but `.mdshift/`, which is the store's own. */
export function treeOf(root: string): Tree {
  return Object.fromEntries(
    namesIn(root)
      .filter((name) => !isOwn(name))
      .map((name) => [name, told(path.join(root, name))]),
  )
}

/** The names in `.mdshift/`, with what is different in each run left out. */
export function storeNames(root: string): string[] {
  return namesIn(root).filter(isOwn).map(withoutRunIds).sort()
}

/** A run's id is in the names of its files, and its process in that of its lock: each run has others. */
export function withoutRunIds(name: string): string {
  return name
    .replace(/\b\d{6,}-[0-9a-f]{8}\b/g, 'RUN')
    .replace(/\block\.\d+\.[0-9a-f]{8}\b/g, 'lock.PID')
    .replace(/\.mdshift-[0-9a-f]{16}\.tmp/g, '.mdshift-RUN.tmp')
}

/** What differs, by path; nothing where two trees are the same. */
export function differences(actual: Tree, expected: Tree): string[] {
  const names = new Set([...Object.keys(actual), ...Object.keys(expected)])
  return [...names]
    .filter((name) => actual[name] !== expected[name])
    .map((name) => `${name}: ${short(actual[name])}, expected ${short(expected[name])}`)
}

/** What is neither wholly as it is in one tree nor as it is in the other, and what neither has. */
export function torn(actual: Tree, before: Tree, after: Tree): string[] {
  const names = new Set([...Object.keys(actual), ...Object.keys(before), ...Object.keys(after)])
  return [...names]
    .filter((name) => actual[name] !== before[name] && actual[name] !== after[name])
    .map((name) => `${name} is neither old nor new: ${short(actual[name])}`)
}

/** A copy in which nothing but times and inodes differ. */
export function copyTree(from: string, to: string): void {
  fs.rmSync(to, { recursive: true, force: true })
  const { status, stderr } = spawnSync('cp', ['-a', from, to], { encoding: 'utf8' })
  if (status !== 0) throw new Error(stderr)
}

function isOwn(name: string): boolean {
  return name === '.mdshift' || name.startsWith('.mdshift/')
}

function namesIn(root: string): string[] {
  return fs.readdirSync(root, { recursive: true, encoding: 'utf8' }).sort()
}

function told(file: string): string {
  const stat = fs.lstatSync(file)
  const head = `${stat.mode.toString(8)} ${stat.uid}:${stat.gid}`
  if (stat.isSymbolicLink()) return `${head} → ${fs.readlinkSync(file)}`
  return stat.isFile() ? `${head} ${fs.readFileSync(file, 'latin1')}` : head
}

function short(told: string | undefined): string {
  if (told === undefined) return 'not there'
  return told.length > 60 ? `${told.slice(0, 60)}… (${told.length})` : told
}
