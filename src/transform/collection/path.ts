/**
 * A node and where it stands. Where that is, is found when it is asked for: whatever an author does to the tree in
 * between, a path leads to the place where its node stands now, or says that it is gone.
 */
import type { Nodes, Parents } from 'mdast'
import type { Chapter } from '../../markdown/parse.ts'
import { startOf } from '../../markdown/parse.ts'
import { positionAt } from '../../position.ts'
import { type Beside, mayStandIn } from './content.ts'
import type { Source } from './source.ts'

/** A node in a chapter's tree. */
export interface NodePath<Node extends Nodes = Nodes> {
  readonly node: Node
  /** The same; jscodeshift's other name for it. */
  readonly value: Node
  /** What the node stands in, from the root to its parent; none for the root, and for a node that is gone. */
  readonly ancestors: readonly Parents[]
  /** Of the node that this one stands in; `undefined` for the root, and for a node that is gone. */
  readonly parent: NodePath<Parents> | undefined
  /** Among its parent's children; `undefined` for the root, and for a node that is gone. */
  readonly index: number | undefined
  /** Whether the node stands in the chapter's tree, wherever that is. */
  readonly isInTree: boolean
  /**
   * Puts nodes where this one stands, none to remove it.
   *
   * @throws TypeError if this node is gone or the root, or if one of the nodes cannot stand there
   */
  replace(...nodes: readonly Beside<Node>[]): void
  /** Puts nodes before this one; throws as {@link NodePath.replace} does. */
  insertBefore(...nodes: readonly Beside<Node>[]): void
  /** Puts nodes behind this one; throws as {@link NodePath.replace} does. */
  insertAfter(...nodes: readonly Beside<Node>[]): void
  /** Takes this node out of the tree; throws as {@link NodePath.replace} does. */
  prune(): void
}

/** Which tree a path leads through. */
const sources = new WeakMap<NodePath, Source>()

/**
 * The path of a node.
 *
 * @param source whose tree it stands in
 * @param ancestors of the node, from the root to its parent, as far as they are known: where it is looked for first
 */
export function pathTo<Node extends Nodes>(
  source: Source,
  node: Node,
  ancestors: readonly Parents[] = [],
): NodePath<Node> {
  const { chapter } = source
  let known = ancestors

  function ancestorsNow(): readonly Parents[] | undefined {
    if (isChain(chapter.tree, known, node)) return known
    const found = ancestorsOf(chapter.tree, node)
    known = found ?? known
    return found
  }

  function splice(nodes: readonly Nodes[], from: 'before' | 'after', dropped: 0 | 1): void {
    const parent = ancestorsNow()?.at(-1)
    if (!parent) {
      throw new TypeError(
        node === chapter.tree
          ? 'the root has no place to put nodes beside it or in its stead: change its children'
          : `${nameOf(chapter, node)} is no longer in the tree`,
      )
    }
    for (const one of nodes) checkContent(chapter, parent, one, node)
    const siblings: Nodes[] = parent.children
    siblings.splice(siblings.indexOf(node) + (from === 'after' ? 1 : 0), dropped, ...nodes)
  }

  const path: NodePath<Node> = {
    node,
    value: node,
    get ancestors() {
      return ancestorsNow() ?? []
    },
    get parent() {
      const above = ancestorsNow()
      const parent = above?.at(-1)
      return parent && pathTo(source, parent, above?.slice(0, -1))
    },
    get index() {
      const parent = ancestorsNow()?.at(-1)
      return parent && childrenOf(parent).indexOf(node)
    },
    get isInTree() {
      return ancestorsNow() !== undefined
    },
    replace: (...nodes) => splice(nodes, 'before', 1),
    insertBefore: (...nodes) => splice(nodes, 'before', 0),
    insertAfter: (...nodes) => splice(nodes, 'after', 0),
    prune: () => splice([], 'before', 1),
  }
  sources.set(path, source)
  return path
}

/** What a path is of; throws for what no collection gave. */
export function sourceOfPath(path: NodePath): Source {
  const source = sources.get(path)
  if (source) return source
  throw new TypeError(
    'a text was expected, or a path of a collection: of a node, nobody knows where it stands',
  )
}

/** A node's children; none for one that can have none. */
export function childrenOf(node: Nodes): readonly Nodes[] {
  return 'children' in node ? node.children : []
}

/** Whether the ancestors still stand in each other, and the node in the last. */
function isChain(root: Nodes, ancestors: readonly Parents[], node: Nodes): boolean {
  return (
    (ancestors[0] ?? node) === root &&
    ancestors.every((one, depth) => childrenOf(one).includes(ancestors[depth + 1] ?? node))
  )
}

/** From the root to the parent; none for the root itself, `undefined` for a node that is not in the tree. */
function ancestorsOf(tree: Nodes, node: Nodes): Parents[] | undefined {
  if (tree === node) return []
  if (!('children' in tree)) return undefined
  for (const child of tree.children) {
    const below = ancestorsOf(child, node)
    if (below) return [tree, ...below]
  }
  return undefined
}

function checkContent(chapter: Chapter, parent: Parents, node: unknown, beside: Nodes): void {
  if (!isNode(node)) {
    const given = typeof node === 'string' ? 'a string' : String(node)
    throw new TypeError(
      `beside ${nameOf(chapter, beside)} only nodes can stand, not ${given}: \`b.text(…)\` makes a node of a text`,
    )
  }
  if (!mayStandIn(parent, node)) {
    throw new TypeError(`${node.type} cannot stand in ${nameOf(chapter, parent)}`)
  }
}

function isNode(value: unknown): value is Nodes {
  return typeof value === 'object' && value !== null && 'type' in value && typeof value.type === 'string'
}

/** `heading at notes.md:3:1`; without a place for a node that was not read from a text. */
function nameOf(chapter: Chapter, node: Nodes): string {
  if (node.position === undefined) return node.type
  const { line, column } = positionAt(chapter.text, startOf(node))
  return `${node.type} at ${chapter.path}:${line}:${column}`
}
