/** What printing has to work with: the chapter, its habits, and what the tree asked for defines. */
import type { Nodes } from 'mdast'
import { visit } from 'unist-util-visit'
import { labelId } from '../../label-id.ts'
import { labelSource } from '../label-source.ts'
import type { Chapter } from '../parse.ts'
import { type Habits, habitsOf } from './habits.ts'

export interface Press {
  readonly chapter: Chapter
  readonly habits: Habits
  readonly eol: string
  /** Whether a label is one in the result, given as `labelId` makes it. */
  isKnown(id: string): boolean
  /** Whether blocks are taken as they are first written: the whole is read in the end. */
  isTrusting: boolean
  /** How far a node is written anew, where less was not enough. */
  readonly levels: Map<Nodes, Level>
  /** Bullets and delimiters of lists, where they are not what they were or were chosen just now. */
  readonly signs: Map<Nodes, string>
  /** Texts of blocks, once they are found. */
  readonly blocks: Map<Nodes, string>
}

/**
 * - `edit`: only what changed
 * - `reprint`: the block, what stays being source
 * - `plain`: the block, nothing of it being source
 */
export type Level = 'edit' | 'plain' | 'reprint'

export function pressFor(chapter: Chapter): Press {
  const defined = new Set<string>()
  visit(chapter.tree, (node) => {
    // A reference to what nothing here defines is for whoever knows the book to judge.
    const isLabelled =
      node.type === 'definition' || node.type === 'linkReference' || node.type === 'imageReference'
    if (isLabelled) defined.add(labelId(labelSource(node)))
  })
  return {
    chapter,
    habits: habitsOf(chapter),
    eol: /\r\n|\n|\r/.exec(chapter.text)?.[0] ?? '\n',
    isKnown: (id) => defined.has(id) || chapter.isDefined(id) || chapter.isPresumed(id),
    isTrusting: true,
    levels: new Map(),
    signs: new Map(),
    blocks: new Map(),
  }
}

export function levelOf({ levels }: Press, node: Nodes): Level {
  return levels.get(node) ?? 'edit'
}
