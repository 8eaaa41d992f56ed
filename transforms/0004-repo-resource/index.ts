import {
  bracketsIn,
  type Change,
  type Chapter,
  defineTransform,
  type Found,
  type FragileLabels,
  type LabelAnswer,
  type LabelUse,
  type Leftover,
  labelId,
  labelsOf,
  type NearMiss,
  type Place,
  planRenames,
  type RenamePlan,
  relabel,
  scanForRenames,
  wouldBecomeLink,
} from 'mdshift'
import { NAMESPACES } from '../0002-label-separators/tables.ts'
import { whyItStays } from './near-misses.ts'

/** `~github` at the end of a label, before its badge; as a first segment it is the site itself. */
const RESOURCE = /(?<=[^~]\\?~)github(?=(?:~badge)?$)/i

/** Namespaces that are no subjects themselves, as sites are. */
const PLAIN_NAMESPACES = [...NAMESPACES].filter(([, division]) => division !== 'site').map(([name]) => name)

/** `p~github` is the page of that name: behind a namespace stands a subject. */
const SUBJECT = new RegExp(`^(?:${PLAIN_NAMESPACES.join('|')})~github(?:~badge)?$`, 'i')

export default defineTransform<RepoPlan, FragileLabels>({
  id: '0004-repo-resource',
  version: 4,
  summary: 'c~slab~github → c~slab~repo: a repository is a repository wherever it is hosted',
  reason:
    'Repositories move between hosts, and their labels should not. The resource `github` at the end of a label ' +
    'is `repo`; `github` anywhere else (the site itself, a part of a name) stays.',
  examples: [
    {
      title: 'A badge and its definitions',
      before: `[![slab~github][c~slab~github~badge]][c~slab~github] by way of [an API][github~api].

[c~slab~github]: https://github.com/tokio-rs/slab
[c~slab~github~badge]: https://img.shields.io/badge/slab-steelblue
[github~api]: https://developer.github.com/v3
`,
      after: `[![slab~repo][c~slab~repo~badge]][c~slab~repo] by way of [an API][github~api].

[c~slab~repo]: https://github.com/tokio-rs/slab
[c~slab~repo~badge]: https://img.shields.io/badge/slab-steelblue
[github~api]: https://developer.github.com/v3
`,
    },
  ],
  mayMatch: (text) => /~github/i.test(text),
  presumes: (label) => renamed(label) !== undefined,
  scan: {
    ...scanForRenames,
    mayMatch: (text) => /~(?:github|repo)/i.test(text) && scanForRenames.mayMatch(text),
    reduce(book, fragile) {
      const byHand = new Set([...book.settings.labels.values()].map(labelId))
      const wish = (label: string) => (byHand.has(labelId(label)) ? undefined : renamed(label))
      return { ...planRenames(book, fragile, wish), byHand }
    },
  },
  transform(chapter, plan) {
    const changes: Change[] = []
    const leftovers: Leftover[] = []
    for (const use of labelsOf(chapter)) {
      const label = renamed(use.label)
      if (label === undefined || plan.byHand.has(use.id)) continue
      const because = refusal(chapter, use, label, plan)
      if (because !== undefined) {
        leftovers.push({ start: use.start, end: use.end, kind: 'refused', because, candidates: [label] })
        continue
      }
      changes.push(relabel(use, label, reasonFor(use.label)))
      changes.push(...altChange(chapter, use))
    }
    return { changes, leftovers }
  },
  residue,
  explain: (chapter, plan) =>
    labelsOf(chapter).flatMap(({ label, start, end }): NearMiss[] => {
      const answer = explainLabel(label, plan)
      return answer?.kind === 'stays' ? [{ start, end, because: answer.because }] : []
    }),
  explainLabel,
})

interface RepoPlan extends RenamePlan {
  /** Labels that a person chose: they stay. */
  readonly byHand: ReadonlySet<string>
}

function explainLabel(label: string, plan: RepoPlan): LabelAnswer | undefined {
  const current = renamed(label)
  if (current === undefined) {
    const because = whyItStays(label)
    return because === undefined ? undefined : { kind: 'stays', because }
  }
  if (plan.byHand.has(labelId(label))) return { kind: 'stays', because: 'the configuration chose it by hand' }
  const refused = plan.refused.get(labelId(label))
  return refused === undefined
    ? { kind: 'rename', to: current, because: reasonFor(label) }
    : { kind: 'refused', because: refused, candidates: [current] }
}

function renamed(label: string): string | undefined {
  return RESOURCE.test(label) && !SUBJECT.test(label) ? label.replace(RESOURCE, 'repo') : undefined
}

function refusal(chapter: Chapter, use: LabelUse, label: string, plan: RenamePlan): string | undefined {
  const refused = plan.refused.get(labelId(use.label))
  if (refused !== undefined) return refused
  return wouldBecomeLink(chapter, use.id, label, plan)
    ? `nothing defines it, so it is text, and [${label}] would make a link of it`
    : undefined
}

/** An alt text that ends as the label does follows it. */
function altChange(chapter: Chapter, use: LabelUse): Change[] {
  const span = use.node.type === 'imageReference' ? chapter.spans.fields(use.node).text : undefined
  const alt = span && renamed(chapter.text.slice(span.start, span.end))
  return span && alt !== undefined ? [{ ...span, text: alt, because: 'the alt text spells the label' }] : []
}

/** Where brackets may hold a label: not in a URL, a label or a directive. */
const SEARCHED: ReadonlySet<Place['kind']> = new Set(['code', 'comment', 'file', 'front matter', 'html'])

function residue(text: string, plan: RepoPlan, { kind }: Place): Found[] {
  if (!SEARCHED.has(kind)) return []
  return bracketsIn(text).flatMap(({ label, span }): Found[] => {
    const current = renamed(label)
    if (current === undefined || plan.byHand.has(labelId(label))) return []
    const stays = plan.refused.has(labelId(label))
    return [{ ...span, candidates: [current], ...(stays ? {} : { because: reasonFor(label) }) }]
  })
}

function reasonFor(label: string): string {
  return `github at the end of ${label} is the resource repo`
}
