/** Whether blocks have blank lines between them, as lists say it and as Markdown can have it. */
import type { Nodes } from 'mdast'
import { originOf } from './origin.ts'
import { sourceOf } from './parse.ts'
import { childrenNow } from './print/now.ts'

/**
 * Whether what stands in a list is apart. Of one block or item alone it means nothing, and what cannot stand beside
 * each other otherwise is apart whatever is said.
 */
export function spreadOf(node: Extract<Nodes, { type: 'list' | 'listItem' }>): boolean {
  const children = childrenNow(node)
  if (children.length < 2) return false
  if (node.type === 'list')
    return node.spread ?? children.some((item) => item.type === 'listItem' && spreadOf(item))
  const isApart = children.some((child, index) => {
    const left = children[index - 1]
    return left !== undefined && cannotTouch(left, child)
  })
  return isApart || (node.spread ?? children.some((child, index) => index > 0 && child.type !== 'list'))
}

/** Whether two blocks are read otherwise without a blank line between them. */
export function cannotTouch(left: Nodes, right: Nodes): boolean {
  const end = lastOf(left)
  if (end.type === 'html') return true
  if (end.type === 'table') return right.type !== 'list' && right.type !== 'heading' && right.type !== 'code'
  if (end.type !== 'paragraph' && end.type !== 'definition')
    return left.type === right.type && (left.type === 'blockquote' || left.type === 'list')
  if (right.type === 'list') {
    const [first] = childrenNow(right)
    const isNumbered = right.ordered === true && (right.start ?? 1) !== 1
    return isNumbered || first === undefined || childrenNow(first).length === 0
  }
  if (right.type === 'code') return isIndented(right)
  return INTERRUPTED.has(right.type)
}

/** Blocks that go on with the paragraph before them. */
const INTERRUPTED = new Set<Nodes['type']>([
  'definition',
  'footnoteDefinition',
  'html',
  'mdbookDirective',
  'paragraph',
  'table',
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
