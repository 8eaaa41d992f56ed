import { spawnSync } from 'node:child_process'
import fs from 'node:fs'
import path from 'node:path'
import { applyPatch, createTwoFilesPatch, FILE_HEADERS_ONLY, parsePatch } from 'diff'
import fc from 'fast-check'
import { createFixture } from 'fs-fixture'
import { describe, expect, it } from 'vitest'
import type { Edit } from '../model.ts'
import { applyEdits, mergeEdits } from '../transform/edits.ts'
import { patchOf } from './patch.ts'

const BOM = '\uFEFF'

interface Changed {
  readonly before: string
  readonly after: string
  readonly patch: string
}

/** A text, edits on it, and the diff of both; whole texts with their byte order mark. */
function changed(text: string, edits: readonly Edit[], { bom = false, name = 'chapter.md' } = {}): Changed {
  const merge = mergeEdits(edits)
  if (!merge.ok) throw new Error(JSON.stringify(merge.conflict))
  const after = applyEdits(text, merge.edits)
  const patch = patchOf({ path: name, before: text, after, bom, edits: merge.edits, findings: [] }, name)
  const mark = bom ? BOM : ''
  return { before: mark + text, after: mark + after, patch }
}

/** Replaces each `old` in a text. */
function replacing(
  text: string,
  old: string,
  by: string,
  options?: { bom?: boolean; name?: string },
): Changed {
  const edits = [...text.matchAll(new RegExp(old, 'g'))].map(({ index, 0: found }) => ({
    start: index,
    end: index + found.length,
    text: by,
  }))
  return changed(text, edits, options)
}

const patched = ({ before, patch }: Changed) => applyPatch(before, patch, { autoConvertLineEndings: false })

const numbered = (count: number) =>
  Array.from({ length: count }, (_, index) => `line ${index + 1}\n`).join('')
const piece = fc.constantFrom(
  'a',
  'gauge',
  ' ',
  '\n',
  '\n',
  '\n\n\n',
  '\r\n',
  '\r',
  'é⮳',
  '- x',
  BOM,
  '\u2028',
)
const anyText = fc.array(piece, { maxLength: 60 }).map((pieces) => pieces.join(''))

/** Edits at random places, at both ends and over line endings too; each changes something. */
function anyEdits(text: string): fc.Arbitrary<Edit[]> {
  const cut = fc.record({
    at: fc.nat(text.length),
    long: fc.boolean(),
    by: fc.array(piece, { maxLength: 3 }),
  })
  return fc.array(cut, { minLength: 1, maxLength: 6 }).map((cuts) => {
    const sorted = cuts.toSorted((a, b) => a.at - b.at)
    return sorted
      .map(({ at, long, by }, index) => ({
        start: at,
        end: long ? (sorted[index + 1]?.at ?? text.length) : at,
        text: by.join(''),
      }))
      .filter(({ start, end, text: by }) => text.slice(start, end) !== by)
  })
}

const anyChange = anyText
  .chain((text) => fc.tuple(fc.constant(text), anyEdits(text), fc.boolean()))
  .map(([text, edits, bom]) => ({ text, edits, bom }))
  .filter(({ edits }) => edits.length > 0)

