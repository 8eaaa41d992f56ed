/** The ways to write each block that has no blocks in it. */
import type { Definition, Heading, Nodes, Paragraph, Parents, PhrasingContent } from 'mdast'
import { frontmatterToMarkdown } from 'mdast-util-frontmatter'
import { gfmFootnoteToMarkdown } from 'mdast-util-gfm-footnote'
import { gfmStrikethroughToMarkdown } from 'mdast-util-gfm-strikethrough'
import { gfmTableToMarkdown } from 'mdast-util-gfm-table'
import { type Handle, type Options, type State, toMarkdown } from 'mdast-util-to-markdown'
import { labelSource } from '../label-source.ts'
import { originOf } from '../origin.ts'
import { endOf, startOf } from '../parse.ts'
import { END, edgesMoved, FRONT } from '../settled.ts'
import { attributesText } from './attributes.ts'
import { writeCode } from './code.ts'
import { contentOf } from './content.ts'
import { childrenNow, isKept } from './now.ts'
import { pieces } from './phrasing.ts'
import { type Mode, pieceHandlers } from './pieces.ts'
import type { Press } from './press.ts'
import { respelled, targetReplaced } from './spelling.ts'
import { writeTable } from './table.ts'

/**
 * Writes a block in one way.
 *
 * @returns `undefined` where there is no such way
 */
export function writeBlock(press: Press, node: Nodes, mode: Mode): string | undefined {
  switch (node.type) {
    case 'paragraph':
      return withAlert(node, writePhrasing(press, node, mode, ['paragraph', 'phrasing']))
    case 'heading':
      return writeHeading(press, node, mode)
    case 'code':
      return writeCode(press, node, mode)
    case 'definition':
      return writeDefinition(press, node, mode)
    case 'table':
      return writeTable(press, node, mode)
    case 'html':
    case 'mdbookDirective':
    case 'mdbookWikilink':
      return node.value.replace(/\r\n?/g, '\n')
    case 'thematicBreak':
      return mode === 'plain' ? '***' : press.habits.rule
    case 'yaml':
      return node.value === '' ? '---\n---' : `---\n${node.value.replace(/\r\n?/g, '\n')}\n---`
    default:
      return print(press, node, {})
  }
}

/** `[!NOTE]` on the first line makes an alert of a block quote, to mdBook and to GitHub: an escape that nobody wrote would make it none. */
function withAlert(node: Nodes, text: string): string {
  const origin = originOf(node)
  const isEscaped = origin !== undefined && contentOf(origin.chapter, node).text.startsWith('\\[')
  return isEscaped ? text : text.replace(ESCAPED_ALERT, '$1')
}

const ESCAPED_ALERT = /^\\(\[!(?:caution|important|note|tip|warning)\])(?=[ \t]*(?:\n|$))/i

type Construct = Parameters<State['enter']>[0]

/**
 * Writes the inline content of a node.
 *
 * @param constructs what mdast-util-to-markdown is to think that it stands in
 * @param around the characters beside it
 */
export function writePhrasing(
  press: Press,
  node: Nodes,
  mode: Mode,
  constructs: readonly Construct[],
  around = { before: '\n', after: '\n' },
): string {
  const children = trimmed(pieces(node, mode), edgesMoved(node))
  if (children.length === 0) return ''
  const handler: Handle = (parent: Parents, _, state, info) => {
    const exits = constructs.map((construct) => state.enter(construct))
    const text = state.containerPhrasing(parent as Parameters<State['containerPhrasing']>[0], {
      ...info,
      ...around,
    })
    for (const exit of exits) exit()
    return text
  }
  const host: Paragraph = { type: 'paragraph', children: children as PhrasingContent[] }
  return print(press, host, { handlers: { paragraph: handler } })
}

/** Inline content without the space that has come to stand at its ends. */
function trimmed(
  children: readonly PhrasingContent[],
  { front, end }: ReturnType<typeof edgesMoved>,
): PhrasingContent[] {
  return children.map((child, index) => {
    if (!('value' in child) || (child.type !== 'text' && child.type !== 'mdshiftSource')) return child
    const value = front && index === 0 ? child.value.replace(FRONT, '') : child.value
    return { ...child, value: end && index === children.length - 1 ? value.replace(END, '') : value }
  })
}

