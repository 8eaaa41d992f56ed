/** `book-…`: where a book's name ends and a page of it begins. */
import { coveringName, type Divided, type Divisible, resourceAt, segmentsAfter } from './division.ts'
import { type Evidence, targetsFor } from './evidence.ts'
import { comparable, heads, same, tailAfter } from './segments.ts'

export function divideBook({ base, body }: Divisible, evidence: Evidence): Divided {
  const ending = resourceAt(body, evidence.grammar)
  const page = ending?.head ?? body
  const found = ending ? undefined : bookAround(base, page, evidence)
  const subject = found?.name ?? page
  return {
    segments: segmentsAfter(same(subject), tailAfter(body, subject), evidence.grammar),
    because: found?.because ?? `the whole is the book: no definition proves a book around ${page}`,
  }
}

/**
 * The longest name of a book that a page's label begins with and whose address the page lies under. A badge
 * on its own has no such address: where its picture spells the whole page it is a book, else the longest
 * name of a book counts.
 */
function bookAround(
  base: string,
  page: string,
  evidence: Evidence,
): { name: string; because: string } | undefined {
  const targets = targetsFor(evidence, base)
  if (targets.length > 0) return coveringName(page, targets, evidence.books)
  const spelled = targetsFor(evidence, `${base}-badge`).some(
    ({ destination }) => badgeText(destination) === comparable(page),
  )
  const name = heads(page).find((head) => evidence.books.get(comparable(head)) !== undefined)
  return spelled || name === undefined
    ? undefined
    : { name, because: `the definitions prove the book ${name}` }
}

/** What a badge of shields.io shows, without its colour. */
function badgeText(url: string): string | undefined {
  const text = /^https?:\/\/img\.shields\.io\/badge\/(.+)-\w+(?:\?|$)/.exec(url)?.[1]
  return text === undefined ? undefined : comparable(text.replaceAll('__', '_').replaceAll('--', '-'))
}
