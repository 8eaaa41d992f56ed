/**
 * The code of the pages that authors read. What a fence is for stands behind its language, where no reader sees it:
 *
 * - `write=FILE`: a file of the reader's project; `same=FILE`: as the project has it in the end
 * - `run`: commands (`$ …`) in that project, and what they say; `excerpt`: some of its lines; `fails`: their status is not 0
 * - `runs`: commands that end with 0, whatever they say
 * - `file=FILE`: a file of this repository
 * - `install`, `ci`: what is installed, and commands that the page has run
 *
 * `UPDATE=1` writes what comes out, but for excerpts.
 */
import fs from 'node:fs'
import path from 'node:path'
import { fileURLToPath } from 'node:url'
import { describe, expect, it } from 'vitest'
import { apiDocument } from '../scripts/api-document.ts'
import { readConfig } from '../src/book/config.ts'
import { commandsOf, said, steady } from './support/console.ts'
import { type Fence, fencesOf, withTexts } from './support/fences.ts'
import { mdshift } from './support/program.ts'
import { createProject } from './support/project.ts'

const ROOT = fileURLToPath(new URL('..', import.meta.url))
const UPDATES = process.env['UPDATE'] === '1' && !process.env['CI']
const read = (file: string) => fs.readFileSync(path.join(ROOT, file), 'utf8')

/** Tests of their own, by page and language, where the fences are read that say nothing of themselves. */
const OTHER_READERS: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  'README.md': {
    console: 'test/explain.test.ts',
    diff: 'test/readme.test.ts',
    json: 'test/docs.test.ts',
    sh: 'test/docs.test.ts',
    text: 'test/readme.test.ts',
  },
  'docs/api.md': { ts: 'test/docs.test.ts' },
  'docs/testing.md': { js: 'test/testing-document.test.ts' },
}

const KINDS = ['write', 'same', 'file', 'run', 'runs', 'install', 'ci']
const kindOf = ({ flags, values }: Fence) => KINDS.find((kind) => flags.has(kind) || values.has(kind))

const PAGES = ['README.md', 'docs/tutorial.md', 'docs/cookbook.md', 'docs/api.md', 'docs/testing.md']

describe.each(PAGES)('%s', (page) => {
  it('has no code that nothing reads', () => {
    const unread = fencesOf(read(page)).filter((fence) => {
      const reader = OTHER_READERS[page]?.[fence.language]
      return !kindOf(fence) && (!reader || !read(reader).includes(path.basename(page)))
    })
    expect(unread.map(({ language, line }) => `${page}:${line} ${language}`)).toEqual([])
  })

  it('leads to pages and headings that there are', () => {
    const links = [...outsideFences(read(page)).matchAll(/\]\(((?!https?:)[^)\s]+)\)/g)].map(
      ([, url = '']) => url,
    )
    const dead = links.filter((url) => {
      const [file = '', id] = url.split('#')
      const target = path.join(ROOT, path.dirname(page), file)
      if (file !== '' && !fs.existsSync(target)) return true
      return id !== undefined && !idsOf(file === '' ? read(page) : fs.readFileSync(target, 'utf8')).has(id)
    })
    expect(dead).toEqual([])
  })
})

