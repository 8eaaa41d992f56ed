/** The libraries that a generated book recommends, and what its labels about them lead to. */
import type { Label } from './spelling.ts'
import { NAME_ENDS, NAME_STARTS } from './words.ts'

export const RESOURCES = ['docs', 'crates.io', 'lib.rs', 'repo', 'website'] as const

/** The names of as many libraries, all different; some with a hyphen or an underscore in them, as names have. */
export function libraryNames(count: number): [string, ...string[]] {
  const joints = ['', '-', '_', '2-', 's-', '-x', 'o']
  const all = joints.flatMap((joint) =>
    NAME_STARTS.flatMap((start) => NAME_ENDS.map((end) => `${start}${joint}${end}`)),
  )
  const step = 1_009 // Prime, so that neighbours in the book are no neighbours in the list.
  const [first = 'rain', ...rest] = Array.from(
    { length: Math.min(Math.max(count, 1), all.length) },
    (_, index) => all[(index * step) % all.length] ?? '',
  )
  return [first, ...rest]
}

/** The definitions of a library, badges included: label, and where it leads. */
export function definitionsOf(name: string): readonly (readonly [Label, string])[] {
  const shown = name.replaceAll('-', '--').replaceAll('_', '__')
  const badge = (text: string) => `https://img.shields.io/badge/${text}`
  const targets: Readonly<Record<(typeof RESOURCES)[number], readonly [string, string]>> = {
    docs: [`https://docs.rs/${name}`, `https://img.shields.io/crates/v/${name}?label=${name}`],
    'crates.io': [`https://crates.io/crates/${name}`, badge(`crates.io-${shown}-crimson`)],
    'lib.rs': [`https://lib.rs/crates/${name}`, badge(`lib.rs-${shown}-yellow`)],
    repo: [`https://github.com/${name.slice(0, 4)}-makers/${name}`, badge(`${shown}-steelblue?logo=github`)],
    website: [`https://www.${name.replaceAll('_', '-')}.example`, badge(`${shown}-coral`)],
  }
  return RESOURCES.flatMap((resource) => {
    const [place, picture] = targets[resource]
    const label: Label = { namespace: 'c', subject: name, resource }
    return [
      [{ ...label, badge: true }, picture],
      [label, place],
    ] as const
  })
}
