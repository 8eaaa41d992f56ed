/** Whether a tree is one at all: authors of JavaScript have no types to tell them. */
import type { Nodes } from 'mdast'
import { Refusal } from './refusal.ts'

const TEXT_FIELDS: Readonly<Partial<Record<Nodes['type'], readonly string[]>>> = {
  code: ['value'],
  definition: ['url'],
  html: ['value'],
  image: ['url'],
  inlineCode: ['value'],
  link: ['url'],
  mdbookDirective: ['value'],
  mdbookWikilink: ['value'],
  text: ['value'],
  yaml: ['value'],
}

const PARENTS = new Set<string>([
  'blockquote',
  'delete',
  'emphasis',
  'footnoteDefinition',
  'heading',
  'link',
  'linkReference',
  'list',
  'listItem',
  'paragraph',
  'root',
  'strong',
  'table',
  'tableCell',
  'tableRow',
])

const CHILDLESS = new Set<string>([
  ...Object.keys(TEXT_FIELDS),
  'break',
  'footnoteReference',
  'imageReference',
  'thematicBreak',
])

/**
 * Looks through a tree before it is printed.
 *
 * @throws Refusal at the first thing that is no node of mdast, that lacks what it is about, or that stands in itself
 */
export function checkWellFormed(tree: Nodes): void {
  check(tree, tree, new Set())
}

function check(node: unknown, parent: Nodes, above: Set<unknown>): void {
  if (typeof node !== 'object' || node === null || !('type' in node) || typeof node.type !== 'string')
    throw new Refusal(parent, `a child of this ${parent.type} is no node, but ${kindOf(node)}`)
  if (above.has(node)) throw new Refusal(parent, `this ${node.type} stands in itself`)
  const { type } = node
  if (!PARENTS.has(type) && !CHILDLESS.has(type))
    throw new Refusal(parent, `${JSON.stringify(type)} is no type of mdast that mdBook reads`)
  const found = node as Nodes
  const fields: Readonly<Record<string, unknown>> = { ...node }
  const lacking = TEXT_FIELDS[found.type]?.find((key) => typeof fields[key] !== 'string')
  if (lacking !== undefined) throw new Refusal(found, `the ${lacking} of this ${type} is no text`)
  if (found.type === 'heading' && ![1, 2, 3, 4, 5, 6].includes(found.depth))
    throw new Refusal(
      found,
      `the depth of this heading is ${JSON.stringify(found.depth)}, and no number from 1 to 6`,
    )
  if (!PARENTS.has(type)) return
  const children = fields['children']
  if (!Array.isArray(children)) throw new Refusal(found, `this ${type} has no list of children`)
  above.add(node)
  for (const child of children) check(child, found, above)
  above.delete(node)
}

function kindOf(value: unknown): string {
  return typeof value === 'object' && value !== null ? 'an object without a type' : String(value)
}
