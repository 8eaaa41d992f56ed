/** New names for labels, without a reader noticing: links lead where they led and show what they showed. */
import type { Definition, Nodes } from 'mdast'
import { associationOf, footnoteOf, isLabelled } from './label.ts'
import { nodesWithin, type Within } from './within.ts'

/**
 * Renames a label: in definitions, and in references and images in all their forms. Where a reference's label is
 * its text (`[slab]`, `[slab][]`), it keeps the text, and becomes a full one. Labels are compared as CommonMark does
 * (0.31.2, "matches"); footnotes are no labels. What stands in the alt text of an image is not part of a tree, and nothing is known here of
 * definitions in other files: for those of a book there is `planRenames`.
 *
 * @param within a tree, or a collection
 * @param from as written
 * @param to as it is to be written
 * @returns how many nodes have it now
 * @throws TypeError if the new name is no label
 * @throws Error if the new name is defined there already, and leads elsewhere
 * @example
 * const chapter = md('[slab], [a][slab]\n\n[slab]: x.md')
 * renameLabel(chapter, 'slab', 'c~slab') // → 3
 * chapter.toSource() // → '[slab][c~slab], [a][c~slab]\n\n[c~slab]: x.md'
 */
export function renameLabel(within: Within, from: string, to: string): number {
  const association = associationOf(to)
  const nodes = [...nodesWithin(within).keys()].filter(isOfLabel)
  const renamed = nodes.filter((node) => isLabelled(node, from))
  if (!isLabelled(association, from)) checkFree(nodes, from, to)
  for (const node of renamed) {
    if (node.type !== 'definition') node.referenceType = 'full'
    Object.assign(node, association)
  }
  return renamed.length
}

/**
 * Renames a footnote: where it is defined, and where it is referred to.
 *
 * @param within a tree, or a collection
 * @param from without `^`
 * @param to without `^`
 * @returns how many nodes have it now
 * @throws TypeError if the new name is none, Error if it is taken
 * @example
 * const chapter = md('a[^1]\n\n[^1]: b')
 * renameFootnote(chapter, '1', 'rain') // → 2
 * chapter.toSource() // → 'a[^rain]\n\n[^rain]: b'
 */
export function renameFootnote(within: Within, from: string, to: string): number {
  const association = footnoteOf(to)
  const nodes = [...nodesWithin(within).keys()].filter(isOfFootnote)
  if (!isLabelled(association, from) && nodes.some((node) => isDefinedBy(node, to))) {
    throw new Error(`the footnote [^${to}] is defined already: [^${from}] would become another one's`)
  }
  const renamed = nodes.filter((node) => isLabelled(node, from))
  for (const node of renamed) Object.assign(node, association)
  return renamed.length
}

type OfLabel = Extract<Nodes, { type: 'definition' | 'imageReference' | 'linkReference' }>
type OfFootnote = Extract<Nodes, { type: 'footnoteDefinition' | 'footnoteReference' }>

function isOfLabel(node: Nodes): node is OfLabel {
  return node.type === 'definition' || node.type === 'imageReference' || node.type === 'linkReference'
}

function isOfFootnote(node: Nodes): node is OfFootnote {
  return node.type === 'footnoteDefinition' || node.type === 'footnoteReference'
}

function isDefinedBy(node: OfFootnote, label: string): boolean {
  return node.type === 'footnoteDefinition' && isLabelled(node, label)
}

/** Two labels may become one where they lead to the same place; the first definition of a label counts. */
function checkFree(nodes: readonly OfLabel[], from: string, to: string): void {
  const definitionOf = (label: string): Definition | undefined =>
    nodes.find((node): node is Definition => node.type === 'definition' && isLabelled(node, label))
  const [old, other] = [definitionOf(from), definitionOf(to)]
  if (!other || nodes.every((node) => !isLabelled(node, from))) return
  if (old?.url === other.url && (old.title ?? '') === (other.title ?? '')) return
  throw new Error(
    `[${to}] is defined already, and leads to ${other.url}: what [${from}] is for would lead there`,
  )
}
