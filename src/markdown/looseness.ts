/** Whether blocks have blank lines between them, as lists say it and as Markdown can have it. */
import type { Nodes } from 'mdast'
import { originOf } from './origin.ts'
import { sourceOf } from './parse.ts'
import { childrenNow, isIntact } from './print/now.ts'

/**
 * Whether what stands in a list is apart. Of one block or item alone it means nothing, and what cannot stand beside
 * each other otherwise is apart whatever is said.
 */
export function spreadOf(node: Extract<Nodes, { type: 'list' | 'listItem' }>): boolean {
  const children = childrenNow(node)
  if (children.length < 2) return false
  if (node.type === 'list')
    return node.spread ?? children.some((item) => item.type === 'listItem' && spreadOf(item))
  const spread = node.spread ?? children.some((child, index) => index > 0 && child.type !== 'list')
  return spread || (!isAsRead(node, children) && haveToBeApart(children))
}

/** Whether a node has the children that it was read with, and they are as they were. */
function isAsRead(node: Nodes, children: readonly Nodes[]): boolean {
  const origin = originOf(node)
  return (
    origin !== undefined &&
    children.length === origin.children.length &&
    children.every((child, index) => child === origin.children[index] && isIntact(child))
  )
}

function haveToBeApart(children: readonly Nodes[]): boolean {
  return children.some((child, index) => {
    const left = children[index - 1]
    return left !== undefined && cannotTouch(left, child)
  })
}

/** Whether two blocks are read otherwise without a blank line between them. */
export function cannotTouch(left: Nodes, right: Nodes): boolean {
  const end = lastOf(left)
  if (end.type === 'html') return !hasEnded(end.value)
  if (end.type === 'table') return right.type !== 'list' && right.type !== 'heading' && right.type !== 'code'
  if (end.type !== 'paragraph')
    return left.type === right.type && (left.type === 'blockquote' || left.type === 'list')
  if (right.type === 'list') {
    const [first] = childrenNow(right)
    const isNumbered = right.ordered === true && (right.start ?? 1) !== 1
    return isNumbered || first === undefined || childrenNow(first).length === 0
  }
  if (right.type === 'code') return isIndented(right)
  return INTERRUPTED.has(right.type)
}

/** CommonMark 0.31.2, 4.6: raw HTML of some kinds has an end of its own, the others go on to a blank line. */
function hasEnded(html: string): boolean {
  const [, end] = HTML_ENDS.find(([begin]) => begin.test(html)) ?? []
  return end?.test(html.slice(html.lastIndexOf('\n') + 1)) === true
}

const HTML_ENDS: readonly (readonly [RegExp, RegExp])[] = [
  [/^ {0,3}<(?:pre|script|style|textarea)(?=[\s>]|$)/i, /<\/(?:pre|script|style|textarea)>/i],
  [/^ {0,3}<!--/, /-->/],
  [/^ {0,3}<\?/, /\?>/],
  [/^ {0,3}<!\[CDATA\[/, /\]\]>/],
  [/^ {0,3}<![a-z]/i, />/],
]

/** Blocks that go on with the paragraph before them. */
const INTERRUPTED = new Set<Nodes['type']>([
  'definition',
  'footnoteDefinition',
  'html',
  'mdbookDirective',
  'paragraph',
])

function isIndented(node: Nodes): boolean {
  const origin = originOf(node)
  return origin !== undefined && !/^[`~]/.test(sourceOf(origin.chapter, node))
}

function lastOf(node: Nodes): Nodes {
  const isContainer = node.type === 'blockquote' || node.type === 'list' || node.type === 'listItem'
  const last = isContainer ? childrenNow(node).at(-1) : undefined
  return last ? lastOf(last) : node
}