describe('a diff', () => {
  it('makes the new text of the old one, whatever the line ends and the edits', () => {
    fc.assert(
      fc.property(anyChange, ({ text, edits, bom }) => {
        const change = changed(text, edits, { bom })
        expect(patched(change)).toBe(change.after)
      }),
      { numRuns: 1500 },
    )
  })

  it('counts its lines right, so that a strict reader takes it', () => {
    fc.assert(
      fc.property(anyChange, ({ text, edits, bom }) => {
        const [file] = parsePatch(changed(text, edits, { bom }).patch)
        let last = 0
        for (const { oldStart, oldLines, lines } of file?.hunks ?? []) {
          expect(lines.filter((line) => /^[ -]/.test(line))).toHaveLength(oldLines)
          expect(oldStart + (oldLines === 0 ? 1 : 0)).toBeGreaterThan(last)
          last = oldStart + oldLines - 1
        }
      }),
    )
  })

  it('is, byte for byte, what comparing the texts gives where no two lines are the same', () => {
    const kinds = fc.constantFrom('append', 'change', 'insert', 'keep', 'keep', 'keep', 'keep', 'remove')
    const ending = fc.constantFrom('', '\n')
    fc.assert(
      fc.property(
        fc.array(kinds, { minLength: 1, maxLength: 60 }),
        ending,
        fc.boolean(),
        (asked, end, bom) => {
          const text = `${asked.map((_, line) => `line ${line}`).join('\n')}${end}`
          const starts = asked.map((_, line) => text.indexOf(`line ${line}`))
          const edits = asked.flatMap((kind, line): Edit[] => {
            const [start = 0, next = text.length] = [starts[line], starts[line + 1]]
            if (kind === 'change') return [{ start, end: start + 4, text: 'rain' }]
            if (kind === 'insert') return [{ start, end: start, text: `wind ${line}\n` }]
            if (kind === 'append')
              return [{ start: start + 4, end: start + 4, text: ` of\nsun ${line}\nsnow` }]
            return kind === 'remove' ? [{ start, end: next, text: '' }] : []
          })
          fc.pre(edits.length > 0)
          const { before, after, patch } = changed(text, edits, { bom })
          const headers = { context: 3, headerOptions: FILE_HEADERS_ONLY }
          expect(patch).toBe(
            createTwoFilesPatch('a/chapter.md', 'b/chapter.md', before, after, '', '', headers),
          )
        },
      ),
      { numRuns: 1000 },
    )
  })

  it('has headers as git has them, and three lines around a change', () => {
    expect(replacing(numbered(10), 'line 5', 'rain').patch).toBe(
      `--- a/chapter.md
+++ b/chapter.md
@@ -2,7 +2,7 @@
 line 2
 line 3
 line 4
-line 5
+rain
 line 6
 line 7
 line 8
`,
    )
  })

  it('leaves lines that are the same out of the change where an edit takes in a line ending', () => {
    const { patch } = changed('one\ntwo\nthree\n', [{ start: 3, end: 4, text: '!\n' }])
    expect(patch.split('\n').filter((line) => /^[-+](?![-+])/.test(line))).toEqual(['-one', '+one!'])
  })

  it('adds no line in place of another for an insertion between two', () => {
    const { patch } = changed('one\ntwo\n', [{ start: 4, end: 4, text: 'new\n' }])
    expect(patch.split('\n').filter((line) => /^[-+](?![-+])/.test(line))).toEqual(['+new'])
  })

  it('joins changes whose contexts meet, and keeps others apart', () => {
    const hunks = (first: number, second: number) =>
      parsePatch(replacing(numbered(30), `line (${first}|${second})\\n`, 'new\n').patch)[0]?.hunks.length
    expect(hunks(10, 17)).toBe(1)
    expect(hunks(10, 18)).toBe(2)
  })

  it('shifts later hunks by the lines that earlier ones added', () => {
    const text = numbered(30)
    const { patch } = changed(text, [
      { start: 0, end: 0, text: 'one\ntwo\n' },
      { start: text.length, end: text.length, text: 'end\n' },
    ])
    expect(patch.match(/^@@.*$/gm)).toEqual(['@@ -1,3 +1,5 @@', '@@ -28,3 +30,4 @@'])
  })

  it('says where the final newline is missing, before and after', () => {
    expect(replacing('a\nb', 'a', 'c').patch).toContain(' b\n\\ No newline at end of file\n')
    expect(changed('a\nb', [{ start: 3, end: 3, text: '\n' }]).patch).toContain(
      '-b\n\\ No newline at end of file\n+b\n',
    )
  })

  it('keeps carriage returns in its lines', () => {
    const change = replacing('one\r\ntwo\r\n', 'two', 'rain')
    expect(change.patch).toContain('\n one\r\n-two\r\n+rain\r\n')
    expect(patched(change)).toBe('one\r\nrain\r\n')
  })

  it('shows the byte order mark that stands before the first line', () => {
    expect(replacing('one\n', 'one', 'two', { bom: true }).patch).toContain(`-${BOM}one\n+${BOM}two\n`)
  })

  it('of an empty text that gets two insertions', () => {
    const change = changed('', [
      { start: 0, end: 0, text: 'rain' },
      { start: 0, end: 0, text: ' gauge\n' },
    ])
    expect(change.patch).toContain('@@ -0,0 +1,1 @@\n+rain gauge\n')
    expect(patched(change)).toBe('rain gauge\n')
  })

  it('of a text that loses everything', () => {
    const change = changed('one\ntwo\n', [{ start: 0, end: 8, text: '' }])
    expect(change.patch).toContain('@@ -1,2 +0,0 @@\n-one\n-two\n')
    expect(patched(change)).toBe('')
  })
})

