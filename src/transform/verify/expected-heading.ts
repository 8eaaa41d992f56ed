/** What becomes of a heading: its attributes stand in braces at its end, whoever puts them there. */

import type { Heading, Text } from 'mdast'
import { endOf, startOf } from '../../markdown/parse.ts'
import { readAttributes } from '../../markdown/tree.ts'
import { trailing } from '../../trailing.ts'
import type { Effect } from './effect.ts'
import { bare, type Making, splicedField } from './making.ts'

const BLOCK = /(?<![ \t])[ \t]*(\{[^{}<>\\\r\n]*\})[ \t]*$/

/**
 * A heading with its edits.
 *
 * @param withChildren makes the children of a node
 */
export function makeHeading(
  making: Making,
  node: Heading,
  withChildren: (making: Making, node: Heading, made: Heading) => Heading,
): Heading {
  const { chapter, pending } = making
  const { attributes: field } = chapter.spans.fields(node)
  const range = { start: startOf(node), end: endOf(node) }
  const before = JSON.stringify(node.attributes ?? null)
  let block = field?.source
  if (field) {
    const space = trailing(chapter.text.slice(range.start, field.start), ' \t')
    const wider = { ...field, start: field.start - space.length, source: space + field.source }
    block = splicedField(making, wider, ({ end }) => end > field.start) ?? block
  } else {
    block = pending.take(
      range,
      ({ start, end, text }) => start === end && BLOCK.test(text) && !/\S/.test(text.replace(BLOCK, '')),
    )[0]?.text
  }
  const made = withChildren(making, node, bare(node))
  const [children, tail] = field || block !== undefined ? [made.children, undefined] : tailOf(making, made)
  const attributes = readBlock(tail ?? block)
  const { attributes: _, ...rest } = made
  const heading: Heading = { ...rest, children, ...(attributes ? { attributes } : {}) }
  const after = JSON.stringify(attributes ?? null)
  if (before !== after) making.effects.push({ ...range, kind: 'heading', from: before, to: after })
  return heading
}

function readBlock(block: string | undefined): Heading['attributes'] {
  const found = block === undefined ? null : BLOCK.exec(block)
  return found ? readAttributes(found[1] ?? '') : undefined
}

/** What new text at a heading's end says in braces is its attributes; space that is left there is none. */
function tailOf(making: Making, heading: Heading): [Heading['children'], string | undefined] {
  const last = heading.children.at(-1)
  const origin = last && making.origins.get(last)
  if (last?.type !== 'text' || (origin?.type === 'text' && origin.value === last.value))
    return [heading.children, undefined]
  const block = BLOCK.exec(last.value)
  const isNew = making.effects.some(
    ({ kind, start, to }) =>
      kind === 'text' && start >= startOf(heading) && to.trimEnd().endsWith(block?.[1] ?? '}'),
  )
  const found = isNew ? block : null
  const value = (found ? last.value.slice(0, found.index) : last.value).trimEnd()
  const shortened: Text = { ...last, value }
  if (origin) making.origins.set(shortened, origin)
  const children = [...heading.children.slice(0, -1), ...(value === '' ? [] : [shortened])]
  if (found) withoutTail(making.effects, found[0])
  return [children, found?.[1]]
}

/** What is said in braces is not seen, nor is the space before it: the text that they came with loses them. */
function withoutTail(effects: Effect[], tail: string): void {
  const index = effects.findLastIndex(({ kind, to }) => kind === 'text' && to.endsWith(tail.trim()))
  const effect = effects[index]
  if (!effect) return
  const to = effect.to.slice(0, -tail.trim().length).trimEnd()
  const space = to === '' ? (/^[ \t]*/.exec(tail)?.[0] ?? '') : ''
  effects[index] = { ...effect, start: effect.start - space.length, from: space + effect.from, to }
}
