/**
 * What may stand where in a tree, as mdast has it: in types, as far as they can say it, and as a question that is
 * asked before any node is put anywhere.
 */
import type {
  BlockContent,
  DefinitionContent,
  FrontmatterContent,
  ListContent,
  Nodes,
  Parents,
  PhrasingContent,
  RowContent,
  TableContent,
} from 'mdast'

/**
 * The node of a type: `NodeOf<'heading'>` is `Heading`.
 *
 * The types of blocks are `blockquote`, `code`, `definition`, `footnoteDefinition`, `heading`, `html`, `list`, `listItem`,
 * `mdbookDirective`, `paragraph`, `table`, `tableRow`, `tableCell`, `thematicBreak` and `yaml`; those of inline nodes are
 * `break`, `delete`, `emphasis`, `footnoteReference`, `html`, `image`, `imageReference`, `inlineCode`, `link`,
 * `linkReference`, `mdbookDirective`, `mdbookWikilink`, `strong` and `text`; and `root` has all of them.
 */
export type NodeOf<Type extends Nodes['type']> = Extract<Nodes, { type: Type }>

/** What may stand in block quotes, list items and footnotes, and at the top level. */
export type FlowContent = BlockContent | DefinitionContent

/**
 * What may stand beside a node, and in its place: inlines beside an inline, blocks beside a block, items beside an
 * item. Raw HTML and `{{…}}` are inlines and blocks, so that both may stand beside them, as far as types can say.
 */
export type Beside<Node extends Nodes> = Node extends Nodes
  ?
      | (Node extends PhrasingContent ? PhrasingContent : never)
      | (Node extends FlowContent ? FlowContent : never)
      | (Node extends FrontmatterContent ? FlowContent | FrontmatterContent : never)
      | (Node extends ListContent ? ListContent : never)
      | (Node extends TableContent ? TableContent : never)
      | (Node extends RowContent ? RowContent : never)
  : never

type Category = 'front matter' | 'block' | 'inline' | 'item' | 'row' | 'cell'

/** Of each type of this dialect; a root is nothing's child, and other packages add types of their own to mdast. */
const CATEGORIES: Readonly<Partial<Record<Nodes['type'], readonly Category[]>>> = {
  blockquote: ['block'],
  break: ['inline'],
  code: ['block'],
  definition: ['block'],
  delete: ['inline'],
  emphasis: ['inline'],
  footnoteDefinition: ['block'],
  footnoteReference: ['inline'],
  heading: ['block'],
  html: ['block', 'inline'],
  image: ['inline'],
  imageReference: ['inline'],
  inlineCode: ['inline'],
  link: ['inline'],
  linkReference: ['inline'],
  list: ['block'],
  listItem: ['item'],
  mdbookDirective: ['block', 'inline'],
  mdbookWikilink: ['inline'],
  paragraph: ['block'],
  strong: ['inline'],
  table: ['block'],
  tableCell: ['cell'],
  tableRow: ['row'],
  text: ['inline'],
  thematicBreak: ['block'],
  yaml: ['front matter'],
}

const CONTENT: Readonly<Partial<Record<Parents['type'], readonly Category[]>>> = {
  blockquote: ['block'],
  delete: ['inline'],
  emphasis: ['inline'],
  footnoteDefinition: ['block'],
  heading: ['inline'],
  link: ['inline'],
  linkReference: ['inline'],
  list: ['item'],
  listItem: ['block'],
  paragraph: ['inline'],
  root: ['front matter', 'block'],
  strong: ['inline'],
  table: ['row'],
  tableCell: ['inline'],
  tableRow: ['cell'],
}

/**
 * Whether a node may be a child of another. Types that this dialect does not have are not judged here: printing
 * them is refused.
 */
export function mayStandIn(parent: Parents, node: Nodes): boolean {
  const [content, categories] = [CONTENT[parent.type], CATEGORIES[node.type]]
  if (node.type === 'root') return false
  return !content || !categories || categories.some((category) => content.includes(category))
}

/** Whether a node may stand in block quotes, list items and footnotes; types of other packages count as blocks. */
export function isFlow(node: Nodes): node is FlowContent {
  return CATEGORIES[node.type]?.includes('block') ?? node.type !== 'root'
}
