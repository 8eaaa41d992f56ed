/**
 * Whether a text is what a changed tree asks for. Nothing is known here of how it was printed: the text is parsed, and
 * has to have that tree.
 */
import type { Nodes, Root } from 'mdast'
import { visit } from 'unist-util-visit'
import { labelId } from '../../label-id.ts'
import { firstDifference } from '../../markdown/compare.ts'
import { parseChapter, startOf } from '../../markdown/parse.ts'
import type { Edit } from '../../model.ts'
import type { Breach, Rewritten, Surroundings } from '../verify.ts'
import { askedTree, withOpen } from './asked-tree.ts'
import { directivesIn } from './directives.ts'
import { editAt, offsetBefore } from './edit-at.ts'
import { nodeInWords } from './node-in-words.ts'
import { quoted } from './quoted.ts'

/** Holds a file that was made of a tree against that tree. */
export function askedBreach(
  file: Rewritten & { readonly asked: Root },
  surroundings: Surroundings,
): Breach | undefined {
  const { path, after, edits, asked } = file
  const { tree } = parseChapter(path, after, knownIn(file, surroundings))
  const actualTree = askedTree(tree)
  const difference = firstDifference(withOpen(asked, actualTree), actualTree)
  if (!difference) return directiveBreach(file)
  const { expected, actual } = difference
  const at = expected?.position
    ? startOf(expected)
    : offsetBefore(edits, actual ? startOf(actual) : after.length)
  const end = expected?.position?.end.offset ?? at
  const message = `${nodeInWords(expected, actual)} was asked for, and ${nodeInWords(actual, expected)} would be there`
  return { message, at, edit: editAt(edits, at, end) }
}

/** What was a label stays one; what the tree refers to is one if something defines it. */
function knownIn(
  { asked, labels = [] }: Pick<Rewritten, 'labels'> & { readonly asked: Root },
  { isKnown }: Surroundings,
): (id: string) => boolean {
  const known = new Set(labels)
  visit(asked, ['linkReference', 'imageReference'], (node) => {
    if (!('identifier' in node)) return
    const id = labelId(node.identifier)
    if (isKnown(id)) known.add(id)
  })
  return (id) => known.has(id)
}

/** A directive stays what it is where no edit is, and is new only where the tree says so. */
function directiveBreach({
  before,
  after,
  edits,
  asked,
}: Rewritten & { readonly asked: Root }): Breach | undefined {
  const now = new Map(directivesIn(after).map((directive) => [directive.start, directive]))
  for (const { start, end, text } of directivesIn(before)) {
    if (edits.some((edit) => edit.start <= end && start <= edit.end)) continue
    const place = offsetAfter(edits, start)
    if (now.get(place)?.text !== text)
      return {
        message: `${quoted(text)} would be no longer what it is`,
        at: start,
        edit: editAt(edits, start, end),
      }
    now.delete(place)
  }
  const said = stringsIn(asked).join('\0')
  for (const { start, text } of now.values()) {
    if (said.includes(text.replace(/^\\+/, ''))) continue
    const at = offsetBefore(edits, start)
    return { message: `${quoted(text)} would be new`, at, edit: editAt(edits, at, at) }
  }
  return undefined
}

/** Where an offset that no edit is about is afterwards. */
function offsetAfter(edits: readonly Edit[], offset: number): number {
  return edits
    .filter(({ end }) => end <= offset)
    .reduce((at, { start, end, text }) => at + text.length - (end - start), offset)
}

/** All that the nodes of a tree say. */
function stringsIn(node: Nodes): string[] {
  const own = Object.entries(node).flatMap(([key, value]): string[] =>
    key !== 'type' && typeof value === 'string' ? [value] : [],
  )
  return 'children' in node ? [...own, ...node.children.flatMap(stringsIn)] : own
}
