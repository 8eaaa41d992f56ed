/**
 * Collections of nodes as jscodeshift has them, over mdast: find nodes, and change the tree where they stand. The
 * tree is an ordinary one; what is done to it otherwise, by remark plugins or by hand, goes together with this.
 */
import type { Definition, Heading, Image, Link, Nodes, Parents } from 'mdast'
import type { Beside, NodeOf } from './collection/content.ts'
import { addClass, removeClass, setHeadingId } from './collection/heading-attributes.ts'
import { type Fields, matches, type Pattern } from './collection/match.ts'
import { childrenOf, type NodePath, pathTo } from './collection/path.ts'
import { renameFootnote, renameLabel } from './collection/rename-label.ts'
import { replaceText, type TextOptions, type TextReplacement } from './collection/replace-text.ts'
import { setUrl } from './collection/set-url.ts'
import { type Source, sourceNow } from './collection/source.ts'

/**
 * What a collection asks of each of its nodes: a function of the place, and its number. It is declared as a method, which
 * TypeScript compares loosely: a `Collection<Heading>` may be given where a `Collection` is wanted.
 */
export type Ask<Node extends Nodes, Answer> = {
  ask(path: NodePath<Node>, index: number): Answer
}['ask']

/** What is put somewhere: nodes, or a function that gives them for each place. */
export type Given<Node extends Nodes, New extends Nodes> =
  | New
  | readonly New[]
  | Ask<Node, New | readonly New[]>

/**
 * Nodes of one chapter, each with the place where it stands.
 *
 * A collection is fixed: it goes on holding the nodes that were found, in the order in which they were found, each
 * once. What changes the tree changes no collection. `forEach`, and all that changes the tree, goes through the
 * nodes in order and passes over each that is no longer in the tree when its turn comes; what only reads (`nodes`,
 * `length`, `filter` …) does not.
 *
 * Otherwise than in jscodeshift, `replaceWith` returns the new nodes, a node that is given for several places is
 * copied for all but the first, a filter may hold regular expressions, and no function is called with a `this`.
 */
export class Collection<Node extends Nodes = Nodes> implements Iterable<NodePath<Node>> {
  readonly #source: Source
  readonly #paths: readonly NodePath<Node>[]

  /** Made by `md`, and by `find` of a chapter. */
  constructor(source: Source, paths: readonly NodePath<Node>[]) {
    this.#source = source
    const seen = new Set<Nodes>()
    this.#paths = paths.filter(({ node }) => !seen.has(node) && seen.add(node))
  }

  /** How many nodes there are. */
  get length(): number {
    return this.#paths.length
  }

  /** How many nodes there are. */
  size(): number {
    return this.#paths.length
  }

  /** The paths, in order. */
  [Symbol.iterator](): Iterator<NodePath<Node>> {
    return this.#paths.values()
  }

