/**
 * One chapter: text → tree and spans. remark-parse reads it, with the labels known that its includes
 * define and with mdBook's own syntax; no tree is ever printed back.
 */
import type { Nodes, Root } from 'mdast'
import type { Extension } from 'mdast-util-from-markdown'
import { frontmatterFromMarkdown } from 'mdast-util-frontmatter'
import { gfmFootnoteFromMarkdown } from 'mdast-util-gfm-footnote'
import { gfmStrikethroughFromMarkdown } from 'mdast-util-gfm-strikethrough'
import { gfmTableFromMarkdown } from 'mdast-util-gfm-table'
import { gfmTaskListItemFromMarkdown } from 'mdast-util-gfm-task-list-item'
import remarkParse from 'remark-parse'
import { unified } from 'unified'
import { countable, dialect } from '../dialect.ts'
import { timed } from '../stopwatch.ts'
import { type ReadText, readFast } from './fast/read.ts'
import { listsAsWritten } from './lists-as-written.ts'
import { mdbookSyntax } from './mdbook-syntax.ts'
import { parserInUse } from './parser-in-use.ts'
import { recordSpans, type Spans } from './spans.ts'
import { readAttributes } from './tree.ts'

/** One chapter, parsed. */
export interface Chapter {
  /** Relative to the book's root, with `/`. */
  readonly path: string
  /** The file's text without its byte order mark: what every offset counts into. */
  readonly text: string
  readonly tree: Root
  readonly spans: Spans
  /** Whether a label, given as `labelId` makes it, is defined in a chapter that this one is part of. */
  isDefined(id: string): boolean
  /** Whether a label was read as one although nothing defines it. */
  isPresumed(id: string): boolean
}

/**
 * Parses a chapter.
 *
 * @param path relative to the book's root
 * @param text without byte order mark
 * @param isDefined whether a label, given as `labelId` makes it, is defined in the chapter's include closure
 * @param isPresumed labels to read as references although nothing defines them
 * @example
 * parseChapter('a.md', '[slab][c-slab]', (id) => id === labelId('c-slab')).tree.children[0]
 * // → a paragraph that holds a linkReference
 */
export function parseChapter(
  path: string,
  text: string,
  isDefined: (id: string) => boolean,
  isPresumed: (id: string) => boolean = () => false,
): Chapter {
  const { tree, spans } = timed(
    'parse',
    () => readText(countable(text), (id) => isDefined(id) || isPresumed(id)),
    text,
  )
  return { path, text, tree, spans, isDefined, isPresumed }
}

function readText(text: string, isKnown: (id: string) => boolean): ReadText {
  const read = parserInUse() === 'fast' ? readFast(text, isKnown, readReference) : undefined
  return read ?? readReference(text, isKnown, true)
}

/** Reads a text, or a part of one that begins anew, as remark-parse does. */
export function readReference(text: string, isKnown: (id: string) => boolean, isFront: boolean): ReadText {
  const { extension, spans } = recordSpans()
  const tree = unified()
    .use(remarkParse)
    .data('micromarkExtensions', [...dialect(text, isFront), mdbookSyntax(isKnown)])
    .data('fromMarkdownExtensions', [
      frontmatterFromMarkdown('yaml'),
      gfmTableFromMarkdown(),
      gfmStrikethroughFromMarkdown(),
      gfmTaskListItemFromMarkdown(),
      gfmFootnoteFromMarkdown(),
      mdbookNodes,
      listsAsWritten,
      extension,
    ])
    .parse(text)
  return { tree, spans }
}

/**
 * What the source has for a node.
 *
 * @param chapter that the node is of
 * @param node of its tree
 * @example
 * // of the list in '* a\n* b\n' → '* a\n* b'
 */
export function sourceOf(chapter: Chapter, node: Nodes): string {
  return chapter.text.slice(startOf(node), endOf(node))
}

/** The offset that a node of a chapter's tree begins at; 0 for one that was not parsed. */
export function startOf(node: Nodes): number {
  return node.position?.start.offset ?? 0
}

/** The offset behind a node of a chapter's tree; 0 for one that was not parsed. */
export function endOf(node: Nodes): number {
  return node.position?.end.offset ?? 0
}

const mdbookNodes: Extension = {
  enter: {
    mdbookDirective(token) {
      this.enter({ type: 'mdbookDirective', value: this.sliceSerialize(token) }, token)
    },
    mdbookWikilink(token) {
      this.enter({ type: 'mdbookWikilink', value: this.sliceSerialize(token) }, token)
    },
    mdbookHeadingAttributes(token) {
      const heading = this.stack.at(-1)
      if (heading?.type === 'heading') heading.attributes = readAttributes(this.sliceSerialize(token))
    },
  },
  exit: {
    mdbookDirective(token) {
      this.exit(token)
    },
    mdbookWikilink(token) {
      this.exit(token)
    },
  },
}
