import { describe, expect, it } from 'vitest'
import { attempt, type HandEdit, type Texts } from '../../../test/support/attempt.ts'
import { migrateTexts } from '../../../test/support/book.ts'
import { fileOf } from '../../../test/support/report.ts'
import { labelsOf, relabel } from '../../markdown/labels.ts'
import { defineTransform } from '../../transform/define.ts'
import { findCulprit } from './culprit.ts'

const weathers = ['rain', 'wind', 'sun', 'hail', 'fog']
const refs = weathers.map((name) => `[c-${name}]: https://example.org/${name}\n`).join('')
const uses = weathers.map((name) => `- [${name}][c-${name}]\n`).join('')

/** Every label of some files gets its current form; one that is given here gets another. */
const renamed = (paths: readonly string[], wrong: Readonly<Record<string, string>> = {}): HandEdit[] =>
  paths.flatMap((path) =>
    weathers.map((name): HandEdit => [path, `[‸c-${name}‸]`, wrong[name] ?? `c~${name}`]),
  )

async function blamed(texts: Texts, edits: readonly HandEdit[]) {
  const { failures, files } = await attempt(texts, edits)
  return {
    messages: failures.map(({ place, message }) => `${place} ${message}`),
    written: files.filter(({ edits: made }) => made.length > 0).map(({ path }) => path),
  }
}

describe('the edit that is named', () => {
  const book = {
    'a.md': `# One\n\n${uses}\n{{#include refs.md}}\n`,
    'b.md': `# Two\n\nSee [the fog][c-fog].\n\n{{#include refs.md}}\n`,
    'refs.md': refs,
    'far/c.md': `${uses}\n{{#include refs.md}}\n`,
    'far/refs.md': refs,
  }
  const far = renamed(['far/c.md', 'far/refs.md'])

  it('is the one label among many whose definition was forgotten', async () => {
    const edits = [...renamed(['a.md', 'refs.md']), ...far]
    const { messages, written } = await blamed(book, edits)
    expect(messages[0]).toMatch(
      /^b\.md:3:5 .*"c-fog" → "c~fog" at refs\.md:5:2: the link "the fog" .* would be lost$/,
    )
    expect(written).toEqual(['far/c.md', 'far/refs.md'])
  })

  it('is one of the two labels that become one', async () => {
    const wrong = { hail: 'c~ice', fog: 'c~ice' }
    const edits = [...renamed(['a.md', 'refs.md'], wrong), ['b.md', 'c-fog', 'c~ice'] as const, ...far]
    const { messages, written } = await blamed(book, edits)
    expect(messages[0]).toMatch(
      /^a\.md:7:3 .*"c-fog" → "c~ice" at a\.md:7:\d+: the link "fog" leads to .*\/fog, .* to .*\/hail$/,
    )
    expect(messages[1]).toMatch(
      /^b\.md:3:5 .*"c-hail" → "c~ice" at refs\.md:4:2: the link "the fog" leads to /,
    )
    expect(written).toEqual(['far/c.md', 'far/refs.md'])
  })

  it('is the heading whose id changed, among many in another file', async () => {
    const texts = {
      'a.md': '[the fog](b.md#fog)\n',
      'b.md': weathers.map((name) => `# A ${name} {#${name}}\n`).join('\n'),
    }
    const edits = weathers.map((name): HandEdit => ['b.md', `{‸#${name}‸}`, `#${name} .skip`])
    const wrong = edits.map(([path, words, by]): HandEdit => [path, words, by.replace('fog', 'mist')])
    expect((await blamed(texts, edits)).messages).toEqual([])
    const { messages, written } = await blamed(texts, wrong)
    expect(messages).toHaveLength(1)
    expect(messages[0]).toMatch(/^a\.md:1:1 .*"#fog" → "#mist \.skip" at b\.md:9:10: the link "the fog"/)
    expect(written).toEqual([])
  })

  it('is in the file that a chapter includes, where it shows there', async () => {
    const texts = { 'a.md': 'One\n\n{{#include b.md}}\n', 'b.md': 'Two\nthree\n' }
    const { messages } = await blamed(texts, [
      ['a.md', 'One', 'Eins'],
      ['b.md', 'three', '==='],
    ])
    expect(messages[0]).toMatch(/^b\.md:1:1 .*"three" → "===" at b\.md:2:1: /)
  })
})

describe('an edit that is shown elsewhere than it stands', () => {
  it('is named by what it does', async () => {
    const wrong = defineTransform({
      id: '0009-example',
      version: 9,
      summary: '',
      reason: '',
      examples: [],
      mayMatch: (text) => !text.includes('[wind]['),
      transform: (chapter) => ({
        leftovers: [],
        changes: labelsOf(chapter).flatMap((use) =>
          use.node.type === 'linkReference' && use.label === 'wind' ? [relabel(use, 'rain', 'a test')] : [],
        ),
      }),
    })
    const text = '[rain] [wind]\n\n[rain]: /rain\n[wind]: /wind\n'
    const { failures } = await migrateTexts({ 'a.md': text }, { migrations: [wrong] })
    expect(failures.map(({ message }) => message)[0]).toContain('0009-example "wind" → "rain" at a.md:1:')
  })
})

describe('among suspects', () => {
  const file = fileOf('a.md', [], true)

  it('nobody is found where all edits together are well', async () => {
    expect(await findCulprit([file], async () => false, 'a.md')).toBeUndefined()
  })

  it('the first is found without which all is well', async () => {
    const found = await findCulprit([file], async (suspects) => suspects.length > 0, 'a.md')
    expect(found?.file).toBe(file)
  })
})
