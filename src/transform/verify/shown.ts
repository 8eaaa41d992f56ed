/** What a renderer shows, said in the same way as what a tree says. */
import type { Token } from '../../markdown/rendered.ts'
import { decoded, type Sayings, sayings, tag } from './sayings.ts'

const FOOTNOTE = /^#user-content-fn-/

/** Says tokens: whole elements, in order. */
export function shownBy(tokens: readonly Token[]): string[] {
  const all = sayings()
  let to = all
  let isBlockCode = false
  let hidden: string | undefined
  const items: boolean[] = []
  for (const token of tokens) {
    const { kind, name, attributes, text, inCode, span } = token
    if (hidden !== undefined) {
      if (kind === 'close' && name === hidden) hidden = undefined
      continue
    }
    if (kind === 'text') {
      if (inCode) sayCode(text, isBlockCode, to)
      else if (span || text.trim() !== '') to.text(text)
    } else if (kind === 'html') to.html(text)
    else if (kind === 'close') {
      if (name === 'pre') isBlockCode = false
      if (name === 'li' && items.pop()) {
        to = all
        continue
      }
      CLOSED[name]?.(to, isBlockCode)
    } else if (name === 'pre') isBlockCode = true
    else if (name === 'code' && isBlockCode) {
      to.block(tag('pre', { lang: attributes['className']?.replace(/^language-/, '') }))
    } else if (name === 'a' && 'dataFootnoteBackref' in attributes) hidden = 'a'
    else if (name === 'a' && 'dataFootnoteRef' in attributes) {
      to.inline(`<note ${noteLabel(attributes['href'])}>`)
      hidden = 'a'
    } else if (noteOf(token) !== undefined) {
      items.push(true)
      to = all.note(noteOf(token) ?? '')
    } else {
      if (name === 'li') items.push(false)
      OPENED[name]?.(to, attributes, name)
    }
  }
  return all.list()
}

/** An empty line alone is no code to a tree, and so is none. */
function sayCode(text: string, isBlock: boolean, to: Sayings): void {
  if (!isBlock) to.code(text.replace(/\r\n?|\n/g, ' '))
  else if (text !== '' && text !== '\n') to.code(text.replace(/\r\n?/g, '\n'))
}

/** The label of the footnote that an element is. */
export function noteOf({ kind, name, attributes: { id = '' } }: Token): string | undefined {
  return kind === 'open' && name === 'li' && FOOTNOTE.test(`#${id}`) ? noteLabel(`#${id}`) : undefined
}

function noteLabel(href = ''): string {
  return decoded(href.replace(FOOTNOTE, '')).toLowerCase()
}

type Open = (to: Sayings, attributes: Readonly<Record<string, string>>, name: string) => void

const heading: Open = (to, attributes, name) => to.block(tag(name, attributes))
const block: Open = (to, _, name) => to.block(`<${name}>`)
const inline: Open = (to, _, name) => to.inline(`<${name}>`)
const cell: Open = (to, { style }, name) =>
  to.block(tag(name, { align: style?.replace(/^text-align: */, '') }))

const OPENED: Readonly<Record<string, Open>> = {
  a: (to, { href = '', title }) => to.inline(tag('a', { href: decoded(href), title })),
  blockquote: block,
  br: block,
  code: inline,
  del: inline,
  em: inline,
  h1: heading,
  h2: heading,
  h3: heading,
  h4: heading,
  h5: heading,
  h6: heading,
  hr: block,
  img: (to, { src = '', alt, title }) => to.inline(tag('img', { src: decoded(src), alt, title })),
  input: (to, { checked }) => to.block(tag('input', { checked })),
  li: block,
  ol: (to, { start }) => to.block(tag('ol', { start })),
  p: (to) => to.paragraph(),
  strong: inline,
  table: block,
  td: cell,
  th: cell,
  tr: block,
  ul: block,
}

type Close = (to: Sayings, isBlockCode: boolean) => void

const blockEnd = (name: string): [string, Close] => [name, (to) => to.block(`</${name}>`)]
const inlineEnd = (name: string): [string, Close] => [
  name,
  (to, isBlockCode) => {
    if (!isBlockCode) to.inline(`</${name}>`)
  },
]

const CLOSED: Readonly<Record<string, Close>> = Object.fromEntries([
  ...[
    'blockquote',
    'h1',
    'h2',
    'h3',
    'h4',
    'h5',
    'h6',
    'li',
    'ol',
    'pre',
    'table',
    'td',
    'th',
    'tr',
    'ul',
  ].map(blockEnd),
  ...['a', 'code', 'del', 'em', 'strong'].map(inlineEnd),
])
