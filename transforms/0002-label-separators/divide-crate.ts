/** `c-…`: where the crate's name ends, what it is about, and which of its resources is meant. */
import { type Divided, type Divisible, isResource, resourceAt, segmentsAfter } from './division.ts'
import { crateNamedBy, type Evidence, targetsFor } from './evidence.ts'
import { comparable, heads, type Segment, same, tailAfter } from './segments.ts'

export function divideCrate(label: Divisible, evidence: Evidence): Divided {
  const { body } = label
  const path = /^([^:]+(?:::[^:\s-]+)+)(?:-(.+))?$/.exec(body)
  if (path) {
    const [, subject = '', rest = ''] = path
    return crateSegments(label, subject, rest, evidence, `:: makes ${subject} a path in a crate`)
  }
  const found = crateByTarget(label, evidence) ?? crateByOthers(body, evidence)
  if (found && 'names' in found) {
    return {
      candidates: found.names.map(
        (name) => segmentsOfCrate(label, name, tailAfter(body, name), evidence).segments,
      ),
      because: `its definitions contradict each other: ${found.because}`,
    }
  }
  const ending = resourceAt(body, evidence.grammar)
  if (found) return crateSegments(label, found.name, tailAfter(body, found.name), evidence, found.because)
  if (ending)
    return crateSegments(
      label,
      ending.head,
      ending.resource,
      evidence,
      `${ending.resource} is a resource at its end, and no definition divides the rest`,
    )
  return crateSegments(
    label,
    body,
    '',
    evidence,
    `the whole rest is the crate: no definition proves a shorter one`,
  )
}

type FoundCrate =
  | { readonly name: string; readonly because: string }
  | { readonly names: readonly string[]; readonly because: string }

/** Evidence 1: the target of the label, or of its badge, names the crate. */
function crateByTarget({ base, body }: Divisible, evidence: Evidence): FoundCrate | undefined {
  const named = [...targetsFor(evidence, base), ...targetsFor(evidence, `${base}-badge`)].flatMap(
    ({ destination }) => {
      const crate = crateNamedBy(destination)
      const head = crate && heads(body).find((candidate) => comparable(candidate) === comparable(crate.name))
      return crate && head !== undefined ? [{ head, source: crate.source, destination }] : []
    },
  )
  const sure = named.filter(({ source }) => source === 'registry')
  const names = [...new Set((sure.length > 0 ? sure : named).map(({ head }) => head))]
  const [name] = names
  const because = (sure[0] ?? named[0])?.destination.replace(/^https?:\/\//, '') ?? ''
  if (name === undefined) return undefined
  if (names.length > 1) return { names, because: sure.map(({ destination }) => destination).join(', ') }
  if (sure.length > 0 || isResource(tailAfter(body, name), evidence.grammar))
    return { name, because: `${because} names the crate` }
  const others = crateByOthers(body, evidence)
  return others && others.name.length > name.length ? others : { name, because: `${because} names the crate` }
}

/** Evidence 2: other definitions prove a crate of that name. */
function crateByOthers(body: string, evidence: Evidence): { name: string; because: string } | undefined {
  const name = heads(body).find((head) => evidence.crates.get(comparable(head)) !== undefined)
  return name === undefined
    ? undefined
    : { name, because: `${evidence.crates.get(comparable(name))} proves the crate ${name}` }
}

function crateSegments(
  label: Divisible,
  subject: string,
  rest: string,
  evidence: Evidence,
  because: string,
): Divided {
  const { segments, reason } = segmentsOfCrate(label, subject, rest, evidence)
  return { segments, because: reason ?? because }
}

/** The documentation is spelled out; where its name is taken by the crate's plain label, `docs.rs` stays. */
function segmentsOfCrate(
  label: Divisible,
  subject: string,
  rest: string,
  evidence: Evidence,
): { segments: readonly Segment[]; reason?: string } {
  if (rest === '') return { segments: [same(subject), { legacy: '', current: 'docs' }] }
  if (!evidence.grammar.documentation.has(rest.toLowerCase()))
    return { segments: segmentsAfter(same(subject), rest, evidence.grammar) }
  const plain = `${label.namespace}-${subject}`
  const taken = rest.toLowerCase() !== 'docs' && leadsElsewhere(plain, label.base, evidence)
  return taken
    ? {
        segments: [same(subject), { legacy: rest, current: 'docs.rs' }],
        reason: `[${plain}] leads elsewhere and is ${subject}~docs`,
      }
    : { segments: [same(subject), { legacy: rest, current: 'docs' }] }
}

/** Whether one label, or its badge, is defined and has another target than the other label, or its badge. */
function leadsElsewhere(label: string, other: string, evidence: Evidence): boolean {
  return ['', '-badge'].some((suffix) => {
    const [own, others] = [targetsFor(evidence, label + suffix), targetsFor(evidence, other + suffix)]
    return own.some(({ destination }) => others.some((target) => target.destination !== destination))
  })
}
