/**
 * The proof of a file that holds definitions and nothing else, a line each, without a tree: a book has few such
 * files, and they are its largest.
 */
import { definitionLines } from '../../book/definition-lines.ts'
import type { Edit } from '../../model.ts'
import { within } from '../../within.ts'
import type { Effect } from './effect.ts'

/**
 * What edits of labels do to such a file.
 *
 * @returns the effects, or `undefined` where a tree has to tell: it holds something else, an edit is about more
 *   than a label, or the result is not what was asked for
 */
export function effectsOnDefinitions(
  before: string,
  after: string,
  edits: readonly Edit[],
): readonly Effect[] | undefined {
  const [old, current] = [definitionLines(before), definitionLines(after)]
  if (!old || old.length !== current?.length) return undefined
  const effects: Effect[] = []
  let taken = 0
  for (const [index, { start, label, destination, title }] of old.entries()) {
    const place = { start: start + 1, end: start + 1 + label.length }
    const inLabel = within(edits, place)
    const wanted = inLabel
      .toReversed()
      .reduce(
        (so, edit) => so.slice(0, edit.start - place.start) + edit.text + so.slice(edit.end - place.start),
        label,
      )
    const now = current[index]
    if (now?.label !== wanted || now.destination !== destination || now.title !== title) return undefined
    if (inLabel.length > 0) effects.push({ ...place, kind: 'definition', from: label, to: wanted })
    taken += inLabel.length
  }
  return taken === edits.length ? effects : undefined
}
