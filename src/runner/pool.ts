/**
 * Transforms that run in threads: each job has a time limit of its own, and a thread that does not answer is ended
 * and replaced, so that one file fails and the others finish. Their functions never come into this thread.
 */

import { type Checked, type Failure, failure, ok, type Result } from '../failure.ts'
import { labelId } from '../label-id.ts'
import type { Announced } from '../transform/define.ts'
import type { TransformFile } from '../transform/load.ts'
import { type Lost, openThread, type Thread, type ThreadOptions } from './thread.ts'
import type { Announcement, Answers, Noted, Reply, Request } from './thread-messages.ts'
import type { Job, Stage, Workers } from './workers.ts'

export interface PoolOptions extends ThreadOptions {
  /** How many threads work at once. */
  readonly threads: number
  /** Milliseconds that a transform may take for one file. */
  readonly limit: number
  /** Milliseconds that it may take to be loaded, and to look at a whole book. */
  readonly longLimit: number
}

/** Transforms in threads, in order, and who asks them. */
export interface Pool {
  readonly transforms: readonly Announced[]
  readonly workers: Workers
  /** What transforms said of files when they were last run on them, since somebody asked. */
  takeNotes(): readonly Note[]
}

export interface Note extends Noted {
  /** The id of the transform. */
  readonly transform: string
  readonly path: string
}

/** Work of a stage: what is asked, and the file that is to blame for what goes wrong. */
interface Task<Asked extends Request> {
  readonly request: Asked
  readonly path: string | undefined
}

interface Member {
  readonly thread: Thread
  /** What it was told last. */
  stage?: Stage
  facts?: unknown
}

/**
 * Opens transforms, and asks each what it is.
 *
 * @returns what is wrong with those that cannot be used
 */
export async function openPool(
  files: readonly TransformFile[],
  options: PoolOptions,
): Promise<Checked<Pool>> {
  const idle = new Map<TransformFile, Member[]>(files.map((file) => [file, []]))
  const byId = new Map<string, TransformFile>()
  const presumed = new Map<string, Set<string>>()
  const notes = new Map<string, Note>()
  const transforms: Announced[] = []
  const failures: Failure[] = []

  /** A thread in which a transform is open; those that wait are taken first. */
  async function memberFor(file: TransformFile): Promise<{ member: Member; said?: Announcement } | Failure> {
    for (let one = idle.get(file)?.pop(); one; one = idle.get(file)?.pop()) {
      const lost = one.thread.lost()
      if (!lost) return { member: one }
      options.log(`${failureOf(lost, file).message}\n`)
    }
    const thread = openThread(options)
    const reply = await thread.ask({ kind: 'open', source: file }, options.longLimit)
    if ('lost' in reply) return { ...failureOf(reply, file), place: file.name }
    if (reply.result.ok) return { member: { thread }, said: reply.result.value }
    await thread.close()
    return reply.result.failure
  }

  async function ask<Asked extends Request>(
    { member, file }: { readonly member: Member; readonly file: TransformFile },
    request: Asked,
    limit: number,
  ): Promise<Reply<Answers[Asked['kind']]> | Failure> {
    const reply = await member.thread.ask(request, limit)
    return 'lost' in reply ? failureOf(reply, file) : reply
  }

  async function perform<Asked extends Request>(
    stage: Stage,
    facts: unknown,
    { request, path }: Task<Asked>,
    limit: number,
  ): Promise<Result<Answers[Asked['kind']]>> {
    const file = byId.get(stage.migration)
    if (!file) throw new Error(`no transform ${stage.migration}`)
    // Else each job that waits would have a thread begun for it, which is ended at once.
    options.signal?.throwIfAborted()
    const found = await memberFor(file)
    if ('code' in found) return { ok: false, failure: found }
    const { member } = found
    for (const told of untold(member, stage, facts)) {
      const reply = await ask({ member, file }, told, options.longLimit)
      if ('code' in reply) return { ok: false, failure: reply }
    }
    Object.assign(member, { stage, facts })
    const reply = await ask({ member, file }, request, limit)
    if ('code' in reply) return { ok: false, failure: at(reply, path) }
    idle.get(file)?.push(member)
    for (const label of reply.presumed) presumed.get(stage.migration)?.add(label)
    if (request.kind === 'transform' && path !== undefined)
      notes.set(`${stage.migration}\0${path}`, { ...reply.noted, transform: stage.migration, path })
    const { result } = reply
    return result.ok ? result : { ok: false, failure: at(result.failure, path) }
  }

  /** Several tasks at once; results are in the order of the tasks. */
  async function performAll<Asked extends Request>(
    stage: Stage,
    facts: unknown,
    tasks: readonly Task<Asked>[],
  ): Promise<Result<Answers[Asked['kind']]>[]> {
    const results = new Map<number, Result<Answers[Asked['kind']]>>()
    const waiting = [...tasks.entries()].values()
    const lane = async () => {
      for (const [position, task] of waiting)
        results.set(position, await perform(stage, facts, task, options.limit))
    }
    await Promise.all(Array.from({ length: Math.min(options.threads, tasks.length) }, lane))
    return tasks.flatMap((_, position) => results.get(position) ?? [])
  }

  async function close(): Promise<void> {
    await Promise.all([...idle.values()].flat().map(({ thread }) => thread.close()))
    for (const members of idle.values()) members.length = 0
  }

  for (const file of files) {
    const found = await memberFor(file)
    if ('code' in found) {
      failures.push(found)
      continue
    }
    idle.get(file)?.push(found.member)
    const { said } = found
    if (!said) continue
    const twin = byId.get(said.id)
    if (twin) failures.push(failure('MDS051', `${said.id} is the id of ${twin.name} already`, file.name))
    byId.set(said.id, file)
    const labels = new Set<string>()
    presumed.set(said.id, labels)
    transforms.push(announcedOf(said, labels))
  }
  if (failures.length > 0) {
    await close()
    return { ok: false, failures }
  }
  const jobs = <Kind extends 'scan' | 'transform' | 'search'>(kind: Kind, of: readonly Job[]) =>
    of.map((job) => ({ request: { kind, job }, path: job.path }))
  return ok({
    transforms,
    takeNotes() {
      const taken = [...notes.values()]
      notes.clear()
      return taken
    },
    workers: {
      scan: (stage, all) => performAll(stage, undefined, jobs('scan', all)),
      reduce: (stage, book, items) =>
        perform(
          stage,
          undefined,
          { request: { kind: 'reduce', book, items }, path: undefined },
          options.longLimit,
        ),
      transform: (stage, facts, all) => performAll(stage, facts, jobs('transform', all)),
      search: (stage, facts, all) => performAll(stage, facts, jobs('search', all)),
      nearMisses: (stage, facts, job) =>
        perform(stage, facts, { request: { kind: 'nearMisses', job }, path: job.path }, options.limit),
      explainLabel: (stage, facts, asked) =>
        perform(stage, facts, { request: { kind: 'explainLabel', asked }, path: asked.path }, options.limit),
      close,
    },
  })
}

