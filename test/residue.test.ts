import { createFixture } from 'fs-fixture'
import { describe, expect, it } from 'vitest'
import { leftLines } from '../src/testing/left-lines.ts'
import { defineTransform } from '../src/transform/define.ts'
import { migrations } from '../transforms/index.ts'
import { migrateText, migrateTexts } from './support/book.ts'
import { mdshift } from './support/program.ts'

const DEFINED = '\n[c-slab]: https://docs.rs/slab\n[c-slab-github]: https://github.com/tokio-rs/slab\n'

describe('residue is listed with the reason', () => {
  it.each([
    ['code in text', '`⮳`\n', 'it stands in code'],
    ['a fence', '```\n⮳\n```\n', 'it stands in code'],
    ['indented code', '    ⮳\n', 'it stands in code'],
    ['raw HTML', '<p>⮳</p>\n', 'it stands in raw HTML'],
    ['an attribute', 'a <b title="⮳">b</b>\n', 'it stands in raw HTML'],
    ['a comment', '<!-- ⮳ -->\n', 'it stands in an HTML comment'],
    ['a comment in text', 'a <!-- ⮳ --> b\n', 'it stands in an HTML comment'],
    ['a URL', '[a](/⮳)\n', 'it stands in a URL'],
    ['a label', '[⮳]: /a\n', 'it stands in a label'],
    ['a directive', '{{hi:⮳}}\n', 'it stands in an mdBook directive'],
    ['front matter', '---\ntitle: ⮳\n---\n', 'it stands in front matter'],
  ])('%s', async (_, text, because) => {
    const { after, findings } = await migrateText(text, { migrations })
    expect(after).toBe(text)
    expect(findings).toMatchObject([{ kind: 'opaque', legacy: '⮳', current: ['↗'], because }])
  })

  it('labels are none in URLs, nor is a resource in the middle of an anchor', async () => {
    const text = `[a](apis.md#query-the-github-api) [b](https://example.org/[c-slab])\n${DEFINED}`
    const { findings } = await migrateText(text, { migrations })
    expect(leftLines(findings)).toBe('')
  })
})

describe('a label whose definition is renamed', () => {
  const text = `[x][c-slab] [y][c-slab-github]

<!-- [t][c-slab] [t][c-slab-github] -->

\`[t][c-slab]\` \`items[i][c-1]\`

<script>[t][c-slab]</script>

<p>[t][c-slab] [t][c-slab-github]</p>
${DEFINED}`
  const residue = { 'head.hbs': '<p>[t][c-slab] [t][c-slab-github]</p>' }

  it.each(['leave', 'rewrite'] as const)(
    'is listed as before the run, which has no more edits; raw HTML: %s',
    async (html) => {
      const run = (chapter: string) =>
        migrateTexts({ 'a.md': chapter }, { migrations, residue, settings: { html } })
      const places = (report: Awaited<ReturnType<typeof run>>) =>
        [...report.files, ...report.residue].flatMap(({ path, findings }) =>
          findings
            .filter(({ kind }) => kind === 'opaque')
            .map(({ line, legacy }) => `${path}:${line} ${legacy}`),
        )
      const once = await run(text)
      const twice = await run(once.files[0]?.after ?? '')
      expect(once.files[0]?.edits).not.toEqual([])
      expect(twice.files[0]?.edits).toEqual([])
      expect(places(twice)).toEqual(places(once))
      expect(places(once).length).toBe(html === 'leave' ? 8 : 6)
      expect(twice.residue[0]?.findings.map(({ current }) => current)).toEqual([
        ['c~slab~docs'],
        ['c~slab~repo'],
      ])
    },
  )
})

it('a label is listed whose division only the legacy definitions proved', async () => {
  const chapter = `<p>[t][c-cargo-quick-github] [t][c-cargo-quick] [t][c-cargo-quick-website]</p>

[c-cargo]: https://docs.rs/cargo
[c-cargo-quick-github]: https://example.org/quick
[c-cargo-quick]: https://example.org/docs
`
  const once = await migrateText(chapter, { migrations })
  const twice = await migrateText(once.after, { migrations, settings: { html: 'rewrite' } })
  expect(twice.edits).toEqual([])
  expect(leftLines(twice.findings)).toBe(
    '1:8 opaque c-cargo-quick-github → c~cargo~quick~repo\n1:34 opaque c-cargo-quick → c~cargo~quick\n',
  )
})

