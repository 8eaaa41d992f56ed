/**
 * The layouts in which a transform has to do the same: what is done to a text is done to what is expected of it.
 */
import path from 'node:path'
import { readFileFacts } from '../book/file-facts.ts'
import { findIncludes, resolveTarget } from '../book/includes.ts'
import { hasFrontMatter } from '../front-matter.ts'
import type { Texts } from './texts.ts'

/** What goes in, and what has to come out. */
export interface Pair {
  readonly input: Texts
  readonly output: Texts
}

export interface Variant {
  /** For people: `block-quote`, in words. */
  readonly says: string
  /** What becomes of a situation; nothing where the layout would change what it is about. */
  of(pair: Pair): readonly Pair[]
}

export type VariantName =
  | 'crlf'
  | 'bom'
  | 'no-final-newline'
  | 'front-matter'
  | 'block-quote'
  | 'list-item'
  | 'in-fence'
  | 'twice'

/**
 * All of them. A file that another one includes is a part of a chapter: it is put in a layout only where that is the
 * same for the chapter.
 */
export const VARIANTS: Readonly<Record<VariantName, Variant>> = {
  crlf: { says: 'line ends of Windows', of: both((text) => text.replace(/\r?\n/g, '\r\n')) },
  bom: {
    says: 'behind a byte order mark',
    of: both((text, isPart) => (isPart || text.startsWith(BOM) ? text : BOM + text)),
  },
  'no-final-newline': { says: 'without the last line end', of: both((text) => text.replace(/\r?\n$/, '')) },
  'front-matter': {
    says: 'behind front matter',
    of: both((text, isPart) => {
      if (isPart) return text
      return startsWithRule(text) ? undefined : `---\ntitle: Rain\n---\n\n${text}`
    }),
  },
  'block-quote': {
    says: 'in a block quote',
    of: both(chapterIn(({ text, at }) => nested(text, at, '> ', '>'))),
  },
  'list-item': {
    says: 'in a list item',
    of: both(
      chapterIn(({ text, at }) => {
        const inside = nested(text, at, '  ', '')
        return inside === undefined ? undefined : `- An item.\n\n${inside}`
      }),
    ),
  },
  'in-fence': {
    says: 'in a fence, where nothing may change',
    of: ({ input }) =>
      Object.entries(input).map(([file, text]) => {
        const fenced = { [file]: inFence(text) }
        return { input: fenced, output: fenced }
      }),
  },
  twice: { says: 'a second time', of: ({ output }) => [{ input: output, output }] },
}

/** The names of all of them, in the order in which they are tried. */
export const VARIANT_NAMES: readonly VariantName[] = [
  'crlf',
  'bom',
  'no-final-newline',
  'front-matter',
  'block-quote',
  'list-item',
  'in-fence',
  'twice',
]

/** Whether a word names a variant. */
export function isVariant(name: string): name is VariantName {
  return Object.hasOwn(VARIANTS, name)
}

const BOM = '\uFEFF'

/** What is done to each file of what goes in, and of what comes out; nothing where it cannot be done to one. */
function both(put: (text: string, isPart: boolean) => string | undefined): Variant['of'] {
  return ({ input, output }) => {
    const parts = includedIn(input)
    const all = (texts: Texts): Texts | undefined => {
      const entries = Object.entries(texts).map(([file, text]) => [file, put(text, parts.has(file))] as const)
      return entries.every(isPut) ? Object.fromEntries(entries) : undefined
    }
    const [before, after] = [all(input), all(output)]
    if (!before || !after || isSame(before, input)) return []
    return [{ input: before, output: after }]
  }
}

function isPut(entry: readonly [string, string | undefined]): entry is readonly [string, string] {
  return entry[1] !== undefined
}

function isSame(one: Texts, other: Texts): boolean {
  return Object.entries(one).every(([file, text]) => other[file] === text)
}

/** Files that others include. */
function includedIn(texts: Texts): ReadonlySet<string> {
  const root = path.resolve('/')
  return new Set(
    Object.entries(texts).flatMap(([file, text]) =>
      findIncludes(text).map(({ target }) => resolveTarget(file, target, root)),
    ),
  )
}

/** Front matter in front of what looks like it, or like its end, is read otherwise. */
function startsWithRule(text: string): boolean {
  return text.startsWith(BOM) || /^\s*---/.test(text)
}

/** A chapter, and the offsets of lines that stay where they are. */
interface Lines {
  readonly text: string
  readonly at: ReadonlySet<number>
}

/**
 * Puts a chapter into a container, and leaves its includes and the parts that they show in front of it: mdBook would
 * put the first line of a part into the container, and none of the others.
 */
function chapterIn(put: (lines: Lines) => string | undefined) {
  return (text: string, isPart: boolean): string | undefined => {
    if (isPart) return text
    const rendered = readFileFacts('', text).includes.filter((include) => include.rendered)
    return put({ text, at: new Set(rendered.map(({ start }) => start)) })
  }
}

/** A tab reaches to a column that is another one behind a prefix, and front matter stands at the front alone. */
function nested(text: string, stays: ReadonlySet<number>, prefix: string, blank: string): string | undefined {
  if (text.startsWith(BOM) || /^[ \d.>)*+-]*\t/m.test(text) || hasFrontMatter(text)) return undefined
  let start = 0
  return text
    .split('\n')
    .map((line, index, lines) => {
      const at = start
      start += line.length + 1
      if (stays.has(at) || (index === lines.length - 1 && line === '')) return line
      return line === '' || line === '\r' ? blank + line : prefix + line
    })
    .join('\n')
}

/** Fences within it are shorter. */
function inFence(text: string): string {
  const longest = Math.max(9, ...[...text.matchAll(/~+/g)].map(([run]) => run.length))
  const fence = '~'.repeat(longest + 1)
  return `${fence} text\n${text}${text.endsWith('\n') ? '' : '\n'}${fence}\n`
}
