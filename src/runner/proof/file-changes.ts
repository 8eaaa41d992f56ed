/**
 * What became of one file, proven step by step: what edits say they change is what they change, and a changed tree is
 * what its text parses to.
 */
import { type Chapter, endOf, parseChapter, startOf } from '../../markdown/parse.ts'
import type { Edit, Span } from '../../model.ts'
import {
  applyEdits,
  editsOf,
  type MergedEdits,
  originsIn,
  rewriteFurther,
  unchanged,
} from '../../transform/edits.ts'
import type { Effect } from '../../transform/verify/effect.ts'
import { type Region, regionsOf } from '../../transform/verify/regions.ts'
import { definitionsOf } from '../../transform/verify/said.ts'
import { type Surroundings, verifyFile } from '../../transform/verify.ts'
import { touches } from '../../within.ts'
import type { FileReport, Step } from '../report.ts'
import { textsAlong } from '../texts-along.ts'

/** What leads from one state of a file to the other. */
export interface FileChanges {
  readonly edits: readonly Edit[]
  readonly effects: readonly Effect[]
  /** Where a tree was changed; absent where none was. */
  readonly made?: MadeRegions
}

interface MadeRegions {
  /** By offsets into the file before and after, in order. */
  readonly regions: readonly Region[]
  /** The file's text before. */
  readonly before: string
  /** The file afterwards. */
  readonly chapter: Chapter
}

/** Why a file may not be written: by offsets into the file as it was read. */
export interface StepBreach {
  readonly message: string
  readonly at: number
  readonly edit: Edit | undefined
  /** The migration that did it, if one did it alone. */
  readonly migration: string | undefined
}

/** Whether some migration changed the tree of a file. */
export function isMade({ steps = [] }: FileReport): boolean {
  return steps.some(({ asked }) => asked !== undefined)
}

/**
 * Proves what happened to a file.
 *
 * @param steps in order; all of them, or as many as are of interest
 */
export function provenChanges(
  file: FileReport,
  steps: readonly Step[],
  surroundings: Surroundings,
): { readonly breach: StepBreach } | { readonly changes: FileChanges } {
  const { path, before } = file
  let rewrite = unchanged(before)
  const effects: Effect[] = []
  const made: Span[] = []
  for (const stage of stagesOf(before, steps)) {
    const originOf = originsIn(rewrite)
    const placed = <Value extends Span>(value: Value): Value => ({ ...value, ...originOf(value) })
    const verified = verifyFile({ path, ...stage }, surroundings)
    if (verified.breach) {
      const { message, at, edit } = verified.breach
      const { start } = originOf({ start: at, end: at })
      return { breach: { message, at: start, edit: edit && placed(edit), migration: stage.migration } }
    }
    if (stage.asked) made.push(...stage.edits.map(originOf))
    effects.push(...verified.effects.map(placed))
    rewrite = rewriteFurther(rewrite, stage.edits)
  }
  const edits = editsOf(rewrite, before)
  const ordered = effects.toSorted((a, b) => a.start - b.start)
  if (!steps.some(({ asked }) => asked)) return { changes: { edits, effects: ordered } }
  const { isKnown, isPresumed } = surroundings
  const [first, chapter] = [before, applyEdits(before, edits)].map((text) =>
    parseChapter(path, text, isKnown, isPresumed),
  )
  if (!first || !chapter) throw new Error('two texts are two chapters')
  const places = disjoint(made)
  const regions = regionsOf(first, chapter, edits, (edit) => touches(places, edit))
  const outside = ordered.filter((effect) => !regions.some((region) => isIn(effect, region.before)))
  const redirected = redirections(first, chapter, regions)
  return {
    changes: {
      edits,
      effects: [...outside, ...redirected].toSorted((a, b) => a.start - b.start),
      made: { regions, before, chapter },
    },
  }
}

/** A stretch of the way: a tree's edits, or those of many migrations without a tree, as one. */
interface Stage {
  readonly migration: string | undefined
  readonly before: string
  readonly after: string
  readonly edits: MergedEdits
  readonly asked?: NonNullable<Step['asked']>
  readonly labels?: readonly string[]
}

function stagesOf(start: string, steps: readonly Step[]): Stage[] {
  const stages: Stage[] = []
  let run: Step[] = []
  let text = start
  const end = () => {
    const stage = composed(text, run)
    if (stage) stages.push(stage)
    text = stage?.after ?? text
    run = []
  }
  for (const step of steps) {
    const { asked, ...rest } = step
    if (!asked) run.push(step)
    else {
      end()
      const after = applyEdits(text, step.edits)
      stages.push({ ...rest, before: text, after, asked })
      text = after
    }
  }
  end()
  return stages
}

function composed(before: string, steps: readonly Step[]): Stage | undefined {
  const [first, last] = [steps[0], steps.at(-1)]
  if (!first || !last) return undefined
  const rewrite = steps.reduce((so, { edits }) => rewriteFurther(so, edits), unchanged(before))
  return {
    migration: first === last ? first.migration : undefined,
    before,
    after: textsAlong(before, steps).at(-1) ?? before,
    edits: editsOf(rewrite, before),
  }
}

function isIn({ start, end }: Span, range: Span): boolean {
  return range.start <= start && end <= range.end
}

/** Ranges in order, those that touch each other as one. */
function disjoint(spans: readonly Span[]): Span[] {
  const kept: Span[] = []
  for (const span of spans.toSorted((a, b) => a.start - b.start)) {
    const last = kept.at(-1)
    if (last && span.start <= last.end)
      kept[kept.length - 1] = { start: last.start, end: Math.max(last.end, span.end) }
    else kept.push(span)
  }
  return kept
}

/** Definitions that the tree has lead elsewhere: so do the links that use them, wherever they stand. */
function redirections(before: Chapter, after: Chapter, regions: readonly Region[]): Effect[] {
  const now = definitionsOf(after.tree)
  return [...definitionsOf(before.tree)].flatMap(([id, one]) => {
    const other = now.get(id)
    const span = { start: startOf(one), end: endOf(one) }
    if (!other || !regions.some((region) => isIn(span, region.before))) return []
    const redirected = (kind: Effect['kind'], from: string, to: string): Effect[] =>
      from === to ? [] : [{ ...span, kind, from, to }]
    return [
      ...redirected('redirection', one.url, other.url),
      ...redirected('title', one.title ?? '', other.title ?? ''),
    ]
  })
}
