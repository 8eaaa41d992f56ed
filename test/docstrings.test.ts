/** The facts that docstrings state with `@example`: each is written out here once more, and checked. */
import fs from 'node:fs'
import path from 'node:path'
import { fileURLToPath, pathToFileURL } from 'node:url'
import { createFixture } from 'fs-fixture'
import { describe, expect, it } from 'vitest'
import { defineConfig } from '../src/book/define-config.ts'
import { labelKey } from '../src/book/definition-runs.ts'
import { findIncludes } from '../src/book/includes.ts'
import { named } from '../src/book/issues.ts'
import { hasFrontMatter } from '../src/front-matter.ts'
import { labelId } from '../src/label-id.ts'
import { fragmentsOf } from '../src/markdown/fragments.ts'
import { freeId, headingIds, headingText, mdbookId } from '../src/markdown/heading-id.ts'
import { htmlTags } from '../src/markdown/html-tags.ts'
import { fragileLabels, labelsOf, relabel } from '../src/markdown/labels.ts'
import { opaqueOf } from '../src/markdown/opaque.ts'
import { parseChapter, sourceOf } from '../src/markdown/parse.ts'
import { editsBetween } from '../src/markdown/print/difference.ts'
import { bracketsIn, proseOf } from '../src/markdown/prose.ts'
import { htmlParts } from '../src/markdown/raw-html.ts'
import { render } from '../src/markdown/rendered.ts'
import { DEFAULT_SETTINGS } from '../src/model.ts'
import { resolveLink } from '../src/runner/proof/links.ts'
import { difference } from '../src/testing/difference.ts'
import { type Runner, testCase, testTransform } from '../src/testing.ts'
import { defineTransform } from '../src/transform/define.ts'
import { editable } from '../src/transform/editable.ts'
import { applyEdits, mergeEdits } from '../src/transform/edits.ts'
import type { PlainTransform } from '../src/transform/plain.ts'
import { verifyFile } from '../src/transform/verify.ts'
import { findRepairs } from '../transforms/0001-mojibake/repair.ts'
import { decideLabel } from '../transforms/0002-label-separators/decide.ts'
import { gatherEvidence } from '../transforms/0002-label-separators/evidence.ts'
import { currentLabel } from '../transforms/0002-label-separators/segments.ts'
import skipClass from '../transforms/0005-skip-class/index.ts'
import { readAdmonition } from '../transforms/mdbook-0.5/0002-alerts/admonition.ts'
import { verdictOn } from '../transforms/mdbook-0.5/0002-alerts/verdict.ts'
import { plannedIds } from '../transforms/mdbook-0.5/0004-heading-ids/plan.ts'
import { migrateText } from './support/book.ts'
import { bookViewOf } from './support/book-view.ts'
import { chapterOf, nodesOf } from './support/chapter.ts'
import { COLLECTION_EXAMPLES } from './support/collection-examples.ts'

const ROOT = fileURLToPath(new URL('..', import.meta.url))

interface Example {
  /** As the docstring has it. */
  readonly says: string
  check(): void | Promise<void>
}

