/**
 * Megabytes a second of Markdown parsers over the same chapters, in one process and in turn: `npm run bench -- parsers`.
 * A full reference is one only where its label is defined, and that is in another file: each parser is told of it in the
 * way that it has, and the table says which.
 */
import { createRequire } from 'node:module'
import path from 'node:path'
import { pathToFileURL } from 'node:url'
import { parseArgs } from 'node:util'
import MarkdownIt from 'markdown-it'
import remarkParse from 'remark-parse'
import { markdownToMdast } from 'satteri'
import { unified } from 'unified'
import { z } from 'zod'
import { labelId } from '../src/label-id.ts'
import { parseChapter } from '../src/markdown/parse.ts'
import { generateBook } from './book/generate.ts'
import { median } from './measure.ts'
import { CACHE, installPeers } from './peers.ts'
import { table } from './table.ts'

interface Sample {
  readonly path: string
  readonly text: string
  /** The definitions that its references need, as lines. */
  readonly definitions: string
}

interface Parser {
  readonly name: string
  /** How it knows of definitions. */
  readonly told: string
  parse(sample: Sample): void
}

/** @param args of the command line: `--files`, `--rounds` */
export async function compareParsers(args: readonly string[]): Promise<void> {
  const options = { files: { type: 'string' }, rounds: { type: 'string' } } as const
  const { values } = parseArgs({ args: [...args], options })
  const texts = generateBook({ files: Number(values.files ?? 300) }, 'legacy')
  const { samples, addresses } = samplesOf(texts)
  const bytes = samples.reduce((sum, { text }) => sum + Buffer.byteLength(text), 0)
  const parsers = [...parsersFor(addresses), ...(await lezer())]
  const speeds = new Map<string, number[]>(parsers.map(({ name }) => [name, []]))
  for (let round = 0; round <= Number(values.rounds ?? 5); round++) {
    for (const { name, parse } of parsers) {
      const begun = performance.now()
      for (const sample of samples) parse(sample)
      // The first round makes the code warm.
      if (round > 0) speeds.get(name)?.push(bytes / 1000 / (performance.now() - begun))
    }
  }
  console.log(
    `${samples.length} chapters, ${(bytes / 1e6).toFixed(1)} MB, warm, one thread. Node ${process.version}.\n`,
  )
  const slowest = Math.min(...[...speeds.values()].map(median))
  const lines = parsers.map(({ name, told }) => {
    const speed = median(speeds.get(name) ?? [])
    return [name, told, speed.toFixed(1), `${(speed / slowest).toFixed(1)} ×`]
  })
  console.log(table(['parser', 'definitions', 'MB/s', 'over the slowest'], lines))
}

/** The chapters with the definitions that they use, and where all labels lead, by label as it is compared. */
function samplesOf(texts: ReadonlyMap<string, string>) {
  const lines = [...texts.values()].flatMap((text) => text.match(/^\[[^\]]+\]: .*$/gm) ?? [])
  const byId = new Map(lines.map((line) => [labelId(/^\[([^\]]+)\]/.exec(line)?.[1] ?? ''), line]))
  const addresses = new Map([...byId].map(([id, line]) => [id, line.split(': ')[1] ?? '']))
  const samples = [...texts]
    .filter(([file]) => file.endsWith('.md') && !file.includes('refs'))
    .map(([file, text]): Sample => {
      const used = new Set([...text.matchAll(/\[([^[\]]+)\]/g)].map(([, label = '']) => labelId(label)))
      const definitions = [...used].flatMap((id) => byId.get(id) ?? []).join('\n')
      return { path: file, text, definitions: `${definitions}\n\n` }
    })
  return { samples, addresses }
}

function parsersFor(addresses: ReadonlyMap<string, string>): Parser[] {
  const remark = unified().use(remarkParse)
  const markdownIt = new MarkdownIt()
  const references = Object.fromEntries(
    [...addresses].map(([id, href]) => [markdownIt.utils.normalizeReference(id), { href, title: '' }]),
  )
  const isDefined = (id: string) => addresses.has(id)
  return [
    {
      name: 'mdshift: tree and spans',
      told: 'asked for',
      parse: ({ path: file, text }) => parseChapter(file, text, isDefined),
    },
    { name: 'remark-parse', told: 'none', parse: ({ text }) => remark.parse(text) },
    {
      name: 'remark-parse, told',
      told: 'put before the text',
      parse: ({ text, definitions }) => remark.parse(definitions + text),
    },
    {
      name: 'markdown-it, tokens',
      told: 'given',
      parse: ({ text }) => markdownIt.parse(text, { references: Object.create(references) }),
    },
    {
      name: 'satteri, mdast',
      told: 'put before the text',
      parse: ({ text, definitions }) => markdownToMdast(definitions + text, { features: { gfm: true } }),
    },
  ]
}

const parserIn = z.object({
  parser: z.custom<{ parse(text: string): unknown }>((value) => value instanceof Object && 'parse' in value),
})

/** It comes with the peers, and so has no types here. */
async function lezer(): Promise<Parser[]> {
  installPeers()
  try {
    const from = createRequire(path.join(CACHE, 'package.json'))
    const { parser } = parserIn.parse(await import(pathToFileURL(from.resolve('@lezer/markdown')).href))
    return [{ name: '@lezer/markdown', told: 'none needed', parse: ({ text }) => void parser.parse(text) }]
  } catch {
    console.error('@lezer/markdown is not there, and is left out')
    return []
  }
}
