/** What a test cannot do without. What is missing is said aloud, and in CI, where `FAULTS_MUST` is set, it is a failure. */
import { spawnSync } from 'node:child_process'

const NEEDED = {
  strace: () => spawnSync('strace', ['-o', '/dev/null', 'true']).status === 0,
  // Mounting is root's, and not that of root in each container.
  mounts: () => spawnSync('unshare', ['-m', 'mount', '-t', 'tmpfs', 'none', '/mnt']).status === 0,
} as const

/** @param what cannot be tested without them, in words */
export function has(needed: readonly (keyof typeof NEEDED)[], what: string): boolean {
  const missing = needed.filter((name) => !NEEDED[name]())
  if (missing.length === 0) return true
  const words = `NOT TESTED for want of ${missing.join(' and ')}: ${what}`
  if (process.env['FAULTS_MUST']) throw new Error(words)
  console.warn(words)
  return false
}
