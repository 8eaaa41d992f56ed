/**
 * A book of any size, in its legacy and in its current state, for benchmarks: badge rows, tables of recipes, lists,
 * fenced code, definitions in included files, index marks, damaged characters. The same options give the same bytes.
 */
import { chapterOf } from './chapter.ts'
import { type Draws, drawsOf } from './draws.ts'
import { definitionsOf, libraryNames } from './library.ts'
import { type Label, SPELLINGS, type Spelling, type State } from './spelling.ts'
import { THINGS } from './words.ts'

export interface BookOptions {
  /** How many Markdown files it is to have, about. */
  readonly files: number
  readonly seed?: number
}

/** A file of it, by its path from the book's root, and its text. */
export type Texts = ReadonlyMap<string, string>

const PAIRS_PER_FOLDER = 11
/** Files besides chapters and their tables: the summary, and the shared definitions. */
const SHARED = 5

/** @returns its texts in that state */
export function generateBook({ files, seed = 1 }: BookOptions, state: State): Texts {
  const spelling = SPELLINGS[state]
  const draws = drawsOf(seed)
  const folders = foldersOf(files)
  const libraries = libraryNames(Math.round(files * 0.83))
  const texts = new Map<string, string>([['book.toml', '[book]\ntitle = "Weather and Repairs"\n']])
  const summary: string[] = []
  for (const [position, { name, pairs }] of folders.entries()) {
    const recipes: string[] = []
    for (let number = 0; number < pairs; number++) {
      const topic = `${THINGS[(position + number * 7) % THINGS.length]}_${number + 1}`
      const made = chapterOf({ folder: name, topic, libraries }, draws, spelling)
      texts.set(`src/${name}/${topic}.md`, made.chapter)
      texts.set(`src/${name}/${topic}.incl.md`, made.table)
      recipes.push(...made.definitions)
      summary.push(`- [${made.title}](${name}/${topic}.md)`)
    }
    texts.set(`src/${name}/refs.incl.md`, `${recipes.toSorted().join('\n')}\n`)
  }
  texts.set('src/SUMMARY.md', `# Summary\n\n${summary.join('\n')}\n`)
  for (const [file, text] of sharedDefinitions(folders, libraries, draws, spelling)) texts.set(file, text)
  return texts
}

interface Folder {
  readonly name: string
  readonly pairs: number
}

function foldersOf(files: number): Folder[] {
  const count = Math.max(1, Math.round((files - SHARED) / (2 * PAIRS_PER_FOLDER + 1)))
  const pairs = Math.max(1, Math.floor((files - SHARED - count) / 2))
  return Array.from({ length: count }, (_, index) => ({
    name: `${THINGS[index % THINGS.length]}-works${index < THINGS.length ? '' : `-${Math.floor(index / THINGS.length)}`}`,
    pairs: Math.floor(pairs / count) + (index < pairs % count ? 1 : 0),
  }))
}

function sharedDefinitions(
  folders: readonly Folder[],
  libraries: readonly string[],
  draws: Draws,
  { label }: Spelling,
): [string, string][] {
  const lines = (definitions: readonly (readonly [Label, string])[]) =>
    `${definitions.map(([name, target]) => `[${label(name)}]: ${target}`).join('\n')}\n`
  const others = libraries
    .filter((_, index) => index % 4 === 0)
    .map((name, index): readonly [Label, string] => {
      const [subject, year] = [`${name.replaceAll('_', '-')}-notes`, 2015 + draws.below(10)]
      return index % 2 === 0
        ? [{ namespace: 'blog', subject }, `https://blog.example/${year}/${subject}`]
        : [{ subject: `${subject}-club`, resource: 'website' }, `https://${subject}-club.example/`]
    })
  const categories = folders.flatMap(({ name }): (readonly [Label, string])[] => [
    [
      { namespace: 'cat', subject: name, badge: true },
      `https://img.shields.io/badge/${name.replaceAll('-', '_')}-white`,
    ],
    [{ namespace: 'cat', subject: name }, `https://crates.io/categories/${name}`],
  ])
  const pages = folders.map(({ name }): readonly [Label, string] => [
    { namespace: 'p', subject: name },
    `../${name}/refs.incl.md`,
  ])
  return [
    ['src/refs/crate-refs.md', lines(libraries.flatMap(definitionsOf))],
    ['src/refs/category-refs.md', lines([...categories, ...pages])],
    ['src/refs/other-refs.md', lines(others)],
    [
      'src/refs/link-refs.md',
      '{{#include category-refs.md}}\n{{#include crate-refs.md}}\n{{#include other-refs.md}}\n',
    ],
  ]
}