  /**
   * The nodes of a type, or of several, below these.
   *
   * @param type as mdast names it: `heading`, `link`, `mdbookDirective` …
   * @param filter some fields as they have to be, or a function that is asked about each node
   * @returns them in the order of the text
   * @example
   * md('# a\n\n## b').find('heading', { depth: 2 }).length // → 1
   */
  find<Type extends Nodes['type']>(
    type: Type | readonly Type[],
    filter?: Pattern<NodeOf<Type>>,
  ): Collection<NodeOf<Type>> {
    const isAsked = asksFor(type, filter)
    const found: NodePath<NodeOf<Type>>[] = []
    for (const { node, ancestors } of this.#paths.filter((path) => path.isInTree)) {
      for (const [one, above] of below(node, ancestors)) {
        if (isAsked(one)) found.push(pathTo<NodeOf<Type>>(this.#source, one, above))
      }
    }
    return this.#of(found)
  }

  /**
   * The nearest node of a type above each of these.
   *
   * @param type as mdast names it, or several
   * @param filter some fields as they have to be, or a function that is asked about each node
   * @returns each once
   * @example
   * md('> [a](b)').find('link').closest('blockquote').length // → 1
   */
  closest<Type extends Nodes['type']>(
    type: Type | readonly Type[],
    filter?: Pattern<NodeOf<Type>>,
  ): Collection<NodeOf<Type>> {
    const isAsked = asksFor(type, filter)
    const found: NodePath<NodeOf<Type>>[] = []
    for (const { ancestors } of this.#paths) {
      const depth = ancestors.findLastIndex(isAsked)
      const nearest: Nodes | undefined = ancestors[depth]
      if (nearest && isAsked(nearest)) {
        found.push(pathTo<NodeOf<Type>>(this.#source, nearest, ancestors.slice(0, depth)))
      }
    }
    return this.#of(found)
  }

  /**
   * Those of these nodes that are as they are asked to be.
   *
   * @param keep is asked about each path, or gives some fields as they have to be
   */
  filter<Kept extends Node>(
    keep: (path: NodePath<Node>, index: number) => path is NodePath<Kept>,
  ): Collection<Kept>
  filter(keep: Ask<Node, boolean> | Fields<Node>): Collection<Node>
  filter(keep: Ask<Node, boolean> | Fields<Node>): Collection<Node> {
    return this.#of(
      this.#paths.filter((path, index) =>
        typeof keep === 'function' ? keep(path, index) : matches(path.node, keep),
      ),
    )
  }

  /**
   * Other nodes of the tree, by a way from each of these. For values that are no paths, map `paths()` or `nodes()`.
   *
   * @param lead from a path to other ones; nothing where there is none
   * @returns each node once
   */
  map<Other extends Nodes>(
    lead: Ask<Node, NodePath<Other> | readonly NodePath<Other>[] | null | undefined>,
  ): Collection<Other> {
    return this.#of(this.#paths.flatMap((path, index) => lead(path, index) ?? []))
  }

  /** Whether a question is answered with yes for one of these. */
  some(ask: Ask<Node, boolean>): boolean {
    return this.#paths.some((path, index) => ask(path, index))
  }

  /** Whether a question is answered with yes for all of these. */
  every(ask: Ask<Node, boolean>): boolean {
    return this.#paths.every((path, index) => ask(path, index))
  }

  /**
   * The path of one node.
   *
   * @param index from the end where it is negative; the first node's if it is not given
   * @throws RangeError if there is no such node: ask `length` before
   */
  get(index = 0): NodePath<Node> {
    const path = this.#paths.at(index)
    if (path) return path
    throw new RangeError(`there is no node ${index} in a collection of ${this.length}: ask its length first`)
  }

  /**
   * A collection of one of these nodes, or of none.
   *
   * @param index from the end where it is negative
   */
  at(index: number): Collection<Node> {
    const path = this.#paths.at(index)
    return this.#of(path ? [path] : [])
  }

  /** The nodes, in order. */
  nodes(): Node[] {
    return this.#paths.map(({ node }) => node)
  }

  /** The paths, in order. */
  paths(): NodePath<Node>[] {
    return [...this.#paths]
  }

  /** Does something for each node that is still in the tree when its turn comes. */
  forEach(act: Ask<Node, void>): this {
    return this.#each(act)
  }

  /**
   * Puts other nodes where these stand. What stood below them, and is a part of the new nodes, stays what it is: a
   * collection that holds it goes on. A node that stands elsewhere in the tree is to be taken out there first, or
   * copied (`structuredClone`): in two places at once it would be no tree.
   *
   * @param given nodes, `[]` for none, or a function that gives them for each path
   * @returns what stands there now
   * @throws TypeError if a node cannot stand there, as a heading in a paragraph
   * @example
   * md('*a*').find('emphasis').replaceWith(({ node }) => b.strong(node.children)).toSource() // → '**a**'
   */
  replaceWith<New extends Beside<Node>>(given: Given<Node, New>): Collection<New> {
    const supply = supplyOf(given)
    const placed: NodePath<New>[] = []
    this.#each((path, index) => {
      const { ancestors } = path
      const nodes = supply(path, index)
      path.replace(...nodes)
      placed.push(...nodes.map((node) => pathTo(this.#source, node, ancestors)))
    })
    return this.#of(placed)
  }

  /**
   * Puts nodes before each of these.
   *
   * @param given as in {@link Collection.replaceWith}
   * @throws TypeError if a node cannot stand there
   */
  insertBefore(given: Given<Node, Beside<Node>>): this {
    const supply = supplyOf(given)
    return this.#each((path, index) => path.insertBefore(...supply(path, index)))
  }

  /**
   * Puts nodes behind each of these.
   *
   * @param given as in {@link Collection.replaceWith}
   * @throws TypeError if a node cannot stand there
   */
  insertAfter(given: Given<Node, Beside<Node>>): this {
    const supply = supplyOf(given)
    return this.#each((path, index) => path.insertAfter(...supply(path, index)))
  }

  /** Takes these nodes out of the tree. */
  remove(): this {
    return this.#each((path) => path.prune())
  }

  /** Renames a label in and below these nodes, as {@link renameLabel} does. */
  renameLabel(from: string, to: string): this {
    renameLabel(this, from, to)
    return this
  }

  /** Renames a footnote in and below these nodes, as {@link renameFootnote} does. */
  renameFootnote(from: string, to: string): this {
    renameFootnote(this, from, to)
    return this
  }

  /** Replaces text in and below these nodes, as {@link replaceText} does. */
  replaceText(pattern: RegExp | string, replacement: TextReplacement, options?: TextOptions): this {
    replaceText(this, pattern, replacement, options)
    return this
  }

  /**
   * Lets links, images and definitions lead elsewhere, as {@link setUrl} does.
   *
   * @param url an address, or a function that makes it of the one that there is
   */
  setUrl<Self extends Collection<Definition | Image | Link>>(
    this: Self,
    url: string | ((url: string) => string),
  ): Self {
    return this.#each(({ node }) => setUrl(node, typeof url === 'function' ? url(node.url) : url))
  }

  /**
   * Gives headings an id of their own, or takes it from them, as {@link setHeadingId} does.
   *
   * @param id for one heading; a function for more of them
   */
  setHeadingId<Self extends Collection<Heading>>(
    this: Self,
    id: string | undefined | ((heading: Heading) => string | undefined),
  ): Self {
    return this.#each(({ node }) => setHeadingId(node, typeof id === 'function' ? id(node) : id))
  }

  /** Gives headings a class, as {@link addClass} does. */
  addClass<Self extends Collection<Heading>>(this: Self, name: string): Self {
    return this.#each(({ node }) => addClass(node, name))
  }

  /** Takes a class from headings, as {@link removeClass} does. */
  removeClass<Self extends Collection<Heading>>(this: Self, name: string): Self {
    return this.#each(({ node }) => removeClass(node, name))
  }

  /**
   * The whole chapter as it is now. What was not changed is as it was written.
   *
   * @throws PrintError if Markdown cannot say what the tree says
   */
  toSource(): string {
    return sourceNow(this.#source)
  }

  #each(act: Ask<Node, void>): this {
    for (const [index, path] of this.#paths.entries()) if (path.isInTree) act(path, index)
    return this
  }

  #of<Other extends Nodes>(paths: readonly NodePath<Other>[]): Collection<Other> {
    return new Collection(this.#source, paths)
  }
}

function asksFor<Type extends Nodes['type']>(
  type: Type | readonly Type[],
  filter: Pattern<NodeOf<Type>> | undefined,
): (node: Nodes) => node is NodeOf<Type> {
  const types: readonly string[] = typeof type === 'string' ? [type] : type
  return (node): node is NodeOf<Type> =>
    types.includes(node.type) && (filter === undefined || matches(node, filter))
}

/** All nodes below one, in the order of the text, each with what it stands in. */
function* below(node: Nodes, ancestors: readonly Parents[]): Generator<[Nodes, readonly Parents[]]> {
  if (!('children' in node)) return
  const above = [...ancestors, node]
  for (const child of childrenOf(node)) {
    yield [child, above]
    yield* below(child, above)
  }
}

/** One and the same node in two places would be no tree: from the second place on it is a copy. */
function supplyOf<Node extends Nodes, New extends Nodes>(
  given: Given<Node, New>,
): (path: NodePath<Node>, index: number) => readonly New[] {
  const placed = new Set<New>()
  return (path, index) => {
    const nodes = typeof given === 'function' ? given(path, index) : given
    return listOf(nodes).map((node) => {
      if (placed.has(node)) return structuredClone(node)
      placed.add(node)
      return node
    })
  }
}

function listOf<Item extends object>(items: Item | readonly Item[]): readonly Item[] {
  return isList(items) ? items : [items]
}

function isList<Item extends object>(items: Item | readonly Item[]): items is readonly Item[] {
  return Array.isArray(items)
}