/** What mdast-util-to-markdown makes of a node, in a chapter's habits. */
export function print({ habits }: Press, node: Nodes, extension: Options): string {
  const hardBreak: Handle = (_node, _parent, state, info) => {
    const isOneLine = state.stack.includes('headingAtx') || state.stack.includes('tableCell')
    return isOneLine ? (/[\t ]/.test(info.before) ? '' : ' ') : `${habits.hardBreak}\n`
  }
  const text = toMarkdown(node, {
    bullet: habits.bullet,
    bulletOrdered: habits.delimiter,
    emphasis: habits.emphasis,
    strong: habits.strong,
    fence: habits.fence,
    quote: habits.quote,
    incrementListMarker: habits.counts,
    setext: habits.setext,
    tightDefinitions: habits.tightDefinitions,
    rule: '*',
    extensions: [
      gfmTableToMarkdown({ tableCellPadding: habits.padding, tablePipeAlign: habits.alignment }),
      gfmStrikethroughToMarkdown(),
      gfmFootnoteToMarkdown(),
      frontmatterToMarkdown('yaml'),
      {
        handlers: { ...pieceHandlers, break: hardBreak, mdbookDirective: verbatim, mdbookWikilink: verbatim },
        unsafe: [
          { character: '{', after: '\\{', inConstruct: 'phrasing' },
          { character: '{', inConstruct: ['headingAtx', 'headingSetext'] },
          { character: '<', before: '[( ]', inConstruct: 'destinationRaw' },
        ],
      },
      extension,
    ],
  } as Options)
  return text.endsWith('\n') ? text.slice(0, -1) : text
}

function verbatim(node: { readonly value: string }): string {
  return node.value
}
verbatim.peek = (node: { readonly value: string }): string => node.value.charAt(0)

/** A heading: its own marks where it has some, and its attributes behind its text. */
function writeHeading(press: Press, node: Heading, mode: Mode): string {
  const origin = mode === 'plain' || !isKept(node) ? undefined : originOf(node)
  const [first, last] = [origin?.children[0], origin?.children.at(-1)]
  const written = origin?.chapter.text.slice(startOf(node), endOf(node)) ?? ''
  const depth = Math.min(Math.max(node.depth, 1), 6)
  const isUnderlined = origin ? !written.startsWith('#') : press.habits.setext && mode !== 'plain'
  if (isUnderlined && depth <= 2 && childrenNow(node).length > 0) {
    const text = withoutBraces(node, writePhrasing(press, node, mode, ['headingSetext', 'phrasing']), mode)
    const attributes = attributesText(node, mode)
    const own = origin && contentOf(origin.chapter, node).text.split('\n').at(-1)
    const line = own?.replace(/[=-]/g, depth === 1 ? '=' : '-')
    const content = `${text}${attributes}`
    const width = content.length - (content.lastIndexOf('\n') + 1)
    const space = origin && last && attributes === '' ? spaceBehind(origin.chapter.text, endOf(last)) : ''
    return `${content}${space}\n${line || (depth === 1 ? '=' : '-').repeat(Math.max(width, 3))}`
  }
  const text = withoutBraces(
    node,
    writePhrasing(press, node, mode, ['headingAtx', 'phrasing'], { before: '# ', after: '\n' }),
    mode,
  )
  const isAtx = origin !== undefined && !isUnderlined && first && last
  const space = isAtx ? origin.chapter.text.slice(startOf(node), startOf(first)).replace(/^#+/, '') : ' '
  const behind = isAtx ? origin.chapter.text.slice(endOf(last), endOf(node)) : ''
  const closing = isAtx
    ? /^[ \t]+#+/.exec(behind)?.[0]
    : press.habits.closeAtx
      ? ` ${'#'.repeat(depth)}`
      : undefined
  const marks = '#'.repeat(depth)
  const inner = /^[ \t]/.test(text)
    ? `&#x${text.charCodeAt(0).toString(16).toUpperCase()};${text.slice(1)}`
    : text
  const end =
    closing === undefined
      ? ''
      : closing.replace(/#+/, (run) => (run.length === origin?.fields['depth'] ? marks : run))
  return `${marks}${inner === '' ? '' : space + inner}${end}${attributesText(node, mode)}`
}

/** Space at the end of a line. */
function spaceBehind(text: string, offset: number): string {
  return /^[ \t]*(?=[\r\n])/.exec(text.slice(offset, offset + 200))?.[0] ?? ''
}

/** Braces at the end of a heading's text would be its attributes, escaped or not. */
function withoutBraces(node: Heading, text: string, mode: Mode): string {
  const isText = mode !== 'raw' && childrenNow(node).at(-1)?.type === 'text'
  return isText ? text.replace(/\\?\{(?=[^{}<>\\\r\n]*\}[ \t]*$)/, '&#x7B;') : text
}

/** A definition; of one that is kept, what did not change is source. */
function writeDefinition(press: Press, node: Definition, mode: Mode): string {
  const origin = mode === 'plain' || !isKept(node) ? undefined : originOf(node)
  const source = labelSource(node)
  const fresh = print(press, { ...node, label: 'x', identifier: 'x' }, {}).replace('x', () => source)
  if (!origin) return fresh
  const { label } = origin.chapter.spans.fields(node)
  const target = targetReplaced(origin.chapter, node)
  if (!label || !target) return fresh
  const renamed = source === label.source ? [] : [{ start: label.start, end: label.end, text: source }]
  return respelled(origin.chapter, node, { start: startOf(node), end: endOf(node) }, [...renamed, ...target])
}
