/** How a command comes to the books on disk: it ends what was broken off there, and keeps others out where it writes. */
import type { Failure } from '../failure.ts'
import { recoveredLines } from '../report/recovered.ts'
import { type Lock, lockBook } from '../store/lock.ts'
import { recoverBook, recoverLocked } from '../store/recover.ts'
import type { Io } from './io.ts'
import { nameFrom } from './name-from.ts'

export interface Access {
  /**
   * Comes to books.
   *
   * @param roots absolute
   * @returns what stands against it
   */
  open(roots: readonly string[]): Promise<readonly Failure[]>
  /** Keeps others out of books, and looks at nothing in them. */
  lock(roots: readonly string[]): readonly Failure[]
  /** The lock of a book that was opened, or locked. */
  lockOf(root: string): Lock
  /** Lets others in. */
  close(): void
}

export interface AccessOptions {
  /** Whether it is to write: then nobody else may meanwhile. */
  readonly writes: boolean
  /** Whether to wait until the disk has what is written. */
  readonly fsync: boolean
}

export function accessTo(io: Io, { writes, fsync }: AccessOptions): Access {
  const locks = new Map<string, Lock>()
  const tell = ({ ok, ...rest }: Awaited<ReturnType<typeof recoverBook>>): readonly Failure[] => {
    if ('failure' in rest) return [rest.failure]
    const { value } = rest
    if (value) io.stderr.lines(recoveredLines(value, nameFrom(io.cwd, value.root), io.stderr.colors))
    return value?.failures ?? []
  }
  // In one order everywhere, so that two runs never wait for each other.
  const inOrder = (roots: readonly string[]) => [...new Set(roots)].filter((root) => !locks.has(root)).sort()
  const take = (roots: readonly string[]) =>
    inOrder(roots).flatMap((root) => {
      const lock = lockBook(root)
      if (!lock.ok) return [lock.failure]
      locks.set(root, lock.value)
      return []
    })
  return {
    async open(roots) {
      const failures: Failure[] = []
      for (const root of inOrder(roots)) {
        failures.push(...(writes ? take([root]) : []))
        const lock = locks.get(root)
        if (lock) failures.push(...tell(await recoverLocked(lock, { fsync })))
        else if (!writes) failures.push(...tell(await recoverBook(root, fsync)))
      }
      return failures
    },
    lock: take,
    lockOf(root) {
      const lock = locks.get(root)
      if (!lock) throw new Error(`${root} is not locked`)
      return lock
    },
    close() {
      for (const lock of locks.values()) lock.release()
      locks.clear()
    },
  }
}
