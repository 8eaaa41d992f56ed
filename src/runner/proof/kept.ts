/** What is kept of a chapter until all are compared: where its ids lead, and its links, as far as that is still open. */
import type { LinkPair } from '../../transform/verify/rendered.ts'
import { type PageAnchors, pagesOfLink } from './links.ts'

/** Whether an id of a page leads to another element afterwards, or to none. */
export function isMoved({ before, after, older }: PageAnchors): boolean {
  return !sameAnchors(before, after) || (older !== undefined && isMoved(older))
}

function sameAnchors(old: ReadonlyMap<string, number>, current: ReadonlyMap<string, number>): boolean {
  return old.size === current.size && [...old].every(([id, element]) => current.get(id) === element)
}

/**
 * The links that may lead elsewhere once all chapters are known. One that is written as it was leads where it led if
 * no id of its page has moved.
 *
 * @param path the chapter
 * @param isStaying whether no id of the chapter's own page has moved
 */
export function openLinks(path: string, links: readonly LinkPair[], isStaying: boolean): readonly LinkPair[] {
  const open = links.filter((link) => {
    if (link.asked) return false
    if (link.before !== link.after) return true
    return pagesOfLink(path, link.before).some((page) => page !== path || !isStaying)
  })
  return open.length === 0 ? NONE : open.map(detachedLink)
}

const NONE: readonly LinkPair[] = []

function detachedLink(link: LinkPair): LinkPair {
  const { before, after, text } = link
  const from = detached(before)
  return { ...link, before: from, after: before === after ? from : detached(after), text: detached(text) }
}

/** The same ids without the page that they were cut from. */
export function detachedAnchors({ before, after, older }: PageAnchors): PageAnchors {
  const ids = (anchors: ReadonlyMap<string, number>) =>
    new Map([...anchors].map(([id, element]) => [detached(id), element]))
  return { before: ids(before), after: ids(after), ...(older ? { older: detachedAnchors(older) } : {}) }
}

/** A text with memory of its own: a part of a text keeps all of that text in memory. */
function detached(text: string): string {
  return text.length < SHORT ? text : Buffer.from(text, 'utf16le').toString('utf16le')
}

/** Texts so short are copied anyway. */
const SHORT = 13
