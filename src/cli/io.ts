/** Where a command reads its surroundings and writes its words: the process, or a test. */
import { availableParallelism } from 'node:os'
import { createColors } from 'picocolors'
import type { Colors } from '../report/terminal.ts'
import { type Interruption, listenForInterruption } from './interruption.ts'

export interface Io extends Interruption {
  readonly cwd: string
  readonly stdout: Stream
  readonly stderr: Stream
  /** How many processors there are. */
  readonly cpus: number
  /** What a thread runs that transforms work in. */
  readonly threadScript: URL
  /** The day, in UTC: `2026-11-22`. */
  today(): string
}

export interface Stream {
  readonly isTerminal: boolean
  readonly colors: Colors
  /** Writes lines, each ended. */
  lines(lines: readonly string[]): void
  /** Writes as it is. */
  raw(text: string): void
}

/**
 * The process's own.
 *
 * @param threadScript what a thread runs
 */
export function processIo(threadScript: URL): Io {
  return {
    cpus: availableParallelism(),
    threadScript,
    cwd: process.cwd(),
    stdout: streamOf(process.stdout),
    stderr: streamOf(process.stderr),
    today: () => new Date().toISOString().slice(0, 10),
    ...listenForInterruption(process),
  }
}

function streamOf(stream: NodeJS.WriteStream): Stream {
  // The reader of a pipe may have seen enough, as `head` has: that is no failure of ours.
  stream.on('error', (error: NodeJS.ErrnoException) => {
    if (error.code !== 'EPIPE') throw error
  })
  const isTerminal = stream.isTTY === true
  const { NO_COLOR, FORCE_COLOR, TERM } = process.env
  const coloured = FORCE_COLOR ? FORCE_COLOR !== '0' : !NO_COLOR && TERM !== 'dumb' && isTerminal
  return {
    isTerminal,
    colors: createColors(coloured),
    lines(lines) {
      if (lines.length > 0) stream.write(`${lines.join('\n')}\n`)
    },
    raw(text) {
      stream.write(text)
    },
  }
}
