/**
 * Residue: legacy syntax that stands where no migration goes. Each migration says what is legacy in a plain
 * text; where to look, and what becomes of it, is decided here for all of them alike.
 */
import { type Opaque, opaqueOf } from '../markdown/opaque.ts'
import type { Chapter } from '../markdown/parse.ts'
import type { Change, Leftover, Outcome, Settings, Span } from '../model.ts'
import type { Found, Place, Transform } from './define.ts'

const REASONS: Readonly<Record<Opaque['kind'], string>> = {
  code: 'it stands in code',
  comment: 'it stands in an HTML comment',
  directive: 'it stands in an mdBook directive',
  'front matter': 'it stands in front matter',
  html: 'it stands in raw HTML',
  label: 'it stands in a label',
  url: 'it stands in a URL',
}

/**
 * The residue of a chapter. In raw HTML that the configuration has rewritten, text that has one answer is a
 * change; everything else is left.
 *
 * @param transform whose legacy syntax is looked for
 * @param facts what its scan made
 */
export function residueIn(
  transform: Transform,
  chapter: Chapter,
  facts: unknown,
  settings: Settings,
): Outcome {
  const changes: Change[] = []
  const leftovers: Leftover[] = []
  if (!transform.residue) return { changes, leftovers }
  for (const { kind, start, end, readable = [] } of opaqueOf(chapter)) {
    for (const found of transform.residue(chapter.text.slice(start, end), facts, {
      kind,
      path: chapter.path,
    })) {
      const span = { start: start + found.start, end: start + found.end }
      const text = settings.html === 'rewrite' && isWithin(span, readable) ? answerOf(found) : undefined
      if (text !== undefined)
        changes.push({ ...span, text, because: `${found.because}; raw HTML is rewritten` })
      else leftovers.push(leftover(span, found, REASONS[kind]))
    }
  }
  return { changes, leftovers }
}

/** The residue of a file that is no chapter: all of it is left. */
export function residueOfFile(
  transform: Transform,
  { path, text }: { readonly path: string; readonly text: string },
  facts: unknown,
  settings: Settings,
): Leftover[] {
  if (!transform.residue || !transform.mayMatch(text, settings)) return []
  const place: Place = { kind: 'file', path }
  return transform
    .residue(text, facts, place)
    .map((found) => leftover(found, found, `it stands in ${fileKind(path)}`))
    .toSorted((a, b) => a.start - b.start)
}

function leftover({ start, end }: Span, { candidates }: Found, because: string): Leftover {
  return { start, end, kind: 'opaque', because, ...(candidates === undefined ? {} : { candidates }) }
}

/** What a text becomes, where that is sure. */
function answerOf({ because, candidates = [] }: Found): string | undefined {
  return because !== undefined && candidates.length === 1 ? candidates[0] : undefined
}

function isWithin({ start, end }: Span, spans: readonly Span[]): boolean {
  return spans.some((span) => span.start <= start && end <= span.end)
}

/** `a .hbs file`; its name where it has no ending. */
function fileKind(path: string): string {
  const ending = /[^/](\.[^./]+)$/.exec(path)?.[1]
  return ending === undefined ? `${path}, which is no chapter` : `a ${ending} file`
}
