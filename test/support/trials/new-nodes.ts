/** Nodes that were never parsed: one of every type, with what is hard to print in them. */
import type {
  Definition,
  FootnoteDefinition,
  List,
  ListItem,
  PhrasingContent,
  Root,
  Table,
  TableCell,
  TableRow,
} from 'mdast'
import { chapterOf, nodesOf } from '../chapter.ts'
import type { Dice } from './dice.ts'
import {
  blockHtml,
  FOOTNOTES,
  hostileAddress,
  hostileCode,
  hostileCodeSpan,
  hostileLanguage,
  hostileMeta,
  hostileText,
  hostileTitle,
  inlineHtml,
  LABELS,
} from './hostile.ts'
import { type Flow, nodesIn } from './places.ts'

/** What the place of a new node allows. */
export interface Allowed {
  readonly links: boolean
  readonly breaks: boolean
}

/** An inline; a reference only to what the tree defines. */
export function newInline(tree: Root, dice: Dice, allowed: Allowed, depth = 0): PhrasingContent {
  const within = (place: Partial<Allowed> = {}) => newInlines(tree, dice, { ...allowed, ...place }, depth + 1)
  const makers: (() => PhrasingContent)[] = [
    () => ({ type: 'text', value: hostileText(dice) }),
    () => ({ type: 'inlineCode', value: hostileCodeSpan(dice) }),
    () => ({ type: 'image', url: hostileAddress(dice), title: hostileTitle(dice), alt: hostileText(dice) }),
    () => ({ type: 'html', value: inlineHtml(dice) }),
  ]
  if (allowed.breaks) makers.push(() => ({ type: 'break' }))
  const [definition, note] = [
    dice.find(nodesIn(tree, 'definition')),
    dice.find(nodesIn(tree, 'footnoteDefinition')),
  ]
  const reference = definition && { ...labelOf(definition), referenceType: 'full' as const }
  if (reference) makers.push(() => ({ type: 'imageReference', ...reference, alt: hostileText(dice) }))
  if (note) makers.push(() => ({ type: 'footnoteReference', ...labelOf(note) }))
  if (depth < 2) {
    makers.push(
      () => ({ type: 'emphasis', children: within() }),
      () => ({ type: 'strong', children: within() }),
      () => ({ type: 'delete', children: within().filter(({ type }) => type !== 'delete') }),
    )
    if (allowed.links) {
      makers.push(() => ({
        type: 'link',
        url: hostileAddress(dice),
        title: hostileTitle(dice),
        children: within({ links: false }),
      }))
      if (reference)
        makers.push(() => ({ type: 'linkReference', ...reference, children: within({ links: false }) }))
    }
  }
  const maker = dice.find(makers)
  return maker ? maker() : { type: 'text', value: 'rain' }
}

/** Some inlines, with a text at the front. */
function newInlines(tree: Root, dice: Dice, allowed: Allowed, depth = 0): PhrasingContent[] {
  const text: PhrasingContent = { type: 'text', value: hostileText(dice) }
  return [text, ...Array.from({ length: dice.roll(3) }, () => newInline(tree, dice, allowed, depth))]
}

const ANYTHING: Allowed = { links: true, breaks: true }
const ONE_LINE: Allowed = { links: true, breaks: false }

/** A block. */
export function newBlock(tree: Root, dice: Dice, depth = 0): Flow {
  const within = () => Array.from({ length: 1 + dice.roll(2) }, () => newBlock(tree, dice, depth + 1))
  const item = (): ListItem => {
    const children = dice.roll(6) === 0 ? [] : within()
    const checked = children[0]?.type === 'paragraph' && dice.roll(3) === 0 ? dice.roll(2) === 1 : null
    return { type: 'listItem', spread: children.length > 1, checked, children }
  }
  const list = (): List => {
    const ordered = dice.roll(2) === 1
    const start = ordered ? dice.pick([1, 0, 7, 123456789]) : null
    const spread = dice.roll(3) === 0
    return { type: 'list', ordered, start, spread, children: Array.from({ length: 1 + dice.roll(3) }, item) }
  }
  const makers: (() => Flow)[] = [
    () => ({ type: 'paragraph', children: newInlines(tree, dice, ANYTHING) }),
    () => ({ type: 'thematicBreak' }),
    () => ({
      type: 'heading',
      depth: dice.pick([1, 2, 3, 6]),
      children: dice.roll(6) === 0 ? [] : newInlines(tree, dice, ONE_LINE),
    }),
    () => newCode(dice),
    () => ({ type: 'html', value: blockHtml(dice) }),
    () => newDefinition(dice),
    () => newTable(tree, dice),
  ]
  if (depth < 3) {
    makers.push(
      () => ({ type: 'blockquote', children: dice.roll(8) === 0 ? [] : within() }),
      list,
      () => newFootnote(tree, dice),
    )
  }
  const maker = dice.find(makers)
  return maker ? maker() : { type: 'thematicBreak' }
}

function newCode(dice: Dice): Flow {
  const lang = hostileLanguage(dice)
  return { type: 'code', lang, meta: lang === null ? null : hostileMeta(dice), value: hostileCode(dice) }
}

/** A definition of a label that may be defined elsewhere: the first one counts. */
function newDefinition(dice: Dice, label = dice.pick(LABELS)): Definition {
  return { type: 'definition', ...readLabel(label), url: hostileAddress(dice), title: hostileTitle(dice) }
}

function newFootnote(tree: Root, dice: Dice): FootnoteDefinition {
  const children = [newBlock(tree, dice, 3)]
  return { type: 'footnoteDefinition', ...readFootnote(dice.pick(FOOTNOTES)), children }
}

function newTable(tree: Root, dice: Dice): Table {
  const columns = 1 + dice.roll(3)
  const align = Array.from({ length: columns }, () => dice.pick([null, 'left', 'center', 'right'] as const))
  const row = (): TableRow => ({
    type: 'tableRow',
    children: Array.from({ length: columns }, () => newCell(tree, dice)),
  })
  return { type: 'table', align, children: Array.from({ length: 1 + dice.roll(3) }, row) }
}

export function newCell(tree: Root, dice: Dice): TableCell {
  return { type: 'tableCell', children: dice.roll(5) === 0 ? [] : newInlines(tree, dice, ONE_LINE) }
}

interface Label {
  readonly label?: string | null | undefined
  readonly identifier: string
}

/** What a definition is called. */
function labelOf({ identifier, label }: Label): { identifier: string; label: string } {
  return { identifier, label: label ?? identifier }
}

/** A label as its source is read. */
export function readLabel(source: string): { identifier: string; label: string } {
  const [definition] = nodesOf(chapterOf(`[${source}]: /x\n`), 'definition')
  if (!definition) throw new Error(`No label: ${source}`)
  return labelOf(definition)
}

export function readFootnote(source: string): { identifier: string; label: string } {
  const [definition] = nodesOf(chapterOf(`[^${source}]: x\n`), 'footnoteDefinition')
  if (!definition) throw new Error(`No footnote: ${source}`)
  return labelOf(definition)
}
