/**
 * The grammar of labels, as tables: which namespaces there are, how a subject is found in each, and which
 * words name a resource.
 */

/**
 * How the part behind a namespace is divided:
 *
 * - `crate`: subject, qualifiers, resource; the documentation is the default resource
 * - `book`: subject, qualifiers, resource
 * - `recipe`: section, recipe
 * - `site`: one segment, where the label leads to a page of that site
 * - `whole`: one segment
 */
export type Division = 'book' | 'crate' | 'recipe' | 'site' | 'whole'

export const NAMESPACES: ReadonlyMap<string, Division> = new Map<string, Division>([
  ['blog', 'whole'],
  ['book', 'book'],
  ['c', 'crate'],
  ['cat', 'whole'],
  ['ex', 'recipe'],
  ['keyword', 'whole'],
  ['mozilla', 'site'],
  ['p', 'whole'],
  ['primitive', 'whole'],
  ['stackoverflow', 'site'],
  ['wikipedia', 'whole'],
])

/** The hosts of `site` namespaces; pages may be on hosts below them. */
export const SITES: ReadonlyMap<string, string> = new Map([
  ['mozilla', 'mozilla.org'],
  ['stackoverflow', 'stackoverflow.com'],
])

/** Words that name a resource at the end of a label; where one ends with another, the longer stands first. */
export const RESOURCES: readonly string[] = [
  'crates.io',
  'docs.rs',
  'docs-rs',
  'docs',
  'lib.rs',
  'website',
  'github',
  'blog',
  'wikipedia',
  'wiki',
]

/** Spellings of the documentation of a crate. */
export const DOCUMENTATION: ReadonlySet<string> = new Set(['docs.rs', 'docs-rs', 'docs'])

/** Where a URL names a crate, and how sure that is: a registry lists crates, a repository may hold several. */
export const CRATE_URLS: readonly { readonly pattern: RegExp; readonly source: 'registry' | 'repository' }[] =
  [
    { pattern: /^https?:\/\/docs\.rs\/(?:crate\/)?([\w-]+)/, source: 'registry' },
    { pattern: /^https?:\/\/crates\.io\/crates\/([\w-]+)/, source: 'registry' },
    { pattern: /^https?:\/\/lib\.rs\/crates\/([\w-]+)/, source: 'registry' },
    { pattern: /^https?:\/\/img\.shields\.io\/crates\/v\/([\w-]+)/, source: 'registry' },
    { pattern: /^https?:\/\/github\.com\/[\w.-]+\/([\w-]+?)(?:\.git)?(?:[/?#]|$)/, source: 'repository' },
  ]
