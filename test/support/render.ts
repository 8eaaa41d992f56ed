/**
 * Where links lead, told by renderers that share no code with mdshift: markdown-it, and satteri, whose
 * parser is a fork of pulldown-cmark, mdBook's own. Includes are expanded here, in a few lines of their own.
 */
import path from 'node:path'
import MarkdownIt from 'markdown-it'
import { markdownToHtml } from 'satteri'

type Texts = Readonly<Record<string, string>>

/** One rendered link or picture; `heading 3 of a.md` where it leads to a heading of the book. */
export type Destination = string

/** The HTML of a chapter. */
type Renderer = (markdown: string) => string

const markdownIt = new MarkdownIt({ html: true, linkify: false })
markdownIt.validateLink = () => true

export const RENDERERS: Readonly<Record<string, Renderer>> = {
  'markdown-it': (markdown) => markdownIt.render(markdown),
  satteri: (markdown) =>
    markdownToHtml(markdown, { features: { gfm: true, headingAttributes: true, frontmatter: false } }).html,
}

/** The text of a chapter with its Markdown includes in place. */
export function assemble(texts: Texts, file: string, depth = 0): string {
  if (depth > 10) return ''
  return (texts[file] ?? '').replace(
    /(\\?)\{\{\s*#include\s+([^}\s]+)\s*\}\}/g,
    (all: string, escaped: string, target: string) => {
      const [name = '', from, to] = target.split(':')
      const included = path.posix.join(path.posix.dirname(file), name)
      if (escaped !== '' || texts[included] === undefined) return all
      const whole = assemble(texts, included, depth + 1)
      if (from === undefined) return whole
      const lines = whole.split(/\r?\n/)
      return /^\d+$/.test(from) ? lines.slice(Number(from) - 1, Number(to ?? from)).join('\n') : ''
    },
  )
}

/** The destinations of every assembled chapter, in order, by path. */
export function destinations(texts: Texts, renderer: Renderer): Record<string, Destination[]> {
  const html = new Map(Object.keys(texts).map((file) => [file, renderer(assemble(texts, file))]))
  return Object.fromEntries(
    [...html].map(([file, page]) => [
      file,
      [...page.matchAll(/<(?:a|img)\b[^>]*? (?:href|src)="([^"]*)"/g)].map((match) =>
        resolve(match[1] ?? '', file, html),
      ),
    ]),
  )
}

/** An id may change, and the heading that it leads to may not: headings are told by their number. */
function resolve(destination: string, file: string, html: ReadonlyMap<string, string>): Destination {
  const [target = '', id] = destination.split('#', 2)
  if (id === undefined || /^[a-z]+:/i.test(target)) return destination
  const page =
    target === '' ? file : path.posix.join(path.posix.dirname(file), target).replace(/\.html$/, '.md')
  const headings = [...(html.get(page) ?? '').matchAll(/<h[1-6]([^>]*)>(.*?)<\/h[1-6]>/gs)]
  const index = headings.findIndex(([, attributes = '', text = '']) => idsIn(attributes, text).includes(id))
  return index < 0 ? destination : `heading ${index} of ${page}`
}

/** markdown-it leaves `{#id}` in the text. */
function idsIn(attributes: string, text: string): string[] {
  const braces = /\{([^{}]*)\}\s*$/.exec(text)?.[1] ?? ''
  return [
    / id="([^"]*)"/.exec(attributes)?.[1] ?? '',
    ...[...braces.matchAll(/#(\S+)/g)].map((match) => match[1] ?? ''),
  ]
}
