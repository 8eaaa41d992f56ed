/**
 * A changed tree → edits on the text that it was read from. A document is never printed: what an author left alone
 * stays as it is written, and only what changed is written anew, in the habits of the text around it. What comes out
 * is parsed again, and given out only if it is the tree that was asked for.
 */

import type { Nodes, Root } from 'mdast'
import type { Edit } from '../model.ts'
import { trailing } from '../trailing.ts'
import { type Disagreement, disagreement } from './disagreement.ts'
import { originOf } from './origin.ts'
import { type Chapter, startOf } from './parse.ts'
import { editsInPlace } from './print/in-place.ts'
import { isIntact } from './print/now.ts'
import { type Press, pressFor } from './print/press.ts'
import { readBack } from './print/read.ts'
import { Refusal } from './print/refusal.ts'
import { checkWellFormed } from './print/well-formed.ts'
import { widen } from './print/widen.ts'
import { type Settled, settledTree } from './settled.ts'

/** What a changed tree asks for, or why Markdown cannot say it. */
export type Printed =
  | {
      readonly ok: true
      /** On the chapter's text; sorted and disjoint. */
      readonly edits: readonly Edit[]
      /** The text with the edits made. */
      readonly text: string
      /** What the text parses to, without places: the author's tree, adjacent texts being one. */
      readonly asked: Root
    }
  | {
      readonly ok: false
      readonly message: string
      /** Offset of the place in the chapter's text. */
      readonly at: number
    }

/**
 * Prints what changed in a chapter's tree since it was parsed. The tree may be changed in any way: fields set, children
 * spliced, nodes moved, replaced, or taken from another chapter that `withOrigins` remembers.
 *
 * @param chapter as `withOrigins` remembered it
 * @returns the edits, none where nothing changed; or the first thing that Markdown cannot say
 */
export function printChanges(chapter: Chapter): Printed {
  try {
    checkWellFormed(chapter.tree)
    const { tree: asked, ...sources } = settledTree(chapter.tree)
    if (isIntact(chapter.tree)) return { ok: true, edits: [], text: chapter.text, asked }
    return widened(pressFor(chapter), { tree: asked, ...sources })
  } catch (thrown) {
    if (!(thrown instanceof Refusal)) throw thrown
    return { ok: false, message: thrown.message, at: placeOf(chapter, thrown.node) }
  }
}

/** How often more is written anew, where the result was not what was asked for. */
const ROUNDS = 12

function widened(press: Press, asked: Settled): Printed {
  const { chapter } = press
  let found: Disagreement | undefined
  for (let round = 0; round < ROUNDS; round++) {
    const edits = withLastLineEnd(press, inOrder(editsInPlace(press, chapter.tree)))
    const text = applied(chapter.text, edits)
    const tree = readBack(press, text)
    found = tree
      ? disagreement(asked.tree, settledTree(tree).tree)
      : { path: [asked.tree], actual: undefined }
    if (!found) return { ok: true, edits, text, asked: asked.tree }
    if (press.isTrusting) distrust(press)
    else if (!widen(press, asked, found)) break
  }
  const node = found?.path.at(-1) ?? chapter.tree
  const message = `${nameOf(node)} was asked for, and ${found?.actual ? nameOf(found.actual) : 'nothing'} would be there`
  return { ok: false, message, at: placeOf(chapter, asked.sourceOf(node) ?? node) }
}

/** A text that ends with a line ending goes on doing so, and one that does not, does not. */
function withLastLineEnd({ chapter: { text }, eol }: Press, edits: readonly Edit[]): readonly Edit[] {
  const result = applied(text, edits)
  const [had, has] = [text, result].map((one) => /[\r\n]$/.test(one))
  if (result === '' || text === '' || had === has) return edits
  if (had) return [...edits, { start: text.length, end: text.length, text: eol }]
  const last = edits.at(-1)
  if (!last || last.end < text.length) return edits
  const kept = last.text.replace(/(?<![ \t\r\n])[ \t\r\n]+$/, '')
  const space = kept === '' ? endingSpace(text.slice(0, last.start)) : 0
  const before = edits.at(-2)
  const start = Math.max(last.start - space, before?.end ?? 0)
  return [...edits.slice(0, -1), { start, end: last.end, text: kept }]
}

/** How much of a text's end is lines with nothing in them: from the first line ending on. */
function endingSpace(text: string): number {
  const space = trailing(text, ' \t\r\n')
  return space.length - (/^[ \t]*/.exec(space)?.[0].length ?? 0)
}

/** Has every block read by itself before it is taken. */
function distrust(press: Press): void {
  press.isTrusting = false
  press.blocks.clear()
}

function inOrder(edits: readonly Edit[]): Edit[] {
  return edits
    .filter(({ start, end, text }) => start < end || text !== '')
    .toSorted((a, b) => a.start - b.start || a.end - b.end)
}

function applied(text: string, edits: readonly Edit[]): string {
  let [result, at] = ['', 0]
  for (const edit of edits) {
    if (edit.start < at) throw new Error(`printed twice: ${JSON.stringify(edit)}`)
    result += text.slice(at, edit.start) + edit.text
    at = edit.end
  }
  return result + text.slice(at)
}

function nameOf(node: Nodes): string {
  const value = 'value' in node ? ` ${JSON.stringify(node.value)}` : ''
  return `${node.type}${value}`
}

/** Where a node stands, or the nearest one that was read. */
function placeOf(chapter: Chapter, node: Nodes): number {
  if (originOf(node)?.chapter === chapter) return startOf(node)
  if (!('children' in node)) return 0
  for (const child of node.children) {
    const place = placeOf(chapter, child)
    if (place > 0) return place
  }
  return 0
}
