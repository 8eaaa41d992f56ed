/** Other arrows than the legacy one, and its character reference where it is only spelled out. */
import { type Chapter, type NearMiss, proseOf } from 'mdshift'

const REASONS: readonly { readonly pattern: RegExp; readonly because: string }[] = [
  { pattern: /↗/g, because: '↗ (U+2197) is the current arrow' },
  { pattern: /[→⇗⤴⬀⬈⮕⮡⮥⮫⮭⮱⮵➚🡕🡥]/gu, because: 'only ⮳ (U+2BB3) is the legacy arrow of external links' },
  {
    pattern: /&#(?:x0*2bb3|0*11187);/gi,
    because: 'it is escaped: a reader sees these characters, and no arrow',
  },
]

export function nearMisses(chapter: Chapter): NearMiss[] {
  return proseOf(chapter).flatMap((prose) =>
    REASONS.flatMap(({ pattern, because }) =>
      [...prose.value.matchAll(pattern)].flatMap((match): NearMiss[] => {
        const span = prose.span(match.index, match.index + match[0].length)
        return span ? [{ ...span, because }] : []
      }),
    ),
  )
}
