import {
  bracketsIn,
  type Change,
  type Chapter,
  defineTransform,
  type Found,
  type FragileLabels,
  type LabelUse,
  type Leftover,
  labelId,
  labelsOf,
  opaqueLeftovers,
  planRenames,
  type RenamePlan,
  refusalAt,
  relabel,
  scanForRenames,
} from 'mdshift'
import { NAMESPACES } from '../0002-label-separators/tables.ts'

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
      const because = refusalAt(plan, chapter.path, use.id)
      if (because !== undefined) {
        leftovers.push({ start: use.start, end: use.end, kind: 'refused', because, candidates: [label] })
        continue
      }
      changes.push(relabel(use, label, 'the resource at the end of a label'))
      changes.push(...altChange(chapter, use))
    }
    return { changes, leftovers: [...leftovers, ...residue(chapter)] }
  },
})

interface RepoPlan extends RenamePlan {
  /** Labels that a person chose: they stay. */
  readonly byHand: ReadonlySet<string>
}

function renamed(label: string): string | undefined {
  return RESOURCE.test(label) && !SUBJECT.test(label) ? label.replace(RESOURCE, 'repo') : undefined
}

/** An alt text that ends as the label does follows it. */
function altChange(chapter: Chapter, use: LabelUse): Change[] {
  const span = use.node.type === 'imageReference' ? chapter.spans.fields(use.node).text : undefined
  const alt = span && renamed(chapter.text.slice(span.start, span.end))
  return span && alt !== undefined ? [{ ...span, text: alt, because: 'the alt text spells the label' }] : []
}

function residue(chapter: Chapter): Leftover[] {
  return opaqueLeftovers(chapter, ['code', 'html'], (text) =>
    bracketsIn(text).flatMap(({ label, span }): Found[] => {
      const current = renamed(label)
      return current === undefined ? [] : [{ ...span, candidates: [current] }]
    }),
  )
}
