/** `ex-…`: where a section's name ends and its recipe begins. */
import type { Divided, Divisible } from './division.ts'
import { type Evidence, pageOf, sectionNamedBy, targetsFor } from './evidence.ts'
import { comparable, heads, type Segment, same, tailAfter } from './segments.ts'

export function divideRecipe({ base, body }: Divisible, evidence: Evidence): Divided {
  const pages = targetsFor(evidence, base).map(pageOf)
  const named = [
    ...new Set(pages.map((page) => sectionNamedBy(page, body)).filter((name) => name !== undefined)),
  ]
  const [section] = named
  if (section !== undefined && named.length === 1) {
    return { segments: segmentsOfRecipe(body, section), because: `${pages[0]} names the recipe` }
  }
  const known = heads(body).find(
    (head) => head !== body && evidence.sections.get(comparable(head)) !== undefined,
  )
  if (named.length === 0 && known !== undefined) {
    return {
      segments: segmentsOfRecipe(body, known),
      because: `${evidence.sections.get(comparable(known))} proves the section ${known}`,
    }
  }
  const candidates = named.length > 0 ? named : heads(body).filter((head) => head !== body)
  return {
    candidates: candidates.map((head) => segmentsOfRecipe(body, head)),
    because:
      named.length > 0
        ? `its definitions contradict each other: ${pages.join(', ')}`
        : 'no definition says where the section ends and the recipe begins',
  }
}

function segmentsOfRecipe(body: string, section: string): Segment[] {
  return [same(section), same(tailAfter(body, section))]
}
