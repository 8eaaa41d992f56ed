/** Fixtures on disk: which there are, what is in them, and the layouts that each is tried in. */
import fs from 'node:fs'
import path from 'node:path'
import { fileURLToPath } from 'node:url'
import { checkConfig, settingsIn } from '../../src/book/config.ts'
import { readJsonText } from '../../src/book/json-text.ts'
import { DEFAULT_SETTINGS, type Settings } from '../../src/model.ts'

export const FIXTURES = fileURLToPath(new URL('../../__fixtures__', import.meta.url))

/** Whether goldens are written instead of compared: `UPDATE=1`. */
export const UPDATE = process.env['UPDATE'] === '1'

export interface Fixture {
  /** `0003-external-link-arrow/in-a-table-cell`. */
  readonly name: string
  readonly folder: string
  /** Input texts by path: a chapter (`input.md`), or a small book (`input/…`). */
  readonly input: Readonly<Record<string, string>>
  /** Layouts that would change what the fixture is about; `layouts.json`, with reasons. */
  readonly without: Readonly<Record<string, string>>
  /** By hand, `labels.json`. */
  readonly labels: Readonly<Record<string, string>>
  /** What a configuration says, `config.json`. */
  readonly settings: Settings
}

/** All situations below a folder of fixtures. */
export function fixturesIn(group: string): Fixture[] {
  const folder = path.join(FIXTURES, group)
  return fs
    .readdirSync(folder, { withFileTypes: true })
    .filter((entry) => entry.isDirectory())
    .map((entry) => readFixture(`${group}/${entry.name}`))
}

function readFixture(name: string): Fixture {
  const folder = path.join(FIXTURES, name)
  const known = [
    'input.md',
    'output.md',
    'input',
    'output',
    'left.txt',
    'layouts.json',
    'labels.json',
    'config.json',
  ]
  const unknown = fs.readdirSync(folder).filter((entry) => !known.includes(entry))
  if (unknown.length > 0) throw new Error(`${name}: nobody reads ${unknown.join(', ')}`)
  const whole = fs.existsSync(path.join(folder, 'input'))
  return {
    name,
    folder,
    input: whole
      ? readTexts(path.join(folder, 'input'))
      : { 'chapter.md': read(path.join(folder, 'input.md')) },
    without: readJson(path.join(folder, 'layouts.json')),
    labels: readJson(path.join(folder, 'labels.json')),
    settings: readSettings(path.join(folder, 'config.json')),
  }
}

/** The texts of a folder by their paths in it. */
export function readTexts(folder: string): Record<string, string> {
  const files = fs
    .readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((file) => fs.statSync(path.join(folder, file)).isFile())
    .sort()
  return Object.fromEntries(
    files.map((file) => [file.split(path.sep).join('/'), read(path.join(folder, file))]),
  )
}

export function read(file: string): string {
  return fs.readFileSync(file, 'utf8')
}

export function readIfThere(file: string): string {
  return fs.existsSync(file) ? read(file) : ''
}

/** Writes a golden; an empty one is no file. */
export function writeGolden(file: string, text: string): void {
  if (text === '') fs.rmSync(file, { force: true })
  else {
    fs.mkdirSync(path.dirname(file), { recursive: true })
    fs.writeFileSync(file, text)
  }
}

function readJson(file: string): Record<string, string> {
  return fs.existsSync(file) ? JSON.parse(read(file)) : {}
}

function readSettings(file: string): Settings {
  if (!fs.existsSync(file)) return DEFAULT_SETTINGS
  const source = readJsonText(read(file), file)
  const config = 'value' in source ? checkConfig(source, '/book/mdshift.config.json') : undefined
  if (!config?.ok) throw new Error(`${file}: ${JSON.stringify(config?.failures ?? source)}`)
  return settingsIn(config.value, '/book')
}

/** A layout that a chapter can be put in: the same change goes for what goes in and for what comes out. */
export interface Layout {
  readonly name: string
  put(text: string): string
}

const indent = (text: string, first: string, rest: string, blank: string) =>
  text
    .split('\n')
    .map((line, index) => (line === '' ? blank : (index === 0 ? first : rest) + line))
    .join('\n')

/** Layouts in which a migration does the same. */
export const LAYOUTS: readonly Layout[] = [
  { name: 'crlf', put: (text) => text.replace(/\r?\n/g, '\r\n') },
  { name: 'no-final-newline', put: (text) => text.replace(/\r?\n$/, '') },
  { name: 'block-quote', put: (text) => indent(text, '> ', '> ', '>') },
  { name: 'list-item', put: (text) => `- An item.\n\n${indent(text, '  ', '  ', '')}` },
]

/** In a fence nothing may change. */
export function inFence(text: string): string {
  return `~~~~~~~~~~ text\n${text}${text.endsWith('\n') ? '' : '\n'}~~~~~~~~~~\n`
}
