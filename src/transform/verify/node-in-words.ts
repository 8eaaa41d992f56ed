/** What a message calls a node. */
import type { Nodes } from 'mdast'
import { quoted } from './quoted.ts'

/** A node by its kind, and by what another of its kind has otherwise. */
export function nodeInWords(node: Nodes | undefined, other: Nodes | undefined): string {
  if (!node) return 'nothing'
  const own = node as unknown as Readonly<Record<string, unknown>>
  const others = (other ?? {}) as unknown as Readonly<Record<string, unknown>>
  const isSame = (key: string) => JSON.stringify(own[key]) === JSON.stringify(others[key])
  const shown = ['value', 'label', 'url', 'alt', 'title', 'attributes', 'depth', 'lang', 'referenceType']
    .filter(
      (key) =>
        own[key] !== undefined &&
        (node.type === other?.type ? !isSame(key) : key === 'value' || key === 'label'),
    )
    .map((key) =>
      key === 'value' || key === 'label'
        ? ` ${quoted(String(own[key]))}`
        : ` with ${key} ${quoted(JSON.stringify(own[key]))}`,
    )
  return `${node.type}${shown.join('')}`
}
