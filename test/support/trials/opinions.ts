/** What a text shows, said by three renderers: micromark's own, markdown-it, and satteri, mdBook's kind of parser. */
import MarkdownIt from 'markdown-it'
import { micromark } from 'micromark'
import { gfmFootnote, gfmFootnoteHtml } from 'micromark-extension-gfm-footnote'
import { gfmStrikethrough, gfmStrikethroughHtml } from 'micromark-extension-gfm-strikethrough'
import { gfmTable, gfmTableHtml } from 'micromark-extension-gfm-table'
import { gfmTaskListItem, gfmTaskListItemHtml } from 'micromark-extension-gfm-task-list-item'
import { render, type Token } from '../../../src/markdown/rendered.ts'

/** HTML as micromark compiles it, but for the white space behind a task's box and behind blocks. */
export function micromarkHtml(text: string): string {
  const html = micromark(text, {
    allowDangerousHtml: true,
    allowDangerousProtocol: true,
    extensions: [gfmTable(), gfmStrikethrough(), gfmTaskListItem(), gfmFootnote()],
    htmlExtensions: [gfmTableHtml(), gfmStrikethroughHtml(), gfmTaskListItemHtml(), gfmFootnoteHtml()],
  })
  return html
    .replace(/(<input [^>]*>)\s+/g, '$1 ')
    .replace(/(<\/(?:blockquote|li|ol|p|pre|ul)>)\n+/g, '$1\n')
    .trimEnd()
}

const markdownIt = new MarkdownIt({ html: true, linkify: false })
markdownIt.validateLink = () => true

/**
 * What the other two show. They differ from CommonMark, and from each other, in places: the opinion of
 * one that reads the text as it was otherwise than micromark is not asked about the text that it became.
 */
export const OTHERS: Readonly<Record<string, (text: string) => string>> = {
  'markdown-it': (text) => markdownIt.render(text).replace(/<(\/?)s>/g, '<$1del>'),
  satteri: (text) => render(text).tokens.map(htmlOf).join(''),
}

/** Ids and classes of all headings, in order, as satteri reads them in a text as it is. */
export function headingNames(text: string): string[] {
  return render(text)
    .tokens.filter(({ kind, name }) => kind === 'open' && /^h[1-6]$/.test(name))
    .map(({ attributes }) => `#${attributes['id'] ?? ''} ${attributes['className'] ?? ''}`)
}

const VOID = new Set(['br', 'hr', 'img', 'input'])

function htmlOf({ kind, name, attributes, text }: Token): string {
  if (kind === 'html') return text
  if (kind === 'text') return encoded(text)
  if (kind === 'close') return VOID.has(name) ? '' : `</${name}>`
  const words = Object.entries(attributes)
    .filter(([key, value]) => !(key === 'className' && value.includes('task-list')) && value !== 'false')
    .map(([key, value]) => {
      return ` ${key === 'className' ? 'class' : key}="${value === 'true' ? '' : encoded(value)}"`
    })
  return `<${name}${words.join('')}>`
}

function encoded(text: string): string {
  return text
    .replaceAll('&', '&amp;')
    .replaceAll('<', '&lt;')
    .replaceAll('>', '&gt;')
    .replaceAll('"', '&quot;')
}

const TAG = /(<[a-z][a-z0-9]*(?:\s(?:"[^"]*"|[^<>"])*)?>|<\/[a-z][a-z0-9]*>)/i

/** HTML in one form for all renderers. */
export function tagByTag(html: string): string {
  const parts = html
    .replace(/\r\n?/g, '\n')
    .split(TAG)
    .map((part) => {
      const tag = /^<([a-z][a-z0-9]*)(\s.*?)?\s*\/?>$/is.exec(part)
      if (!tag) return /^<\/[a-z][a-z0-9]*>$/i.test(part) ? part.toLowerCase() : decoded(part)
      const attributes = [...(tag[2] ?? '').matchAll(/([a-z-]+)(?:="([^"]*)")?/gi)]
      return `<${tag[1]}${attributesOf(attributes.map(([, name = '', value = '']) => [name, value]))}>`
    })
  return tidied(parts.join('⁞'))
}

const SHOWN = new Set(['href', 'src', 'title', 'alt', 'start', 'checked', 'align', 'class'])

function attributesOf(attributes: readonly (readonly [string, string])[]): string {
  return attributes
    .map(([name, value]) =>
      name === 'style' && value.startsWith('text-align:') ? ['align', value.slice(11).trim()] : [name, value],
    )
    .filter(
      ([name = '', value = '']) => SHOWN.has(name) && !(name === 'class' && value.includes('task-list')),
    )
    .map(
      ([name, value = '']) =>
        ` ${name}="${name === 'href' || name === 'src' ? address(value) : decoded(value)}"`,
    )
    .toSorted()
    .join('')
}

/** Renderers escape addresses each in their own way. */
function address(value: string): string {
  try {
    return decodeURI(decoded(value))
  } catch {
    return decoded(value)
  }
}

const ENTITIES: Readonly<Record<string, string>> = { amp: '&', lt: '<', gt: '>', quot: '"' }

function decoded(text: string): string {
  return text.replace(/&(?:#x([\da-f]+)|#(\d+)|(amp|lt|gt|quot));/gi, (all, hex, decimal, name) => {
    if (name) return ENTITIES[name] ?? all
    return String.fromCodePoint(hex ? Number.parseInt(hex, 16) : Number(decimal))
  })
}

/** White space between tags says nothing, and lines none of their ends. */
function tidied(text: string): string {
  return text
    .replace(/[ \t]*\n\s*/g, '\n')
    .replace(/⁞+/g, '⁞')
    .split('⁞')
    .map((part) => part.replace(/^\n+|\n+$/g, ''))
    .filter((part) => part !== '')
    .join('')
}