function outsideFences(text: string): string {
  return text.replace(/^(`{3,})[\s\S]*?^\1$/gm, '')
}

/** As GitHub makes them. */
function idsOf(text: string): ReadonlySet<string> {
  const headings = [...outsideFences(text).matchAll(/^#+ (.*)$/gm)]
  return new Set(
    headings.map(([, heading = '']) =>
      heading
        .toLowerCase()
        .replace(/[^\p{L}\p{N} _-]/gu, '')
        .replaceAll(' ', '-'),
    ),
  )
}

describe.each(['README.md', 'docs/tutorial.md', 'docs/cookbook.md'])('the project of %s', (page) => {
  it('comes out as it is shown', async () => {
    const text = read(page)
    const fences = fencesOf(text)
    if (!fences.some(kindOf)) return
    await using project = await createProject({})
    const shown: string[] = []
    for (const fence of fences) shown.push(await played(fence, project.path, commandsRun(fences)))
    const ends = fences.map((fence, index) => {
      const same = fence.values.get('same')
      return same === undefined ? (shown[index] ?? '') : textOf(path.join(project.path, same))
    })
    if (UPDATES) fs.writeFileSync(path.join(ROOT, page), withTexts(text, ends))
    else
      for (const [index, fence] of fences.entries())
        expect(steady(fence.text)).toEqual(steady(ends[index] ?? ''))
  })
})

function commandsRun(fences: readonly Fence[]): ReadonlySet<string> {
  return new Set(fences.filter(({ flags }) => flags.has('run')).flatMap(({ text }) => commandsOf(text)))
}

/** Does what a fence says, and returns what it should show. */
async function played(fence: Fence, folder: string, commands: ReadonlySet<string>): Promise<string> {
  const { flags, values, text } = fence
  switch (kindOf(fence)) {
    case 'write': {
      const file = path.join(folder, values.get('write') ?? '')
      fs.mkdirSync(path.dirname(file), { recursive: true })
      fs.writeFileSync(file, `${text}\n`)
      return text
    }
    case 'file':
      return textOf(path.join(ROOT, values.get('file') ?? ''))
    case 'install':
      install(text, folder)
      return text
    case 'ci':
      for (const [, command = ''] of text.matchAll(/run: (.*)/g)) expect([...commands]).toContain(command)
      return text
    case 'run':
      return flags.has('excerpt') ? excerpted(fence, folder) : ran(fence, folder)
    case 'runs':
      for (const command of text.split('\n'))
        expect(said(command, folder)).toMatchObject({ status: 0, output: expect.stringContaining('Results') })
      return text
    default:
      return text
  }
}

function textOf(file: string): string {
  return fs.readFileSync(file, 'utf8').replace(/\n$/, '')
}

/** The packages are in the project's folder already: npm would put them into its package.json. */
function install(text: string, folder: string): void {
  const names = /^\$ npm install --save-dev ([\w -]+)$/.exec(text)?.[1]?.split(' ') ?? []
  expect(names.length).toBeGreaterThan(0)
  for (const name of names) expect(fs.existsSync(path.join(folder, 'node_modules', name))).toBe(true)
  const file = path.join(folder, 'package.json')
  const described: Record<string, unknown> = JSON.parse(fs.readFileSync(file, 'utf8'))
  const devDependencies = Object.fromEntries(names.map((name) => [name, '*']))
  fs.writeFileSync(file, JSON.stringify({ ...described, devDependencies }, null, 2))
}

/** Runs the commands of a fence: each with what it says. */
function ran({ text, flags }: Fence, folder: string): string {
  return commandsOf(text)
    .map((command) => {
      const { status, output } = said(command, folder)
      expect([command, status === 0]).toEqual([command, !flags.has('fails')])
      return `$ ${command}\n${output}`.replace(/\n+$/, '')
    })
    .join('\n')
}

/** The same, where the fence shows some lines: they have to be there, in their order. */
function excerpted(fence: Fence, folder: string): string {
  const lines = steady(ran(fence, folder))
  let from = 0
  for (const line of steady(fence.text)) {
    const at = lines.findIndex(
      (one, index) => index >= from && one.replace(/ 0 s$/, '') === line.replace(/ 0 s$/, ''),
    )
    expect([line, at >= 0, lines.slice(from)]).toEqual([line, true, lines.slice(from)])
    from = at + 1
  }
  return fence.text
}

it('docs/api.md is what the docstrings say', () => expect(read('docs/api.md')).toBe(apiDocument()))

describe('README.md', () => {
  const fences = fencesOf(read('README.md')).filter((fence) => !kindOf(fence))
  const commands = fences
    .filter(({ language }) => language === 'sh')
    .flatMap(({ text }) => text.split(/\n| && /))
    .map((line) => line.replace(/ *(?:#|>).*$/, ''))

  it('names scripts and options that there are', () => {
    const { scripts }: { scripts: Record<string, string> } = JSON.parse(read('package.json'))
    const unknown = commands.filter((line) => {
      const [program, ...words] = line.split(' ')
      if (program === 'npm') return !['ci', 'link'].includes(words[0] ?? '') && !scripts[words.at(-1) ?? '']
      if (program === 'node') words.shift()
      const help = mdshift([words[0] ?? '', '--help'], ROOT).stdout
      return words.some(
        (word, index) => !help.includes(index === 0 ? `mdshift ${word}` : /^-/.test(word) ? word : ''),
      )
    })
    expect(commands.length).toBeGreaterThan(5)
    expect(unknown).toEqual([])
  })

  it.each(fences.filter(({ language }) => language === 'json'))(
    'shows a configuration: $text',
    async ({ text }) => {
      await using folder = await createProject({ 'mdshift.config.json': text })
      expect(await readConfig(path.join(folder.path, 'mdshift.config.json'))).toMatchObject({ ok: true })
    },
  )
})
