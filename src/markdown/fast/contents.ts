/** What stands in a container. */
import type { BlockContent, DefinitionContent } from 'mdast'
import { type Block, type Blocks, isBlank, lineAt, readBlock } from './blocks.ts'
import type { Line } from './lines.ts'
import { leaveIt } from './refusal.ts'

/** Reads all blocks of a container, whose lines are without its marks. */
export function readContents(lines: readonly Line[], blocks: Blocks): (BlockContent | DefinitionContent)[] {
  const children: (BlockContent | DefinitionContent)[] = []
  for (let index = 0; index < lines.length; ) {
    if (isBlank(blocks.text, lineAt(lines, index))) {
      index += 1
      continue
    }
    const { node, next } = readBlock(lines, index, blocks)
    if (!isContent(node)) leaveIt()
    children.push(node)
    index = next
  }
  return children
}

function isContent(node: Block): node is BlockContent | DefinitionContent {
  return (
    node.type !== 'yaml' && node.type !== 'listItem' && node.type !== 'tableRow' && node.type !== 'tableCell'
  )
}
