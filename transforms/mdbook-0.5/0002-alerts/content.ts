/** What in an admonition's content would be another thing outside of a fence, or change the chapter around it. */
import type { Blockquote, Code, Heading, Nodes } from 'mdast'
import { bracketsIn, type EditableChapter, endOf, headingText, labelId, mdbookId, startOf } from 'mdshift'
import { visit } from 'unist-util-visit'
import type { BookFacts } from './facts.ts'
import type { Obstacle } from './verdict.ts'

/** An alert, and what it would take the place of. */
export interface Placed {
  readonly quote: Blockquote
  readonly title: string
  readonly code: Code
  readonly chapter: EditableChapter
  readonly facts: BookFacts
}

/**
 * Why a fence may not become the alert that was made of it. In a fence, mdBook and mdshift see code; in a quote,
 * definitions, headings and footnotes are the chapter's.
 */
export function contentObstacle(placed: Placed): Obstacle | undefined {
  for (const reasonIn of REASONS) {
    const because = reasonIn(placed)
    if (because !== undefined) return { kind: 'refused', because }
  }
  return undefined
}

const REASONS: readonly ((placed: Placed) => string | undefined)[] = [
  includedLines,
  longDirective,
  linkedId,
  footnote,
  sharedHeading,
  sharedDefinition,
]

/** Included lines get no `> ` from every mdBook: they would end the quote. */
function includedLines({ code }: Placed): string | undefined {
  const directives = code.value.matchAll(/(?<!\\)\{\{\s*#(?!title\b)[a-z_]+\b[^}\n]*(\}\})?/gi)
  const [directive] = [...directives].find(([, end]) => end !== undefined) ?? []
  return directive && `mdBook would put the lines of ${directive} outside of the quote`
}

function longDirective({ code }: Placed): string | undefined {
  const directives = code.value.matchAll(/(?<!\\)\{\{(?:(?!\}\})[^\n])*(\n)?/g)
  return [...directives].some(([, lineEnd]) => lineEnd !== undefined)
    ? 'a {{…}} over several lines would have a `>` in it'
    : undefined
}

/** mdbook-admonish gives each block an id, made of its title. */
function linkedId({ title, chapter, facts }: Placed): string | undefined {
  const id = `admonition-${mdbookId(title)}`
  const linked = facts.linked[chapter.path]?.find(
    (one) => one.startsWith(id) && /^(?:-\d+)?$/.test(one.slice(id.length)),
  )
  return linked !== undefined ? `a link leads to #${linked}, and an alert has no id` : undefined
}

function footnote({ quote, code, chapter }: Placed): string | undefined {
  let own: string | undefined
  visit(quote, 'footnoteDefinition', ({ label, identifier }) => {
    own = label ?? identifier
  })
  if (own !== undefined) return `its footnote [^${own}] would become one of the chapter's`
  const known = chapter.find('footnoteDefinition').nodes()
  const used = known.find(({ identifier }) => code.value.toLowerCase().includes(`[^${identifier}]`))
  return used && `its reference to [^${used.identifier}] would change the numbers of footnotes`
}

/** A second heading of one text changes the id that mdBook makes for the one behind it. */
function sharedHeading({ quote, chapter }: Placed): string | undefined {
  const others = new Set(chapter.find('heading').nodes().map(idOf))
  const shared = headingsIn(quote).find((heading) => others.has(idOf(heading)))
  return shared && `its heading “${headingText(shared)}” would share its id with another one of the chapter`
}

function headingsIn(node: Nodes): Heading[] {
  const found: Heading[] = []
  visit(node, 'heading', (heading) => {
    found.push(heading)
  })
  return found
}

function idOf(heading: Heading): string {
  return heading.attributes?.id ?? mdbookId(headingText(heading))
}

/** What a fence defines is nobody's but its own as long as nobody else has the label in brackets. */
function sharedDefinition({ quote, code, chapter, facts }: Placed): string | undefined {
  const around = chapter.text.slice(0, startOf(code)) + chapter.text.slice(endOf(code))
  const mentioned = new Set(bracketsIn(around).map(({ label }) => labelId(label)))
  let shared: string | undefined
  visit(quote, 'definition', ({ label, identifier }) => {
    const id = labelId(label ?? identifier)
    if (mentioned.has(id) || facts.shared.includes(id)) shared ??= label ?? identifier
  })
  return shared && `it defines [${shared}], which would be a link elsewhere too`
}