describe('raw HTML that the configuration has rewritten', () => {
  const rewritten = async (text: string) => {
    const { after, findings } = await migrateText(text, { migrations, settings: { html: 'rewrite' } })
    return { after, left: leftLines(findings), findings }
  }

  it.each([
    ['arrows', '<p>rain ⮳</p>\n', '<p>rain ↗</p>\n'],
    ['mojibake, and the arrow that it was', '<p>donâ€™t â®³</p>\n', '<p>don’t ↗</p>\n'],
    [
      'attributes that are read',
      '<img src="a.png" alt="a ⮳" title=\'b ⮳\'>\n',
      '<img src="a.png" alt="a ↗" title=\'b ↗\'>\n',
    ],
    ['over lines of a quote', '> <p>rain\n> ⮳</p>\n', '> <p>rain\n> ↗</p>\n'],
    [
      'labels, through all migrations',
      `<p>\n[x][c-slab] [y][c-slab-github]\n</p>\n${DEFINED}`,
      `<p>\n[x][c~slab~docs] [y][c~slab~repo]\n</p>\n${DEFINED.replace('c-slab-github', 'c~slab~repo').replace('c-slab', 'c~slab~docs')}`,
    ],
  ])('has new %s', async (_, text, after) => {
    const once = await rewritten(text)
    expect(once).toMatchObject({ after, left: '' })
    expect((await rewritten(once.after)).findings).toEqual([])
  })

  it.each([
    ['comments', '<!-- ⮳ -->\n', '1:6 opaque ⮳ → ↗\n'],
    ['a comment among raw HTML', '<p><!-- ⮳ --></p>\n', '1:9 opaque ⮳ → ↗\n'],
    [
      'code, scripts and styles',
      '<pre>⮳</pre>\n\n<script>"⮳"</script>\n',
      '1:6 opaque ⮳ → ↗\n3:10 opaque ⮳ → ↗\n',
    ],
    ['addresses and ids', '<p id="⮳"><a href="/⮳"></a></p>\n', '1:8 opaque ⮳ → ↗\n1:21 opaque ⮳ → ↗\n'],
    ['directives and wikilinks', '<p>{{hi:⮳}} [[⮳]]</p>\n', '1:9 opaque ⮳ → ↗\n1:15 opaque ⮳ → ↗\n'],
    ['what has no one answer', '<p>{#skip}</p>\n', '1:4 opaque {#skip}\n'],
    ['code of Markdown', '`⮳`\n', '1:2 opaque ⮳ → ↗\n'],
  ])('keeps %s', async (_, text, left) => {
    expect(await rewritten(text)).toMatchObject({ after: text, left })
  })

  it('keeps a label whose definition stays', async () => {
    const text = '<p>[x][c~slab~github]</p>\n\n[c~slab~github]: /a\n[c~slab~repo]: /b\n'
    expect(await rewritten(text)).toMatchObject({ after: text })
  })

  it('says the rule, the evidence, and that it was asked for', async () => {
    const { findings } = await rewritten(`<p>[x][c-slab] ⮳</p>\n${DEFINED}`)
    expect(findings.slice(0, 2).map(({ because }) => because)).toEqual([
      'docs.rs/slab names the crate; raw HTML is rewritten',
      '⮳ (U+2BB3) is the legacy arrow of external links, wherever it stands as text; raw HTML is rewritten',
    ])
  })

  it('is what check reports and migrate changes', async () => {
    await using folder = await createFixture({
      'a.md': '<p>rain ⮳</p>\n',
      'mdshift.config.json': '{ "html": "rewrite" }',
    })
    expect(mdshift(['check'], folder.path)).toMatchObject({
      status: 1,
      stdout: 'a.md:1:9  ⮳ → ↗  0003-external-link-arrow\n',
    })
    expect(mdshift(['migrate'], folder.path).status).toBe(0)
    expect(mdshift(['check', '--strict'], folder.path)).toMatchObject({ status: 0, stdout: '' })
  })
})