describe('git apply', () => {
  /** What a folder of files holds after `git apply` of their diffs. */
  async function applied(files: Readonly<Record<string, Changed>>): Promise<Record<string, string>> {
    await using folder = await createFixture()
    for (const [name, { before }] of Object.entries(files)) {
      fs.mkdirSync(path.dirname(folder.getPath(name)), { recursive: true })
      fs.writeFileSync(folder.getPath(name), before)
    }
    const input = Object.values(files)
      .map(({ patch }) => patch)
      .join('')
    const git = spawnSync('git', ['apply', '--whitespace=nowarn', '-'], {
      cwd: folder.path,
      input,
      encoding: 'utf8',
      env: { ...process.env, GIT_CEILING_DIRECTORIES: path.dirname(folder.path), GIT_CONFIG_NOSYSTEM: '1' },
    })
    expect(git.stderr).toBe('')
    return Object.fromEntries(
      Object.keys(files).map((name) => [name, fs.readFileSync(folder.getPath(name), 'utf8')]),
    )
  }

  const afterOf = (files: Readonly<Record<string, Changed>>) =>
    Object.fromEntries(Object.entries(files).map(([name, { after }]) => [name, after]))

  it('takes file names with spaces, quotes, accents and worse', async () => {
    const names = [
      'plain.md',
      'rain gauge.md',
      'my folder/a "rain" gauge.md',
      "it's.md",
      'Windmühle/café.md',
      '風.md',
      'back\\slash.md',
      'tab\tin.md',
      'trailing ',
      '"first.md',
    ]
    const files = Object.fromEntries(
      names.map((name) => [name, replacing('wind\nrain\nsun', 'rain', 'snow', { name })]),
    )
    expect(await applied(files)).toEqual(afterOf(files))
  })

  it('takes missing final newlines, CRLF, lone carriage returns and byte order marks', async () => {
    const text = numbered(12)
    const files = {
      'no-newline.md': replacing(text.trimEnd(), 'line 12', 'last', { name: 'no-newline.md' }),
      'newline-added.md': changed('a\nb', [{ start: 3, end: 3, text: '\n' }], { name: 'newline-added.md' }),
      'newline-gone.md': changed('a\nb\n', [{ start: 3, end: 4, text: '' }], { name: 'newline-gone.md' }),
      'crlf.md': replacing(text.replaceAll('\n', '\r\n'), 'line 6', 'middle', { name: 'crlf.md' }),
      'cr.md': replacing('one\rtwo\rthree\n', 'two', 'rain', { name: 'cr.md' }),
      'bom.md': replacing(text, 'line 1', 'first', { name: 'bom.md', bom: true }),
      'both-ends.md': changed(
        text,
        [
          { start: 0, end: 0, text: 'top\n' },
          { start: text.length, end: text.length, text: 'bottom' },
        ],
        { name: 'both-ends.md' },
      ),
    }
    expect(await applied(files)).toEqual(afterOf(files))
  })

  it('takes random edits of many files at once', async () => {
    const changes = fc.sample(anyChange, { numRuns: 150, seed: 20 })
    const files = Object.fromEntries(
      changes.map(({ text, edits, bom }, index) => [
        `${index}.md`,
        changed(text, edits, { bom, name: `${index}.md` }),
      ]),
    )
    expect(await applied(files)).toEqual(afterOf(files))
  })
})
