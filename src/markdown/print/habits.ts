/** How a chapter is written: which of the ways that Markdown has for one thing its author uses most. */
import type { Nodes } from 'mdast'
import { originOf } from '../origin.ts'
import { type Chapter, endOf, sourceOf, startOf } from '../parse.ts'

export interface Habits {
  readonly bullet: '*' | '+' | '-'
  /** Behind the number of an ordered list's item. */
  readonly delimiter: ')' | '.'
  /** Whether the numbers of an ordered list count. */
  readonly counts: boolean
  /** Spaces between a list item's marker and its text. */
  readonly indent: number
  readonly emphasis: '*' | '_'
  readonly strong: '*' | '_'
  readonly fence: '`' | '~'
  readonly rule: string
  readonly quote: '"' | "'"
  readonly hardBreak: '\\' | '  '
  /** Whether headings are underlined where they can be. */
  readonly setext: boolean
  /** Whether ATX headings have a closing sequence. */
  readonly closeAtx: boolean
  /** Whether definitions stand below each other without blank lines. */
  readonly tightDefinitions: boolean
  /** Whether rows of tables begin and end with pipes. */
  readonly pipes: boolean
  /** Whether table cells have spaces around them. */
  readonly padding: boolean
  /** Whether those of the row below the head have. */
  readonly delimiterPadding: boolean
  /** Whether the pipes of a table stand below each other. */
  readonly alignment: boolean
}

const HABITS: Habits = {
  bullet: '-',
  delimiter: '.',
  counts: true,
  indent: 1,
  emphasis: '*',
  strong: '*',
  fence: '`',
  rule: '---',
  quote: '"',
  hardBreak: '\\',
  setext: false,
  closeAtx: false,
  tightDefinitions: true,
  pipes: true,
  padding: true,
  delimiterPadding: true,
  alignment: true,
}

/**
 * The habits of a text, those that it does not show as most have them.
 *
 * @param chapter with origins: what an author did to its tree does not count
 */
export function habitsOf(chapter: Chapter): Habits {
  const votes = new Map<keyof Habits, Map<unknown, number>>()
  const vote = <Key extends keyof Habits>(key: Key, value: Habits[Key]) => {
    const counts = votes.get(key) ?? new Map<unknown, number>()
    counts.set(value, (counts.get(value) ?? 0) + 1)
    votes.set(key, counts)
  }
  observeAll(chapter, chapter.tree, vote)
  const chosen = [...votes].map(([key, counts]) => {
    const [most] = [...counts].toSorted(([, a], [, b]) => b - a)
    return [key, most?.[0]]
  })
  return { ...HABITS, ...Object.fromEntries(chosen) }
}

function observeAll(chapter: Chapter, node: Nodes, vote: Vote): void {
  observe(chapter, node, vote)
  for (const child of originOf(node)?.children ?? []) observeAll(chapter, child, vote)
}

type Vote = <Key extends keyof Habits>(key: Key, value: Habits[Key]) => void

function observe(chapter: Chapter, node: Nodes, vote: Vote): void {
  const source = sourceOf(chapter, node)
  switch (node.type) {
    case 'list':
      observeList(chapter, node, vote)
      break
    case 'emphasis':
    case 'strong':
      vote(node.type, source.startsWith('_') ? '_' : '*')
      break
    case 'code':
      if (/^[`~]/.test(source)) vote('fence', source.startsWith('~') ? '~' : '`')
      break
    case 'thematicBreak':
      vote('rule', source.trim())
      break
    case 'break':
      vote('hardBreak', source.startsWith('\\') ? '\\' : '  ')
      break
    case 'heading':
      if (node.depth <= 2) vote('setext', !source.startsWith('#'))
      if (source.startsWith('#')) vote('closeAtx', /[^#]#+[ \t]*$/.test(source))
      break
    case 'definition':
      observeGap(chapter, node, vote)
      observeQuote(chapter, node, vote)
      break
    case 'link':
    case 'image':
      observeQuote(chapter, node, vote)
      break
    case 'table':
      observeTable(source, vote)
      break
  }
}

function observeGap({ text }: Chapter, node: Nodes, vote: Vote): void {
  const end = endOf(node)
  const gap = /^(?:[ \t]*(?:\r\n|\n|\r)){1,2}(?=\[[^\]\r\n]+\]:)/.exec(text.slice(end, end + 1000))?.[0]
  if (gap !== undefined) vote('tightDefinitions', gap.match(/\r\n|\n|\r/g)?.length === 1)
}

function observeQuote(chapter: Chapter, node: Nodes, vote: Vote): void {
  const { title } = chapter.spans.fields(node)
  const quote = title && chapter.text.charAt(title.start - 1)
  if (quote === '"' || quote === "'") vote('quote', quote)
}

function observeList(chapter: Chapter, node: Extract<Nodes, { type: 'list' }>, vote: Vote): void {
  const markers = node.children.flatMap((item) => {
    const found = MARKER.exec(chapter.text.slice(startOf(item), Math.min(endOf(item), startOf(item) + 20)))
    return found ? [found] : []
  })
  const [first, second] = markers
  if (!first) return
  const [, number, delimiter, bullet, space = ''] = first
  if (bullet === '*' || bullet === '+' || bullet === '-') vote('bullet', bullet)
  if (delimiter === '.' || delimiter === ')') vote('delimiter', delimiter)
  if (number !== undefined && second) vote('counts', second[1] !== number)
  if (/^ {1,4}$/.test(space)) vote('indent', space.length)
}

/** A list item's marker: its number, if it has one, its sign, and the space behind it. */
export const MARKER = /^(?:(\d{1,9})([.)])|([-+*]))([ \t]*)/

function observeTable(source: string, vote: Vote): void {
  const rows = source.split(/\r?\n|\r/).map((row) => row.trim())
  const [head = '', delimiters = ''] = rows
  vote('pipes', head.startsWith('|') && head.endsWith('|'))
  const cells = [head, ...rows.slice(2)].join('\n')
  vote('padding', /[^ \t|][ \t]+\||\|[ \t]+[^ \t|]/.test(cells))
  vote('delimiterPadding', /-[ \t]+\||\|[ \t]+[:-]/.test(delimiters))
  vote('alignment', rows.length > 2 && rows.every((row) => row.length === delimiters.length))
}
