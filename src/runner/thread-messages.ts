/** What a thread is asked and answers. Plain data, all of it. */
import type { Result } from '../failure.ts'
import type { Announced, LabelAnswer, NearMiss } from '../transform/define.ts'
import type { TransformFile } from '../transform/load.ts'
import type { Patch } from '../transform/run.ts'
import type { BookData } from './book-view.ts'
import type { Finding } from './report.ts'
import type { AskedLabel, Job, Stage } from './workers.ts'

/** What a thread is told as it begins. */
export interface Beginning {
  /** Absolute: places in the author's files are named from there. */
  readonly folder: string
}

export type Request =
  | { readonly kind: 'open'; readonly source: TransformFile }
  | { readonly kind: 'stage'; readonly stage: Stage }
  | { readonly kind: 'facts'; readonly facts: unknown }
  | { readonly kind: 'scan'; readonly job: Job }
  | { readonly kind: 'reduce'; readonly book: BookData; readonly items: ReadonlyMap<string, unknown> }
  | { readonly kind: 'transform'; readonly job: Job }
  | { readonly kind: 'search'; readonly job: Job }
  | { readonly kind: 'nearMisses'; readonly job: Job }
  | { readonly kind: 'explainLabel'; readonly asked: AskedLabel }

/** What comes back, by what was asked. */
export interface Answers {
  readonly open: Announcement
  readonly stage: undefined
  readonly facts: undefined
  readonly scan: unknown
  readonly reduce: unknown
  readonly transform: Patch
  readonly search: readonly Finding[]
  readonly nearMisses: readonly NearMiss[]
  readonly explainLabel: LabelAnswer | undefined
}

/** A transform without its functions. */
export interface Announcement extends Pick<Announced, 'id' | 'version' | 'summary' | 'reason' | 'examples'> {
  readonly presumes: boolean
  /** Whether it scans, and whether chapters are looked at for that. */
  readonly scan: 'none' | 'book' | 'chapters'
}

export interface Reply<Value = unknown> {
  readonly result: Result<Value>
  /** Ids of labels that the transform takes for its own, as far as the text of the job has them. */
  readonly presumed: readonly string[]
  readonly noted: Noted
}

/** What a transform said of a file beside its edits. */
export interface Noted {
  readonly counts: ReadonlyMap<string, number>
  readonly messages: readonly string[]
  readonly skipped: boolean
}
