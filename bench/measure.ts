/** What one run of a program costs. */
import { spawn, spawnSync } from 'node:child_process'
import fs from 'node:fs'
import type { Command } from './peers.ts'

/**
 * Runs a program to its end; what it prints is thrown away.
 *
 * @returns milliseconds
 * @throws where it did not do its work
 */
export function timeOf({ file, args, statuses = [0] }: Command, cwd: string): number {
  const begun = performance.now()
  const { status, error } = spawnSync(file, args, { cwd, stdio: 'ignore' })
  const took = performance.now() - begun
  if (error || status === null || !statuses.includes(status))
    throw new Error(`${file} ${args.join(' ').slice(0, 200)} ended with ${status ?? error?.message}`)
  return took
}

/**
 * The most memory that a program had at once, its children left out; where the system tells (`/proc`), as it grows.
 *
 * @returns megabytes
 */
export async function peakOf({ file, args }: Command, cwd: string): Promise<number | undefined> {
  const child = spawn(file, args, { cwd, stdio: 'ignore' })
  let peak: number | undefined
  const look = setInterval(() => {
    peak = highWaterMark(child.pid) ?? peak
  }, 10)
  await new Promise<void>((resolve, reject) => child.once('close', () => resolve()).once('error', reject))
  clearInterval(look)
  return peak
}

function highWaterMark(pid: number | undefined): number | undefined {
  try {
    const [, kilobytes] = /^VmHWM:\s+(\d+) kB$/m.exec(fs.readFileSync(`/proc/${pid}/status`, 'utf8')) ?? []
    return kilobytes === undefined ? undefined : Number(kilobytes) / 1024
  } catch {
    return undefined
  }
}

export function median(numbers: readonly number[]): number {
  const sorted = numbers.toSorted((a, b) => a - b)
  const half = sorted.length / 2
  return ((sorted[Math.ceil(half) - 1] ?? Number.NaN) + (sorted[Math.floor(half)] ?? Number.NaN)) / 2
}
