/**
 * What an author sees to who takes nodes away or puts them elsewhere: no empty paragraph or list stays, no line break
 * at an end of one, no task without a text, no link in a link, no reference to what is not defined any more.
 */
import type { Nodes, Root } from 'mdast'
import { labelId } from '../../../src/label-id.ts'
import { nodesIn, type Place, placesIn, put } from './places.ts'

/** @param isDefined whether another file defines a label */
export function tidy(tree: Root, isDefined: (id: string) => boolean): void {
  let place: Place | undefined
  do {
    const isDangling = danglingIn(tree, isDefined)
    place = placesIn(tree).find((each) => isSuperfluous(each) || isDangling(each.node))
    if (place) put(place.parent, place.index, 1, ...('children' in place.node ? place.node.children : []))
  } while (place)
  for (const item of nodesIn(tree, 'listItem')) {
    if (item.children[0]?.type !== 'paragraph' && typeof item.checked === 'boolean') item.checked = null
  }
}

const NEVER_EMPTY = new Set(['paragraph', 'emphasis', 'strong', 'delete', 'list', 'table', 'linkReference'])

/** A node whose place only its children may have, if it has any. */
function isSuperfluous({ node, parent, index, above }: Place): boolean {
  const isEmpty =
    'children' in node && node.children.every((child) => child.type === 'text' && child.value === '')
  if (NEVER_EMPTY.has(node.type) && isEmpty) return true
  const isAtAnEnd = index === 0 || index === parent.children.length - 1
  if (node.type === 'break') return isAtAnEnd
  if (isLink(node)) return above.some(isLink)
  return node.type === 'delete' && above.some(({ type }) => type === 'delete')
}

function isLink({ type }: Nodes): boolean {
  return type === 'link' || type === 'linkReference'
}

function danglingIn(tree: Root, isDefined: (id: string) => boolean): (node: Nodes) => boolean {
  const labels = new Set(nodesIn(tree, 'definition').map(({ identifier }) => labelId(identifier)))
  const notes = new Set(nodesIn(tree, 'footnoteDefinition').map(({ identifier }) => labelId(identifier)))
  return (node) => {
    if (node.type === 'footnoteReference') return !notes.has(labelId(node.identifier))
    if (node.type !== 'linkReference' && node.type !== 'imageReference') return false
    const id = labelId(node.identifier)
    return !labels.has(id) && !isDefined(id)
  }
}