describe('files that are no chapters', () => {
  const book = { 'a.md': `[x][c-slab]\n${DEFINED}` }

  it('are searched by every migration, and left', async () => {
    const text = '<a>⮳</a> donâ€™t [x][c-slab] [y][c~slab~github] <!-- {#skip} -->\n{{#skip}}\n[c-nobody]\n'
    const report = await migrateTexts(book, { migrations, residue: { 'theme/index.hbs': text } })
    expect(report.residue.map(({ path, findings }) => leftLines(findings, path)).join('')).toBe(
      [
        'theme/index.hbs:1:4 opaque ⮳ → ↗',
        'theme/index.hbs:1:13 opaque â€™ → ’',
        'theme/index.hbs:1:22 opaque c-slab → c~slab~docs',
        'theme/index.hbs:1:34 opaque c~slab~github → c~slab~repo',
        'theme/index.hbs:1:54 opaque {#skip}',
        '',
      ].join('\n'),
    )
    expect(new Set(report.residue[0]?.findings.map(({ because }) => because))).toEqual(
      new Set(['it stands in a .hbs file']),
    )
    expect(report.files.map(({ path }) => path)).toEqual(['a.md'])
  })

  it('keep no label from being renamed that they mention', async () => {
    const plain = await migrateTexts(book, { migrations })
    const beside = await migrateTexts(book, { migrations, residue: { 'x.hbs': '[x][c-slab] [[c-slab]]' } })
    expect(beside.files).toEqual(plain.files)
  })

  it('are searched although no chapter holds legacy syntax', async () => {
    const report = await migrateTexts({ 'a.md': 'Rain.\n' }, { migrations, residue: { LICENSE: '⮳' } })
    expect(report.residue[0]?.findings).toMatchObject([
      { because: 'it stands in LICENSE, which is no chapter', line: 1, column: 1 },
    ])
  })

  it('fail by name where a migration throws, and the chapters are done', async () => {
    const failing = defineTransform({
      id: '0009-example',
      version: 9,
      summary: '',
      reason: '',
      examples: [],
      mayMatch: () => true,
      transform: () => ({ changes: [{ start: 0, end: 1, text: 'R', because: 'a test' }], leftovers: [] }),
      residue() {
        throw new Error('no such gauge')
      },
    })
    const report = await migrateTexts(
      { 'a.md': 'rain\n' },
      { migrations: [failing], residue: { 'x.hbs': '⮳' } },
    )
    expect(report.failures).toMatchObject([{ code: 'MDS006', place: 'x.hbs' }])
    expect(report.files[0]?.after).toBe('Rain\n')
  })

  it('are named by patterns relative to the configuration, listed, and never written', async () => {
    await using folder = await createFixture({
      'mdshift.config.json': '{ "residue": ["docs/theme/**/*.hbs", "!**/old/*", "**/*.md", "nothing/*.js"] }',
      'docs/book.toml': '',
      'docs/src/a.md': 'rain ⮳\n',
      'docs/src/b.md': 'wind\n',
      'docs/theme/head.hbs': '<p>⮳</p>\n',
      'docs/theme/bad.hbs': Buffer.from([0xff]),
      'docs/theme/old/head.hbs': '⮳\n',
      'docs/theme/.gitignore': 'made.hbs\n',
      'docs/theme/made.hbs': '⮳\n',
    })
    const root = folder.getPath('docs')
    const checked = mdshift(['check'], root)
    expect(checked.stdout.split('\n').slice(0, -1)).toEqual([
      'src/a.md:1:6  ⮳ → ↗  0003-external-link-arrow',
      'theme/head.hbs:1:4  ⮳ → ↗  0003-external-link-arrow  warning: it stands in a .hbs file',
    ])
    expect(checked.stderr).toMatch(/^warning MDS002 {2}theme\/bad\.hbs: /m)
    expect(checked.stderr).toMatch(/^warning MDS042 {2}.*: "nothing\/\*\.js"$/m)
    const migrated = mdshift(['migrate'], root)
    expect(migrated.status).toBe(0)
    expect(migrated.stderr).toContain('1 × 0003-external-link-arrow: it stands in a .hbs file')
    expect(await folder.readFile('docs/theme/head.hbs', 'utf8')).toBe('<p>⮳</p>\n')
    expect(mdshift(['check'], root).status).toBe(0)
    expect(mdshift(['check', '--strict'], root).status).toBe(1)
    expect(mdshift(['check', 'src/a.md'], root).stdout).toBe('')
  })
})
