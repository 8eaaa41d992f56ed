/** Trees that Markdown has no words for, whoever prints them: to refuse them is the only right answer. */
import type { Nodes, Root } from 'mdast'
import { nodesIn, type Place, phrasingHosts, placesIn } from './places.ts'

/** Why a tree cannot be printed; `undefined` for one that can. */
export function whyUnsayable(tree: Root): string | undefined {
  for (const place of placesIn(tree)) {
    const found = REASONS.find(([, holds]) => holds(place))
    if (found) return found[0]
  }
  for (const { node } of phrasingHosts(tree)) {
    const children = node.children.filter((child) => child.type !== 'text' || child.value !== '')
    for (const [index, child] of children.entries()) {
      const next = children[index + 1]
      if (child.type === 'inlineCode' && next?.type === 'inlineCode') return 'code spans side by side'
      if (child.type === 'delete' && next?.type === 'delete') return 'struck out side by side'
      if (child.type === 'mdbookWikilink' && next && BRACKETS.has(next.type))
        return 'a wikilink before brackets'
    }
  }
  return unclosedHtml(tree)
}

const BRACKETS = new Set(['link', 'linkReference', 'footnoteReference', 'mdbookWikilink'])

const REASONS: readonly (readonly [string, (place: Place) => boolean])[] = [
  ['an empty code span', ({ node }) => node.type === 'inlineCode' && node.value === ''],
  [
    'a line break where there is one line',
    ({ node, above }) =>
      node.type === 'break' &&
      above.some((each) => each.type === 'tableCell' || (each.type === 'heading' && each.depth > 2)),
  ],
  [
    'lines of something opaque where there is one line',
    ({ node, above }) =>
      (node.type === 'html' || node.type === 'mdbookDirective') &&
      node.value.includes('\n') &&
      above.some(({ type }) => type === 'tableCell' || type === 'heading'),
  ],
  [
    'something opaque with a bar in a table',
    ({ node, above }) =>
      (node.type === 'html' || node.type === 'mdbookDirective' || node.type === 'mdbookWikilink') &&
      node.value.includes('|') &&
      above.some(({ type }) => type === 'tableCell'),
  ],
  [
    'a backslash before a bar in code in a table',
    ({ node, above }) =>
      node.type === 'inlineCode' &&
      node.value.includes('\\|') &&
      above.some(({ type }) => type === 'tableCell'),
  ],
  ['raw HTML that begins a block', beginsHtmlBlock],
  ['a directive alone on its line', standsAlone],
  ['front matter that is not in front', ({ node, index }) => node.type === 'yaml' && index > 0],
  [
    'a row longer than the head',
    ({ node, parent }) =>
      node.type === 'tableRow' &&
      parent.type === 'table' &&
      node.children.length > (parent.children[0]?.children.length ?? 0),
  ],
]

const BLOCK_START =
  /^<(?:!--|\?|![A-Za-z]|!\[CDATA\[|(?:script|pre|style|textarea)(?:[\s>]|$)|\/?(?:address|article|aside|base|basefont|blockquote|body|caption|center|col|colgroup|dd|details|dialog|dir|div|dl|dt|fieldset|figcaption|figure|footer|form|frame|frameset|h[1-6]|head|header|hr|html|iframe|legend|li|link|main|menu|menuitem|nav|noframes|ol|optgroup|option|p|param|search|section|summary|table|tbody|td|tfoot|th|thead|title|tr|track|ul)(?:[\s>]|\/>|$))/i

/** Raw HTML in a line of its own or of a kind that interrupts a paragraph, where a line begins. */
function beginsHtmlBlock({ node, parent, index, above }: Place): boolean {
  if (node.type !== 'html' || above.some(({ type }) => type === 'heading' || type === 'tableCell'))
    return false
  if (!above.some(({ type }) => type === 'paragraph') || parent.type !== 'paragraph') return false
  const before = textBefore(parent, index)
  if (!/(?:^|\n)[ \t]*$/.test(before)) return false
  const next = parent.children[index + 1]
  const isAlone =
    next === undefined ||
    next.type === 'break' ||
    (next.type === 'text' && /^\s*(?:\n|$)/.test(next.value)) ||
    next.type === 'html'
  return BLOCK_START.test(node.value) || (before.trim() === '' && isAlone)
}

function textBefore(parent: Nodes, index: number): string {
  if (!('children' in parent)) return ''
  const before = parent.children.slice(0, index).map((node) => {
    if (node.type === 'break') return '\n'
    return node.type === 'text' || node.type === 'html' ? node.value : 'x'
  })
  return before.join('')
}

/** `{{#include a.md}}` on a line of its own is a block, and any other directive is none. */
function standsAlone({ node, parent, index }: Place): boolean {
  if (node.type !== 'mdbookDirective') return false
  const isBlock = node.value.startsWith('{{#') && !node.value.includes('\n')
  if (parent.type !== 'paragraph')
    return parent.type === 'heading' ? false : !isBlock && !('value' in parent) && isFlowHost(parent)
  if (!isBlock) return false
  const next = parent.children[index + 1]
  const endsLine =
    next === undefined ||
    next.type === 'break' ||
    (next.type === 'text' && /^[ \t]*(?:\n|$)/.test(next.value))
  return endsLine && /(?:^|\n)[ \t]*$/.test(textBefore(parent, index))
}

function isFlowHost({ type }: Nodes): boolean {
  return type === 'root' || type === 'blockquote' || type === 'listItem' || type === 'footnoteDefinition'
}

const ENDED_BY: readonly (readonly [RegExp, RegExp])[] = [
  [/^<(?:script|pre|style|textarea)(?:[\s>]|$)/i, /<\/(?:script|pre|style|textarea)>/i],
  [/^<!--/, /-->/],
  [/^<\?/, /\?>/],
  [/^<!\[CDATA\[/, /\]\]>/],
  [/^<![a-z]/i, />/],
]

/** Raw HTML that only the end of its container ends takes in what comes behind it. */
function unclosedHtml(tree: Root): string | undefined {
  for (const host of nodesIn(tree, 'root', 'blockquote', 'listItem', 'footnoteDefinition')) {
    for (const node of host.children.slice(0, -1)) {
      if (node.type !== 'html') continue
      const value = node.value.trimStart()
      const kind = ENDED_BY.find(([start]) => start.test(value))
      if (kind && !kind[1].test(value)) return 'raw HTML that nothing ends, before a block'
    }
  }
  return undefined
}
