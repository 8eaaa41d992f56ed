/** A text → the collection of its root: where a codemod begins. */
import type { Nodes, PhrasingContent, Root } from 'mdast'
import { withOrigins } from '../markdown/origin.ts'
import { parseChapter } from '../markdown/parse.ts'
import { type FlowContent, isFlow } from './collection/content.ts'
import { type NodePath, pathTo, sourceOfPath } from './collection/path.ts'
import type { Source } from './collection/source.ts'
import { Collection } from './collection.ts'

export interface MdOptions {
  /** Names the text in messages; relative to the book's root. */
  readonly path?: string
  /**
   * Whether a label is defined outside of the text, in a chapter that it is part of: only what is defined is a
   * reference.
   *
   * @param id as `labelId` makes it
   */
  isDefined?(id: string): boolean
}

/**
 * Reads Markdown as mdBook does, or takes one path for a collection, as jscodeshift's `j` does.
 *
 * @param given a chapter, with or without a byte order mark; or a path of a collection
 * @returns a collection of the root alone: `find` what is to change in it, change it, and take `toSource()`; of a path,
 *   a collection of its node
 * @example
 * md('# Rain\n\n*  wet\n').find('heading').replaceWith(() => b.heading(1, 'Snow')).toSource()
 * // → '# Snow\n\n*  wet\n'
 */
export function md(given: string, options?: MdOptions): Collection<Root>
export function md<Node extends Nodes>(given: NodePath<Node>): Collection<Node>
export function md<Node extends Nodes>(
  given: string | NodePath<Node>,
  options: MdOptions = {},
): Collection<Node> | Collection<Root> {
  if (typeof given !== 'string') return new Collection(sourceOfPath(given), [given])
  const mark = given.startsWith('\uFEFF') ? '\uFEFF' : ''
  const isDefined = options.isDefined ?? (() => false)
  const chapter = withOrigins(parseChapter(options.path ?? 'text.md', given.slice(mark.length), isDefined))
  const source: Source = { chapter, mark }
  return new Collection(source, [pathTo(source, chapter.tree)])
}

/**
 * The blocks of a text, to be put into a tree: they are printed there as they are written here.
 *
 * @param source Markdown, without front matter
 * @throws TypeError if it has front matter
 * @example
 * md('a\n').find('paragraph').replaceWith(b.blockquote(blocksOf('*  b\n*  c'))).toSource() // → '> *  b\n> *  c\n'
 */
export function blocksOf(source: string, options?: MdOptions): FlowContent[] {
  return md(source, options)
    .get()
    .node.children.map((node) => {
      if (isFlow(node)) return node
      throw new TypeError(`${node.type} is no block that can stand in another: ${JSON.stringify(source)}`)
    })
}

/**
 * The inlines of a text, to be put into a tree: they are printed there as they are written here.
 *
 * @param source Markdown of one paragraph, or nothing
 * @throws TypeError if it is anything else than a paragraph
 * @example
 * md('# a').find('heading').replaceWith(() => b.heading(2, inlinesOf('b `c`'))).toSource() // → '## b `c`'
 */
export function inlinesOf(source: string, options?: MdOptions): PhrasingContent[] {
  const [first, ...others] = md(source, options).get().node.children
  if (first === undefined) return []
  if (first.type === 'paragraph' && others.length === 0) return first.children
  throw new TypeError(`one paragraph was expected, not ${JSON.stringify(source)}`)
}
