/**
 * `{{#include …}}` as mdBook's `links` preprocessor reads it: on the raw text, code and comments not exempt.
 */
import path from 'node:path'
import type { IncludedPart, Span } from '../model.ts'

/** An include directive, found in a text; `rendered` is for the one who knows the blocks around it. */
export interface FoundInclude {
  readonly start: number
  readonly end: number
  readonly target: string
  readonly part: IncludedPart
}

/** Includes nest this deep and no deeper (mdBook, `MAX_LINK_NESTED_DEPTH`). */
export const MAX_INCLUDE_DEPTH = 10

const OPENING = /\{\{\s*#/g
const NAME = /\w*/y
/** Where a `.` of an expression stops. */
const LINE_END = /[\n\r\u2028\u2029]/g
const INCLUDING = new Set(['include', 'rustdoc_include'])

/**
 * All includes of a text, in order; escaped ones (`\{{#include …}}`) are none.
 *
 * @example
 * findIncludes('{{#include a.md:2:3}}') // → [{ target: 'a.md', part: { kind: 'lines', from: 1, to: 3 }, … }]
 */
export function findIncludes(text: string): FoundInclude[] {
  return directivesIn(text).flatMap(({ start, end, kind, argument }) => {
    const [word] = argument.trim().split(/\s+/)
    if (!INCLUDING.has(kind) || word === undefined || word === '') return []
    const colon = word.indexOf(':')
    return {
      start,
      end,
      target: colon < 0 ? word : word.slice(0, colon),
      part: readPart(colon < 0 ? '' : word.slice(colon + 1)),
    }
  })
}

interface Directive extends Span {
  readonly kind: string
  readonly argument: string
}

/**
 * What mdBook finds by `\\\{\{#.*\}\}|\{\{\s*#([a-zA-Z0-9_]+)\s+([^}]+)\}\}`. That expression would look for the
 * end of each beginning anew, up to the end of a line, or of the text: here each end is looked for once.
 */
function directivesIn(text: string): Directive[] {
  const found: Directive[] = []
  const braceFrom = ahead((from) => text.indexOf('}', from))
  const lineEndFrom = ahead((from) => {
    LINE_END.lastIndex = from
    return LINE_END.exec(text)?.index ?? text.length
  })
  OPENING.lastIndex = 0
  let closed = { lineEnd: -1, at: -1 }
  for (let match = OPENING.exec(text); match; match = OPENING.exec(text)) {
    const { index } = match
    const inside = index + match[0].length
    if (match[0] === '{{#' && text[index - 1] === '\\' && index - 1 >= (found.at(-1)?.end ?? 0)) {
      const lineEnd = lineEndFrom(inside)
      if (closed.lineEnd !== lineEnd) {
        const at = text.slice(inside, lineEnd).lastIndexOf('}}')
        closed = { lineEnd, at: at < 0 ? at : inside + at }
      }
      if (closed.at >= inside) {
        OPENING.lastIndex = closed.at + 2
        continue
      }
    }
    NAME.lastIndex = inside
    const [kind = ''] = NAME.exec(text) ?? []
    const brace = braceFrom(inside)
    const argument = text.slice(inside + kind.length, brace)
    if (kind !== '' && text.startsWith('}}', brace) && /^\s[\s\S]/.test(argument)) {
      found.push({ start: index, end: brace + 2, kind, argument })
      OPENING.lastIndex = brace + 2
    } else OPENING.lastIndex = index + 1
  }
  return found
}

/** Asks for the next of something from places that come one behind the other; each is looked for once. */
function ahead(next: (from: number) => number): (from: number) => number {
  let known = -1
  return (from) => {
    if (known < from) known = next(from)
    if (known < 0) known = Number.MAX_SAFE_INTEGER
    return known
  }
}

/** What stands behind the first colon: nothing, a line, a range of lines that counts from 1, or an anchor. */
function readPart(text: string): IncludedPart {
  const [first = '', second] = text.split(':', 3)
  const number = (word: string) => (/^\+?\d+$/.test(word) ? Number(word) : undefined)
  const start = number(first)
  if (start === undefined && first !== '') return { kind: 'anchor', name: first }
  const from = start === undefined ? 0 : Math.max(start - 1, 0)
  const end = second === undefined ? undefined : number(second)
  if (end !== undefined) return { kind: 'lines', from, to: end }
  if (start === undefined) return { kind: 'all' }
  return { kind: 'lines', from, to: second === undefined ? from + 1 : Number.MAX_SAFE_INTEGER }
}

/**
 * The text that an include brings in: without its last line ending, and with `\n` for the others where only
 * a part is taken, as mdBook does it. An unknown anchor brings in nothing.
 */
export function takePart(text: string, part: IncludedPart): string {
  if (part.kind === 'all') return text
  const lines = text.split(/\r?\n/)
  if (lines.at(-1) === '') lines.pop()
  if (part.kind === 'lines') return lines.slice(part.from, part.to).join('\n')
  return anchored(lines, part.name).join('\n')
}

/** Where a part stands in a text: from its first line to its last. */
export function spanOfPart(text: string, part: IncludedPart): Span {
  const lines = text.split('\n')
  const starts = [0]
  for (const line of lines) starts.push((starts.at(-1) ?? 0) + line.length + 1)
  const at = (line: number) => Math.min(starts[Math.min(line, lines.length)] ?? 0, text.length)
  if (part.kind === 'all') return { start: 0, end: text.length }
  if (part.kind === 'lines') return { start: at(part.from), end: at(Math.max(part.from, part.to)) }
  const first = lines.findIndex((line) => /ANCHOR:\s*([\w-]+)/.exec(line)?.[1] === part.name)
  if (first < 0) return { start: 0, end: 0 }
  const length = lines
    .slice(first)
    .findIndex((line) => /ANCHOR_END:\s*([\w-]+)/.exec(line)?.[1] === part.name)
  return { start: at(first + 1), end: length < 0 ? text.length : at(first + length) }
}

function anchored(lines: readonly string[], name: string): string[] {
  const named = (line: string, mark: RegExp) => mark.exec(line)?.[1]
  const start = lines.findIndex((line) => named(line, /ANCHOR:\s*([\w-]+)/) === name)
  if (start < 0) return []
  const rest = lines.slice(start + 1)
  const end = rest.findIndex((line) => named(line, /ANCHOR_END:\s*([\w-]+)/) === name)
  return rest.slice(0, end < 0 ? rest.length : end).filter((line) => !/ANCHOR(_END)?:\s*[\w-]+/.test(line))
}

/**
 * Where an include leads, relative to the book's root, with `/`.
 *
 * @param from the including file, relative to the root
 * @param target as written
 * @param root the book's root, absolute: only for a target that is absolute itself
 */
export function resolveTarget(from: string, target: string, root: string): string {
  return path.posix.isAbsolute(target)
    ? path.relative(root, target).split(path.sep).join('/')
    : path.posix.join(path.posix.dirname(from), target)
}
