/** One trial: a text, what is done to its tree, what is printed, and whether that is right. */
import type { Nodes, Root } from 'mdast'
import { decodeSource, encodeSource, type SourceText } from '../../../src/book/source-text.ts'
import { withOrigins } from '../../../src/markdown/origin.ts'
import { type Chapter, endOf, parseChapter, startOf } from '../../../src/markdown/parse.ts'
import { type Printed, printChanges } from '../../../src/markdown/print.ts'
import type { Edit } from '../../../src/model.ts'
import { askedOf } from './asked.ts'
import type { Source } from './corpus.ts'
import { diceOf } from './dice.ts'
import { htmlOfText, htmlOfTree, plainText, withoutLooseness } from './html.ts'
import { LAYOUTS } from './layouts.ts'
import { mutate } from './mutations.ts'
import { headingNames, OTHERS, tagByTag } from './opinions.ts'
import { nodesIn } from './places.ts'
import { treeDifference } from './same-tree.ts'
import { whyUnsayable } from './unsayable.ts'

export interface Trial {
  readonly source: Source
  /** One of `LAYOUTS`. */
  readonly layout: string
  /** What is done, and where: each row of numbers is one mutation. */
  readonly numbers: readonly (readonly number[])[]
  /** Texts that a mutation may put into the tree. */
  readonly others: readonly string[]
}

/** How a trial ended. */
export interface Verdict {
  /**
   * - `agreed`: the text says the tree, and nothing else moved
   * - `refused`; `unsayable`: refused, and nobody could print it
   * - `wrong`; `crashed`
   * - `idle`: the tree has no place for the mutation
   */
  readonly kind: 'agreed' | 'crashed' | 'idle' | 'refused' | 'unsayable' | 'wrong'
  /** A refusal's message, or what is wrong. */
  readonly reason: string
  /** All of it, to be read by a person. */
  readonly story: string
}

/** A block of the chapter as it was. */
interface Block {
  readonly node: Nodes
  readonly json: string
}

export function judge(trial: Trial): Verdict {
  const laidOut = LAYOUTS[trial.layout]?.(trial.source.text) ?? trial.source.text
  const { text, bom } = throughBytes(laidOut)
  const { known } = trial.source
  const chapter = read(text, known)
  const blocks = blocksOf(chapter)
  const labels = labelsOf(chapter.tree)
  const clear = wrongHtml(chapter.tree, chapter, known, true) === undefined
  const loose = isAsLoose(chapter, known, [htmlOfText(chapter, known)])
  const ids = wrongIds(chapter.tree, text) === undefined
  const others = dissenters(chapter, known).length === 0
  const world = { chapter, others: trial.others }
  const done = trial.numbers.flatMap((row) => mutate(world, diceOf(row)) ?? [])
  const asked = askedOf(chapter.tree)
  const left = JSON.stringify(chapter.tree)
  const verdict = (kind: Verdict['kind'], reason: string, printed?: string): Verdict => ({
    kind,
    reason,
    story: storyOf(trial, text, done, reason, asked, printed),
  })
  if (done.length === 0) return verdict('idle', '')

  let printed: Printed
  try {
    printed = printChanges(chapter)
  } catch (error) {
    return verdict('crashed', error instanceof Error ? (error.stack ?? error.message) : String(error))
  }
  if (JSON.stringify(chapter.tree) !== left) return verdict('wrong', 'the tree was changed')
  if (!printed.ok) {
    if (printed.message === '') return verdict('wrong', 'a refusal without a message')
    if (!(printed.at >= 0 && printed.at <= text.length)) return verdict('wrong', `a refusal at ${printed.at}`)
    return whyUnsayable(asked) === undefined
      ? verdict('refused', printed.message)
      : verdict('unsayable', printed.message)
  }
  const result = read(printed.text, known)
  const wrong =
    wrongEdits(text, printed.edits, printed.text) ??
    wrongTree(asked, result) ??
    (clear ? wrongHtml(asked, result, known, loose) : undefined) ??
    (others ? wrongElsewhere(result, known) : undefined) ??
    (ids ? wrongIds(asked, result.text) : undefined) ??
    wrongLines(text, printed.text) ??
    (asked.children.length > 0 ? wrongEnds(laidOut, { text: printed.text, bom }) : undefined) ??
    (labels === labelsOf(asked) ? wrongBlocks(blocks, chapter, printed.text) : undefined)
  return wrong === undefined ? verdict('agreed', '') : verdict('wrong', wrong, printed.text)
}

