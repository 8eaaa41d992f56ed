/**
 * What a tree and a text show, as HTML, by code that printing shares nothing with: mdast-util-to-hast reads the tree as
 * it is; the text is read by CommonMark and GFM alone, without mdshift's own syntax. What is mdBook's own is put out of
 * both: a mark that no parser gives a meaning stands for `{{…}}` and `[[…]]`; `{#id}` is cut off; labels that other
 * files define are defined in front of the text.
 */
import { toHtml } from 'hast-util-to-html'
import type { Heading, List, Nodes, PhrasingContent, Root, RootContent } from 'mdast'
import { fromMarkdown } from 'mdast-util-from-markdown'
import { gfmFootnoteFromMarkdown } from 'mdast-util-gfm-footnote'
import { gfmStrikethroughFromMarkdown } from 'mdast-util-gfm-strikethrough'
import { gfmTableFromMarkdown } from 'mdast-util-gfm-table'
import { gfmTaskListItemFromMarkdown } from 'mdast-util-gfm-task-list-item'
import { toHast } from 'mdast-util-to-hast'
import { gfmFootnote } from 'micromark-extension-gfm-footnote'
import { gfmStrikethrough } from 'micromark-extension-gfm-strikethrough'
import { gfmTable } from 'micromark-extension-gfm-table'
import { gfmTaskListItem } from 'micromark-extension-gfm-task-list-item'
import { visit } from 'unist-util-visit'
import { countable } from '../../../src/dialect.ts'
import { labelId } from '../../../src/label-id.ts'
import { listsAsWritten } from '../../../src/markdown/lists-as-written.ts'
import { type Chapter, endOf, startOf } from '../../../src/markdown/parse.ts'
import { put } from './places.ts'
import { joined } from './same-tree.ts'

/** What a chapter's text shows. Only what is mdBook's own is found by mdshift's parser. */
export function htmlOfText(chapter: Chapter, known: readonly string[]): string {
  return rendered(readPlain(plainText(chapter, known)))
}

/** A chapter's text for readers that know nothing of mdBook. */
export function plainText(chapter: Chapter, known: readonly string[]): string {
  return definitionsFor(chapter.tree, known, chapter.text) + withMarks(chapter)
}

/**
 * What a tree shows.
 *
 * @param text that the tree is printed as: which of the known labels it may mention
 * @param unclear how lists are shown whose `spread` contradicts what stands in them
 */
export function htmlOfTree(
  tree: Root,
  known: readonly string[],
  text: string,
  unclear: 'loose' | 'tight',
): string {
  const outside = readPlain(definitionsFor(tree, known, text)).children
  const own = plainTree(structuredClone(tree))
  joinTexts(own)
  visit(own, 'list', (list) => settleSpread(list, unclear))
  return rendered({ ...own, children: [...outside, ...own.children] })
}

/** Without the paragraphs in list items, for lists that no flag settles. */
export function withoutLooseness(html: string): string {
  return html
    .replace(/(<li[^>]*>)\s*<p>/g, '$1')
    .replace(/\s*<\/?p>\s*/g, '\n')
    .replace(/[ \t]+\n/g, '\n')
    .replace(/\n+(<\/li>)?/g, (_, end: string | undefined) => end ?? '\n')
}

const PLAIN = {
  extensions: [gfmTable(), gfmStrikethrough(), gfmTaskListItem(), gfmFootnote()],
  mdastExtensions: [
    gfmTableFromMarkdown(),
    gfmStrikethroughFromMarkdown(),
    gfmTaskListItemFromMarkdown(),
    gfmFootnoteFromMarkdown(),
    // In a quote, micromark takes a blank line behind a list for one in it; markdown-it and satteri do not.
    listsAsWritten,
  ],
}

function readPlain(text: string): Root {
  return fromMarkdown(countable(text), PLAIN)
}

/** Stands where a heading has no text but its attributes, so that it stays a heading. */
const NO_TEXT = '‹none›'

/** Stands for a `>` of a text, which hast-util-to-html shows as it is, and others as `&gt;`. */
const GREATER = '‹greater›'

function rendered(tree: Root): string {
  const hast = toHast(tree, { allowDangerousHtml: true })
  visit(hast, 'text', (node) => {
    node.value = node.value.replaceAll('>', GREATER)
  })
  return toHtml(hast, { allowDangerousHtml: true })
    .replaceAll(GREATER, '&gt;')
    .replaceAll(NO_TEXT, '')
    .replace(/\r\n?/g, '\n')
}

/** Definitions of the labels that a text may mention and does not define. */
function definitionsFor(tree: Root, known: readonly string[], text: string): string {
  const own = new Set<string>()
  visit(tree, 'definition', ({ identifier }) => {
    own.add(labelId(identifier))
  })
  const folded = labelId(text.replace(/[\s>]+/g, ' '))
  const lines = known
    .filter((id) => !own.has(id) && folded.includes(id))
    .map((id) => `[${id}]: #${encodeURIComponent(id)}\n`)
  return lines.length === 0 ? '' : `${lines.join('')}\n`
}

