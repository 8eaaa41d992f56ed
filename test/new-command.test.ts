/** `mdshift new`: what it writes runs, type-checks and is formatted. */
import fs from 'node:fs'
import path from 'node:path'
import { createFixture, type FileTree } from 'fs-fixture'
import { describe, expect, it } from 'vitest'
import { mdshift } from './support/program.ts'
import { createProject, inProject, MDSHIFT } from './support/project.ts'

const COMMONJS = '{"devDependencies": {"vitest": "4", "mdshift": "0"}}'
const WITH_VITEST = '{"type": "module", "devDependencies": {"vitest": "4", "mdshift": "0"}}'
const MIGRATIONS = '{"migrations": "./migrations"}'

/** Runs the command that a line of "Next:" says. */
function run(line: string, cwd: string) {
  const [program = '', ...words] = line.trim().split(' ')
  if (program === 'node') return inProject(cwd, words)
  expect(program).toBe('npx')
  const [name = '', ...args] = words
  const bins: Readonly<Record<string, string>> = {
    mdshift: MDSHIFT,
    vitest: 'node_modules/vitest/vitest.mjs',
  }
  return inProject(cwd, [bins[name] ?? name, ...args])
}

const nextLines = (stderr: string) => stderr.split('\n').filter((line) => line.startsWith('  '))

describe.each<[string, FileTree, readonly string[], string, string]>([
  ['a transform', {}, [], 'dots/dots.ts', 'node --test dots/dots.test.mjs'],
  ['in JavaScript', {}, ['--js'], 'dots/dots.mjs', 'node --test dots/dots.test.mjs'],
  ['plain, in JavaScript', {}, ['--plain', '--js'], 'dots/dots.mjs', 'node --test dots/dots.test.mjs'],
  [
    'where vitest is',
    { 'package.json': WITH_VITEST },
    [],
    'dots/dots.ts',
    'npx vitest run dots/dots.test.ts',
  ],
  [
    'where vitest is, and CommonJS',
    { 'package.json': COMMONJS },
    [],
    'dots/dots.mts',
    'npx vitest run dots/dots.test.mts',
  ],
  [
    'where vitest is, in JavaScript',
    { 'package.json': WITH_VITEST },
    ['--js', '--plain'],
    'dots/dots.mjs',
    'npx vitest run dots/dots.test.mjs',
  ],
  [
    'the first migration of a project',
    { 'mdshift.config.json': MIGRATIONS },
    [],
    'migrations/0001-dots/index.ts',
    'node --test migrations/0001-dots/index.test.mjs',
  ],
  [
    'the next migration of a project',
    {
      'mdshift.config.json': MIGRATIONS,
      migrations: { '0004-rain.mjs': 'export default () => undefined\n' },
    },
    ['--js', '--plain'],
    'migrations/0005-dots/index.mjs',
    'node --test migrations/0005-dots/index.test.mjs',
  ],
  [
    'in a folder',
    { 'mdshift.config.json': MIGRATIONS },
    ['--dir', 'a/b'],
    'a/b/dots/dots.ts',
    'node --test a/b/dots/dots.test.mjs',
  ],
])('%s', (_, tree, args, transform, test) => {
  it('passes its own test, and changes a book', async () => {
    await using project = await createProject({ ...tree, 'book/a.md': 'Rain...\n\n`0...9`\n' })
    const { status, stdout, stderr } = inProject(project.path, [MDSHIFT, 'new', 'dots', ...args])
    expect(stderr).toMatch(/^Next:\n/)
    expect(status).toBe(0)
    const written = stdout.trim().split('\n')
    expect(written[0]).toBe(transform)
    for (const file of written) expect(fs.existsSync(path.join(project.path, file))).toBe(true)

    const next = nextLines(stderr)
    expect(next).toHaveLength(3)
    expect(next[0]).toBe(`  ${test}`)
    const tested = run(next[0] ?? '', project.path)
    expect(tested.stdout + tested.stderr).toMatch(/# pass 20\n# fail 0\n|Tests +20 passed \(/)
    expect(tested.status).toBe(0)
    const dry = run(next[2] ?? '', path.join(project.path))
    expect(dry.stdout).toContain('-Rain...\n+Rain…\n')
    expect(dry.status).toBe(0)
  })
})

describe('what it writes', () => {
  const FORMS = ['ts', 'js'].flatMap((language) =>
    ['defined', 'plain'].map((form) => [
      ...(language === 'js' ? ['--js'] : []),
      ...(form === 'plain' ? ['--plain'] : []),
    ]),
  )

  it('is formatted, and has right types', async () => {
    const biome = JSON.parse(fs.readFileSync(new URL('../biome.json', import.meta.url), 'utf8'))
    const { formatter, javascript, linter } = biome
    await using project = await createProject({
      'vitest/package.json': WITH_VITEST,
      'commonjs/package.json': COMMONJS,
      'node/package.json': '{}',
      'biome.json': JSON.stringify({ formatter, javascript, linter }),
    })
    const code = ['vitest', 'commonjs', 'node'].flatMap((folder) =>
      FORMS.flatMap((args) => {
        const name = `dots${args.join('')}`
        const { stdout } = inProject(project.path, [MDSHIFT, 'new', name, '--dir', folder, ...args])
        return stdout.split('\n').filter((file) => /\.m?[jt]s$/.test(file))
      }),
    )
    expect(code).toHaveLength(24)
    const formatted = inProject(project.path, ['node_modules/@biomejs/biome/bin/biome', 'check', ...code])
    expect(`${formatted.stdout}${formatted.stderr}`).toContain('Checked 24 files')
    expect(formatted.status).toBe(0)
    const flags =
      '--noEmit --strict --module nodenext --target es2022 --skipLibCheck --allowJs --checkJs --types node'
    const typed = inProject(project.path, ['node_modules/typescript/bin/tsc', ...flags.split(' '), ...code])
    expect(typed.stdout).toBe('')
    expect(typed.status).toBe(0)
  })
})

it('says first how mdshift is installed, where it is not', async () => {
  await using folder = await createFixture({})
  const { stderr } = mdshift(['new', 'dots'], folder.path)
  expect(nextLines(stderr)).toEqual([
    '  npm install --save-dev mdshift',
    '  node --test dots/dots.test.mjs',
    '  npx mdshift run -t dots/dots.ts --watch CHAPTER.md',
    '  npx mdshift run -t dots/dots.ts --dry-run',
  ])
})

describe('it writes nothing', () => {
  it.each<[string, FileTree, readonly string[], string]>([
    ['over what is there', { 'dots/notes.md': 'rain\n' }, ['dots'], 'MDS056'],
    ['of a name that is a path', {}, ['../dots'], 'MDS009'],
    ['of a name that begins with a number', {}, ['0001-dots'], 'MDS009'],
    ['without a name', {}, [], 'MDS009'],
    ['beside a configuration that cannot be used', { 'mdshift.config.json': '{' }, ['dots'], 'MDS003'],
  ])('%s', async (_, tree, args, code) => {
    await using project = await createProject(tree)
    const before = fs.readdirSync(project.path)
    const { status, stderr } = inProject(project.path, [MDSHIFT, 'new', ...args])
    expect(stderr).toContain(`error ${code}`)
    expect(status).toBe(2)
    expect(fs.readdirSync(project.path)).toEqual(before)
    if (before.includes('dots')) expect(fs.readdirSync(path.join(project.path, 'dots'))).toEqual(['notes.md'])
  })
})
