/** `{#id .class}` behind a heading's text. */

import type { Heading } from 'mdast'
import { trailing } from '../../trailing.ts'
import { originOf } from '../origin.ts'
import { isKept } from './now.ts'
import type { Mode } from './pieces.ts'

/**
 * What stands behind a heading's text for its attributes, with the space before it: nothing for a heading that has
 * none. Words that stay keep their places.
 */
export function attributesText(node: Heading, mode: Mode): string {
  const origin = mode === 'plain' || !isKept(node) ? undefined : originOf(node)
  const field = origin?.chapter.spans.fields(node).attributes
  const { id, classes = [], others = [] } = node.attributes ?? {}
  const wanted = [...(id === undefined ? [] : [`#${id}`]), ...classes.map((name) => `.${name}`), ...others]
  const source = field?.source
  const before = JSON.stringify(origin?.fields['attributes'] ?? null)
  if (field && origin && before === JSON.stringify(node.attributes ?? null)) {
    const space = trailing(origin.chapter.text.slice(0, field.start), ' \t')
    return space + field.source
  }
  if (wanted.length === 0) return ''
  const written =
    source === undefined
      ? []
      : source
          .slice(1, -1)
          .split(/[ \t\f]+/)
          .filter((word) => word !== '')
  const left = [...wanted]
  const kept: string[] = []
  for (const word of written) {
    const index = left.indexOf(word)
    const isOldId =
      word.startsWith('#') && id !== undefined && left.includes(`#${id}`) && !written.includes(`#${id}`)
    if (index >= 0) kept.push(...left.splice(index, 1))
    else if (isOldId) kept.push(...left.splice(left.indexOf(`#${id}`), 1))
  }
  return ` {${[...kept, ...left].join(' ')}}`
}
