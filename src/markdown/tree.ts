/**
 * The nodes that mdBook's syntax adds to mdast, by declaration merging: an author's tree is plain mdast
 * with these in it.
 */
import type { Literal } from 'mdast'

/** `{{#include a.md}}`, `{{hi:term}}`, `{{!crate x}}`; its value is all of it, braces included. */
export interface MdbookDirective extends Literal {
  type: 'mdbookDirective'
}

/** `[[page | Text]]`; its value is all of it, brackets included. */
export interface MdbookWikilink extends Literal {
  type: 'mdbookWikilink'
}

/** What `{#id .class key=value}` says of a heading. */
export interface HeadingAttributes {
  id: string | undefined
  classes: string[]
  others: string[]
}

declare module 'mdast' {
  interface Heading {
    /** From `{…}` at the heading's end; absent where there is none. */
    attributes?: HeadingAttributes
  }
  interface BlockContentMap {
    mdbookDirective: MdbookDirective
  }
  interface PhrasingContentMap {
    mdbookDirective: MdbookDirective
    mdbookWikilink: MdbookWikilink
  }
  interface RootContentMap {
    mdbookDirective: MdbookDirective
    mdbookWikilink: MdbookWikilink
  }
}

/**
 * Reads the inside of a heading's braces as pulldown-cmark does: words by white space, `#id` (the last one
 * counts), `.class`, anything else.
 *
 * @param block the block with its braces
 */
export function readAttributes(block: string): HeadingAttributes {
  const words = block
    .slice(1, -1)
    .split(/[ \t\f]+/)
    .filter((word) => word !== '')
  return {
    id: words.findLast((word) => word.startsWith('#') && word.length > 1)?.slice(1),
    classes: words.filter((word) => word.startsWith('.') && word.length > 1).map((word) => word.slice(1)),
    others: words.filter((word) => !/^[#.]./.test(word)),
  }
}
