/**
 * Whether one file's edits give what they ask for, told without the code that made and applied them: the bytes
 * outside the edits, the tree that the result parses to, and what mdBook's preprocessors read.
 */
import type { Nodes } from 'mdast'
import { visit } from 'unist-util-visit'
import { labelId } from '../label-id.ts'
import { firstDifference } from '../markdown/compare.ts'
import { parseChapter, startOf } from '../markdown/parse.ts'
import type { Edit } from '../model.ts'
import type { Asked } from './made.ts'
import { askedBreach } from './verify/asked.ts'
import { effectsOnDefinitions } from './verify/definitions.ts'
import { directivesIn } from './verify/directives.ts'
import { editAt, editBefore, offsetBefore } from './verify/edit-at.ts'
import type { Effect } from './verify/effect.ts'
import { type Expectation, expectedTree } from './verify/expected-tree.ts'
import { nodeInWords } from './verify/node-in-words.ts'
import { quoted } from './verify/quoted.ts'

/** A file, and what became of it. */
export interface Rewritten {
  readonly path: string
  readonly before: string
  readonly after: string
  /** On the text before; sorted and disjoint. */
  readonly edits: readonly Edit[]
  /** What the result has to be: the tree that was changed to get it; not what its edits say. */
  readonly asked?: Asked
  /** The ids of labels that counted as defined for whoever changed the tree. */
  readonly labels?: readonly string[]
}

/** Why a file may not be written. */
export interface Breach {
  readonly message: string
  /** Where it shows, in the text before. */
  readonly at: number
  /** The edit that is to blame, where one is. */
  readonly edit: Edit | undefined
}

export interface Verified {
  readonly breach: Breach | undefined
  /** What the edits change of what a reader sees, by offsets into the text before. */
  readonly effects: readonly Effect[]
}

/** What the parse of a file depends on. */
export interface Surroundings {
  /** Whether a label, given as `labelId` makes it, counted as defined before the edits. */
  isKnown(id: string): boolean
  /** Whether a label counted as one although nothing defines it. */
  isPresumed(id: string): boolean
  /** Whether raw HTML may be edited. */
  readonly html: boolean
}

/**
 * Proves one file.
 *
 * @example
 * verifyFile(
 *   { path: 'a.md', before: 'a ⮳', after: 'b ↗', edits: [{ start: 2, end: 3, text: '↗' }] },
 *   { isKnown: () => false, isPresumed: () => false, html: false },
 * ).breach?.message // → 'a byte that no edit is about would change'
 */
export function verifyFile(file: Rewritten, surroundings: Surroundings): Verified {
  const touched = firstTouched(file)
  if (touched !== undefined)
    return broken('a byte that no edit is about would change', touched, editBefore(file.edits, touched))
  const lone = /[\ud800-\udbff](?![\udc00-\udfff])|(?<![\ud800-\udbff])[\udc00-\udfff]/.exec(file.after)
  if (lone && !hasLone(file.before)) {
    const at = offsetBefore(file.edits, lone.index)
    return broken('half of a character would be left', at, editBefore(file.edits, at))
  }
  if (file.asked === 'text') return { breach: undefined, effects: [] }
  if (file.asked) return { breach: askedBreach({ ...file, asked: file.asked }, surroundings), effects: [] }
  const opaque = opaqueBreach(file)
  if (opaque) return { breach: opaque, effects: [] }
  const effects = effectsOnDefinitions(file.before, file.after, file.edits)
  return effects ? { breach: undefined, effects } : treeBreach(file, surroundings)
}

function broken(message: string, at: number, edit: Edit | undefined): Verified {
  return { breach: { message, at, edit }, effects: [] }
}

function hasLone(text: string): boolean {
  return /[\ud800-\udbff](?![\udc00-\udfff])|(?<![\ud800-\udbff])[\udc00-\udfff]/.test(text)
}

/** The first offset that changes although no edit is about it; counted anew from the edits alone. */
function firstTouched({ before, after, edits }: Rewritten): number | undefined {
  let [from, to] = [0, 0]
  for (const { start, end, text } of [...edits, { start: before.length, end: before.length, text: '' }]) {
    if (start < from || end < start || end > before.length) return from
    for (; from < start; from++, to++) if (before.charCodeAt(from) !== after.charCodeAt(to)) return from
    if (!after.startsWith(text, to)) return from
    from = end
    to += text.length
  }
  return to === after.length ? undefined : before.length
}

