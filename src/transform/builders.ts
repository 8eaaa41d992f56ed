/**
 * New nodes, by name: what a transform puts into a tree. Each is what parsing its Markdown would give, `null`s
 * included.
 *
 * They are written here: unist-builder's `u` makes any node of any fields, so that a heading without a depth is
 * none of its business, and mdast-builder (2020) speaks of an older mdast and has no types for children.
 */
import type {
  AlignType,
  Blockquote,
  Break,
  Code,
  Definition,
  Delete,
  Emphasis,
  FootnoteDefinition,
  FootnoteReference,
  Heading,
  Html,
  Image,
  ImageReference,
  InlineCode,
  Link,
  LinkReference,
  List,
  ListItem,
  Paragraph,
  PhrasingContent,
  Strong,
  Table,
  TableCell,
  TableRow,
  Text,
  ThematicBreak,
  Yaml,
} from 'mdast'
import type { HeadingAttributes, MdbookDirective, MdbookWikilink } from '../markdown/tree.ts'
import type { FlowContent } from './collection/content.ts'
import { associationOf, footnoteOf } from './collection/label.ts'

/** Inlines; a string stands for a text. */
export type Inlines = string | PhrasingContent | readonly (string | PhrasingContent)[]

/** Blocks; a string stands for a paragraph of that text. */
export type Blocks = string | FlowContent | readonly (string | FlowContent)[]

/** As fields of other nodes are, so that they can be passed on. */
type Maybe<Value> = Value | null | undefined

/**
 * Builders of nodes, by mdast's names for them. A string is text as a reader sees it, not Markdown: what would be
 * markup in it is escaped when it is printed. Labels are given as they are written, escapes included.
 *
 * @example
 * b.heading(2, ['The ', b.inlineCode('slab'), ' crate'])
 */
