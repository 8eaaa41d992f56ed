/**
 * Heading attributes that mdBook reads otherwise than they were meant, or not at all: a `#` that is missing, an
 * id with a space in it, a brace too few. They are reported, with what they may have been meant to be.
 */
import type { Heading } from 'mdast'
import { type Chapter, endOf, headingText, type Leftover, mdbookId } from 'mdshift'
import { visit } from 'unist-util-visit'
import { isWellFormed, UNREAD, WITHOUT_VALUE, wordsOf } from './attributes.ts'
import { SKIP_ID } from './headings.ts'
import { skipId } from './plan.ts'

/** The malformed attributes of a chapter's headings. */
export function malformedAttributes(chapter: Chapter): Leftover[] {
  const found: Leftover[] = []
  visit(chapter.tree, 'heading', (heading) => {
    const { attributes } = chapter.spans.fields(heading)
    const meant = attributes && meantBy(attributes.source, headingText(heading))
    if (attributes && meant) {
      const { start, end } = attributes
      found.push({ start, end, kind: 'doubtful', ...meant })
    } else if (!attributes) found.push(...unreadAttributes(chapter, heading))
  })
  return found
}

type Meant = Pick<Leftover, 'because' | 'candidates'>

/** What a block was meant to be, where it is no well-formed one. */
function meantBy(block: string, text: string): Meant | undefined {
  const inside = block.slice(1, -1)
  if (/^[ \t]*:[ \t]*[#.]/.test(inside))
    return { because: '`{:` begins attributes in kramdown, and mdBook reads the `:` as a part of them' }
  const words = wordsOf(inside)
  const own = words.filter((word) => !(word.startsWith('#') && SKIP_ID.test(word.slice(1))))
  if (own.every(isWellFormed) || /=["']/.test(inside)) return undefined
  const isMarked = words.some((word) => /^[#.]/.test(word))
  if (!isMarked && !isLikelyId(words, text)) return undefined
  const { ids, classes, others } = partsMeant(own.join(' '))
  if (own.length < words.length && !classes.includes('skip')) classes.push('skip')
  const id = ids.length > 0 ? ids.join('-') : skipId(text)
  return {
    because: problemIn(own, ids),
    candidates: [`{${[`#${id}`, ...[...new Set(classes)].map((name) => `.${name}`), ...others].join(' ')}}`],
  }
}

/** Words in braces may be meant as they are, though mdBook drops them from the heading. */
function isLikelyId(words: readonly string[], text: string): boolean {
  const id = words.join('-')
  const isOfText = [skipId(text), mdbookId(text)].includes(id.toLowerCase())
  return isOfText || SKIP_ID.test(id) || (words.length === 1 && /^[a-z\d]+(?:-[a-z\d]+)+$/.test(id))
}

interface Parts {
  readonly ids: string[]
  readonly classes: string[]
  readonly others: string[]
}

/** Words without a sign of their own belong to the id; `skip` is a class all the same. */
function partsMeant(inside: string): Parts {
  const parts: Parts = { ids: [], classes: [], others: [] }
  const divided = inside.replace(/[,;\s]+/gu, ' ').replace(/(?=#)|(?<=[^\s#.])(?=\.skip\d*(?:\s|$))/g, ' ')
  for (const word of wordsOf(divided)) {
    const name = word.replace(/^[#.]+/, '')
    if (word.includes('=') || WITHOUT_VALUE.test(word)) parts.others.push(word)
    else if (/^#?\.+[^#]/.test(word)) parts.classes.push(name)
    else if (SKIP_ID.test(name)) parts.classes.push('skip')
    else if (name !== '') parts.ids.push(name)
  }
  return parts
}

function problemIn(words: readonly string[], ids: readonly string[]): string {
  if (ids.length === 0) return 'a `#` without an id'
  if (!words.some((word) => word.startsWith('#'))) return 'an id begins with `#`'
  return ids.length > 1 ? 'an id has no spaces in it' : 'these are no attributes as mdBook reads them'
}

/** Attributes that mdBook does not find; code and HTML are not looked into. */
function unreadAttributes(chapter: Chapter, heading: Heading): Leftover[] {
  const last = heading.children.at(-1)
  const from = heading.children.findLast(({ type }) => type !== 'text' && type !== 'mdbookDirective')
  if (last?.type !== 'text' && last?.type !== 'mdbookDirective') return []
  const start = from ? endOf(from) : (heading.children[0]?.position?.start.offset ?? endOf(heading))
  const source = chapter.text.slice(start, endOf(heading))
  for (const { line, because, mend } of UNREAD) {
    const found = line.exec(source)
    if (!found || /#skip\d*\b/.test(found[0])) continue
    const span = { start: start + found.index, end: start + found.index + found[0].trimEnd().length }
    return [{ ...span, kind: 'doubtful', because, candidates: mend ? [mend(found[0].trimEnd())] : [] }]
  }
  return []
}
