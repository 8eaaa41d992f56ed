/** Where a command reads its surroundings and writes its words: the process, or a test. */
import fs from 'node:fs'
import { availableParallelism } from 'node:os'
import { createColors } from 'picocolors'
import { type Failure, failure } from '../failure.ts'
import { type Colors, withoutCommands } from '../report/terminal.ts'
import { type Interruption, listenForInterruption } from './interruption.ts'

export interface Io extends Interruption {
  readonly cwd: string
  readonly stdout: Stream
  readonly stderr: Stream
  /** Whether nothing may be run that stands beside a book. */
  readonly isSafe: boolean
  /** How many processors there are. */
  readonly cpus: number
  /** What a thread runs that transforms work in. */
  readonly threadScript: URL
  /** What a process runs that heavy texts are tried in. */
  readonly trialScript: URL
  /** The day, in UTC: `2026-11-22`. */
  today(): string
}

export interface Stream {
  readonly isTerminal: boolean
  /** Whether it is, as far as one can tell, the log of a GitHub job, which takes some lines for commands. */
  readonly isJobLog: boolean
  readonly colors: Colors
  /** Writes lines, each ended. */
  lines(lines: readonly string[]): void
  /** Writes as it is. */
  raw(text: string): void
  /** Waits while a slow reader has too much before it. */
  drained(): Promise<void>
  /** Waits until all was taken; why it was not, if so. A reader that has seen enough is no reason. */
  flushed(): Promise<Failure | undefined>
}

/**
 * The process's own.
 *
 * @param threadScript what a thread runs
 * @param trialScript what a process runs that heavy texts are tried in
 */
export function processIo(threadScript: URL, trialScript: URL): Io {
  const interruption = listenForInterruption(process)
  return {
    cpus: availableParallelism(),
    isSafe: !['', '0'].includes(process.env['MDSHIFT_SAFE'] ?? ''),
    threadScript,
    trialScript,
    cwd: process.cwd(),
    stdout: streamOf(process.stdout, 1, interruption),
    stderr: streamOf(process.stderr, 2, interruption),
    today: () => new Date().toISOString().slice(0, 10),
    ...interruption,
  }
}

function streamOf(stream: NodeJS.WriteStream, descriptor: number, { signal }: Interruption): Stream {
  let ended: { readonly failure: Failure | undefined } | undefined
  stream.on('error', (error: NodeJS.ErrnoException) => {
    // The reader of a pipe may have seen enough, as `head` has: the rest of the work is done all the same, in silence.
    const isEnough = error.code === 'EPIPE'
    ended ??= { failure: isEnough ? undefined : failure('MDS093', error.message, undefined, error) }
    stream.emit('gone')
  })
  /** Waits for an event, the end of the stream, or an interruption. */
  const until = (begin: (done: () => void) => void) =>
    new Promise<void>((resolve) => {
      const done = () => {
        signal.removeEventListener('abort', done)
        stream.off('gone', done)
        resolve()
      }
      signal.addEventListener('abort', done)
      stream.once('gone', done)
      begin(done)
    })
  const write = (text: string) => {
    if (!ended) stream.write(text)
  }
  const isTerminal = stream.isTTY === true
  const { NO_COLOR, FORCE_COLOR, TERM } = process.env
  const coloured = FORCE_COLOR ? FORCE_COLOR !== '0' : !NO_COLOR && TERM !== 'dumb' && isTerminal
  return {
    isTerminal,
    isJobLog: process.env['GITHUB_ACTIONS'] === 'true' && !isTerminal && !isFile(descriptor),
    colors: createColors(coloured),
    lines(lines) {
      if (lines.length === 0) return
      write(`${(isTerminal ? lines : lines.map(withoutCommands)).join('\n')}\n`)
    },
    raw: write,
    async drained() {
      if (!ended && stream.writableNeedDrain && !signal.aborted)
        await until((done) => stream.once('drain', done))
    },
    async flushed() {
      if (!ended && !signal.aborted) await until((done) => stream.write('', done))
      return ended?.failure
    },
  }
}

/** What a redirection writes is read by whoever opens it, and not by the job. */
function isFile(descriptor: number): boolean {
  try {
    return fs.fstatSync(descriptor).isFile()
  } catch {
    return false
  }
}