/** A chapter's text with marks for what is mdBook's own. */
function withMarks({ text, tree, spans }: Chapter): string {
  const cuts: { readonly start: number; readonly end: number; readonly by: string }[] = []
  visit(tree, (node, _, parent) => {
    const [start, end] = [startOf(node), endOf(node)]
    if (node.type === 'yaml') cuts.push({ start, end, by: '' })
    if (node.type === 'mdbookWikilink') cuts.push({ start, end, by: markOf(node.value) })
    if (node.type === 'mdbookDirective') {
      const mark = markOf(node.value)
      cuts.push({ start, end, by: isPhrasingHost(parent) ? mark : `###### ${mark}` })
    }
    const attributes = node.type === 'heading' ? spans.fields(node).attributes : undefined
    if (attributes && node.type === 'heading')
      cuts.push({ ...attributes, by: insteadOfAttributes(text, node) })
  })
  return cuts
    .toSorted((a, b) => b.start - a.start)
    .reduce((marked, { start, end, by }) => marked.slice(0, start) + by + marked.slice(end), text)
}

function insteadOfAttributes(text: string, heading: Heading): string {
  return heading.children.length === 0 && text[startOf(heading)] !== '#' ? NO_TEXT : ''
}

/** A name for an opaque value, in quotes that Markdown takes for punctuation like its braces and brackets. */
function markOf(value: string): string {
  let hash = 7
  for (const character of value.replace(/\r\n?/g, '\n'))
    hash = (hash * 31 + (character.codePointAt(0) ?? 0)) % 2147483647
  return `‹${hash.toString(36)}›`
}

const PHRASING_HOSTS = new Set([
  'delete',
  'emphasis',
  'heading',
  'link',
  'linkReference',
  'paragraph',
  'strong',
  'tableCell',
])

function isPhrasingHost(node: Nodes | undefined): boolean {
  return node !== undefined && PHRASING_HOSTS.has(node.type)
}

/** The same tree in mdast's own nodes. */
function plainTree(root: Root): Root {
  const children = root.children.filter(({ type }) => type !== 'yaml')
  for (const child of children) replaceOpaque(child)
  return { ...root, children: children.map(blockFor) }
}

function joinTexts(node: Nodes): void {
  if (!('children' in node)) return
  put(node, 0, node.children.length, ...joined(node.children))
  for (const child of node.children) joinTexts(child)
}

function replaceOpaque(node: Nodes): void {
  if (!('children' in node)) return
  const children: Nodes[] = node.children
  for (const [index, child] of children.entries()) {
    children[index] = isPhrasingHost(node) ? phraseFor(child) : blockFor(child)
    replaceOpaque(child)
  }
}

function phraseFor<Type extends Nodes>(node: Type): Type | PhrasingContent {
  return node.type === 'mdbookDirective' || node.type === 'mdbookWikilink'
    ? { type: 'text', value: markOf(node.value) }
    : node
}

function blockFor<Type extends Nodes>(node: Type): Type | Heading {
  return node.type === 'mdbookDirective'
    ? { type: 'heading', depth: 6, children: [{ type: 'text', value: markOf(node.value) }] }
    : node
}

/**
 * A list is loose if a blank line stands between two items, or between two blocks of one. An author who takes a
 * paragraph away does not set `spread` anew; a list that could not be as its flags say is shown either way.
 */
function settleSpread(list: List, unclear: 'loose' | 'tight'): void {
  const blank = list.spread === true && list.children.length > 1
  const isAsked =
    blank || list.children.some(({ spread, children }) => spread === true && children.length > 1)
  const isMeant = list.spread === true || list.children.some(({ spread }) => spread === true)
  const canBeTight = list.children.every(({ children }) =>
    children.every((child, index) => mayStandBelow(children[index - 1], child)),
  )
  const isForced = list.children.some(({ children }) =>
    children.some((child, index) => child.type === 'paragraph' && children[index - 1]?.type === 'paragraph'),
  )
  const isLoose = isAsked || isForced || ((isMeant || !canBeTight) && unclear === 'loose')
  list.spread = isLoose
  for (const item of list.children) item.spread = isLoose
}

/** Whether a block surely may stand right below another. */
function mayStandBelow(above: RootContent | undefined, node: RootContent): boolean {
  switch (above?.type) {
    case undefined:
    case 'code':
    case 'heading':
    case 'thematicBreak':
      return true
    case 'definition':
      return node.type === 'definition'
    case 'paragraph':
      return (
        node.type === 'blockquote' || node.type === 'heading' || (node.type === 'list' && interrupts(node))
      )
    default:
      return false
  }
}

/** Whether a list may begin right below a paragraph. */
function interrupts({ ordered, start, children }: List): boolean {
  return (ordered !== true || (start ?? 1) === 1) && children[0]?.children[0]?.type !== undefined
}
