/**
 * CommonMark 0.31.2, 6.2, rules 9 and 10: where a run of marks can both open and close, it pairs with another only if
 * the lengths of the two do not add up to a multiple of 3, or both are one. The lengths are those of the runs as they
 * are written; micromark counts what is left of them.
 */
import type { Emphasis, Root, Strong } from 'mdast'
import { visit } from 'unist-util-visit'
import { endOf, startOf } from '../parse.ts'

/**
 * Whether a text has emphasis that micromark sees and the specification does not.
 *
 * @param tree as micromark reads the text
 */
export function breaksRuleOfThree(text: string, tree: Root): boolean {
  let isBroken = false
  visit(tree, ['emphasis', 'strong'], (node) => {
    if (node.type === 'emphasis' || node.type === 'strong') isBroken ||= !pairs(text, node)
  })
  return isBroken
}

function pairs(text: string, node: Emphasis | Strong): boolean {
  const opening = runAt(text, startOf(node))
  const closing = runAt(text, endOf(node) - 1)
  if (!opening.isBoth && !closing.isBoth) return true
  if (opening.length % 3 === 0 && closing.length % 3 === 0) return true
  return (opening.length + closing.length) % 3 !== 0
}

/** The marks of one kind around an offset, and whether they can both open and close. */
function runAt(text: string, offset: number): { readonly length: number; readonly isBoth: boolean } {
  const mark = text.charAt(offset)
  let [start, end] = [offset, offset + 1]
  while (text.charAt(start - 1) === mark && !isEscaped(text, start - 1)) start -= 1
  while (text.charAt(end) === mark) end += 1
  const before = kindOf([...text.slice(0, start)].at(-1))
  const behind = kindOf([...text.slice(end, end + 2)][0])
  const isLeft = behind !== 'space' && (behind !== 'symbol' || before !== 'letter')
  const isRight = before !== 'space' && (before !== 'symbol' || behind !== 'letter')
  const isBoth = isLeft && isRight && (mark === '*' || (before === 'symbol' && behind === 'symbol'))
  return { length: end - start, isBoth }
}

function isEscaped(text: string, offset: number): boolean {
  return (/(?<!\\)\\*$/.exec(text.slice(0, offset))?.[0].length ?? 0) % 2 === 1
}

function kindOf(character: string | undefined): 'letter' | 'space' | 'symbol' {
  if (character === undefined || /\s/.test(character)) return 'space'
  return /[\p{P}\p{S}]/u.test(character) ? 'symbol' : 'letter'
}
