/** Whether an author changed a chapter's tree, in whatever way, since it was read. */
import type { Nodes } from 'mdast'
import { FIELDS, originOf } from './origin.ts'
import type { Chapter } from './parse.ts'

/**
 * Compares a chapter's tree with what is remembered of it: the same nodes in the same places, with the same fields.
 *
 * @param chapter as `withOrigins` remembered it
 */
export function isMutated(chapter: Chapter): boolean {
  const origin = originOf(chapter.tree)
  return origin?.chapter !== chapter || origin.parent !== undefined || isOther(chapter.tree)
}

function isOther(node: Nodes): boolean {
  const origin = originOf(node)
  if (!origin || hasOtherFields(node, origin.fields)) return true
  const children: readonly Nodes[] = 'children' in node ? node.children : []
  const { children: then } = origin
  return (
    children.length !== then.length ||
    children.some((child, index) => child !== then[index] || isOther(child))
  )
}

/** Done for every node of a book, so that it makes nothing; a field that is not given is as good as an empty one. */
function hasOtherFields(node: Nodes, then: Readonly<Record<string, unknown>>): boolean {
  for (const key in then) if (!(key in node)) return true
  for (const [key, value] of Object.entries(node)) {
    if (FIELDS.has(key) && !isSame(value ?? undefined, then[key] ?? undefined)) return true
  }
  return false
}

function isSame(now: unknown, then: unknown): boolean {
  return now === then || (typeof now === 'object' && JSON.stringify(now) === JSON.stringify(then))
}
