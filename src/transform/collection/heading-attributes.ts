/** What stands in braces at the end of a heading: an id of its own, and classes. */
import type { Heading } from 'mdast'
import { headingId } from '../../book/label-text.ts'
import type { HeadingAttributes } from '../../markdown/tree.ts'
import { wrongNode } from './wrong-node.ts'

/**
 * Gives a heading an id of its own, or takes it away.
 *
 * @param heading to change
 * @param id without `#`; `undefined` for none, so that mdBook makes one of the text
 * @throws TypeError if mdBook would not read it as one id
 * @example
 * md('# Rain').find('heading').setHeadingId('rain').toSource() // → '# Rain {#rain}'
 */
export function setHeadingId(heading: Heading, id: string | undefined): void {
  if (id !== undefined) checkWord(id, 'id')
  setAttributes(heading, { ...attributesOf(heading), id })
}

/**
 * Gives a heading a class, behind those that it has.
 *
 * @param heading to change
 * @param name without a dot
 * @throws TypeError if mdBook would not read it as one class
 * @example
 * md('# Rain {#r}').find('heading').addClass('skip').toSource() // → '# Rain {#r .skip}'
 */
export function addClass(heading: Heading, name: string): void {
  checkWord(name, 'class')
  const attributes = attributesOf(heading)
  if (attributes.classes.includes(name)) return
  setAttributes(heading, { ...attributes, classes: [...attributes.classes, name] })
}

/**
 * Takes a class from a heading, wherever it stands among others; braces with nothing in them go too.
 *
 * @param heading to change
 * @param name without a dot
 * @example
 * md('# Rain {.skip}').find('heading').removeClass('skip').toSource() // → '# Rain'
 */
export function removeClass(heading: Heading, name: string): void {
  const attributes = attributesOf(heading)
  if (!attributes.classes.includes(name)) return
  setAttributes(heading, { ...attributes, classes: attributes.classes.filter((one) => one !== name) })
}

function attributesOf(heading: Heading): HeadingAttributes {
  if (heading.type !== 'heading') throw wrongNode(heading, 'id and no classes', 'headings')
  return heading.attributes ?? { id: undefined, classes: [], others: [] }
}

function setAttributes(heading: Heading, attributes: HeadingAttributes): void {
  const { id, classes, others } = attributes
  if (id === undefined && classes.length + others.length === 0) delete heading.attributes
  else heading.attributes = attributes
}

function checkWord(word: string, kind: 'id' | 'class'): void {
  if (!headingId.safeParse(word).success || word.includes('\\')) {
    throw new TypeError(
      `${JSON.stringify(word)} is no ${kind} of a heading: it is empty, begins with # or ., or has white space, braces, quotes, \\, < or >`,
    )
  }
}
