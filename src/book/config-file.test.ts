import { createFixture } from 'fs-fixture'
import { describe, expect, it } from 'vitest'
import { readConfig } from './config.ts'
import { CONFIG_NAMES } from './nearest-config.ts'

/** Writes a configuration module and reads it. */
async function readModule(name: string, text: string, others: Record<string, string> = {}) {
  await using folder = await createFixture({ [name]: text, ...others })
  const config = await readConfig(folder.getPath(name))
  if (config.ok) return config.value
  return config.failures.map(
    ({ code, place, message }) =>
      `${code} ${place?.replace(`${folder.path.replace(/\/$/, '')}/`, '')} ${message}`,
  )
}

const LABELS = { 'c-x': 'c~y~docs' }
const labelsIn = (config: Awaited<ReturnType<typeof readModule>>) =>
  'settings' in config ? Object.fromEntries(config.settings.labels) : config

describe('a configuration in code', () => {
  it.each(CONFIG_NAMES.filter((name) => !name.endsWith('.json')))(
    'is the default export of %s',
    async (name) => {
      const text = `export default { labels: ${JSON.stringify(LABELS)} }\n`
      expect(labelsIn(await readModule(name, text, { 'package.json': '{ "type": "module" }' }))).toEqual(
        LABELS,
      )
    },
  )

  it.each(['mdshift.config.ts', 'mdshift.config.mjs'])(
    'may call defineConfig in %s, although the book has no packages',
    async (name) => {
      const text = `import { defineConfig } from 'mdshift'
export default defineConfig({ labels: ${JSON.stringify(LABELS)} })
`
      expect(labelsIn(await readModule(name, text))).toEqual(LABELS)
    },
  )

  it('may use types, and what stands beside it', async () => {
    const text = `import { crates } from './crates.ts'
const labels: Record<string, string> = Object.fromEntries(crates.map((name): [string, string] => [name, 'c~y~docs']))
enum Html { Leave = 'leave' }
export default { labels, html: Html.Leave }
`
    const others = { 'crates.ts': "export const crates: readonly string[] = ['c-x']\n" }
    expect(labelsIn(await readModule('mdshift.config.ts', text, others))).toEqual(LABELS)
  })

  it('may be CommonJS', async () => {
    expect(
      labelsIn(
        await readModule('mdshift.config.js', `module.exports = { labels: ${JSON.stringify(LABELS)} }`),
      ),
    ).toEqual(LABELS)
  })

  it('is named by failures, with the path of the key', async () => {
    const text = "export default { labels: { 'c-x': '[' }, ignored: [] }\n"
    expect(await readModule('mdshift.config.mjs', text)).toEqual([
      expect.stringMatching(/^MDS003 mdshift\.config\.mjs .*: labels\."c-x": is no label/),
      expect.stringMatching(/^MDS003 mdshift\.config\.mjs .*: ignored: .*"ignore"/),
    ])
  })

  it.each([
    ['throws', "throw new Error('no gauge')", /could not be run: no gauge/],
    ['is no JavaScript', 'export default {', /could not be run: /],
    ['imports what is not there', "import './nowhere.mjs'\nexport default {}", /could not be run: .*nowhere/],
    ['has no default export', 'export const labels = {}', /its default export is no object/],
    ['exports a function', 'export default () => ({})', /its default export is no object/],
    ['exports a list', 'export default []', /its default export is no object/],
    ['exports nothing', 'export default null', /its default export is no object/],
  ])('that %s is a failure that says so', async (_, text, message) => {
    for (const name of ['mdshift.config.mjs', 'mdshift.config.ts']) {
      const [first, ...others] = [await readModule(name, text)].flat()
      expect(first).toMatch(message)
      expect(first).toMatch(new RegExp(`^MDS003 ${name} `))
      expect(others).toEqual([])
    }
  })
})