/** By the name of what the docstring is about. */
const EXAMPLES: Readonly<Record<string, Example>> = {
  ...COLLECTION_EXAMPLES,
  mdbookId: {
    says: "mdbookId('CD / CI') // → 'cd--ci'",
    check: () => expect(mdbookId('CD / CI')).toBe('cd--ci'),
  },
  labelKey: {
    says: "labelKey('a\\n> B') // → 'AB'",
    check: () => expect(labelKey('a\n> B')).toBe('AB'),
  },
  freeId: {
    says: "freeId('notes', (id) => id === 'notes') // → 'notes-1'",
    check: () => expect(freeId('notes', (id) => id === 'notes')).toBe('notes-1'),
  },
  headingIds: {
    says: "headingIds([{ id: undefined, text: 'Notes' }, { id: undefined, text: 'Notes' }]) // → ['notes', 'notes-1']",
    check: () => {
      const notes = { id: undefined, text: 'Notes' }
      expect(headingIds([notes, notes])).toEqual(['notes', 'notes-1'])
    },
  },
  fragmentsOf: {
    says: "// '[x]: # \"wind.md#vane\"' → a link to page 'wind.md' and fragment 'vane'",
    check: () => {
      const found = fragmentsOf(parseChapter('a.md', '[x]: # "wind.md#vane"', () => false))
      expect(found?.links).toMatchObject([{ page: 'wind.md', fragment: 'vane' }])
    },
  },
  parseChapter: {
    says: `parseChapter('a.md', '[slab][c-slab]', (id) => id === labelId('c-slab')).tree.children[0]
// → a paragraph that holds a linkReference`,
    check: () =>
      expect(
        parseChapter('a.md', '[slab][c-slab]', (id) => id === labelId('c-slab')).tree.children[0],
      ).toMatchObject({ type: 'paragraph', children: [{ type: 'linkReference' }] }),
  },
  htmlTags: {
    says: "htmlTags('<!-- <b> --><a id=x>')[0]?.attributes.get('id') // → 'x'",
    check: () => expect(htmlTags('<!-- <b> --><a id=x>')[0]?.attributes.get('id')).toBe('x'),
  },
  render: {
    says: `render('[a](b)').tokens.map(({ kind, name, text }) => name || text || kind)
// → ['p', 'a', 'a', 'a', 'p']`,
    check: () =>
      expect(render('[a](b)').tokens.map(({ kind, name, text }) => name || text || kind)).toEqual([
        'p',
        'a',
        'a',
        'a',
        'p',
      ]),
  },
  resolveLink: {
    says: `resolveLink('a/b.md', '../c.html#x', (page) => (page === 'c.md' ? new Map([['x', 3]]) : undefined))
// → { kind: 'element', key: 'c.md 3' }`,
    check: () =>
      expect(
        resolveLink('a/b.md', '../c.html#x', (page) => (page === 'c.md' ? new Map([['x', 3]]) : undefined)),
      ).toEqual({ kind: 'element', key: 'c.md 3' }),
  },
  verifyFile: {
    says: `verifyFile(
  { path: 'a.md', before: 'a ⮳', after: 'b ↗', edits: [{ start: 2, end: 3, text: '↗' }] },
  { isKnown: () => false, isPresumed: () => false, html: false },
).breach?.message // → 'a byte that no edit is about would change'`,
    check: () =>
      expect(
        verifyFile(
          { path: 'a.md', before: 'a ⮳', after: 'b ↗', edits: [{ start: 2, end: 3, text: '↗' }] },
          { isKnown: () => false, isPresumed: () => false, html: false },
        ).breach?.message,
      ).toBe('a byte that no edit is about would change'),
  },
  labelsOf: {
    says: "// '[![a][badge]][slab]' → labels 'slab' and 'badge'",
    check: () => {
      const chapter = parseChapter('a.md', '[![a][badge]][slab]', () => true)
      expect(labelsOf(chapter).map(({ label }) => label)).toEqual(['slab', 'badge'])
    },
  },
  fragileLabels: {
    says: "// '[[c-slab]]' where c-slab is defined → inDirectives: ['C-SLAB']",
    check: () => {
      const chapter = parseChapter('a.md', '[[c-slab]]', (id) => id === 'C-SLAB')
      expect(fragileLabels(chapter)?.inDirectives).toEqual(['C-SLAB'])
    },
  },
  proseOf: {
    says: "// 'A `b` \\* c' → 'A ' and ' * c', whose ' *' stands in the source as ' \\*'",
    check: () => {
      const source = 'A `b` \\* c'
      const [first, second] = proseOf(parseChapter('a.md', source, () => false))
      expect([first?.value, second?.value]).toEqual(['A ', ' * c'])
      const span = second?.span(0, 2)
      expect(span && source.slice(span.start, span.end)).toBe(' \\*')
    },
  },
  opaqueOf: {
    says: "// 'a `b` {{c}}' → code '`b`' and directive '{{c}}'",
    check: () => {
      const source = 'a `b` {{c}}'
      const found = opaqueOf(parseChapter('a.md', source, () => false))
      expect(found.map(({ kind, start, end }) => [kind, source.slice(start, end)])).toEqual([
        ['code', '`b`'],
        ['directive', '{{c}}'],
      ])
    },
  },
  hasFrontMatter: {
    says: `hasFrontMatter('---\\ntitle: Rain\\n---\\n') // → true
hasFrontMatter('---\\n\\nRain\\n---\\n') // → false: a rule, and a heading`,
    check: () => {
      expect(hasFrontMatter('---\ntitle: Rain\n---\n')).toBe(true)
      expect(hasFrontMatter('---\n\nRain\n---\n')).toBe(false)
    },
  },
  htmlParts: {
    says: "htmlParts('<b>a</b><!-- c -->').map(({ kind }) => kind) // → ['tag', 'text', 'tag', 'comment']",
    check: () =>
      expect(htmlParts('<b>a</b><!-- c -->').map(({ kind }) => kind)).toEqual([
        'tag',
        'text',
        'tag',
        'comment',
      ]),
  },
  bracketsIn: {
    says: "bracketsIn('[a][b] [c](d)').map(({ label }) => label) // → ['a', 'b']",
    check: () => expect(bracketsIn('[a][b] [c](d)').map(({ label }) => label)).toEqual(['a', 'b']),
  },
  headingText: {
    says: "// '## The `slab` crate{{hi:slab}}' → 'The slab crate'",
    check: () => {
      const [heading] = parseChapter('a.md', '## The `slab` crate{{hi:slab}}', () => false).tree.children
      expect(heading?.type === 'heading' && headingText(heading)).toBe('The slab crate')
    },
  },
  sourceOf: {
    says: "// of the list in '* a\\n* b\\n' → '* a\\n* b'",
    check: () => {
      const chapter = parseChapter('a.md', '* a\n* b\n', () => false)
      const [list] = chapter.tree.children
      expect(list && sourceOf(chapter, list)).toBe('* a\n* b')
    },
  },
  relabel: {
    says: "// '[Slab][]' → '[Slab][c~slab~docs]'; '[text][c-slab]' → '[text][c~slab~docs]'",
    check: () => {
      expect(relabelled('[Slab][]', 'Slab')).toBe('[Slab][c~slab~docs]')
      expect(relabelled('[text][c-slab]', 'c-slab')).toBe('[text][c~slab~docs]')
    },
  },
  findIncludes: {
    says: "findIncludes('{{#include a.md:2:3}}') // → [{ target: 'a.md', part: { kind: 'lines', from: 1, to: 3 }, … }]",
    check: () =>
      expect(findIncludes('{{#include a.md:2:3}}')).toMatchObject([
        { target: 'a.md', part: { kind: 'lines', from: 1, to: 3 } },
      ]),
  },
  difference: {
    says: "difference('a.md', 'rain \\n', 'rain\\n').split('\\n').slice(3) // → ['-rain·', '+rain']",
    check: () =>
      expect(difference('a.md', 'rain \n', 'rain\n').split('\n').slice(3)).toEqual(['-rain·', '+rain']),
  },
  testCase: {
    says: `const american: PlainTransform = ({ source }, { md }) => md(source).replaceText('colour', 'color').toSource()
await testCase(american, 'A colour.\\n', 'A color.\\n')`,
    check: async () => {
      const american: PlainTransform = ({ source }, { md }) =>
        md(source).replaceText('colour', 'color').toSource()
      await testCase(american, 'A colour.\n', 'A color.\n')
      await expect(testCase(american, 'A colour.\n', 'A hue.\n')).rejects.toThrow('+A color.')
    },
  },
  testTransform: {
    says: "await testTransform(new URL('./rename.ts', import.meta.url), new URL('./fixtures', import.meta.url))",
    check: async () => {
      await using folder = await createFixture({
        'rename.ts': "export default (_: unknown) => 'Snow.\\n'\n",
        'fixtures/one': { 'input.md': 'Rain.\n', 'output.md': 'Snow.\n' },
      })
      const here = pathToFileURL(folder.getPath('rename.test.ts'))
      const tests: (() => Promise<void>)[] = []
      const runner: Runner = { describe: (_, define) => define(), it: (_, test) => tests.push(test) }
      await testTransform(new URL('./rename.ts', here), new URL('./fixtures', here), { runner, variants: [] })
      expect(tests).toHaveLength(3)
      for (const test of tests) await test()
    },
  },
  defineConfig: {
    says: "export default defineConfig({ labels: { 'c-diesel-docs': 'c~diesel~guide' } })",
    check: () => {
      const config = defineConfig({ labels: { 'c-diesel-docs': 'c~diesel~guide' } })
      expect(config).toEqual({ labels: { 'c-diesel-docs': 'c~diesel~guide' } })
    },
  },
  named: {
    says: "named(['labels', 'c-x']) // → 'labels.\"c-x\"'",
    check: () => expect(named(['labels', 'c-x'])).toBe('labels."c-x"'),
  },
  defineTransform: {
    says: `export default defineTransform({
  id: '0001-ellipsis', version: 1, summary: 'three dots → …', reason: '…', examples: [],
  mayMatch: (text) => text.includes('...'),
  transform: (chapter) => ({ changes: [], leftovers: [] }),
})`,
    check: () => {
      const transform = defineTransform({
        id: '0001-ellipsis',
        version: 1,
        summary: 'three dots → …',
        reason: '…',
        examples: [],
        mayMatch: (text) => text.includes('...'),
        transform: (_chapter) => ({ changes: [], leftovers: [] }),
      })
      expect(transform.id).toBe('0001-ellipsis')
      expect(transform.mayMatch('rain...', DEFAULT_SETTINGS)).toBe(true)
      expect(transform.transform(editable(chapterOf('rain...')), undefined)).toEqual({
        changes: [],
        leftovers: [],
      })
    },
  },
  editsBetween: {
    says: "editsBetween('a\\nb\\nc', 'a\\nx\\nc') // → [{ start: 2, end: 3, text: 'x' }]",
    check: () => expect(editsBetween('a\nb\nc', 'a\nx\nc')).toEqual([{ start: 2, end: 3, text: 'x' }]),
  },
  mergeEdits: {
    says: "mergeEdits([{ start: 0, end: 1, text: 'b' }, { start: 0, end: 2, text: 'c' }]).ok // → false",
    check: () =>
      expect(
        mergeEdits([
          { start: 0, end: 1, text: 'b' },
          { start: 0, end: 2, text: 'c' },
        ]).ok,
      ).toBe(false),
  },
  labelId: {
    says: "labelId(' C-Slab\\n badge') // → 'C-SLAB BADGE'",
    check: () => expect(labelId(' C-Slab\n badge')).toBe('C-SLAB BADGE'),
  },
  decideLabel: {
    says: "decideLabel('cat-no-std-badge', evidence) // → rename to cat~no-std~badge",
    check: () => {
      const decision = decideLabel('cat-no-std-badge', gatherEvidence(bookViewOf({})))
      expect(decision?.kind === 'rename' && currentLabel(decision.segments)).toBe('cat~no-std~badge')
    },
  },
  findRepairs: {
    says: "findRepairs('donâ€™t') // → [{ start: 3, end: 6, text: '’', confidence: 'certain' }]",
    check: () =>
      expect(findRepairs('donâ€™t')).toEqual([{ start: 3, end: 6, text: '’', confidence: 'certain' }]),
  },
  plannedIds: {
    says: "// of '## & so on' → the id 'so-on'",
    check: () => {
      const headings = nodesOf(chapterOf('## & so on'), 'heading')
      expect(plannedIds(headings).map(({ id }) => id)).toEqual(['so-on'])
    },
  },
  readAdmonition: {
    says: "readAdmonition('warning title=\"Data loss\"')?.title // → 'Data loss'",
    check: () => expect(readAdmonition('warning title="Data loss"')?.title).toBe('Data loss'),
  },
  verdictOn: {
    says: "// of 'info title=\"Note\"' → the alert NOTE, and of 'info' an obstacle",
    check: () => {
      const verdict = (words: string) => {
        const admonition = readAdmonition(words)
        return admonition && verdictOn(admonition)
      }
      expect(verdict('info title="Note"')).toEqual({ alert: 'NOTE' })
      expect(verdict('info')).toHaveProperty('obstacle')
    },
  },
  skipId: {
    says: "skipId('CD / CI') // → 'cd-ci'",
    check: async () => {
      const { after } = await migrateText('## CD / CI {#skip}\n', { migrations: [skipClass] })
      expect(after).toBe('## CD / CI {#cd-ci .skip}\n')
    },
  },
}

