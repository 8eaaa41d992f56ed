/** docs/testing.md: its code is run in a project of an author's, and its tables say what there is. */
import fs from 'node:fs'
import { describe, expect, it } from 'vitest'
import { VARIANT_NAMES, VARIANTS } from '../src/testing/variants.ts'
import { createProject, inProject } from './support/project.ts'

const DOCUMENT = fs.readFileSync(new URL('../docs/testing.md', import.meta.url), 'utf8')
const [folderOfSituations = '', ownRunner = '', oneCase = '', ...others] = [
  ...DOCUMENT.matchAll(/^```js\n(.*?)^```/gms),
].map((match) => match[1] ?? '')

const FIXTURES = { one: { 'input.md': '“Rain”\n', 'output.md': '"Rain"\n' }, two: { 'input.md': '`“`\n' } }
const STRAIGHT = "export default ({ source }, { md }) => md(source).replaceText(/[“”]/g, '\"').toSource()\n"

describe('the code of the page', () => {
  it('is all known here', () => expect(others).toEqual([]))

  it('tests a folder of situations', async () => {
    await using project = await createProject({
      'straight-quotes.mjs': STRAIGHT,
      'straight-quotes.test.mjs': folderOfSituations,
      fixtures: FIXTURES,
    })
    expect(inProject(project.path, ['--test']).stdout).toContain('# pass 20\n# fail 0\n')
  })

  it('hands over a runner', async () => {
    await using project = await createProject({
      'straight-quotes.test.mjs': `import { describe, it } from 'node:test'
import { testTransform } from 'mdshift/testing'
${STRAIGHT.replace('export default', 'const transform =')}
const folder = new URL('./fixtures', import.meta.url)
${ownRunner}`,
      fixtures: FIXTURES,
    })
    expect(inProject(project.path, ['--test']).stdout).toContain('# pass 20\n# fail 0\n')
  })

  it('tests one case', async () => {
    await using project = await createProject({
      'case.mjs': `const transform = ({ source }, { md }) => {
  const root = md(source).replaceText('colour', 'color')
  root.find('heading').forEach(({ node }) => {
    if (source.startsWith('# Rain')) Object.assign(node, md('# Snow {#rain}').find('heading').get().node)
  })
  return root.toSource()
}
${oneCase.replace('await', 'const both = { variants: [] }\nawait').replaceAll(/\)\n/g, ', both)\n')}`,
    })
    expect(inProject(project.path, ['case.mjs'])).toEqual({ status: 0, stdout: '', stderr: '' })
  })
})

it('names all layouts', () => {
  const rows = [...DOCUMENT.matchAll(/^\| `([a-z-]+)` \| (.*) \|$/gm)].map(([, name, says]) => [name, says])
  expect(rows.map(([name]) => name)).toEqual(VARIANT_NAMES)
  for (const name of VARIANT_NAMES)
    if (name !== 'twice') expect(rows).toContainEqual([name, VARIANTS[name].says])
})
