/**
 * A thread that runs what authors wrote: one transform file at a time, one job at a time. What it throws is
 * answered as a failure at the author's line; what it hangs in, or ends, is for the thread that asks to see.
 */

import { setImmediate as turn } from 'node:timers/promises'
import { parentPort, workerData } from 'node:worker_threads'
import { toldFailure, toldOf } from '../book/author-stack.ts'
import { type Failure, fail, failure, messageOf, ok, type Result } from '../failure.ts'
import * as mdshift from '../index.ts'
import { useParser } from '../markdown/parser-in-use.ts'
import type { Transform } from '../transform/define.ts'
import { applyEdits, mergeEdits } from '../transform/edits.ts'
import { loadTransform, type TransformFile } from '../transform/load.ts'
import { presumedLabels } from '../transform/run.ts'
import type { Announcement, Beginning, Reply, Request } from './thread-messages.ts'
import { BUFFERS_HOOK, TRACE_HOOK } from './thread-trace.ts'
import { inProcess, type Job, type Stage, type Workers } from './workers.ts'

const { folder }: Beginning = workerData

/** The transform that is open, and what it works on. */
let opened: { readonly transform: Transform; readonly workers: Workers } | undefined
let stage: Stage | undefined
let facts: unknown

let counts = new Map<string, number>()
let messages: string[] = []
let skipped = false
const notes = {
  count(name: string, quantity: number): void {
    counts.set(name, (counts.get(name) ?? 0) + quantity)
  },
  tell(message: string): void {
    messages.push(String(message))
  },
  skip(): void {
    skipped = true
  },
}

/** Answers what is being asked; nothing where nobody asks. */
let answer: ((result: Result<unknown>, presumed?: ReadonlySet<string>) => void) | undefined

Error.stackTraceLimit = 50
const { memoryUsage } = process
Reflect.set(globalThis, BUFFERS_HOOK, () => memoryUsage().arrayBuffers)
Reflect.set(globalThis, TRACE_HOOK, () => JSON.stringify(toldOf(new Error(), folder).trace))
process.on('uncaughtException', (thrown: unknown) => {
  if (!answer) throw thrown
  answer({ ok: false, failure: toldFailure(failureOf(thrown), folder) })
})

parentPort?.on('message', async (request: Request) => {
  counts = new Map()
  messages = []
  skipped = false
  let isOpen = true
  answer = (result, presumed = new Set()) => {
    if (!isOpen) return
    isOpen = false
    answer = undefined
    post({ result, presumed: [...presumed], noted: { counts, messages, skipped } })
  }
  const reply = answer
  try {
    const result = await work(request)
    // A promise that nobody waited for fails with the file that it was made for.
    await turn()
    reply(
      result.ok ? result : { ok: false, failure: toldFailure(result.failure, folder) },
      presumedIn(request, result),
    )
  } catch (thrown) {
    reply({ ok: false, failure: toldFailure(failureOf(thrown), folder) })
  }
})

async function work(request: Request): Promise<Result<unknown>> {
  switch (request.kind) {
    case 'open':
      return open(request.source)
    case 'stage':
      stage = request.stage
      useParser(stage.parser)
      return ok(undefined)
    case 'facts':
      facts = request.facts
      return ok(undefined)
    case 'scan': {
      const { transform, workers, settings, at } = ready()
      if (!(transform.scan?.mayMatch?.(request.job.text, settings) ?? true)) return ok(undefined)
      const [result] = await workers.scan(at, [request.job])
      return result ?? ok(undefined)
    }
    case 'reduce':
      return ready().workers.reduce(ready().at, request.book, request.items)
    case 'transform': {
      const { transform, workers, settings, at } = ready()
      const [result] = transform.mayMatch(request.job.text, settings)
        ? await workers.transform(at, facts, [request.job])
        : []
      return result ?? ok({ edits: NO_EDITS, changes: [], leftovers: [] })
    }
    case 'search': {
      const [result] = await ready().workers.search(ready().at, facts, [request.job])
      return result ?? ok([])
    }
    case 'nearMisses':
      return ready().workers.nearMisses(ready().at, facts, request.job)
    case 'explainLabel':
      return ready().workers.explainLabel(ready().at, facts, request.asked)
    default:
      return request satisfies never
  }
}

const none = mergeEdits([])
const NO_EDITS = none.ok ? none.edits : []

async function open(source: TransformFile): Promise<Result<Announcement>> {
  const loaded = await loadTransform(source, { known: { mdshift }, folder, notes })
  if (!loaded.ok) return loaded
  const transform = loaded.value
  opened = { transform, workers: inProcess([transform]) }
  const { id, version, summary, reason, examples, presumes, scan } = transform
  return ok({
    id,
    version,
    summary,
    reason,
    examples,
    presumes: presumes !== undefined,
    scan: scan === undefined ? 'none' : scan.chapter ? 'chapters' : 'book',
  })
}

function ready() {
  if (!opened || !stage) throw new Error('nothing is open')
  return { ...opened, at: stage, settings: stage.settings }
}

/** The labels that the proof has to take for references too, in the job's text and in what becomes of it. */
function presumedIn(request: Request, result: Result<unknown>): Set<string> {
  if (!('job' in request) || !opened?.transform.presumes || !stage) return new Set()
  const { transform } = opened
  const { settings } = stage
  const ids = (text: string) => presumedLabels(transform, text, settings)
  return new Set([...ids(request.job.text), ...ids(textAfter(request.job, result))])
}

function textAfter({ text }: Job, result: Result<unknown>): string {
  const patch = result.ok ? result.value : undefined
  if (typeof patch !== 'object' || patch === null || !('edits' in patch) || !Array.isArray(patch.edits))
    return text
  const merge = mergeEdits(patch.edits)
  return merge.ok ? applyEdits(text, merge.edits) : text
}

function failureOf(thrown: unknown): Failure {
  return failure(
    'MDS006',
    `${opened?.transform.id ?? 'the transform'}: ${messageOf(thrown)}`,
    undefined,
    thrown,
  )
}

function post(reply: Reply): void {
  try {
    parentPort?.postMessage(reply)
  } catch (thrown) {
    const why = `${opened?.transform.id ?? ''}: what it returned is no plain data: ${messageOf(thrown)}`
    parentPort?.postMessage({ ...reply, result: fail('MDS006', why) } satisfies Reply)
  }
}
