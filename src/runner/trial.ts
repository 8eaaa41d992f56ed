/**
 * Heavy texts are tried in a process of their own: what a parser does not come to an end with, or dies of, dies there.
 * A thread would not do: the renderer is native code, which takes the whole process along.
 */
import { type ChildProcess, fork } from 'node:child_process'
import { fileURLToPath } from 'node:url'
import type { HeavyText, TryText } from '../book/limits.ts'
import { weigh } from '../book/weight.ts'
import { type Failure, failure } from '../failure.ts'
import type { Settings } from '../model.ts'
import { positionAt } from '../position.ts'

/** What the process is told. Plain data. */
export interface TrialRequest extends HeavyText {
  /** The ids of bundled migrations that are to be made. */
  readonly migrations: readonly string[]
  readonly settings: Settings
  /** Milliseconds after which it ends itself, should nobody be left to end it. */
  readonly limit: number
}

/** What it answers, if it comes to it. */
export type TrialAnswer = { readonly read: true } | { readonly read: false; readonly why: string }

export interface TrialOptions extends Pick<TrialRequest, 'migrations' | 'settings'> {
  /** What the process runs. */
  readonly script: URL
  readonly seconds: number
  /** How many processes work at once. */
  readonly processes: number
  /** Ends them. */
  readonly signal?: AbortSignal
}

/** Megabytes that the process may take, of what V8 counts. */
const MEMORY = 1024
/** Kilobytes of stack, about two thirds of what the process that asks has: it has calls of its own below. */
const STACK = 640

/**
 * Who tries texts, each in a process of its own.
 *
 * Once the signal has come, whatever is tried or waits for that ends with its reason, thrown.
 */
export function trials(options: TrialOptions): TryText {
  let working = 0
  const waiting: (() => void)[] = []
  return async (heavy) => {
    if (working >= options.processes) await new Promise<void>((resolve) => waiting.push(resolve))
    working += 1
    try {
      return await tryOne(heavy, options)
    } finally {
      working -= 1
      waiting.shift()?.()
    }
  }
}

async function tryOne(heavy: HeavyText, options: TrialOptions): Promise<Failure | undefined> {
  const { script, seconds, migrations, settings, signal } = options
  // Of a signal that came while the text waited, nothing is heard any more.
  signal?.throwIfAborted()
  const limit = seconds * 1000
  const child = fork(fileURLToPath(script), [], {
    execArgv: [`--max-old-space-size=${MEMORY}`, `--stack-size=${STACK}`],
    serialization: 'advanced',
    stdio: ['ignore', 'ignore', 'ignore', 'ipc'],
  })
  const end = () => child.kill('SIGKILL')
  signal?.addEventListener('abort', end)
  const timer = setTimeout(end, limit)
  try {
    const begun = performance.now()
    const request: TrialRequest = { ...heavy, migrations, settings, limit: limit + 5000 }
    const answer = await answerOf(child, request)
    signal?.throwIfAborted()
    if (answer?.read) return undefined
    if (answer) return refusal('MDS082', heavy, answer.why)
    return performance.now() - begun >= limit
      ? refusal('MDS081', heavy, `it took more than ${seconds} seconds`)
      : refusal('MDS082', heavy, 'what read it came to an end')
  } finally {
    clearTimeout(timer)
    signal?.removeEventListener('abort', end)
    end()
  }
}

/** What a process answers; nothing where it ends before. */
function answerOf(child: ChildProcess, request: TrialRequest): Promise<TrialAnswer | undefined> {
  return new Promise((resolve) => {
    child.on('message', (answer: TrialAnswer) => resolve(answer))
    child.on('error', () => resolve(undefined))
    child.on('exit', () => resolve(undefined))
    child.send(request, () => {})
  })
}

function refusal(code: 'MDS081' | 'MDS082', { path, text }: HeavyText, why: string): Failure {
  const weight = weigh(text)
  const { line, column } = positionAt(text, weight?.start ?? 0)
  return failure(code, `${why}; it has ${weight?.what ?? 'many parts'}`, `${path}:${line}:${column}`)
}
