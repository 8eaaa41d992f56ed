/** What looks misread and is none: characters that mojibake begins with, and whose bytes are no UTF-8. */
import { type Chapter, type NearMiss, proseOf } from 'mdshift'
import { findRepairs } from './repair.ts'

/** `Â` and `Ã` before anything, and other letters that can begin a misread character before a second one. */
const SUSPECT = /[ÂÃ]\S|[Ä-ô][^\0-\x7f\p{L}\p{N}]/gu

export function nearMisses(chapter: Chapter): NearMiss[] {
  return proseOf(chapter).flatMap((prose) => {
    const repairs = findRepairs(prose.value)
    return [...prose.value.matchAll(SUSPECT)].flatMap((match): NearMiss[] => {
      const [from, to] = [match.index, match.index + match[0].length]
      const span = prose.span(from, to)
      if (!span || repairs.some(({ start, end }) => start < to && from < end)) return []
      const because = `the bytes of ${JSON.stringify(match[0])} in Windows-1252 are no UTF-8, so it is meant`
      return [{ ...span, because }]
    })
  })
}
