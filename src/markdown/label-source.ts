/** The label of a definition or a reference: what is meant, and how it is written. */
import type { Nodes } from 'mdast'
import { decodeString } from 'micromark-util-decode-string'
import { normalizeIdentifier } from 'micromark-util-normalize-identifier'
import { originOf } from './origin.ts'
import { escapedLabel } from './print/spelling.ts'

/**
 * The label that is meant: authors set `label`, or `identifier` alone.
 *
 * @param node with either
 */
export function labelOf(node: { label?: string | null | undefined; identifier: string }): string {
  const before = originOf(node as Nodes)?.fields
  const isRenamed =
    before !== undefined && before['label'] === node.label && before['identifier'] !== node.identifier
  return (isRenamed ? undefined : node.label) ?? node.identifier
}

type Labelled = Nodes & { label?: string | null | undefined; identifier: string }

/** The label of a node as it is to be written, with the escapes that it has or needs. */
export function labelSource(node: Labelled): string {
  const origin = originOf(node)
  const isSame =
    origin !== undefined &&
    origin.fields['label'] === (node.label ?? undefined) &&
    origin.fields['identifier'] === node.identifier
  const { label: field, text } = isSame ? origin.chapter.spans.fields(node) : {}
  const written = (field ?? text)?.source
  if (written !== undefined) return written
  const label = labelOf(node)
  const wanted = normalizeIdentifier(node.identifier).toLowerCase()
  const spellings = [escapedLabel(label), label]
  if (folded(decodeString(node.identifier)) === folded(label)) spellings.push(node.identifier)
  return (
    spellings.find((spelling) => normalizeIdentifier(spelling).toLowerCase() === wanted) ??
    escapedLabel(label)
  )
}

function folded(label: string): string {
  return normalizeIdentifier(label)
}