function relabelled(text: string, label: string): string {
  const [use] = labelsOf(chapterOf(text, label))
  const merge = mergeEdits(use ? [relabel(use, 'c~slab~docs', 'a reason')] : [])
  return merge.ok ? applyEdits(text, merge.edits) : ''
}

/** The examples of all docstrings: name, and what stands between `@example` and the next tag or the end. */
function examplesIn(folder: string): [string, string][] {
  return fs
    .readdirSync(path.join(ROOT, folder), { recursive: true, encoding: 'utf8' })
    .filter((file) => file.endsWith('.ts') && !file.endsWith('.test.ts'))
    .flatMap((file) => {
      const text = fs.readFileSync(path.join(ROOT, folder, file), 'utf8')
      const docstrings = text.matchAll(/\/\*\*((?:(?!\*\/)[\s\S])*?@example(?:(?!\*\/)[\s\S])*)\*\/\s*(.*)/g)
      return [...docstrings].map(([, docstring = '', code = '']): [string, string] => [
        /(?:function|const|interface|type)\s+(\w+)|^(\w+)[<(]/.exec(code)?.slice(1).find(Boolean) ??
          `${file}: ${code}`,
        docstring
          .replace(/^[\s\S]*@example/, '')
          .split(/^ *\* @/m, 1)
          .join('')
          .replace(/^ *\* ?/gm, '')
          .trim(),
      ])
    })
}

describe('the examples of docstrings', () => {
  it('are all checked here, as they are written', () => {
    const written = Object.fromEntries([...examplesIn('src'), ...examplesIn('transforms')])
    expect(written).toEqual(
      Object.fromEntries(Object.entries(EXAMPLES).map(([name, { says }]) => [name, says])),
    )
  })

  it.each(Object.entries(EXAMPLES))('%s', (_, { check }) => check())
})