/** `{{…}}` with what escapes it, in the order of the text: code and comments are no exception for mdBook. */
function opaqueBreach({ before, after, edits }: Rewritten): Breach | undefined {
  const [ours, theirs] = [directivesIn(before), directivesIn(after)]
  const index = ours.findIndex((one, position) => one.text !== theirs[position]?.text)
  if (index < 0 && ours.length === theirs.length) return undefined
  const mine = ours[index]
  const at = mine?.start ?? offsetBefore(edits, theirs[ours.length]?.start ?? 0)
  const message =
    mine === undefined
      ? `${quoted(theirs[ours.length]?.text)} would be new`
      : `${quoted(mine.text)} would be no longer what it is`
  return { message, at, edit: editAt(edits, at, at + (mine?.text.length ?? 0)) }
}

function treeBreach(file: Rewritten, { isKnown, isPresumed, html }: Surroundings): Verified {
  const first = parseChapter(file.path, file.before, isKnown, isPresumed)
  const asked = expectedTree(first, file.edits, html)
  const presumed = new Set(presumedNames(asked, isKnown))
  const isTaken = (id: string) => presumed.has(id) || isPresumed(id)
  const chapter = presumed.size === 0 ? first : parseChapter(file.path, file.before, isKnown, isTaken)
  const expectation = chapter === first ? asked : expectedTree(chapter, file.edits, html)
  const [stray] = expectation.stray
  if (stray) return broken(`it stands in ${surroundingName(chapter.tree, stray)}`, stray.start, stray)
  const { effects } = expectation
  const renamed = new Set(
    effects.filter(({ kind }) => kind === 'label' || kind === 'definition').map(({ to }) => labelId(to)),
  )
  const result = parseChapter(file.path, file.after, (id) => renamed.has(id) || isTaken(id) || isKnown(id))
  const difference = firstDifference(expectation.tree, result.tree)
  if (!difference) return { breach: undefined, effects }
  const { expected, actual } = difference
  const origin = expected && expectation.originOf(expected)
  const at = origin ? startOf(origin) : offsetBefore(file.edits, actual ? startOf(actual) : 0)
  const end = origin?.position?.end.offset ?? at
  const message = `${nodeInWords(expected, actual)} was asked for, and ${nodeInWords(actual, expected)} would be there`
  return { breach: { message, at, edit: blamed(expectation, file.edits, expected, at, end) }, effects }
}

/** New names of labels that nothing defines: where one stands already, it is as good a reference as they are. */
function presumedNames({ effects }: Expectation, isKnown: (id: string) => boolean): string[] {
  return effects
    .filter(({ kind, from }) => kind === 'label' && !isKnown(labelId(from)))
    .map(({ to }) => labelId(to))
}

/** A reference that is lost is the fault of the edit that took its definition, if one did. */
function blamed(
  { tree, originOf }: Expectation,
  edits: readonly Edit[],
  expected: Nodes | undefined,
  at: number,
  end: number,
): Edit | undefined {
  if (expected?.type === 'linkReference' || expected?.type === 'imageReference') {
    let taken: Edit | undefined
    visit(tree, 'definition', (definition) => {
      const origin = originOf(definition)
      if (!origin || definition.identifier !== expected.identifier) return
      taken ??= edits.find(
        (edit) => edit.start < (origin.position?.end.offset ?? 0) && edit.end > startOf(origin),
      )
    })
    if (taken) return taken
  }
  return editAt(edits, at, end)
}

const NAMES: Readonly<Partial<Record<Nodes['type'], string>>> = {
  code: 'code',
  html: 'raw HTML',
  inlineCode: 'code',
  mdbookDirective: 'an mdBook directive',
  mdbookWikilink: 'an mdBook wikilink',
}

function surroundingName(tree: Nodes, { start, end }: Edit): string {
  let name = 'no text, label, address, alt text, title or heading attributes'
  visit(tree, (node) => {
    const known = NAMES[node.type]
    const { position } = node
    if (!known || !position) return
    if ((position.start.offset ?? 0) <= start && end <= (position.end.offset ?? 0)) name = known
  })
  return name
}
