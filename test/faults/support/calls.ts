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
    return [
      {
        thread,
        name,
        nth,
        text: withoutRunIds(text.replaceAll(`${root}/`, '').replaceAll(root, '.').replace(/^\d+/, '')),
        file: withoutRunIds(/^[^">]*/.exec(text.slice(at + root.length + 1))?.[0] ?? ''),
        mutates: !/^open|^ioctl|^pread/.test(name) || /O_(?:WRONLY|RDWR|CREAT|TRUNC)|FICLONE/.test(text),
        returned: returned ?? ends.get(index),
      },
    ]
  })
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
