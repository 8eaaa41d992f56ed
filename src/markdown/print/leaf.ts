/**
 * A block without blocks in it → text, as a content: no prefixes, `\n` for line endings. Of the ways to write it
 * the first is taken whose parse is the block; the least is written anew that way.
 */
import type { FootnoteReference, Nodes, Root } from 'mdast'
import { toString as textIn } from 'mdast-util-to-string'
import { visit } from 'unist-util-visit'
import { visitParents } from 'unist-util-visit-parents'
import { disagreement } from '../disagreement.ts'
import { labelSource } from '../label-source.ts'
import { originOf } from '../origin.ts'
import { settledTree } from '../settled.ts'
import { writeBlock } from './blocks.ts'
import { contentOf } from './content.ts'
import { childrenNow, isIntact } from './now.ts'
import { MODES, type Mode } from './pieces.ts'
import { levelOf, type Press } from './press.ts'
import { readBack } from './read.ts'
import { Refusal } from './refusal.ts'
import { breaksRuleOfThree } from './rule-of-three.ts'

/** The text of a block; throws a {@link Refusal} where no way to write it is read as it. */
export function leafText(press: Press, node: Nodes): string {
  const origin = originOf(node)
  const isPlain = levelOf(press, node) === 'plain'
  if (origin && !isPlain && isIntact(node)) return contentOf(origin.chapter, node).text
  const known = press.blocks.get(node)
  if (known !== undefined && !isPlain) return known
  for (const mode of isPlain ? (['plain'] as const) : MODES) {
    const text = writeBlock(press, node, mode)
    if (text === undefined || isAmbiguous(press, text, node, mode)) continue
    if (!press.isTrusting && !isReadAs(press, text, node)) continue
    press.blocks.set(node, text)
    return text
  }
  throw new Refusal(node, cause(node))
}

/** Whether a text, read by itself, is a block. */
function isReadAs(press: Press, text: string, node: Nodes): boolean {
  if (node.type === 'yaml') return true
  const notes = footnotesIn(node)
  const behind = notes.map((label) => `\n\n[^${label}]: note`).join('')
  const tree = readBack(press, `${text}${behind}\n`)
  if (!tree) return false
  const children = notes.length > 0 ? tree.children.slice(0, -notes.length) : tree.children
  const asked: Root = { type: 'root', children: [node as Root['children'][number]] }
  return disagreement(settledTree(asked).tree, settledTree({ ...tree, children }).tree) === undefined
}

/** Whether readers of Markdown differ about a text, and it was not written so before. */
function isAmbiguous(press: Press, text: string, node: Nodes, mode: Mode): boolean {
  if (node.type === 'code' || node.type === 'html') return false
  const origin = originOf(node)
  const before = origin ? contentOf(origin.chapter, node).text : ''
  if (SHARED.test(text) && breaksOf(press, text) && !breaksOf(press, before)) return true
  return [...AMBIGUOUS, ...(mode === 'raw' ? UNESCAPED : [])].some((pattern) => {
    const found = pattern.exec(text)?.[0]
    return found !== undefined && !before.includes(found)
  })
}

/**
 * Marks beside a character beyond U+FFFF: CommonMark 0.31.2 (6.2) takes symbols for punctuation, and micromark takes
 * halves of them for letters. And marks of three kinds in a row.
 */
const AMBIGUOUS = [
  /[^\s*_~][*_~]+[\u{10000}-\u{10FFFF}]/u,
  /[\u{10000}-\u{10FFFF}][*_~]+(?:`|[^\s*_~\p{P}\p{S}])/u,
  /(?:\*[_~]|_[*~]|~[*_])(?<=(?<![*_~])(?:\*+|_+|~+)[*_~])[*_~]*[\u{10000}-\u{10FFFF}]/u,
  /[\u{10000}-\u{10FFFF}][*_~]*(?:\*[_~]|_[*~]|~[*_])/u,
  /\*\*__\*\*|__\*\*__/,
]

/** The same without escapes: there are others to try. */
const UNESCAPED = [/[*_~][\u{10000}-\u{10FFFF}]|[\u{10000}-\u{10FFFF}][*_~]/u]

/** Runs of marks that may open or close more than one thing. */
const SHARED = /\*{2}|_{2}/

function breaksOf(press: Press, text: string): boolean {
  const tree = readBack(press, text)
  return tree !== undefined && breaksRuleOfThree(text, tree)
}

/** The labels of footnotes that a block refers to: without definitions they would be text. */
function footnotesIn(node: Nodes): string[] {
  const labels = new Set<string>()
  visit(node, 'footnoteReference', (reference: FootnoteReference) => {
    labels.add(labelSource(reference))
  })
  return [...labels]
}

function cause(node: Nodes): string {
  let found: string | undefined
  visitParents(node, (inner, ancestors) => {
    const parent = ancestors.at(-1)
    const siblings: readonly Nodes[] = parent ? childrenNow(parent) : []
    const next = siblings[siblings.indexOf(inner) + 1]
    const isLink = inner.type === 'link' || inner.type === 'linkReference'
    if (isLink && ancestors.some(({ type }) => type === 'link' || type === 'linkReference'))
      found ??= 'a link cannot stand in a link'
    if (inner.type === 'inlineCode' && next?.type === 'inlineCode')
      found ??= 'two code spans cannot stand beside each other'
    if (inner.type === 'inlineCode' && inner.value === '') found ??= 'a code span cannot be empty'
    if (inner.type === 'break' && ancestors.some(({ type }) => type === 'heading' || type === 'tableCell'))
      found ??= 'a line cannot end in a heading or a table cell'
    if (inner.type === 'break' && !next) found ??= 'a hard break needs something behind it'
  })
  const isBeside = (node: Nodes) =>
    node.type === 'emphasis' || node.type === 'strong' || node.type === 'delete'
  visit(node, (inner) => {
    if (isBeside(inner) && /[\u{10000}-\u{10FFFF}]/u.test(textIn(node)))
      found ??= 'marks between a letter and a symbol are read in two ways'
  })
  return found ?? `no Markdown reads as this ${node.type}`
}
