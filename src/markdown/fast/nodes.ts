/** What was found of inline syntax → the nodes of a tree. */
import type { PhrasingContent, Text } from 'mdast'
import type { Stretch } from '../stretches.ts'
import type { Content } from './content.ts'
import type { Item } from './items.ts'
import type { Reading } from './reading.ts'
import type { Recorder } from './record.ts'

/** Items as nodes: what is left of brackets and runs is text, and texts beside each other are one. */
export function nodesIn(
  items: readonly Item[],
  content: Content,
  { point, recorder }: Reading,
  isBuried: boolean,
): PhrasingContent[] {
  const nodes: PhrasingContent[] = []
  let stretches: Stretch[] = []
  let text: Text | undefined
  const ended = () => {
    const last = stretches.at(-1)
    if (isBuried && text && last) recorder.buried(text, last)
    text = undefined
  }
  for (const item of items) {
    if (item.kind === 'node') {
      ended()
      if (isBuried && item.shown) recorder.buried(item.shown.text, item.shown.span)
      nodes.push(item.node)
      continue
    }
    const start = content.startAt(item.from)
    const end = content.endAt(item.to)
    const value = item.kind === 'value' ? item.value : content.text.slice(item.from, item.to)
    if (!text?.position) {
      text = { type: 'text', value: '', position: { start: point(start), end: point(end) } }
      stretches = []
      recorder.text(text, stretches)
      nodes.push(text)
    }
    const last = stretches.at(-1)
    const isWhole = item.kind === 'value'
    const valueStart = text.value.length
    text.value += value
    if (last && !isWhole && !last.isWhole && last.end === start)
      stretches[stretches.length - 1] = { ...last, end, valueEnd: text.value.length }
    else stretches.push(stretchOf(start, end, valueStart, text.value.length, isWhole))
    if (text.position) text.position.end = point(end)
  }
  ended()
  return nodes
}

/** Links and images in an alt text are no nodes of the tree. */
export function buryMedia(nodes: readonly PhrasingContent[], recorder: Recorder): void {
  for (const node of nodes) {
    if (MEDIA.has(node.type)) recorder.buryMedia(node)
    if ('children' in node) buryMedia(node.children, recorder)
  }
}

const MEDIA = new Set<string>(['image', 'imageReference', 'link', 'linkReference'])

export function stretchOf(
  start: number,
  end: number,
  valueStart: number,
  valueEnd: number,
  isWhole: boolean,
): Stretch {
  return { start, end, valueStart, valueEnd, isWhole }
}
