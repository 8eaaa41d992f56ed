/** An admonition as an alert: a block quote that begins with `[!NOTE]`, or why it cannot be one. */
import type { Blockquote, Code, Root } from 'mdast'
import { b, type Collection, isFlow, md } from 'mdshift'
import { readAdmonition } from './admonition.ts'
import { isClosed, wordsOf } from './fence.ts'
import { ALERTS, type Alert } from './kinds.ts'
import { type Obstacle, verdictOn } from './verdict.ts'

export type Attempt = { readonly quote: Blockquote; readonly title: string } | { readonly obstacle: Obstacle }

/** Whether a label is defined around a chapter. */
type IsDefined = (id: string) => boolean

/**
 * Makes an alert of an `admonish` fence. Its content is read, and becomes the quote's; admonitions in it become
 * alerts too, or nothing does.
 *
 * @param code the fence
 * @param text that it was parsed from
 * @param isDefined whether its content finds a label defined
 * @returns `undefined` for another fence
 */
export function alertOf(code: Code, text: string, isDefined: IsDefined): Attempt | undefined {
  const words = wordsOf(code, text)
  if (words === undefined) return undefined
  const admonition = readAdmonition(words)
  if (!admonition) return refused('mdbook-admonish cannot read it either: it shows an error there')
  const verdict = verdictOn(admonition)
  if ('obstacle' in verdict) return verdict
  if (!isClosed(code, text)) return refused('the fence has no end')
  const content = code.value.replace(/^(?:[ \t]*\r?\n)+/, '')
  const { body, source } = bodyOf(verdict.alert, content, isDefined)
  for (const path of body.find('code').paths()) {
    const inner = alertOf(path.node, source, isDefined)
    if (inner && 'obstacle' in inner) return within(inner.obstacle)
    if (inner) path.replace(inner.quote)
  }
  const quote = b.blockquote(body.get().node.children.filter(isFlow))
  return { quote, title: ALERTS[verdict.alert] }
}

interface Body {
  readonly body: Collection<Root>
  /** What it was parsed from. */
  readonly source: string
}

/**
 * The content below its marker: right below where it begins with a paragraph, of which the marker is the first line
 * for all but mdBook; else behind a blank line, so that no block is swallowed by that paragraph.
 */
function bodyOf(alert: Alert, content: string, isDefined: IsDefined): Body {
  const marker = `[!${alert}]`
  const apart = bodyFrom(`${marker}\n\n${content}`, isDefined)
  if (typesIn(apart)[1] !== 'paragraph') return apart
  const joined = bodyFrom(`${marker}\n${content}`, isDefined)
  return typesIn(joined).join() === typesIn(apart).slice(1).join() ? joined : apart
}

function bodyFrom(source: string, isDefined: IsDefined): Body {
  return { body: md(source, { isDefined }), source }
}

function typesIn({ body }: Body): string[] {
  return body.get().node.children.map(({ type }) => type)
}

function refused(because: string): Attempt {
  return { obstacle: { kind: 'refused', because } }
}

function within({ kind, because }: Obstacle): Attempt {
  return { obstacle: { kind, because: `an admonition inside it has to stay: ${because}` } }
}