/** A chapter as it is parsed for printing. */
export function read(text: string, known: readonly string[]): Chapter {
  const ids = new Set(known)
  return withOrigins(parseChapter('chapter.md', text, (id) => ids.has(id)))
}

/** Edits have to be in order, apart, inside the text, and all that is different. */
function wrongEdits(text: string, edits: readonly Edit[], printed: string): string | undefined {
  let [at, built] = [0, '']
  for (const { start, end, text: by } of edits) {
    if (start < at || end < start || end > text.length) return `edits: ${JSON.stringify(edits)}`
    built += text.slice(at, start) + by
    at = end
  }
  return built + text.slice(at) === printed
    ? undefined
    : `edits do not make the text: ${JSON.stringify(edits)}`
}

function wrongTree(asked: Root, { tree }: Chapter): string | undefined {
  const difference = treeDifference(asked, tree)
  return difference && `the text says another tree\n${difference}`
}

/** @param looseness whether lists are judged by it: not where others saw another one than micromark from the start */
function wrongHtml(
  asked: Root,
  chapter: Chapter,
  known: readonly string[],
  looseness: boolean,
): string | undefined {
  const shown = htmlOfText(chapter, known)
  const loose = htmlOfTree(asked, known, chapter.text, 'loose')
  const tight = htmlOfTree(asked, known, chapter.text, 'tight')
  if (shown === loose || shown === tight) return undefined
  if (withoutLooseness(shown) === withoutLooseness(tight)) {
    if (!looseness || loose !== tight || isAsLoose(chapter, known, [loose, tight])) return undefined
  }
  return `the text shows something else\n--- the tree:\n${tight}\n--- the text:\n${shown}`
}

/**
 * micromark takes lists of a quote for loose where a blank line and a container come behind them, and any list with a
 * blank line in a footnote; others do not. All show footnotes in ways of their own.
 */
function isAsLoose(chapter: Chapter, known: readonly string[], asked: readonly string[]): boolean {
  if (nodesIn(chapter.tree, 'footnoteDefinition').length > 0) return true
  const text = plainText(chapter, known)
  return Object.values(OTHERS).some((show) => {
    const shown = inTags(show(text))
    return asked.some((html) => inTags(html) === shown)
  })
}

/** Tag by tag, without the space at the ends of paragraphs, and without boxes: markdown-it knows no tasks. */
function inTags(html: string): string {
  return tagByTag(html.replace(/\s*(<\/?p>)\s*/g, '$1')).replace(
    /(<li>(?:<p>)?)(?:<input[^>]*>|\[[ x]\])\s/gi,
    '$1',
  )
}

/** Renderers that show a chapter otherwise than micromark's parser. */
function dissenters(chapter: Chapter, known: readonly string[]): string[] {
  const inOneForm = (html: string) => withoutEdges(tagByTag(withoutLooseness(html)))
  const shown = inOneForm(htmlOfText(chapter, known))
  const text = plainText(chapter, known)
  return Object.entries(OTHERS)
    .map(([name, show]) => [name, inOneForm(show(text))] as const)
    .filter(([, html]) => html !== shown)
    .map(([name, html]) => `--- ${name}:\n${html}`)
}

/**
 * Without space before a line ends: only some take it away where it was written as a character reference. And without
 * space where a line begins with inline marks, in which only some take it for that of the line.
 */
function withoutEdges(html: string): string {
  return html
    .replace(/(<br>\n?(?:<(?:a|del|em|strong)\b[^>]*>)+)[ \t]+/g, '$1')
    .replace(/[ \t]+(?=\n|<\/?(?:blockquote|h\d|li|ol|pre|td|th|ul)\b|$)/g, '')
}

/**
 * Each of the others has its own ways where a specification says nothing, or is not followed; where all of them
 * show something else, the text does not say what it was meant to say. Footnotes and tasks look different in each.
 */
function wrongElsewhere(chapter: Chapter, known: readonly string[]): string | undefined {
  const shown = htmlOfText(chapter, known)
  if (nodesIn(chapter.tree, 'footnoteDefinition').length > 0 || shown.includes('type="checkbox"'))
    return undefined
  const dissenting = dissenters(chapter, known)
  if (dissenting.length < Object.keys(OTHERS).length) return undefined
  return `other readers show something else\n--- micromark:\n${tagByTag(withoutLooseness(shown))}\n${dissenting.join('\n')}`
}

/** What the headings have in braces, as satteri reads it; it has a heading of its own for footnotes, and may miss one that is
 * deep in lists; what a text shows is asked elsewhere. */