export const b = {
  blockquote: (children: Blocks): Blockquote => ({ type: 'blockquote', children: blocks(children) }),

  break: (): Break => ({ type: 'break' }),

  /** A fenced code block, or an indented one where neighbours are. */
  code: (value: string, { lang, meta }: { lang?: Maybe<string>; meta?: Maybe<string> } = {}): Code => ({
    type: 'code',
    lang: lang ?? null,
    meta: meta ?? null,
    value,
  }),

  definition: (label: string, url: string, title?: Maybe<string>): Definition => ({
    type: 'definition',
    ...associationOf(label),
    title: title ?? null,
    url,
  }),

  /** Struck out. */
  delete: (children: Inlines): Delete => ({ type: 'delete', children: inlines(children) }),

  /**
   * `{{#include a.md}}`.
   *
   * @param value with its braces
   */
  directive: (value: string): MdbookDirective => ({
    type: 'mdbookDirective',
    value: checked(value, /^\{\{(?:(?!\}\})[\s\S])+\}\}$/, 'directive: `{{…}}`'),
  }),

  emphasis: (children: Inlines): Emphasis => ({ type: 'emphasis', children: inlines(children) }),

  /** @param label without `^` */
  footnoteDefinition: (label: string, children: Blocks): FootnoteDefinition => ({
    type: 'footnoteDefinition',
    ...footnoteOf(label),
    children: blocks(children),
  }),

  /** @param label without `^` */
  footnoteReference: (label: string): FootnoteReference => ({
    type: 'footnoteReference',
    ...footnoteOf(label),
  }),

  heading: (
    depth: Heading['depth'],
    children: Inlines,
    attributes?: { id?: string | undefined; classes?: readonly string[] },
  ): Heading => ({
    type: 'heading',
    depth,
    children: inlines(children),
    ...(attributes && { attributes: attributesOf(attributes) }),
  }),

  /** Raw HTML, as a block or as an inline. */
  html: (value: string): Html => ({ type: 'html', value }),

  image: (url: string, alt: Maybe<string> = '', title?: Maybe<string>): Image => ({
    type: 'image',
    title: title ?? null,
    url,
    alt,
  }),

  /** `![label]`, or `![alt][label]` with an alt text. */
  imageReference: (label: string, alt?: Maybe<string>): ImageReference => ({
    type: 'imageReference',
    ...associationOf(label),
    referenceType: (alt ?? undefined) === undefined ? 'shortcut' : 'full',
    alt: alt ?? associationOf(label).label,
  }),

  inlineCode: (value: string): InlineCode => ({ type: 'inlineCode', value }),

  link: (url: string, children: Inlines, title?: Maybe<string>): Link => ({
    type: 'link',
    title: title ?? null,
    url,
    children: inlines(children),
  }),

  /** `[label]`, or `[children][label]` with children. */
  linkReference: (label: string, children?: Inlines): LinkReference => ({
    type: 'linkReference',
    ...associationOf(label),
    referenceType: children === undefined ? 'shortcut' : 'full',
    children: inlines(children ?? associationOf(label).label),
  }),

  /**
   * A list; of numbers, if it is `ordered` or has a `start`. Blank lines part its items if it or one of them is
   * `spread`.
   */
  list: (
    items: readonly (Blocks | ListItem)[],
    { ordered, start, spread }: Partial<Pick<List, 'ordered' | 'start' | 'spread'>> = {},
  ): List => ({
    type: 'list',
    ordered: ordered ?? (start ?? undefined) !== undefined,
    start: start ?? (ordered ? 1 : null),
    spread: spread ?? false,
    children: items.map((item) => (isItem(item) ? item : b.listItem(item))),
  }),

  /** An item; with `checked`, of a task list. */
  listItem: (
    children: Blocks,
    { checked: isChecked, spread }: Partial<Pick<ListItem, 'checked' | 'spread'>> = {},
  ): ListItem => ({
    type: 'listItem',
    spread: spread ?? false,
    checked: isChecked ?? null,
    children: blocks(children),
  }),

  paragraph: (children: Inlines): Paragraph => ({ type: 'paragraph', children: inlines(children) }),

  strong: (children: Inlines): Strong => ({ type: 'strong', children: inlines(children) }),

  /**
   * A table.
   *
   * @param rows the head first
   * @param align of each column; `null` or nothing for none
   */
  table: (
    rows: readonly (TableRow | readonly (Inlines | TableCell)[])[],
    align: readonly AlignType[] = [],
  ): Table => {
    const children = rows.map((row) => ('type' in row ? row : b.tableRow(row)))
    const columns = children[0]?.children.length ?? 0
    return {
      type: 'table',
      align: Array.from({ length: columns }, (_, column) => align[column] ?? null),
      children,
    }
  },

  tableCell: (children: Inlines): TableCell => ({ type: 'tableCell', children: inlines(children) }),

  tableRow: (cells: readonly (Inlines | TableCell)[]): TableRow => ({
    type: 'tableRow',
    children: cells.map((cell) => (isCell(cell) ? cell : b.tableCell(cell))),
  }),

  text: (value: string): Text => ({ type: 'text', value }),

  thematicBreak: (): ThematicBreak => ({ type: 'thematicBreak' }),

  /**
   * `[[page]]` or `[[page | Text]]`.
   *
   * @param value with its brackets
   */
  wikilink: (value: string): MdbookWikilink => ({
    type: 'mdbookWikilink',
    value: checked(value, /^\[\[[^[\]\r\n]+\]\]$/, 'wikilink: `[[…]]`'),
  }),

  /** Front matter, without the lines of `---` around it. */
  yaml: (value: string): Yaml => ({ type: 'yaml', value }),
}

/** Strings side by side are one text, as they would be when they are read. */
function inlines(given: Inlines): PhrasingContent[] {
  const nodes: PhrasingContent[] = []
  let made: Text | undefined
  for (const one of listOf(given)) {
    if (typeof one !== 'string') {
      nodes.push(one)
      made = undefined
    } else if (made) {
      made.value += one
    } else if (one !== '') {
      made = b.text(one)
      nodes.push(made)
    }
  }
  return nodes
}

function blocks(given: Blocks): FlowContent[] {
  return listOf(given).map((one) => (typeof one === 'string' ? b.paragraph(one) : one))
}

function listOf<Item extends string | object>(
  given: string | Item | readonly (string | Item)[],
): readonly (string | Item)[] {
  return isList(given) ? given : [given]
}

function isList<Item>(
  given: string | Item | readonly (string | Item)[],
): given is readonly (string | Item)[] {
  return Array.isArray(given)
}

function isItem(given: Blocks | ListItem): given is ListItem {
  return typeof given === 'object' && 'type' in given && given.type === 'listItem'
}

function isCell(given: Inlines | TableCell): given is TableCell {
  return typeof given === 'object' && 'type' in given && given.type === 'tableCell'
}

function attributesOf({
  id,
  classes = [],
}: {
  id?: string | undefined
  classes?: readonly string[]
}): HeadingAttributes {
  return { id, classes: [...classes], others: [] }
}

function checked(value: string, form: RegExp, expected: string): string {
  if (form.test(value)) return value
  throw new TypeError(`${JSON.stringify(value)} is no ${expected}`)
}
