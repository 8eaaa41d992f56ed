/** Where a thread is that does not answer: its debugger is asked, since it cannot be. */
import { Session } from 'node:inspector'

/** The name of the function that a thread has for this: it tells the author's calls, as JSON. */
export const TRACE_HOOK = '__mdshiftTrace'

/** The name of the function that tells how many bytes a thread has in buffers: V8 counts none of them. */
export const BUFFERS_HOOK = '__mdshiftBuffers'

/** Milliseconds to wait for a thread to stop: one that only waits does not. */
const LIMIT = 1000

interface FromThread {
  readonly id?: number
  readonly method?: string
  readonly params?: { readonly callFrames?: readonly { readonly callFrameId: string }[] }
  readonly result?: { readonly result?: { readonly value?: unknown } }
}

/**
 * The calls that a thread is in.
 *
 * @param threadId of the worker
 * @returns lines such as `at rename (label.ts:12:9)`; none where it runs nothing, or cannot be asked
 */
export async function traceOf(threadId: number): Promise<readonly string[]> {
  return linesIn(await toldBy(threadId, TRACE_HOOK))
}

/**
 * The bytes that a thread has in buffers; 0 where it runs nothing, or cannot be asked.
 *
 * @param threadId of the worker
 */
export async function buffersOf(threadId: number): Promise<number> {
  const bytes = await toldBy(threadId, BUFFERS_HOOK)
  return typeof bytes === 'number' ? bytes : 0
}

/** Stops a thread, asks it, and lets it go on: one that is stopped cannot be ended. */
async function toldBy(threadId: number, hook: string): Promise<unknown> {
  const session = new Session()
  try {
    session.connect()
    return await new Promise((resolve) => {
      const release = follow(session, threadId, { hook, tell })
      const timer = setTimeout(() => tell(undefined), LIMIT)
      function tell(value: unknown): void {
        clearTimeout(timer)
        release()
        resolve(value)
      }
      session.post('NodeWorker.enable', { waitForDebuggerOnStart: false }, (error) => {
        if (error) tell(undefined)
      })
    })
  } catch {
    return undefined
  } finally {
    session.disconnect()
  }
}

/** Returns what lets the thread go on. */
function follow(
  session: Session,
  threadId: number,
  { hook, tell }: { readonly hook: string; tell(value: unknown): void },
): () => void {
  let attached: string | undefined
  let sent = 0
  let evaluation: number | undefined
  const send = (method: string, params: object = {}): number => {
    sent += 1
    const message = JSON.stringify({ id: sent, method, params })
    if (attached !== undefined)
      session.post('NodeWorker.sendMessageToWorker', { sessionId: attached, message })
    return sent
  }
  session.on('NodeWorker.attachedToWorker', ({ params: { sessionId, workerInfo } }) => {
    if (workerInfo.title !== `[worker ${threadId}]`) return
    attached = sessionId
    send('Debugger.enable')
    send('Debugger.pause')
  })
  session.on('NodeWorker.receivedMessageFromWorker', ({ params: { sessionId, message } }) => {
    if (sessionId !== attached) return
    const { id, method, params, result }: FromThread = JSON.parse(message)
    const callFrameId = params?.callFrames?.[0]?.callFrameId
    if (method === 'Debugger.paused' && callFrameId !== undefined) {
      const expression = `${hook}()`
      evaluation = send('Debugger.evaluateOnCallFrame', { callFrameId, expression, returnByValue: true })
    } else if (id !== undefined && id === evaluation) tell(result?.result?.value)
  })
  return () => {
    send('Debugger.resume')
    send('Debugger.disable')
  }
}

function linesIn(value: unknown): string[] {
  const lines: unknown = typeof value === 'string' ? JSON.parse(value) : []
  return Array.isArray(lines) ? lines.filter((line) => typeof line === 'string') : []
}
