/** Text by pattern. */
import type { LinkReference, Nodes, Parents, Text } from 'mdast'
import { isAutolink } from './set-url.ts'
import { nodesWithin, type Within } from './within.ts'

/**
 * What takes the place of what a pattern found: a text, in which `$1` and the like stand for groups of a regular
 * expression, or a function.
 */
export type TextReplacement = string | ((match: RegExpExecArray, node: Text) => string)

export interface TextOptions {
  /** Only text in nodes of these types: `heading`, `['strong', 'emphasis']`. */
  readonly in?: Nodes['type'] | readonly Nodes['type'][]
}

/**
 * Replaces text that a reader reads as prose. Code, raw HTML, addresses, directives, alt texts and titles are none,
 * nor is the text of an autolink. A text goes from one piece of markup to the next: in `a *b* c` there are three of
 * them, and a pattern finds nothing that goes over their ends. For nodes in the place of text there is
 * mdast-util-find-and-replace, which works on the same tree.
 *
 * Where the text of a reference is its label (`[slab]`), the label stays, so that it leads where it led:
 * `[Slab][slab]`. A text that becomes empty goes.
 *
 * @param within a tree, or a collection
 * @param pattern a text, which is replaced wherever it stands; of a regular expression without `g`, the first in
 *   each text
 * @param replacement a text, or a function that makes it
 * @returns how many texts were changed
 * @example
 * md('rain `rain` [rain](rain.md)').replaceText('rain', 'snow').toSource() // → 'snow `rain` [snow](rain.md)'
 */
export function replaceText(
  within: Within,
  pattern: RegExp | string,
  replacement: TextReplacement,
  options: TextOptions = {},
): number {
  const asked = options.in === undefined ? undefined : [options.in].flat()
  // A sticky or global pattern remembers where it was.
  const fresh = () => (typeof pattern === 'string' ? pattern : new RegExp(pattern))
  const changes = [...nodesWithin(within)].flatMap(([node, ancestors]) => {
    if (node.type !== 'text' || !isProse(ancestors)) return []
    if (asked && !ancestors.some(({ type }) => asked.includes(type))) return []
    const value = replaced(node, fresh(), replacement)
    return value === node.value ? [] : [{ node, ancestors, value }]
  })
  for (const { node, ancestors, value } of changes) {
    for (const reference of ancestors.filter(isReference)) reference.referenceType = 'full'
    node.value = value
    if (value === '') removeFrom(ancestors.at(-1), node)
  }
  return changes.length
}

function isProse(ancestors: readonly Parents[]): boolean {
  return !ancestors.some((node) => node.type === 'link' && isAutolink(node))
}

function isReference(node: Parents): node is LinkReference {
  return node.type === 'linkReference'
}

function replaced(node: Text, pattern: RegExp | string, replacement: TextReplacement): string {
  if (typeof pattern === 'string' && typeof replacement === 'string') {
    return pattern === '' ? node.value : node.value.split(pattern).join(replacement)
  }
  if (typeof replacement === 'string') return node.value.replace(pattern, replacement)
  const parts: string[] = []
  let end = 0
  for (const match of matchesIn(node.value, pattern)) {
    parts.push(node.value.slice(end, match.index), replacement(match, node))
    end = match.index + match[0].length
  }
  return parts.join('') + node.value.slice(end)
}

function matchesIn(text: string, pattern: RegExp | string): RegExpExecArray[] {
  if (typeof pattern === 'string') return pattern === '' ? [] : [...text.matchAll(literal(pattern))]
  if (pattern.global) return [...text.matchAll(pattern)]
  const match = pattern.exec(text)
  return match ? [match] : []
}

function literal(text: string): RegExp {
  return new RegExp(text.replace(/[\\^$.*+?()[\]{}|]/g, '\\$&'), 'g')
}

function removeFrom(parent: Parents | undefined, node: Nodes): void {
  const siblings: Nodes[] = parent?.children ?? []
  const index = siblings.indexOf(node)
  if (index >= 0) siblings.splice(index, 1)
}
