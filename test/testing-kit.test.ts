/** `mdshift/testing` in a project of an author's, under the runners that it works with. */
import fs from 'node:fs'
import path from 'node:path'
import { describe, expect, it } from 'vitest'
import { createProject, inProject, VITEST } from './support/project.ts'

const TRANSFORM = `export default ({ source }, { md }) => md(source).replaceText('colour', 'color').toSource()
`
const FIXTURES = {
  changed: { 'input.md': 'A colour.\n', 'output.md': 'A color.\n' },
  'near-miss': { 'input.md': 'A `colour`.\n' },
}
const WRONG = { ...FIXTURES, changed: { 'input.md': 'A colour.\n', 'output.md': 'A hue.\n' } }
const TEST = `import { testTransform } from 'mdshift/testing'
import transform from './colour.mjs'

await testTransform(transform, new URL('./fixtures', import.meta.url))
`

interface RunnerCase {
  readonly name: string
  readonly args: readonly string[]
  /** What it prints of tests that passed and failed. */
  counts(passed: number, failed: number): readonly RegExp[]
}

const RUNNERS: readonly RunnerCase[] = [
  {
    name: 'vitest',
    args: VITEST,
    counts: (passed, failed) => [
      new RegExp(failed === 0 ? `Tests +${passed} passed` : `Tests +${failed} failed \\| ${passed} passed`),
    ],
  },
  {
    name: 'node:test',
    args: ['--test'],
    counts: (passed, failed) => [new RegExp(`# pass ${passed}\\b`), new RegExp(`# fail ${failed}\\b`)],
  },
]

describe.each(RUNNERS)('under $name', ({ args, counts }) => {
  it('every situation is a test, in every layout', async () => {
    await using project = await createProject({
      'colour.mjs': TRANSFORM,
      'colour.test.mjs': TEST,
      fixtures: FIXTURES,
    })
    const { status, stdout, stderr } = inProject(project.path, args)
    expect(stdout + stderr).toSatisfy((said: string) => counts(20, 0).every((count) => count.test(said)))
    expect(status).toBe(0)
  })

  it('what comes out otherwise fails, and shows the difference; UPDATE=1 writes it', async () => {
    await using project = await createProject({
      'colour.mjs': TRANSFORM,
      'colour.test.mjs': TEST,
      fixtures: WRONG,
    })
    const failed = inProject(project.path, args)
    const said = failed.stdout + failed.stderr
    expect(failed.status).toBe(1)
    expect(said).toContain('fixtures/changed comes out otherwise')
    expect(said).toContain('-A hue.')
    expect(said).toContain('+A color.')
    const inCi = inProject(project.path, args, { UPDATE: '1', CI: 'true' })
    expect(inCi.status).toBe(1)
    expect(inCi.stdout + inCi.stderr).toContain('UPDATE is set, and so is CI')
    const updated = inProject(project.path, args, { UPDATE: '1' })
    expect(updated.stdout + updated.stderr).toContain(`wrote fixtures/changed/output.md`)
    expect(fs.readFileSync(path.join(project.path, 'fixtures/changed/output.md'), 'utf8')).toBe('A color.\n')
    expect(updated.status).toBe(0)
    expect(inProject(project.path, args).status).toBe(0)
  })

  it('a transform in TypeScript is loaded by its path, and fails at its own line', async () => {
    await using project = await createProject({
      'colour.ts': `import { type API, type FileInfo, md } from 'mdshift'

export default function (file: FileInfo, api: API): string {
  if (file.source.includes('rain')) throw new Error('no rain')
  return md(file.source).replaceText('colour', 'color').toSource()
}
`,
      'colour.test.mjs': TEST.replace(
        "import transform from './colour.mjs'",
        "const transform = new URL('./colour.ts', import.meta.url)",
      ),
      fixtures: { ...FIXTURES, rain: { 'input.md': 'rain\n' } },
    })
    const { status, stdout, stderr } = inProject(project.path, args)
    expect(stdout + stderr).toContain('no rain at colour.ts:4:43')
    expect(status).toBe(1)
  })
})

it('cases from strings need no runner', async () => {
  await using project = await createProject({
    'case.mjs': `import { testCase } from 'mdshift/testing'
const american = ({ source }, { md }) => md(source).replaceText('colour', 'color').toSource()
await testCase(american, 'A colour.\\n', 'A color.\\n')
await testCase(({ source }) => source.replace('colour', 'color'), 'A colour.\\n', 'A color.\\n')
`,
  })
  const { status, stderr } = inProject(project.path, ['case.mjs'])
  expect(stderr).toContain('variant in-fence (in a fence, where nothing may change)')
  expect(status).toBe(1)
})

it('a test in CommonJS hands over its runner', async () => {
  await using project = await createProject({
    'colour.mjs': TRANSFORM,
    'colour.test.cjs': `const { describe, it } = require('node:test')
const path = require('node:path')
const register = import('mdshift/testing').then(({ testTransform }) =>
  testTransform(path.join(__dirname, 'colour.mjs'), path.join(__dirname, 'fixtures'), { runner: { describe, it } }))
it('registers', () => register)
`,
    fixtures: FIXTURES,
  })
  const { status, stdout } = inProject(project.path, ['--test'])
  expect(stdout).toContain('# fail 0')
  expect(stdout).toMatch(/# pass 2\d/)
  expect(status).toBe(0)
})
