import {
  type Change,
  type Chapter,
  defineTransform,
  type FragileLabels,
  type LabelUse,
  type Leftover,
  labelId,
  labelsOf,
  relabel,
  scanForRenames,
} from 'mdshift'
import { followLabel } from './alt-text.ts'
import { labelsByHand } from './by-hand.ts'
import { looksLegacy } from './decide.ts'
import { examples } from './examples.ts'
import { grammarOf } from './grammar.ts'
import { mayMatch, mayStart } from './may-match.ts'
import { explainLabel, nearMisses } from './near-misses.ts'
import { type LabelPlan, planLabels, type Verdict, verdictAt } from './plan.ts'
import { labelResidue } from './residue.ts'

export default defineTransform<LabelPlan, FragileLabels>({
  id: '0002-label-separators',
  version: 2,
  summary: 'c-slab-badge → c~slab~docs~badge: `~` between the segments of a label',
  reason:
    'A hyphen could be part of a name or stand between two, so that nobody could tell the crate in ' +
    '`c-cargo-quickinstall-github`. Segments are separated by `~` now, and the documentation of a crate, the ' +
    'default resource, is spelled out. What the definitions of the book prove decides where a name ends: the ' +
    'target of the label, then other labels of the same subject, then a known resource at the end. Labels ' +
    'that cannot be decided, and labels that would become one and lead to two places, stay and are reported.',
  examples,
  mayMatch,
  mayStart,
  presumes: (label, settings) =>
    looksLegacy(label, grammarOf(settings.grammar)) || labelsByHand(settings).has(labelId(label)),
  scan: { ...scanForRenames, reduce: planLabels },
  leavesTree: true,
  transform(chapter, plan) {
    const uses = labelsOf(chapter).map((use) => ({ use, verdict: verdictAt(chapter.path, use.label, plan) }))
    return {
      changes: uses.flatMap(({ use, verdict }) =>
        verdict?.kind === 'rename'
          ? [relabel(use, verdict.to, verdict.because), ...altChange(chapter, use, verdict, plan)]
          : [],
      ),
      leftovers: [
        ...uses.flatMap(({ use, verdict }): Leftover[] =>
          verdict && verdict.kind !== 'rename'
            ? [{ start: use.start, end: use.end, ...verdict, subject: { kind: 'label', label: use.label } }]
            : [],
        ),
      ],
    }
  },
  residue: labelResidue,
  explain: nearMisses,
  explainLabel,
})

function altChange(
  chapter: Chapter,
  use: LabelUse,
  { segments }: Extract<Verdict, { kind: 'rename' }>,
  { evidence }: LabelPlan,
): Change[] {
  const span = use.node.type === 'imageReference' ? chapter.spans.fields(use.node).text : undefined
  const text =
    span && segments && followLabel(chapter.text.slice(span.start, span.end), segments, evidence.grammar)
  return span && text !== undefined ? [{ ...span, text, because: 'the alt text spells the label' }] : []
}
