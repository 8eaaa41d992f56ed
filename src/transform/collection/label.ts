/** Labels as mdast has them: what is shown of one, and what it is compared by. */
import type { Association } from 'mdast'
import { decodeString } from 'micromark-util-decode-string'
import { label as labelSchema } from '../../book/label-text.ts'
import { labelId } from '../../label-id.ts'

/**
 * The fields of a node that has a label, as parsing gives them.
 *
 * @param label as it is to be written between the brackets, escapes included
 * @throws TypeError if it is no label
 * @example
 * associationOf('C-Slab\\*') // → { identifier: 'c-slab\\*', label: 'C-Slab*' }
 */
export function associationOf(label: string): Required<Pick<Association, 'identifier'>> & { label: string } {
  if (!labelSchema.safeParse(label).success) {
    throw new TypeError(
      `${JSON.stringify(label)} is no label: it is empty, or has a line end or a bracket without a backslash`,
    )
  }
  return { identifier: labelId(label).toLowerCase(), label: decodeString(label) }
}

/** The name of a footnote: as a label, and without white space. */
export function footnoteOf(label: string): { identifier: string; label: string } {
  if (/\s/.test(label)) throw new TypeError(`${JSON.stringify(label)} is no footnote: it has white space`)
  return associationOf(label)
}

/**
 * Whether two nodes, or a node and a label, mean the same label.
 *
 * @param node of a definition, a reference or a footnote
 * @param label as written
 */
export function isLabelled(node: Association, label: string): boolean {
  return labelId(node.identifier) === labelId(label)
}
