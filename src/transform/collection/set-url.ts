/** Other addresses for what leads somewhere. */
import type { Definition, Image, Link } from 'mdast'
import { originOf } from '../../markdown/origin.ts'
import { startOf } from '../../markdown/parse.ts'
import { wrongNode } from './wrong-node.ts'

/**
 * Lets a link, an image or a definition lead elsewhere. The text of an autolink (`<https://a.b>`) is its address,
 * and follows; any other text stays, even where it is the address.
 *
 * @param node of a link, an image or a definition
 * @param url as a reader's browser has it: not escaped for Markdown
 * @example
 * md('[a](http://a.b)').find('link').setUrl('https://a.b').toSource() // → '[a](https://a.b)'
 */
export function setUrl(node: Definition | Image | Link, url: string): void {
  if (typeof node.url !== 'string') throw wrongNode(node, 'address', 'links, images or definitions')
  const text = node.type === 'link' && isAutolink(node) ? node.children[0] : undefined
  if (text?.type === 'text') {
    const isBareMail = node.url === `mailto:${text.value}`
    text.value = isBareMail ? url.replace(/^mailto:/, '') : url
  }
  node.url = url
}

/** Whether a link was read as `<https://a.b>` or `<a@b.c>`. */
export function isAutolink(node: Link): boolean {
  return originOf(node)?.chapter.text.charAt(startOf(node)) === '<'
}
