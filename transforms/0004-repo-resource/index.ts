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
  refusalAt,
  relabel,
  scanForRenames,
} from 'mdshift'
import { labelsByHand } from '../0002-label-separators/by-hand.ts'
import { grammarOf, type LabelGrammar } from '../0002-label-separators/grammar.ts'
import { mayMatch, mayStart } from './may-match.ts'
import { whyItStays } from './near-misses.ts'

/** `~github` at the end of a label, before its badge; as a first segment it is the site itself. */
const RESOURCE = /(?<=[^~]\\?~)github(?=(?:~badge)?$)/i

/** `p~github` is the page of that name: behind a namespace, if that is no site, stands a subject. */
const SUBJECT = /^([^~]+)~github(?:~badge)?$/i

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
  mayMatch,
  mayStart,
  presumes: (label, { grammar }) => renamed(label, grammarOf(grammar).namespaces) !== undefined,
  scan: {
    ...scanForRenames,
    mayMatch: (text, settings) => /~(?:github|repo)/i.test(text) && scanForRenames.mayMatch(text, settings),
    reduce(book, fragile) {
      const wishes = {
        chosen: new Set([...book.settings.labels.values()].map(labelId)),
        byHand: labelsByHand(book.settings),
        namespaces: grammarOf(book.settings.grammar).namespaces,
      }
      return { ...planRenames(book, fragile, (label) => wishFor(label, wishes)), ...wishes }
    },
  },
  leavesTree: true,
  transform(chapter, plan) {
    const changes: Change[] = []
    const leftovers: Leftover[] = []
    for (const use of labelsOf(chapter)) {
      const label = wishFor(use.label, plan)
      if (label === undefined) continue
      const because = refusalAt(plan, chapter.path, use.id)
      if (because !== undefined) {
        const subject = { kind: 'label', label: use.label } as const
        leftovers.push({
          start: use.start,
          end: use.end,
          kind: 'refused',
          because,
          candidates: [label],
          subject,
        })
        continue
      }
      changes.push(relabel(use, label, reasonFor(use.label)))
      changes.push(...altChange(chapter, use, plan))
    }
    return { changes, leftovers }
  },
  residue,
  explain: (chapter, plan) =>
    labelsOf(chapter).flatMap(({ label, start, end }): NearMiss[] => {
      const answer = explainLabel(label, plan, chapter.path)
      return answer?.kind === 'stays' ? [{ start, end, because: answer.because }] : []
    }),
  explainLabel,
})

interface RepoPlan extends RenamePlan, Wishes {}

/** What decides about a label alone; plain data. */
interface Wishes {
  /** Labels that a person chose: they stay. Ids. */
  readonly chosen: ReadonlySet<string>
  /** What a person decided, by label id. */
  readonly byHand: ReadonlyMap<string, string>
  readonly namespaces: Namespaces
}

/** The path is of the file that the label stands in; one that stands nowhere has none. */
function explainLabel(label: string, plan: RepoPlan, path = ''): LabelAnswer | undefined {
  if (renamed(label, plan.namespaces) === undefined) {
    const because = whyItStays(label)
    return because === undefined ? undefined : { kind: 'stays', because }
  }
  const current = wishFor(label, plan)
  if (current === undefined) return { kind: 'stays', because: 'the configuration chose it by hand' }
  const refused = refusalAt(plan, path, labelId(label))
  return refused === undefined
    ? { kind: 'rename', to: current, because: reasonFor(label) }
    : { kind: 'refused', because: refused, candidates: [current] }
}

type Namespaces = LabelGrammar['namespaces']

/** What a label becomes; where a person decided about that name, what he decided. */
function wishFor(label: string, { chosen, byHand, namespaces }: Wishes): string | undefined {
  const current = chosen.has(labelId(label)) ? undefined : renamed(label, namespaces)
  return current === undefined ? undefined : (byHand.get(labelId(current)) ?? current)
}

function renamed(label: string, namespaces: Namespaces): string | undefined {
  return RESOURCE.test(label) && !isSubject(label, namespaces) ? label.replace(RESOURCE, 'repo') : undefined
}

function isSubject(label: string, namespaces: Namespaces): boolean {
  const division = namespaces.get(SUBJECT.exec(label)?.[1]?.toLowerCase() ?? '')
  return division !== undefined && division !== 'site'
}

/** An alt text that ends as the label does follows it. */
function altChange(chapter: Chapter, use: LabelUse, { namespaces }: RepoPlan): Change[] {
  const span = use.node.type === 'imageReference' ? chapter.spans.fields(use.node).text : undefined
  const alt = span && renamed(chapter.text.slice(span.start, span.end), namespaces)
  return span && alt !== undefined ? [{ ...span, text: alt, because: 'the alt text spells the label' }] : []
}

/** Where brackets may hold a label: not in a URL, a label or a directive. */
const SEARCHED: ReadonlySet<Place['kind']> = new Set(['code', 'comment', 'file', 'front matter', 'html'])

function residue(text: string, plan: RepoPlan, { kind, path }: Place): Found[] {
  if (!SEARCHED.has(kind)) return []
  return bracketsIn(text).flatMap(({ label, span }): Found[] => {
    const current = wishFor(label, plan)
    if (current === undefined) return []
    const stays = refusalAt(plan, path, labelId(label)) !== undefined
    return [{ ...span, candidates: [current], ...(stays ? {} : { because: reasonFor(label) }) }]
  })
}

function reasonFor(label: string): string {
  return `github at the end of ${label} is the resource repo`
}
