/**
 * What the recipes of docs/cookbook do to a book: `npm run cookbook -- BOOK-FOLDER` runs each of them, with its proof,
 * on a copy of its own, and prints what changed. A recipe says what it is about (`without`): the book without that has
 * to be the same before and after, but for blank lines.
 */
import { spawnSync } from 'node:child_process'
import fs from 'node:fs/promises'
import os from 'node:os'
import path from 'node:path'
import { fileURLToPath } from 'node:url'
import { diffArrays } from 'diff'

const ROOT = fileURLToPath(new URL('..', import.meta.url))
const BIN = path.join(ROOT, 'bin', 'mdshift.js')

interface Recipe {
  readonly options?: readonly string[]
  /** A text without what the recipe is about. */
  without(text: string): string
}

const ADDRESS = /\]\(<?https?:[^()\s]*(?:\([^()\s]*\)[^()\s]*)*>?(?: "[^"]*")?\)/g

/** In the order of docs/cookbook.md. */
const RECIPES: Readonly<Record<string, Recipe>> = {
  'rename-directive': { without: (text) => text.replace(/\{\{(?:hi|index):/g, '{{') },
  'bump-headings': { without: (text) => text.replace(/^([ >]*)#+(?= )/gm, '$1') },
  'heading-ids': { without: (text) => text.replace(/^([ >]*#.*?)(?: \{[^{}\n]*\})?(?: *#*)$/gm, '$1') },
  'inline-to-reference': {
    without: (text) =>
      text
        .replace(ADDRESS, ']')
        .replace(/\]\[(?:[\w-]+\.)+[\w-]+\]/g, ']')
        .replace(/^\[(?:[\w-]+\.)+[\w-]+\]: https?:.*$/gm, ''),
  },
  'reference-to-inline': {
    without: (text) =>
      text.replace(/^\[[^\]\n]+\]:.*$/gm, '').replace(/\](?:\([^()\s]*(?: "[^"]*")?\)|\[[^\]\n]*\])/g, ']'),
  },
  'change-domain': {
    options: ['--from', 'img.shields.io', '--to', 'badges.example.org'],
    without: (text) => text.replace(/img\.shields\.io|badges\.example\.org/g, ''),
  },
  'move-chapter': {
    options: ['--from', 'links/rust_cheatsheets.md', '--to', 'links/sheets/rust.md'],
    without: (text) => text.replace(/[\w./-]*(?:rust_cheatsheets\.md|sheets\/rust\.md)/g, ''),
  },
  'rename-label': {
    options: ['--from', 'c-std', '--to', 'crate-std'],
    without: (text) => text.replace(/\[(?:c-std|crate-std)\]/g, ''),
  },
  'front-matter-keys': { without: (text) => text },
  'code-languages': { without: (text) => text.replace(/^([ >]*(?:`{3,}|~{3,}))[^`\n]*$/gm, '$1') },
  'notes-to-alerts': {
    without: (text) => text.replace(/\*\*\w+:?\*\*:? ?|\[!\w+\]\n[> ]*/g, ''),
  },
  'task-items': { without: (text) => text.replace(/^( *[-*+] )(?:\[[ x]\]|(?:TODO|DONE):?) +/gm, '$1') },
  'drop-column': {
    options: ['--column', 'Crates'],
    without: (text) => withoutColumn(text, 'Crates'),
  },
  'html-tables': { without: (text) => text.replace(/<table>[\s\S]*?<\/table>/g, '') },
  'remove-hidden': { without: (text) => text.replace(/<div class="hidden">[\s\S]*?<\/div>/g, '') },
}

/** Cells without the space around them, and without those of a column. */
function withoutColumn(text: string, column: string): string {
  let index: number | undefined
  const lines = text.split('\n').map((line) => {
    if (!line.startsWith('|')) {
      index = undefined
      return line
    }
    const cells = line.split(/(?<!\\)\|/).map((cell) => cell.trim().replace(/^(:?)-+(:?)$/, '$1-$2'))
    index ??= cells.indexOf(column)
    return cells.filter((_, position) => position !== index).join('|')
  })
  return lines.join('\n')
}

interface Outcome {
  readonly name: string
  readonly files: number
  readonly edits: number
  readonly lines: number
  /** Lines that differ in something else. */
  readonly others: readonly string[]
  /** What the run told of files that it left. */
  readonly told: readonly string[]
}

const [book = path.join(ROOT, '__fixtures__', 'book'), ...chosen] = process.argv.slice(2)
const known = await fs.readdir(path.join(ROOT, 'docs', 'cookbook'))
const unknown = known.filter((name) => !(name in RECIPES))
if (unknown.length > 0) throw new Error(`nothing says what ${unknown.join(', ')} is about`)
const row = (cells: readonly (number | string)[]) => console.log(`| ${cells.join(' | ')} |`)
row(['recipe', 'files changed', 'edits', 'lines changed', 'other lines changed', 'files refused'])
row(['---', '---:', '---:', '---:', '---:', '---:'])
let wrong = 0
for (const [name, recipe] of Object.entries(RECIPES)) {
  if (chosen.length > 0 && !chosen.includes(name)) continue
  const { files, edits, lines, others, told } = await run(name, recipe)
  row([
    `\`${name}\``,
    files,
    edits,
    lines,
    others.length,
    told.filter((line) => line.startsWith('error')).length,
  ])
  wrong += others.length
  for (const line of [...others, ...told]) console.error(`    ${name}: ${line}`)
}
process.exitCode = wrong > 0 ? 1 : 0

/** Runs a recipe on a copy of the book. */
async function run(name: string, { options = [], without }: Recipe): Promise<Outcome> {
  const copy = await fs.mkdtemp(path.join(os.tmpdir(), 'mdshift-cookbook-'))
  try {
    await fs.cp(book, copy, { recursive: true })
    const file = path.join(ROOT, 'docs', 'cookbook', name, `${name}.ts`)
    const { stderr } = spawnSync(process.execPath, [BIN, 'run', '-t', file, ...options], {
      cwd: copy,
      encoding: 'utf8',
      env: { ...process.env, NO_COLOR: '1' },
    })
    const [told = '', results] = stderr.split(/^Results:\n/m)
    if (results === undefined) throw new Error(`${name} failed:\n${stderr}`)
    const edits = new RegExp(`^ {2}${name} {2}([\\d,]+) edits?`, 'm').exec(results)?.[1] ?? '0'
    const changes = await changesBetween(book, copy, without)
    const lines = told.split('\n').filter((line) => line !== '')
    return { name, ...changes, edits: Number(edits.replaceAll(',', '')), told: lines }
  } finally {
    await fs.rm(copy, { recursive: true })
  }
}

async function changesBetween(
  before: string,
  after: string,
  without: Recipe['without'],
): Promise<Pick<Outcome, 'files' | 'lines' | 'others'>> {
  let [files, lines] = [0, 0]
  const others: string[] = []
  for (const file of await fs.readdir(before, { recursive: true })) {
    if (!file.endsWith('.md')) continue
    const [old, current] = [
      await fs.readFile(path.join(before, file), 'utf8'),
      await fs.readFile(path.join(after, file), 'utf8'),
    ]
    if (old === current) continue
    files += 1
    lines += changedLines(old, current).filter((line) => line.startsWith('+')).length
    others.push(...changedLines(without(old), without(current)).map((line) => `${file}: ${line}`))
  }
  return { files, lines, others }
}

/** Lines that are not blank, and in one of two texts only, with their sign. */
function changedLines(before: string, after: string): string[] {
  const linesOf = (text: string) => text.split(/\r?\n/).filter((line) => line.trim() !== '')
  return diffArrays(linesOf(before), linesOf(after)).flatMap(({ added, removed, value }) =>
    added || removed ? value.map((line) => `${added ? '+' : '-'}${line}`) : [],
  )
}
