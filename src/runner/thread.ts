/** One thread: it is asked one thing at a time, and is lost with what it does not answer. */
import { setTimeout as delay } from 'node:timers/promises'
import { Worker } from 'node:worker_threads'
import type { Answers, Beginning, Reply, Request } from './thread-messages.ts'
import { buffersOf, traceOf } from './thread-trace.ts'

export interface ThreadOptions extends Beginning {
  /** What the thread runs. */
  readonly script: URL
  /** Megabytes that it may take. */
  readonly memory: number
  /** Ends it, whatever it is at. */
  readonly signal?: AbortSignal
  /** Takes what is printed in it. */
  log(text: string): void
}

/** Why there is no answer: no more time, no more memory, or the thread came to an end. */
export type Lost =
  | { readonly lost: 'late'; readonly limit: number; readonly trace: readonly string[] }
  | { readonly lost: 'memory' }
  | { readonly lost: 'exit'; readonly code: number }
  | { readonly lost: 'error'; readonly error: Error }

export interface Thread {
  /**
   * Asks; a thread that is lost answers nothing more.
   *
   * @param limit milliseconds
   */
  ask<Asked extends Request>(request: Asked, limit: number): Promise<Reply<Answers[Asked['kind']]> | Lost>
  /** Why it answers nothing more, if so. */
  lost(): Lost | undefined
  close(): Promise<void>
}

/** Milliseconds that a thread may take to come to an end. */
const END_LIMIT = 5000

/** Milliseconds between two looks at the memory of the process. */
const LOOK = 200

/** What a shell calls a program that Ctrl-C ended. */
const INTERRUPTED = 130

/** Begins a thread. */
export function openThread({ script, folder, memory, signal: stop, log }: ThreadOptions): Thread {
  const worker = new Worker(script, {
    workerData: { folder } satisfies Beginning,
    resourceLimits: { maxOldGenerationSizeMb: memory },
    stdout: true,
    stderr: true,
  })
  for (const stream of [worker.stdout, worker.stderr]) stream.setEncoding('utf8').on('data', log)
  let lost: Lost | undefined
  let tell: ((lost: Lost) => void) | undefined
  const lose = (how: Lost): void => {
    lost ??= how
    tell?.(lost)
  }
  worker.on('error', (error: Error) => {
    const isMemory = 'code' in error && error.code === 'ERR_WORKER_OUT_OF_MEMORY'
    lose(isMemory ? { lost: 'memory' } : { lost: 'error', error })
  })
  const interrupt = (): void => {
    lose({ lost: 'exit', code: INTERRUPTED })
    void worker.terminate()
  }
  stop?.addEventListener('abort', interrupt)
  if (stop?.aborted) interrupt()
  worker.on('exit', (code) => {
    stop?.removeEventListener('abort', interrupt)
    lose({ lost: 'exit', code })
  })
  /** What cannot be ended keeps nobody waiting. */
  async function end(): Promise<void> {
    const waited = new AbortController()
    const { signal } = waited
    const enough = delay(END_LIMIT, undefined, { signal }).then(
      () => worker.unref(),
      () => undefined,
    )
    await Promise.race([worker.terminate(), enough])
    waited.abort()
  }
  /** Buffers are in no limit of V8's: where the process grows by as much as a thread may have, its own are looked at. */
  let isLooking = false
  async function watchBuffers(before: number): Promise<void> {
    if (isLooking || process.memoryUsage.rss() - before < memory * 2 ** 20) return
    isLooking = true
    if ((await buffersOf(worker.threadId)) > memory * 2 ** 20) {
      lose({ lost: 'memory' })
      void worker.terminate()
    }
    isLooking = false
  }
  return {
    async ask<Asked extends Request>(request: Asked, limit: number) {
      if (lost) return lost
      const reply = await new Promise<Reply<Answers[Asked['kind']]> | Lost>((resolve) => {
        const timer = setTimeout(async () => {
          worker.off('message', settle)
          lose({ lost: 'late', limit, trace: await traceOf(worker.threadId) })
        }, limit)
        const watch = setInterval(watchBuffers, LOOK, process.memoryUsage.rss())
        const settle = (ended: Reply<Answers[Asked['kind']]> | Lost) => {
          clearTimeout(timer)
          clearInterval(watch)
          tell = undefined
          worker.off('message', settle)
          resolve(ended)
        }
        tell = settle
        worker.on('message', settle)
        worker.postMessage(request)
      })
      if ('lost' in reply) await end()
      return reply
    },
    lost: () => lost,
    close: end,
  }
}
