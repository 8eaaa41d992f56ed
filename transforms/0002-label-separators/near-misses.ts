/** Labels that look like legacy ones and are none: which there are in a chapter, and why each stays. */
import {
  bracketsIn,
  type Chapter,
  type LabelAnswer,
  labelId,
  labelsOf,
  type NearMiss,
  opaqueOf,
  proseOf,
} from 'mdshift'
import { looksLegacy } from './decide.ts'
import { divisionOf } from './division.ts'
import { type LabelPlan, verdictAt } from './plan.ts'
import { labelResidue } from './residue.ts'
import { withoutBadge } from './segments.ts'

export function nearMisses(chapter: Chapter, plan: LabelPlan): NearMiss[] {
  return [...labels(chapter, plan), ...textInBrackets(chapter, plan), ...opaque(chapter, plan)]
}

/** What becomes of one label where it stands, and why; of one that stands nowhere, without a path. */
export function explainLabel(label: string, plan: LabelPlan, path = ''): LabelAnswer {
  const verdict = verdictAt(path, label, plan)
  if (!verdict) return { kind: 'stays', because: whyItStays(label, plan) }
  return verdict.kind === 'rename'
    ? { kind: 'rename', to: verdict.to, because: verdict.because }
    : { kind: verdict.kind, because: verdict.because, candidates: verdict.candidates }
}

/** Labels with a separator, current or legacy, that no rule is about. */
function labels(chapter: Chapter, plan: LabelPlan): NearMiss[] {
  return labelsOf(chapter)
    .filter(({ label }) => /[-~]/.test(label) && !verdictAt(chapter.path, label, plan))
    .map(({ label, start, end }) => ({ start, end, because: whyItStays(label, plan) }))
}

function textInBrackets(chapter: Chapter, { evidence }: LabelPlan): NearMiss[] {
  return proseOf(chapter)
    .filter(({ bound }) => bound === undefined)
    .flatMap((prose) =>
      bracketsIn(prose.value).flatMap(({ label, span }): NearMiss[] => {
        const place = looksLegacy(label, evidence.grammar) ? prose.span(span.start, span.end) : undefined
        return place
          ? [{ ...place, because: 'it is text in brackets: nothing defines such a label here' }]
          : []
      }),
    )
}

/** Brackets in code and raw HTML that hold no label of the book. */
function opaque(chapter: Chapter, plan: LabelPlan): NearMiss[] {
  return opaqueOf(chapter)
    .filter(({ kind }) => kind === 'code' || kind === 'html' || kind === 'comment')
    .flatMap(({ kind, start, end }) => {
      const text = chapter.text.slice(start, end)
      const found = labelResidue(text, plan, { kind, path: chapter.path })
      return bracketsIn(text)
        .filter(
          ({ label, span }) =>
            looksLegacy(label, plan.evidence.grammar) && !found.some((one) => one.start === span.start),
        )
        .map(({ span }) => ({
          start: start + span.start,
          end: start + span.end,
          because: `it stands in ${kind === 'code' ? 'code' : 'raw HTML'}, and the book defines no such label`,
        }))
    })
}

function whyItStays(label: string, plan: LabelPlan): string {
  if (plan.byHand.has(labelId(label))) return 'the configuration keeps it by hand'
  if (label.includes('~')) return 'it is current: ~ stands between its segments'
  if (!label.includes('-')) return 'it has no hyphen, and so nothing to separate'
  const { grammar } = plan.evidence
  const { base } = withoutBadge(label)
  const division = divisionOf(base, grammar)
  const site = grammar.sites.get(division?.namespace.toLowerCase() ?? '')
  if (division && site !== undefined) {
    return `${division.namespace} labels lead to a page of ${site}, and this one does not`
  }
  const first = base.slice(0, base.indexOf('-'))
  if (/^github$/i.test(first)) return 'github is the site itself as the first segment'
  const inside = grammar.resources.find((resource) => `${base.toLowerCase()}-`.includes(`-${resource}-`))
  if (inside !== undefined) return `-${inside} is a resource only at the end of a label`
  return `${first} is no namespace, and no resource ends the label`
}
