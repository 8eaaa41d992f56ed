/** The blank lines between blocks: as they were between two that stay beside each other, else as few as they need. */
import type { Nodes } from 'mdast'
import type { Join } from 'mdast-util-to-markdown'
import { spreadOf } from '../looseness.ts'
import { originOf } from '../origin.ts'
import { endOf, startOf } from '../parse.ts'
import { isIntact } from './now.ts'

/** Whether what stands in a node is apart; `undefined` where it always is. */
export function isLoose(parent: Nodes): boolean | undefined {
  return parent.type === 'list' || parent.type === 'listItem' ? spreadOf(parent) : undefined
}

/** How many blank lines mdast-util-to-markdown is to put between two blocks, where its own rule would not do. */
export const blankLines: Join = (left, right, parent) => {
  const own = ownGap(left, right)
  const loose = isLoose(parent)
  if (own !== undefined) return loose === undefined ? own : loose ? Math.max(own, 1) : 0
  if (loose && areDefinitions(left, right)) return 1
  return right.type === 'code' && left.type === 'list' ? 1 : undefined
}

/** Whether two blocks are definitions, which may stand right below each other. */
export function areDefinitions(left: Nodes, right: Nodes): boolean {
  return left.type === 'definition' && right.type === 'definition'
}

/** How many blank lines there are between two blocks that were beside each other and still are. */
function ownGap(left: Nodes, right: Nodes): number | undefined {
  const [one, two] = [originOf(left), originOf(right)]
  if (!one || !two || !one.parent || one.parent !== two.parent) return undefined
  const siblings = originOf(one.parent)?.children ?? []
  if (siblings[siblings.indexOf(left) + 1] !== right) return undefined
  if (!isIntact(left) || !isIntact(right)) return undefined
  const between = one.chapter.text.slice(endOf(left), startOf(right))
  return Math.max((between.match(/\r\n|\n|\r/g)?.length ?? 1) - 1, 0)
}
