/** What strace has written, as values. */
import { withoutRunIds } from './tree.ts'

/** One call on a file of the book. */
export interface Call {
  readonly thread: 'main' | 'pool'
  readonly name: string
  /** The how many-th of its name in its thread, from the first `mkdir` on. */
  readonly nth: number
  /** Its arguments, without what differs from run to run. */
  readonly text: string
  /** The how many-th with the same arguments in its thread. */
  readonly again: number
  /** The first path in it, from the book's root. */
  readonly file: string
  readonly mutates: boolean
  /** What it returned; `?` where the program was killed in it. */
  readonly returned: string | undefined
}

/**
 * Reads a log.
 *
 * @param only the thread that all of it is about, where its lines do not say
 */
export function callsIn(log: string, root: string, pid: number, only: Call['thread'] | undefined): Call[] {
  const counts = new Map<string, number>()
  const lines = log.split('\n').map((line) => (only ? `${only === 'main' ? pid : -1} ${line}` : line))
  const ends = endsOf(lines)
  return lines.flatMap((line, index) => {
    const [, tid = '', name = '', rest = ''] = /^(-?\d+) +(\w+)\((.*)$/.exec(line) ?? []
    if (name === '') return []
    const thread = Number(tid) === pid ? 'main' : 'pool'
    const nth = (counts.get(`${thread} ${name}`) ?? 0) + 1
    counts.set(`${thread} ${name}`, nth)
    const [, text = '', returned] =
      /^(.*?)(?: <unfinished \.\.\.>|\) += (.*))$/.exec(
        rest.replace(/AT_FDCWD<[^>]*>/g, 'cwd').replaceAll('(deleted)', ''),
      ) ?? []
    const at = text.indexOf(root)
    if (at < 0) return []
    const told = withoutRunIds(
      text.replaceAll(`${root}/`, '').replaceAll(root, '.').replace(ON_DESCRIPTOR, '$1'),
    )
    const again = (counts.get(`${thread} ${name} ${told}`) ?? 0) + 1
    counts.set(`${thread} ${name} ${told}`, again)
    return [
      {
        thread,
        name,
        nth,
        text: told,
        again,
        file: withoutRunIds(/^[^">]*/.exec(text.slice(at + root.length + 1))?.[0] ?? ''),
        mutates: !/^open|^ioctl|^pread/.test(name) || /O_(?:WRONLY|RDWR|CREAT|TRUNC)|FICLONE/.test(text),
        returned: returned ?? ends.get(index),
      },
    ]
  })
}

/** A call on an open file is told by the file: what is read is known only behind it, and a lock's length varies. */
const ON_DESCRIPTOR = /^\d+(<[^>]*>).*/

/** Whether two runs have made the same call. */
export function isSame(call: Call | undefined, other: Call): boolean {
  return call?.name === other.name && call.text === other.text && call.again === other.again
}

/**
 * Where to look for a call in another run. What a module loader opens meanwhile comes before the first `mkdir` in one
 * run, and behind it in the next: the number of a call is some more, or less, then.
 */
export function* near(call: Call): Iterable<Call> {
  for (const off of [0, 0, -1, 1, -2, 2, -3, 3, -4, 4])
    if (call.nth + off > 0) yield { ...call, nth: call.nth + off }
}

/** What calls returned that other threads' lines stand in the middle of, by the lines of their beginnings. */
function endsOf(lines: readonly string[]): Map<number, string> {
  const open = new Map<string, number>()
  const ends = new Map<number, string>()
  lines.forEach((line, index) => {
    const [, tid = '', returned] = /^(-?\d+) +(?:<\.\.\. .* = (.*))?/.exec(line) ?? []
    if (line.endsWith('<unfinished ...>')) open.set(tid, index)
    const begun = open.get(tid)
    if (returned !== undefined && begun !== undefined) ends.set(begun, returned)
  })
  return ends
}
