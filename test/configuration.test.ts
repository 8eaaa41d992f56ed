/** What docs/configuration.md shows, and the schemas that are shipped, are what mdshift reads. */
import fs from 'node:fs'
import { createFixture } from 'fs-fixture'
import { describe, expect, it } from 'vitest'
import { z } from 'zod'
import { SCHEMAS, schemaText } from '../scripts/schemas.ts'
import { readConfig } from '../src/book/config.ts'
import { configSchema } from '../src/book/config-schema.ts'
import { readDecisions } from '../src/book/decisions.ts'
import { parsePlan } from '../src/book/plan-file.ts'
import labelSeparators from '../transforms/0002-label-separators/index.ts'
import { migrateText } from './support/book.ts'

const read = (file: string) => fs.readFileSync(new URL(`../${file}`, import.meta.url), 'utf8')
const DOCUMENT = read('docs/configuration.md')
const blocks = (language: string) =>
  [...DOCUMENT.matchAll(new RegExp(`^\`\`\`${language}\\n(.*?)^\`\`\``, 'gms'))].map(
    (match) => match[1] ?? '',
  )

describe('docs/configuration.md', () => {
  it.each([
    ...blocks('json').map((text) => ['mdshift.config.json', text] as const),
    ...blocks('ts').map((text) => ['mdshift.config.ts', text] as const),
  ])('shows a %s that can be used: %s', async (name, text) => {
    await using folder = await createFixture({ [name]: text })
    expect(await readConfig(folder.getPath(name))).toMatchObject({ ok: true })
  })

  it('shows every key', () => {
    const shown = new Set(blocks('json').flatMap((text) => Object.keys(JSON.parse(text))))
    expect([...shown].sort()).toEqual(Object.keys(configSchema.shape).sort())
  })

  it('shows a plan that can be used', () => {
    const [text = ''] = blocks('json plan')
    expect(parsePlan(new TextEncoder().encode(text), 'plan.json')).toMatchObject({ ok: true })
  })

  it('shows decisions that can be used', async () => {
    const [text = ''] = blocks('json decisions')
    await using folder = await createFixture({ 'd.json': text })
    expect(await readDecisions(folder.getPath('d.json'), 'd.json')).toMatchObject({
      ok: true,
      value: { labels: [{ decision: null }], headings: [{ decision: 'keep' }] },
    })
  })

  it('says what its grammar does', async () => {
    const text = blocks('json').find((block) => block.includes('"zulip"')) ?? ''
    await using folder = await createFixture({ 'c.json': text })
    const config = await readConfig(folder.getPath('c.json'))
    if (!config.ok) throw new Error('it is a configuration')
    const { grammar } = config.value.settings
    const { after } = await migrateText('[a][forum-wind-speed] [b][slab-zulip] [c][slab-wiki]\n', {
      migrations: [labelSeparators],
      settings: { grammar },
    })
    expect(after).toBe('[a][forum~wind-speed] [b][slab~zulip] [c][slab-wiki]\n')
  })
})

describe('a schema that is shipped', () => {
  it.each([...SCHEMAS])('%s is what mdshift checks with (npm run generate)', (name, schema) => {
    expect(read(name)).toBe(schemaText(schema))
  })

  it.each([...SCHEMAS])('%s says what every key is for', (name) => {
    const schema = z
      .object({
        description: z.string(),
        properties: z.record(z.string(), z.object({ description: z.string() })),
      })
      .safeParse(JSON.parse(read(name)))
    expect(schema.error).toBeUndefined()
  })

  it('is in the package, under a name of its own', () => {
    const { files, exports } = JSON.parse(read('package.json'))
    for (const name of SCHEMAS.keys()) {
      expect(files).toContain(name)
      expect(Object.values(exports)).toContain(`./${name}`)
    }
  })
})
