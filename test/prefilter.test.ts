/** What is passed over without a look: never anything that would be changed, or told. */
import path from 'node:path'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { DEFAULT_SETTINGS } from '../src/model.ts'
import type { BookReport } from '../src/runner/report.ts'
import type { Transform } from '../src/transform/define.ts'
import { migrations } from '../transforms/index.ts'
import { packs } from '../transforms/packs.ts'
import { starts } from '../transforms/starts.ts'
import { arbitraryBook } from './support/arbitrary-book.ts'
import { migrateTexts, type Options } from './support/book.ts'
import { FIXTURES, readTexts } from './support/fixtures.ts'
import { commonMark, extensions } from './support/trials/corpus.ts'

const all = [...migrations, ...[...packs.values()].flat()]

/** Small pieces that legacy syntax is made of, and what hides it, or looks like it. */
const PIECES = [
  ...[
    '[',
    ']',
    '[',
    ']',
    ']:',
    '](',
    ')',
    '][',
    '![',
    '[^',
    '[[',
    ']]',
    '\\',
    '`',
    '```\n',
    '> ',
    '- ',
    '1. ',
    '    ',
  ],
  ...[
    '\n',
    '\n',
    '\n\n',
    '\r\n',
    ' ',
    ' ',
    '\t',
    '# ',
    '## ',
    '=====',
    '---',
    '|',
    '<!--',
    '-->',
    '<b>',
    '{{',
    '}}',
  ],
  ...[
    'c-',
    'c~',
    'C-',
    'p-',
    'ex-',
    'keyword-',
    '\u212aeyword-',
    'slab',
    'rain',
    '-docs',
    '~docs',
    '-badge',
    '-GitHub',
  ],
  ...[
    '~github',
    '~github~badge',
    '~repo',
    '-website',
    '-',
    '~',
    'crates.io',
    'crates_io-x',
    'lib-rs-stats',
    'lib.rs-x',
  ],
  ...[
    ' https://crates.io/x',
    ' <https://lib.rs/>',
    ' https://docs.rs/slab',
    ' http&#58;//lib.rs',
    ' x.md',
    ' https://www.crates.io',
  ],
  ...[
    '{#skip}',
    '<#skip>',
    '#skip1',
    '#rain-skip',
    '&#35;skip}',
    '{rain .skip}',
    '{#rain.skip}',
    '{#a b',
    '{',
    '}',
    '{: #a}',
    'x.md#skip',
  ],
  ...[
    '⮳',
    '↗',
    '&#x2bb3;',
    '&#11187;',
    'â®³',
    'Ã',
    '©',
    'é',
    '&Atilde;',
    '&#169;',
    '’',
    '#caf\u00e9',
    '#caf%C3%A9',
    '& ',
    '<',
    '>',
  ],
]

const arbitraryText = fc
  .array(fc.constantFrom(...PIECES), { minLength: 1, maxLength: 14 })
  .map((pieces) => `${pieces.join('')}\n`)
const arbitraryTexts = fc.record({ 'rain.md': arbitraryText, 'wind.md': arbitraryText })

const SETTINGS: readonly Partial<Options>[] = [
  {},
  { labels: { slab: 'c~slab~docs', 'c-rain': 'c-rain' } },
  {
    settings: {
      html: 'rewrite',
      grammar: {
        namespaces: new Map<string, 'whole' | false>([
          ['rain', 'whole'],
          ['c', false],
        ]),
        resources: new Map([['slab', true]]),
      },
    },
  },
]

/** The same migration, which looks at everything. */
const curious = (migration: Transform): Transform => ({ ...migration, mayMatch: () => true })

const settingsOf = ({ labels = {}, settings }: Partial<Options>) => ({
  ...DEFAULT_SETTINGS,
  ...settings,
  labels: new Map(Object.entries(labels)),
})

const found = ({ files, failures }: BookReport) => ({
  failures,
  files: files.map(({ path, after, findings }) => ({ path, after, findings })),
})

async function run(texts: Readonly<Record<string, string>>, migration: Transform, options: Partial<Options>) {
  return found(await migrateTexts(texts, { verify: false, ...options, migrations: [migration] }))
}

/** A migration finds the same though it passes files over, and nothing where no file is a reason to begin. */
async function agree(
  texts: Readonly<Record<string, string>>,
  options: Partial<Options> = {},
  some: readonly Transform[] = all,
): Promise<void> {
  const settings = settingsOf(options)
  for (const migration of some) {
    const thorough = await run(texts, curious(migration), options)
    const normal = await run(texts, migration, options)
    expect({ [migration.id]: normal }).toEqual({ [migration.id]: thorough })
    const begins = migration.mayStart ?? migration.mayMatch
    const isConcerned = Object.values(texts).some((text) => begins(text, settings))
    if (!isConcerned)
      expect({ [migration.id]: thorough.files.flatMap(({ findings }) => findings) }).toEqual({
        [migration.id]: [],
      })
  }
}

describe('what is passed over', () => {
  it('is nothing, in small texts of hostile pieces', async () => {
    await fc.assert(
      fc.asyncProperty(arbitraryTexts, fc.constantFrom(...SETTINGS), (texts, options) =>
        agree(texts, options),
      ),
      {
        numRuns: Number(process.env['RUNS'] ?? 60),
      },
    )
  })

  it('is nothing, in small books', async () => {
    await fc.assert(
      fc.asyncProperty(arbitraryBook, (book) => agree(book)),
      { numRuns: 10 },
    )
  })

  it('is nothing, in every fifth example of the specification', async () => {
    const texts = [...commonMark, ...extensions].flatMap(({ text }, number) =>
      number % 5 === 0 ? [[`${number}.md`, text] as const] : [],
    )
    await agree(Object.fromEntries(texts))
  })

  it.each(all.map((migration) => [migration.id, migration] as const))(
    'is nothing, in each fixture of %s',
    async (id, migration) => {
      for (const text of Object.values(readTexts(path.join(FIXTURES, id))))
        await agree({ 'rain.md': text }, {}, [migration])
    },
  )

  it('is what is current', () => {
    const texts = [
      '[a][c~slab~docs]↗ ![b][c~slab~repo~badge] [not-one] {{hi:c-slab}}\n\n## Rain {#rain .skip}\n\n[c~slab~docs]: https://docs.rs/slab\n[p~github]: a.md#while-skipping\n```\nPoint { x, y }\n```\n',
    ]
    for (const text of texts)
      expect(starts.filter(({ mayStart }) => mayStart(text, DEFAULT_SETTINGS)).map(({ id }) => id)).toEqual(
        [],
      )
  })
})

describe('what is known of migrations from the start', () => {
  it('is what they are', () => {
    expect(starts).toEqual(
      migrations.map(({ id, checksum, mayStart, mayMatch }) => ({
        id,
        checksum,
        mayStart: mayStart ?? mayMatch,
      })),
    )
  })
})
