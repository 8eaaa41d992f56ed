/** A code block: its own fence, as long as it must be, and its own indent. */
import type { Code } from 'mdast'
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
  if (origin && !opening && info === '') return value.replace(/^(?=.*\S)/gm, '    ')
  const isInfoKept =
    origin !== undefined &&
    origin.fields['lang'] === (node.lang ?? undefined) &&
    origin.fields['meta'] === (node.meta ?? undefined)
  const [, run = habits.fence.repeat(3), rest = ''] = opening ?? []
  const mark = run.charAt(0) === '`' && info.includes('`') ? '~' : run.charAt(0)
  const fence = mark.repeat(Math.max(run.length, longestRun(value, mark) + 1))
  const indent = opening && origin ? ownIndent(origin.chapter, node) : ''
  const lines = value === '' && !/^[^\n]*\n[^\n]*\n/.test(written) ? [] : value.split('\n')
  const closing = /\n[ \t]*([`~]{3,})[ \t]*$/.exec(written)?.[1]
  const end = closing?.startsWith(fence) ? closing : fence
  return [
    fence + (isInfoKept ? rest : escapedInfo(node)),
    ...lines.map((line) => (line === '' ? '' : indent + line)),
    indent + end,
  ].join('\n')
}

/** What indents the opening fence within its containers: as much is taken off each of its lines. */
function ownIndent(chapter: Chapter, node: Code): string {
  const start = startOf(node)
  const from = prefixEnd(chapter, lineStart(chapter.text, start), containersOf(node).length)
  return / *$/.exec(chapter.text.slice(from, start))?.[0].slice(0, 3) ?? ''
}

function longestRun(value: string, mark: string): number {
  const runs = value.match(mark === '`' ? /`{3,}/g : /~{3,}/g) ?? []
  return Math.max(0, ...runs.map((run) => run.length), 2)
}

/** The info string: a language without spaces, and the rest. */
function escapedInfo({ lang, meta }: Code): string {
  const escaped = (text: string) =>
    text
      .replace(/\\(?=[!-/:-@[-`{-~])/g, '\\\\')
      .replace(/&(?=#?\w+;)/g, '\\&')
      .replace(/[\r\n]/g, (eol) => (eol === '\n' ? '&#xA;' : '&#xD;'))
  const first = escaped(lang ?? '').replace(/[ \t]/g, (space) => (space === ' ' ? '&#x20;' : '&#x9;'))
  const begun = first.replace(/^~/, '&#x7E;')
  return meta ? `${begun} ${escaped(meta)}` : begun
}