/** What a thread has to be told before it is asked: large data travels once. */
function untold(member: Member, stage: Stage, facts: unknown): Request[] {
  return [
    ...(member.stage === stage ? [] : [{ kind: 'stage' as const, stage }]),
    ...(member.facts === facts ? [] : [{ kind: 'facts' as const, facts }]),
  ]
}

function announcedOf({ scan, presumes, ...said }: Announcement, labels: ReadonlySet<string>): Announced {
  return {
    ...said,
    // Its own question is asked where it lives.
    mayMatch: () => true,
    ...(scan === 'none' ? {} : { scan: scan === 'chapters' ? { chapter: true } : {} }),
    ...(presumes ? { presumes: (label: string) => labels.has(labelId(label)) } : {}),
  }
}

function failureOf(lost: Lost, { name }: TransformFile): Failure {
  switch (lost.lost) {
    case 'late': {
      const [call] = lost.trace
      const where = call === undefined ? 'it waited' : `it was ${withoutName(call)}`
      const late = failure('MDS052', `${name} took more than ${lost.limit / 1000} seconds, and ${where}`)
      return { ...late, trace: lost.trace }
    }
    case 'memory':
      return failure('MDS053', `${name} took all the memory that it may have`)
    case 'exit':
      return failure('MDS053', `${name} called process.exit(${lost.code})`)
    case 'error':
      return failure('MDS053', `${name}: ${lost.error.message}`)
    default:
      return lost satisfies never
  }
}

/** `at rename (label.ts:12:9)`, by its place alone. */
function withoutName(call: string): string {
  const start = call.lastIndexOf('(')
  return start >= 0 && call.endsWith(')') ? `at ${call.slice(start + 1, -1)}` : call
}

function at(failed: Failure, path: string | undefined): Failure {
  return path === undefined || failed.place !== undefined ? failed : { ...failed, place: path }
}
