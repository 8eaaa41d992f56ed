/** A chapter's two forms, compared: its regions with what their trees say, and the rest with what it was. */
import type { Rendered, Token } from '../../markdown/rendered.ts'
import type { Span } from '../../model.ts'
import { apart } from '../../transform/verify/apart.ts'
import { quoted } from '../../transform/verify/quoted.ts'
import {
  type Comparison,
  compareRendered,
  type LinkPair,
  type MutableTally,
  tallyOf,
  textIn,
} from '../../transform/verify/rendered.ts'
import { saidOf } from '../../transform/verify/said.ts'
import { noteOf, shownBy } from '../../transform/verify/shown.ts'
import type { ChapterForms, ShownRegion } from './chapter-forms.ts'
import { type PageAnchors, pageAnchors } from './links.ts'

export interface ComparedForms extends Comparison {
  /** What the ids of the chapter's page lead to. */
  readonly anchors: PageAnchors
}

export function compareForms(forms: ChapterForms): ComparedForms {
  const { before, after, effects, verbatimIn } = forms
  const regions = forms.regions.filter(({ before: range }) => !isVerbatim(before, range))
  if (regions.length === 0)
    return { ...compareRendered(before, after, effects, verbatimIn), anchors: pageAnchors(before, after) }
  const rest = apart(before, after, regions)
  const compared = compareRendered(rest.before, rest.after, effects, verbatimIn)
  const tally: MutableTally = { ...compared.tally }
  const links = [...compared.links]
  let { breach } = compared
  for (const [index, region] of regions.entries()) {
    const { before: was = [], after: is = [] } = rest.inside[index] ?? {}
    for (const token of is) tallyOf(token, tally)
    tally.declared += 1
    links.push(...keptLinks(was, is, region.before.start))
    const message = regionBreach(region, is)
    if (message !== undefined && (!breach || region.before.start < breach.at))
      breach = { message, at: placeOf(region, was) }
  }
  return { tally, links, breach, anchors: pageAnchors(rest.before, rest.after) }
}

/** Whether a range stands in code or raw HTML, where what is included is shown as it is written. */
function isVerbatim({ tokens }: Rendered, { start, end }: Span): boolean {
  return tokens.some(
    ({ kind, name, span }) =>
      span !== undefined &&
      (kind === 'html' || (kind === 'open' && (name === 'pre' || name === 'code'))) &&
      span.start < start &&
      end < span.end,
  )
}

/** What a region shows is what its blocks say. */
function regionBreach({ blocks, showing }: ShownRegion, tokens: readonly Token[]): string | undefined {
  // A footnote that nothing refers to is not shown, nor is one whose label another has before.
  const isShown = (note: string) => tokens.some((token) => noteOf(token) === note)
  const [asked, shown] = [saidOf(blocks, showing, isShown), shownBy(tokens)]
  const index = asked.findIndex((said, position) => said !== shown[position])
  if (index < 0 && asked.length === shown.length) return undefined
  const at = index < 0 ? asked.length : index
  const inWords = (said: string | undefined) => (said === undefined ? 'nothing' : quoted(said))
  return `${inWords(asked[at])} was asked for, and ${inWords(shown[at])} would be shown`
}

/** Links that a region has as it had them lead where they led. */
function keptLinks(before: readonly Token[], after: readonly Token[], place: number): LinkPair[] {
  const left = linksIn(before)
  return linksIn(after).flatMap(({ href, text }) => {
    const index = left.findIndex((link) => link.href === href)
    const [known] = index < 0 ? [] : left.splice(index, 1)
    return known ? [{ before: href, after: href, text, declared: false, at: known.at ?? place }] : []
  })
}

function linksIn(tokens: readonly Token[]): { href: string; text: string; at: number | undefined }[] {
  return tokens.flatMap(({ kind, name, attributes, span }, index) => {
    const { href } = attributes
    const isLink =
      kind === 'open' && name === 'a' && href !== undefined && !('dataFootnoteBackref' in attributes)
    return isLink ? [{ href, text: textIn(tokens, index), at: span?.start }] : []
  })
}

function placeOf({ before }: ShownRegion, tokens: readonly Token[]): number {
  return tokens.find(({ span }) => span)?.span?.start ?? before.start
}
