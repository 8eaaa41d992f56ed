/** Whether a text says a tree: nodes and fields, in order, but for what no text can tell apart. */
import type { List, Nodes, Root } from 'mdast'

/** The first difference, as two lines; `undefined` for trees that say the same. */
export function treeDifference(asked: Root, read: Root): string | undefined {
  const [ours, theirs] = [linesOf(asked), linesOf(read)]
  const at = ours.findIndex((line, index) => line !== theirs[index])
  if (at < 0 && ours.length === theirs.length) return undefined
  const place = at < 0 ? ours.length : at
  return `asked: ${ours[place] ?? '(nothing)'}\nread:  ${theirs[place] ?? '(nothing)'}`
}

const ELSEWHERE = new Set(['children', 'data', 'position'])

/**
 * One line a node. Texts side by side are one, and an empty one is none; `spread` is compared as HTML, since flags
 * may contradict what stands in a list; what kind of reference it is follows from its label and text.
 */
function linesOf(node: Nodes, depth = 0): string[] {
  const fields = Object.entries(node)
    .filter(([key, value]) => !ELSEWHERE.has(key) && !isOfNoAccount(node, key, value))
    .map(([key, value]) => [key, typeof value === 'string' ? inLines(node, value) : value] as const)
    .toSorted(([a], [b]) => (a < b ? -1 : 1))
  const line = '  '.repeat(depth) + fields.map(([key, value]) => `${key}=${JSON.stringify(value)}`).join(' ')
  const children = 'children' in node ? joined(node.children) : []
  return [line, ...children.flatMap((child) => linesOf(child, depth + 1))]
}

/** A code span may go over lines where it stands, and is one line elsewhere: its line ends show as spaces. */
function inLines({ type }: Nodes, value: string): string {
  return value.replace(/\r\n?|\n/g, type === 'inlineCode' ? ' ' : '\n')
}

function isOfNoAccount(node: Nodes, key: string, value: unknown): boolean {
  if (value === undefined || value === null) return true
  if (key === 'spread' || key === 'referenceType') return true
  return node.type === 'list' && key === 'start' && !isNumbered(node)
}

function isNumbered({ ordered }: List): boolean {
  return ordered === true
}

/** Texts side by side as one, and no empty ones. */
export function joined(nodes: readonly Nodes[]): Nodes[] {
  const result: Nodes[] = []
  for (const node of nodes) {
    const last = result.at(-1)
    if (node.type !== 'text') result.push(node)
    else if (last?.type === 'text')
      result[result.length - 1] = { type: 'text', value: last.value + node.value }
    else if (node.value !== '') result.push({ type: 'text', value: node.value })
  }
  return result
}
