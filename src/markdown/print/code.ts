/** A code block: its own fence, as long as it must be, and its own indent. */

import { diffArrays } from 'diff'
import type { Code } from 'mdast'
import { trailing } from '../../trailing.ts'
import { originOf } from '../origin.ts'
import { type Chapter, startOf } from '../parse.ts'
import { containersOf, contentOf, prefixEnd } from './content.ts'
import { isKept } from './now.ts'
import type { Mode } from './pieces.ts'
import { lineStart } from './prefix.ts'
import type { Press } from './press.ts'

/** Writes a code block. */
export function writeCode({ habits }: Press, node: Code, mode: Mode): string {
  const value = node.value.replace(/\r\n?/g, '\n')
  const info = [node.lang ?? '', node.meta ?? ''].join(' ').trim()
  const origin = mode === 'plain' || !isKept(node) ? undefined : originOf(node)
  const written = origin ? contentOf(origin.chapter, node).text : ''
  const opening = /^(`{3,}|~{3,})([^\n]*)/.exec(written)
  const before = String(origin?.fields['value'] ?? '')
    .replace(/\r\n?/g, '\n')
    .split('\n')
  if (origin && !opening && info === '')
    return withOwnLines(before, written.split('\n'), value.split('\n'), (line) =>
      /\S/.test(line) ? `    ${line}` : line,
    ).join('\n')
  const body = written.split('\n').slice(1)
  const [, run = habits.fence.repeat(3), rest = ''] = opening ?? []
  const mark = run.charAt(0) === '`' && info.includes('`') ? '~' : run.charAt(0)
  const fence = mark.repeat(Math.max(run.length, longestRun(value, mark) + 1))
  const indent = opening && origin ? ownIndent(origin.chapter, node) : ''
  const lines = value === '' && !/^[^\n]*\n[^\n]*\n/.test(written) ? [] : value.split('\n')
  const closing = /\n[ \t]*([`~]{3,})[ \t]*$/.exec(written)?.[1]
  const end = closing?.startsWith(fence) ? closing : fence
  return [
    fence + (opening ? infoFrom(rest, node) : escapedInfo(node)),
    ...withOwnLines(before, body, lines, (line) => (line === '' ? '' : indent + line)),
    indent + end,
  ].join('\n')
}

/** Lines that may differ: so many, and not so long, that the outcome is the same on any machine. */
const MOST_LINES = 1000

/** Lines of which those that stay are as they were written. */
function withOwnLines(
  before: readonly string[],
  source: readonly string[],
  now: readonly string[],
  write: (line: string) => string,
): string[] {
  const changes = diffArrays([...before], [...now], { maxEditLength: MOST_LINES })
  if (!changes || source.length < before.length) return now.map(write)
  let at = 0
  return changes.flatMap(({ added, removed, value }) => {
    if (added) return value.map(write)
    at += value.length
    return removed ? [] : value.map((line, index) => source[at - value.length + index] ?? write(line))
  })
}

/** What indents the opening fence within its containers: as much is taken off each of its lines. */
function ownIndent(chapter: Chapter, node: Code): string {
  const start = startOf(node)
  const from = prefixEnd(chapter, lineStart(chapter.text, start), containersOf(node).length)
  return trailing(chapter.text.slice(from, start), ' ').slice(0, 3)
}

function longestRun(value: string, mark: string): number {
  const runs = value.match(mark === '`' ? /`{3,}/g : /~{3,}/g) ?? []
  return Math.max(0, ...runs.map((run) => run.length), 2)
}

/** The info string of a fence, what did not change of it as it is written. */
function infoFrom(info: string, node: Code): string {
  const origin = originOf(node)
  const [isLang, isMeta] = [node.lang, node.meta].map(
    (value, index) => origin?.fields[index === 0 ? 'lang' : 'meta'] === (value ?? undefined),
  )
  const written = langIn(info)
  if (isLang && isMeta) return info
  if (isLang && written.trim() !== '') return `${written} ${escaped(node.meta ?? '')}`.trimEnd()
  const lead = /^[ \t]*/.exec(info)?.[0] ?? ''
  if (isMeta && node.lang) return lead + escapedInfo({ ...node, meta: null }) + info.slice(written.length)
  return escapedInfo(node)
}

/** The language as it is written, with the space before it. */
function langIn(info: string): string {
  return /^[ \t]*[^ \t]*/.exec(info)?.[0] ?? ''
}

/** The info string: a language without spaces, and the rest. */
function escapedInfo({ lang, meta }: Code): string {
  const first = escaped(lang ?? '').replace(/[ \t]/g, (space) => (space === ' ' ? '&#x20;' : '&#x9;'))
  const begun = first.replace(/^~/, '&#x7E;')
  return meta ? `${begun} ${escaped(meta)}` : begun
}

function escaped(text: string): string {
  return text
    .replace(/\\(?=[!-/:-@[-`{-~])/g, '\\\\')
    .replace(/&(?=#?\w+;)/g, '\\&')
    .replace(/[\r\n]/g, (eol) => (eol === '\n' ? '&#xA;' : '&#xD;'))
}
