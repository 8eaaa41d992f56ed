/**
 * Ten thousand files with every mixture of byte order mark, line ends and final line end: what no edit is about is the
 * same to the byte. The judge puts pieces together with the legacy word or the current one, and knows nothing of Markdown.
 */
import fs from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import { expect, it } from 'vitest'
import { mdshift } from '../support/program.ts'

const FILES = 10_000

const MARKS = ['', '\ufeff']
/** Line ends by turns; of a mixed file several. */
const ENDS = [['\n'], ['\r\n'], ['\r'], ['\n', '\r\n'], ['\r', '\n', '\r\n'], ['\r\n', '\r\r', '\n\n']]
const FINALS = ['', '\n', '\r\n', '\r', '\n\n', ' ', '  \r\n', '\t\n']

/** Lines with a place for the arrow, or without one; what is between them is not Markdown's business here. */
const LINES = [
  'An arrow ‸ in text',
  'none',
  '',
  '  indented  ‸  with two spaces behind  ',
  'x\ttab‸',
  '> quote ‸',
  '- item ‸ \t',
  '`code`‸',
  'é 雨 😀 ‸ \u00a0',
  '| a ‸ | b |',
  '**bold** ‸ _it_',
  '\\* ‸ \u2028 x',
]

/** The same draws each time. */
function draws(seed: number): () => number {
  let state = seed
  return () => {
    state = (Math.imul(state, 1_664_525) + 1_013_904_223) >>> 0
    return state / 2 ** 32
  }
}

function pieces(number: number): string {
  const draw = draws(number)
  const one = <Value>(values: readonly Value[], at: number): Value => {
    const value = values[at % values.length]
    if (value === undefined) throw new Error('nothing to draw from')
    return value
  }
  const ends = one(ENDS, Math.floor(number / MARKS.length))
  const lines = Array.from({ length: 1 + Math.floor(draw() * 8) }, () =>
    one(LINES, Math.floor(draw() * LINES.length)),
  )
  const text = lines.map((line, at) => (at === 0 ? '' : one(ends, at)) + line).join('')
  return one(MARKS, number) + text + one(FINALS, Math.floor(number / (MARKS.length * ENDS.length)))
}

it('keeps every byte outside of its edits', () => {
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'mdshift-mixtures-'))
  try {
    const texts = new Map(
      Array.from({ length: FILES }, (_, number) => [`${number % 100}/${number}.md`, pieces(number)]),
    )
    for (const [file, text] of texts) {
      fs.mkdirSync(path.dirname(path.join(folder, file)), { recursive: true })
      fs.writeFileSync(path.join(folder, file), text.replaceAll('‸', '⮳'))
    }
    expect(new Set([...texts.values()].map((text) => text.slice(-2))).size).toBeGreaterThan(20)
    const { status, stderr } = mdshift(['migrate', '--only', '0003', '--no-fsync'], folder)
    expect(status, stderr).toBe(0)
    const wrong = [...texts].filter(
      ([file, text]) => !fs.readFileSync(path.join(folder, file)).equals(Buffer.from(expected(text))),
    )
    expect(wrong).toEqual([])
    const changed = [...texts.values()].filter((text) => text.includes('‸')).length
    expect(changed).toBeGreaterThan(FILES / 2)
    expect(stderr).toContain(`${changed} ok`)
    console.info(`byte mixtures: ${FILES} files, ${changed} changed, all as the judge has them`)
  } finally {
    fs.rmSync(folder, { recursive: true, force: true })
  }
})

/** No arrow of these stands in code or raw HTML, wherever lines end. */
function expected(text: string): string {
  return text.replaceAll('‸', '↗')
}
