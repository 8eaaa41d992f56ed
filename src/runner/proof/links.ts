/** Where a rendered link leads within a book, whatever its spelling. */
import path from 'node:path'
import type { Rendered } from '../../markdown/rendered.ts'

/** The elements that ids lead to on a page, by their numbers; `undefined` for what is no page of the book. */
export type AnchorsOf = (page: string) => ReadonlyMap<string, number> | undefined

/** `element`: something on a page of the book; `nothing`: an id that no element of the page has; else the address. */
export interface Target {
  readonly kind: 'address' | 'element' | 'nothing'
  /** The same for all links that lead to the same. */
  readonly key: string
}

/**
 * Resolves a link of an assembled chapter as a browser does on mdBook's pages.
 *
 * @param page the chapter's path
 * @param href as rendered
 * @example
 * resolveLink('a/b.md', '../c.html#x', (page) => (page === 'c.md' ? new Map([['x', 3]]) : undefined))
 * // → { kind: 'element', key: 'c.md 3' }
 */
export function resolveLink(page: string, href: string, anchorsOf: AnchorsOf): Target {
  const pages = pagesOfLink(page, href)
  const named = pages.find((one) => anchorsOf(one) !== undefined)
  const anchors = named === undefined ? undefined : anchorsOf(named)
  if (!anchors) return { kind: 'address', key: href }
  const fragment = href.slice(href.indexOf('#') + 1)
  const element = anchors.get(decoded(fragment)) ?? anchors.get(fragment)
  return element === undefined
    ? { kind: 'nothing', key: `${named} ${fragment}` }
    : { kind: 'element', key: `${named} ${element}` }
}

/** The pages that a link with a fragment may name: a folder is its index or its readme; none for an address of its own. */
export function pagesOfLink(page: string, href: string): string[] {
  const hash = href.indexOf('#')
  const address = href.slice(0, Math.max(hash, 0))
  if (hash < 0 || hash === href.length - 1 || /^(?:[a-z][a-z\d+.-]*:|\/)/i.test(address)) return []
  if (address === '') return [page]
  const named = path.posix.join(path.posix.dirname(page), decoded(address)).replace(/\.html$/, '.md')
  const inFolder = (name: string) => path.posix.normalize(named.replace(/(^|\/)(?:index\.md)?$/, `$1${name}`))
  return [...new Set([named, inFolder('index.md'), inFolder('README.md')])]
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text)
  } catch {
    return text
  }
}

/** What the ids of a page lead to, before and after. */
export interface PageAnchors {
  readonly before: ReadonlyMap<string, number>
  readonly after: ReadonlyMap<string, number>
  /** The same by mdBook's older rule for ids. */
  readonly older?: PageAnchors
}

/** What the ids of a page lead to, told by its rendered forms. */
export function pageAnchors(before: Rendered | undefined, after: Rendered | undefined): PageAnchors {
  const none = new Map<string, number>()
  const older = { before: before?.olderAnchors ?? none, after: after?.olderAnchors ?? none }
  return { before: before?.anchors ?? none, after: after?.anchors ?? none, older }
}

/**
 * Compares where a link leads before and after, by both rules that mdBook has had for ids. One that led to no element of its page may lead to one now: that
 * mends it. A link of a part that leads to no element of the part's own page, or from there to no page at all,
 * leads to one where it is included: an edit of its address is proven there.
 *
 * @param pageOf the anchors of a page of the book
 */
export function compareLink(
  page: string,
  link: { readonly before: string; readonly after: string; readonly declared: boolean },
  pageOf: (page: string) => PageAnchors | undefined,
): 'mended' | 'same' | 'elsewhere' {
  const found = comparedBy(page, link, pageOf)
  const older = comparedBy(page, link, (target) => pageOf(target)?.older ?? pageOf(target))
  return found === 'elsewhere' ? found : older === 'elsewhere' ? older : found
}

function comparedBy(
  page: string,
  link: { readonly before: string; readonly after: string; readonly declared: boolean },
  pageOf: (page: string) => PageAnchors | undefined,
): 'mended' | 'same' | 'elsewhere' {
  const before = resolveLink(page, link.before, (target) => pageOf(target)?.before)
  const after = resolveLink(page, link.after, (target) => pageOf(target)?.after)
  if (before.kind === after.kind && before.key === after.key) return 'same'
  if (link.declared && isOtherFragment(before, after)) return 'same'
  if (before.kind !== 'nothing' || (link.before !== link.after && !link.declared)) return 'elsewhere'
  if (after.kind === 'element') return pageOfTarget(before) === pageOfTarget(after) ? 'mended' : 'elsewhere'
  return after.kind === 'nothing' && link.declared ? 'same' : 'elsewhere'
}

function pageOfTarget({ key }: Target): string {
  return key.slice(0, key.lastIndexOf(' '))
}

/** Whether two addresses name the same file, which is no page of the book as seen from here. */
function isOtherFragment(before: Target, after: Target): boolean {
  const file = (target: Target) => target.key.replace(/#.*$/s, '')
  const isFile = before.kind === 'address' && !/^(?:[a-z][a-z\d+.-]*:|\/)/i.test(before.key)
  return isFile && after.kind === 'address' && file(before) === file(after) && file(before) !== ''
}
