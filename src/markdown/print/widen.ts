/** What is written anew next, where a result did not come out as the tree that was asked for. */
import type { Nodes } from 'mdast'
import type { Disagreement } from '../disagreement.ts'
import { originOf } from '../origin.ts'
import type { Chapter } from '../parse.ts'
import type { Settled } from '../settled.ts'
import { isIntact } from './now.ts'
import { type Level, levelOf, type Press } from './press.ts'

/**
 * Has more written anew around the place where a result differs: the innermost block that changed first, then what
 * stands before it, then what did not change.
 *
 * @returns `false` where there is nothing more to try
 */
export function widen(press: Press, asked: Settled, { path, actual }: Disagreement): boolean {
  const blocksOf = (nodes: readonly (Nodes | undefined)[]) =>
    nodes.flatMap((node) => {
      const source = node && asked.sourceOf(node)
      return source && source.type in NEXT_LEVEL ? [source] : []
    })
  const around = blocksOf(path).toReversed()
  const below = blocksOf(beside(path, 1)).filter(({ type }) => type === 'thematicBreak')
  const last = path.at(-1)
  const tooMany = actual && last ? childrenOf(last).at(-1) : undefined
  const before = blocksOf([tooMany, ...beside(path, -1).toReversed()])
  const changed = [...around, ...below, ...before].filter((node) => !isIntact(node))
  // A tab of another text may mean less where it stands now: only the block that has it is written anew.
  const moved = around.filter((node) => isForeign(node, press.chapter))
  for (const node of [...moved, ...changed, ...around, ...before]) {
    const level = NEXT_LEVEL[node.type]?.[levelOf(press, node)]
    if (!level) continue
    if (level === 'plain') writeAnew(press, node)
    else press.levels.set(node, level)
    return true
  }
  return false
}

/** The siblings right before (-1) or behind (1) each node of a path. */
function beside(path: readonly Nodes[], step: -1 | 1): (Nodes | undefined)[] {
  return path.map((node, index) => {
    const parent = path[index - 1]
    const siblings = parent ? childrenOf(parent) : []
    return siblings[siblings.indexOf(node) + step]
  })
}

function childrenOf(node: Nodes): readonly Nodes[] {
  return 'children' in node ? node.children : []
}

/** Whether a block comes as it is from another text. */
function isForeign(node: Nodes, chapter: Chapter): boolean {
  const origin = originOf(node)
  return origin !== undefined && origin.chapter !== chapter && isIntact(node)
}

function writeAnew(press: Pick<Press, 'blocks' | 'levels'>, node: Nodes): void {
  press.levels.set(node, 'plain')
  press.blocks.delete(node)
  for (const child of childrenOf(node)) writeAnew(press, child)
}

const CONTAINER: Partial<Record<Level, Level>> = { edit: 'reprint', reprint: 'plain' }
const LEAF: Partial<Record<Level, Level>> = { edit: 'plain' }

const NEXT_LEVEL: Readonly<Partial<Record<Nodes['type'], Partial<Record<Level, Level>>>>> = {
  blockquote: CONTAINER,
  code: LEAF,
  definition: LEAF,
  footnoteDefinition: CONTAINER,
  heading: LEAF,
  list: CONTAINER,
  paragraph: LEAF,
  table: LEAF,
  thematicBreak: LEAF,
}