function wrongIds(asked: Root, text: string): string | undefined {
  if (nodesIn(asked, 'footnoteDefinition').length > 0) return undefined
  const wanted = nodesIn(asked, 'heading').map(
    (node) => `#${node.attributes?.id ?? ''} ${node.attributes?.classes.join(' ') ?? ''}`,
  )
  const shown = headingNames(text)
  return wanted.length !== shown.length || wanted.join('\n') === shown.join('\n')
    ? undefined
    : `other ids and classes of headings\n--- the tree: ${JSON.stringify(wanted)}\n--- satteri: ${JSON.stringify(shown)}`
}

/** Line ends stay of the kind that they were, if they were of one. */
function wrongLines(before: string, after: string): string | undefined {
  const kinds = (text: string) => new Set(text.match(/\r\n|\r|\n/g))
  const [were, are] = [kinds(before), kinds(after)]
  const strange = [...are].filter((kind) => !were.has(kind) && (were.size > 0 || kind !== '\n'))
  return strange.length === 0 ? undefined : `new line ends: ${JSON.stringify(strange)}`
}

/** A file's bytes as they are read. */
function throughBytes(file: string): SourceText {
  const source = decodeSource(new TextEncoder().encode(file), 'chapter.md')
  if (!source.ok) throw new Error('A corpus is UTF-8')
  return source.value
}

/** A byte order mark stays, and so does a final newline, or that there is none. */
function wrongEnds(before: string, printed: SourceText): string | undefined {
  const after = new TextDecoder('utf-8', { ignoreBOM: true }).decode(encodeSource(printed))
  if (before.startsWith('\uFEFF') !== after.startsWith('\uFEFF')) return 'a byte order mark came or went'
  if (
    before.replace('\uFEFF', '') === '' ||
    printed.text === '' ||
    /[\r\n]$/.test(before) === /[\r\n]$/.test(after)
  )
    return undefined
  return 'a final newline came or went'
}

/** A setext heading below definitions begins, says mdast, where those begin; such blocks have no place of their own. */
function blocksOf({ tree }: Chapter): Block[] {
  const ends = tree.children.map(endOf)
  const apart = tree.children.filter((node, index) => startOf(node) >= Math.max(0, ...ends.slice(0, index)))
  return apart.map((node) => ({ node, json: JSON.stringify(node) }))
}

/**
 * Blocks that nobody touched stand in the text as they stood, in the order of the tree. A list or indented code that
 * has a new neighbour may have to change, so that they do not become one.
 */
function wrongBlocks(before: readonly Block[], { tree, text }: Chapter, printed: string): string | undefined {
  const lines = unixLines(printed)
  let [at, from] = [0, 0]
  for (const [index, node] of tree.children.entries()) {
    const was = before.findIndex((block) => block.node === node)
    if (was < 0 || before[was]?.json !== JSON.stringify(node)) continue
    const isBeside = (side: number) => before[was + side]?.node === tree.children[index + side]
    const [start, end] = [startOf(node), endOf(node)]
    if (start < from || (MERGEABLE.has(node.type) && !(isBeside(-1) && isBeside(1)))) continue
    const source = unixLines(text.slice(start, end))
    const found = lines.indexOf(source, at)
    if (found < 0) return `an untouched block is not what it was: ${JSON.stringify(source)}`
    at = found + source.length
    from = end
  }
  return undefined
}

/** A block that moves to where lines end otherwise takes on those ends. */
function unixLines(text: string): string {
  return text.replace(/\r\n?/g, '\n')
}

/** What is defined: where that changes, a text may need an escape that it did not need. */
function labelsOf(tree: Root): string {
  return JSON.stringify(
    nodesIn(tree, 'definition', 'footnoteDefinition')
      .map(({ type, identifier }) => `${type} ${identifier}`)
      .toSorted(),
  )
}

const MERGEABLE = new Set(['code', 'list'])

function storyOf(
  { source, layout }: Trial,
  text: string,
  done: readonly string[],
  reason: string,
  asked: Root,
  printed: string | undefined,
): string {
  const visible = (part: string) => part.replace(/\r/g, '␍').replace(/\t/g, '→')
  return [
    `${source.name}, ${layout}`,
    `=== source\n${visible(text)}`,
    `=== done\n${done.join('\n')}`,
    `=== asked\n${htmlOfTree(asked, source.known, text, 'tight')}`,
    printed === undefined ? '' : `=== printed\n${visible(printed)}`,
    `=== ${reason}`,
  ].join('\n')
}
