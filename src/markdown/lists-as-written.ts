/**
 * Lists as they are written, where mdast-util-from-markdown and its extensions say it otherwise: where paragraphs and
 * lists begin and end, and whether there are blank lines in them.
 */
import type { List, ListItem, Nodes } from 'mdast'
import type { Extension } from 'mdast-util-from-markdown'
import { visit } from 'unist-util-visit'

/** An extension of mdast-util-from-markdown that mends the lists of a tree. */
export const listsAsWritten: Extension = {
  transforms: [
    (tree) => {
      visit(tree, 'listItem', beginBehindBox)
      visit(tree, 'list', endWithItems)
      visit(tree, 'list', (list) => {
        list.spread = haveBlankBetween(list.children)
        for (const item of list.children) item.spread = haveBlankBetween(item.children)
      })
    },
  ],
}

/**
 * A paragraph with a box begins behind it, as mdast-util-gfm-task-list-item has it where a text stands there. That
 * takes one character off the text, and leaves half of a line ending where there are two.
 */
function beginBehindBox({ checked, children: [first] }: ListItem): void {
  if (typeof checked !== 'boolean' || first?.type !== 'paragraph') return
  const [inline] = first.children
  const start = inline?.position?.start
  if (!start || !first.position) return
  if (inline.type === 'text' && inline.value.startsWith('\n')) {
    inline.value = inline.value.slice(1)
    start.offset = (start.offset ?? 0) + 1
  }
  first.position.start = { ...start }
}

/** In a block quote, the blank line behind an item or a list would be a part of it. */
function endWithItems(list: List): void {
  for (const item of list.children) {
    const last = item.children.at(-1)
    if (last?.type === 'list') endWithItems(last)
    if (item.position && last?.position) item.position.end = { ...last.position.end }
  }
  const item = list.children.at(-1)
  if (list.position && item?.position) list.position.end = { ...item.position.end }
}

/**
 * Whether blank lines stand between some of them. In a block quote, micromark counts one in an inner list, or behind a list, for
 * the list around or before it.
 */
export function haveBlankBetween(children: readonly Nodes[]): boolean {
  return children.some((child, index) => {
    const end = children[index - 1]?.position?.end.line
    return end !== undefined && (child.position?.start.line ?? 0) > end + 1
  })
}
