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
function assemble(texts: Texts, file: string, depth = 0): string {
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

/** The destinations of every assembled chapter, in order, by path; parts that others include are no chapters. */
export function destinations(texts: Texts, renderer: Renderer): Record<string, Destination[]> {
  const parts = new Set(Object.keys(texts).flatMap((file) => includedBy(texts, file)))
  const chapters = Object.keys(texts)
    .filter((file) => !parts.has(file))
    .map((file) => [file, assemble(texts, file)] as const)
  const headings = new Map(chapters.map(([file, chapter]) => [file, headingsIn(chapter)]))
  return Object.fromEntries(
    chapters.map(([file, chapter]) => [
      file,
      [...renderer(chapter).matchAll(/<(?:a|img)\b[^>]*? (?:href|src)="([^"]*)"/g)].map((match) =>
        resolve(match[1] ?? '', file, headings),
      ),
    ]),
  )
}

function includedBy(texts: Texts, file: string): string[] {
  return [...(texts[file] ?? '').matchAll(/\{\{\s*#include\s+([^}:\s]+)/g)].map((match) =>
    path.posix.join(path.posix.dirname(file), match[1] ?? ''),
  )
}

interface RenderedHeading {
  readonly id: string
  readonly text: string
}

/** Ids are read as mdBook's parser reads them; a heading without one has its text for an id, as mdBook has it. */
function headingsIn(chapter: string): RenderedHeading[] {
  const html = RENDERERS['satteri']?.(chapter) ?? ''
  return [...html.matchAll(/<h[1-6]([^>]*)>(.*?)<\/h[1-6]>/gs)].map(([, attributes = '', text = '']) => ({
    id: / id="([^"]*)"/.exec(attributes)?.[1] ?? idOf(text),
    text: text.trimEnd(),
  }))
}

function idOf(html: string): string {
  const text = html.replace(/<!--.*?-->|<[^>]*>/gs, '').replace(/&(?:lt|gt|amp|quot);/g, '')
  return text
    .trim()
    .toLowerCase()
    .replace(/[^\p{Alphabetic}\p{N}\s_-]/gu, '')
    .replace(/\s/gu, '-')
}

/**
 * An id may change, and the heading that it leads to may not: headings are told by their number. `<#skip>`
 * is text, and meant as an id where no heading has it.
 */
function resolve(
  destination: string,
  file: string,
  headings: ReadonlyMap<string, readonly RenderedHeading[]>,
): Destination {
  const [target = '', fragment] = destination.split('#', 2)
  if (!fragment || /^[a-z]+:/i.test(target)) return destination
  const id = decodeURIComponent(fragment)
  const page =
    target === '' ? file : path.posix.join(path.posix.dirname(file), target).replace(/\.html$/, '.md')
  const known = headings.get(page) ?? []
  const having = known.findIndex((heading) => heading.id === id)
  const index = having < 0 ? known.findIndex(({ text }) => text.endsWith(`&lt;#${id}&gt;`)) : having
  return index < 0 ? destination : `heading ${index} of ${page}`
}
