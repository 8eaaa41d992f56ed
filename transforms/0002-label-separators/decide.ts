/**
 * One label → its segments, by evidence. Strongest first: the definition's own target, what other
 * definitions prove, a resource at the end, the whole rest.
 */
import {
  type Addresses,
  crateNamedBy,
  type Evidence,
  hostOf,
  liesUnder,
  pageOf,
  sectionNamedBy,
  type Target,
  targetsFor,
} from './evidence.ts'
import { comparable, currentLabel, heads, type Segment, same, tailAfter, withoutBadge } from './segments.ts'
import { type Division, DOCUMENTATION, NAMESPACES, RESOURCES, SITES } from './tables.ts'

export type Decision =
  | { readonly kind: 'rename'; readonly segments: readonly Segment[]; readonly because: string }
  | { readonly kind: 'undecided'; readonly candidates: readonly string[]; readonly because: string }

/** What a division makes of the text behind the namespace, the badge apart. */
type Divided =
  | { readonly segments: readonly Segment[]; readonly because: string }
  | { readonly candidates: readonly (readonly Segment[])[]; readonly because: string }

/**
 * Decides a label.
 *
 * @param label as written
 * @returns `undefined` for what is not a legacy label: it stays as it is
 * @example
 * decideLabel('cat-no-std-badge', evidence) // → rename to cat~no-std~badge
 */
export function decideLabel(label: string, evidence: Evidence): Decision | undefined {
  if (label.includes('~')) return undefined
  const { base, badge } = badgeOf(label)
  const division = divisionOf(base)
  const divided = division ? divide[division.kind](division, evidence) : divideByResource(base, evidence)
  if (!divided) return undefined
  const whole = (segments: readonly Segment[]): Segment[] => [
    ...(division ? [same(division.namespace)] : []),
    ...segments,
    ...(badge === '' ? [] : [same(badge)]),
  ]
  return 'segments' in divided
    ? { kind: 'rename', segments: whole(divided.segments), because: divided.because }
    : {
        kind: 'undecided',
        candidates: divided.candidates.map((segments) => currentLabel(whole(segments))),
        because: divided.because,
      }
}

/**
 * Whether a label has the form of a legacy one, where no definition tells: it has a word in it, unlike the
 * second index of `x[i][c-1]`.
 */
export function looksLegacy(label: string): boolean {
  if (label.includes('~') || !label.includes('-')) return false
  const { base } = badgeOf(label)
  const division = divisionOf(base)
  return division ? /\p{L}{2}/u.test(division.body) : resourceAt(base) !== undefined
}

/** `c-badge` is the crate badge, and no badge of nothing. */
function badgeOf(label: string): ReturnType<typeof withoutBadge> {
  const found = withoutBadge(label)
  return NAMESPACES.has(found.base.toLowerCase()) ? { base: label, badge: '' } : found
}

/** A label that has a namespace, taken apart as far as that goes. */
interface Divisible {
  readonly namespace: string
  readonly kind: Division
  /** The label without its badge. */
  readonly base: string
  /** The same without its namespace. */
  readonly body: string
}

function divisionOf(base: string): Divisible | undefined {
  const hyphen = base.indexOf('-')
  const namespace = base.slice(0, hyphen)
  const kind = hyphen < 1 ? undefined : NAMESPACES.get(namespace.toLowerCase())
  const body = base.slice(hyphen + 1)
  return kind && body !== '' ? { namespace, kind, base, body } : undefined
}

const divide: Readonly<Record<Division, (label: Divisible, evidence: Evidence) => Divided | undefined>> = {
  whole: ({ namespace, body }) => ({
    segments: [same(body)],
    because: `${namespace} labels have one segment`,
  }),
  site: divideSite,
  crate: divideCrate,
  book: divideBook,
  recipe: divideRecipe,
}

function divideCrate(label: Divisible, evidence: Evidence): Divided {
  const { body, base } = label
  const path = /^([^:]+(?:::[^:\s-]+)+)(?:-(.+))?$/.exec(body)
  if (path) {
    const [, subject = '', rest = ''] = path
    return crateSegments(label, subject, rest, evidence, `${subject} is a path in a crate`)
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
  const ending = resourceAt(body)
  if (found) return crateSegments(label, found.name, tailAfter(body, found.name), evidence, found.because)
  if (ending)
    return crateSegments(label, ending.head, ending.resource, evidence, `${ending.resource} is a resource`)
  return crateSegments(label, body, '', evidence, `nothing divides ${base}`)
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
  if (sure.length > 0 || isResource(tailAfter(body, name)))
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
  if (!DOCUMENTATION.has(rest.toLowerCase())) return { segments: segmentsAfter(same(subject), rest) }
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

/** A subject, then free qualifiers as one segment, then a resource if one ends the rest. */
function segmentsAfter(subject: Segment, rest: string): Segment[] {
  if (rest === '') return [subject]
  if (isResource(rest)) return [subject, same(rest)]
  const ending = resourceAt(rest)
  return ending ? [subject, same(ending.head), same(ending.resource)] : [subject, same(rest)]
}

/** A page of a site that is a namespace, where its definition leads there. */
function divideSite({ namespace, base, body }: Divisible, evidence: Evidence): Divided | undefined {
  const site = SITES.get(namespace.toLowerCase()) ?? ''
  const page = targetsFor(evidence, base).find(({ destination }) => isOn(destination, site))
  if (page) return { segments: [same(body)], because: `${page.destination} is a page of ${site}` }
  return isResource(body) ? { segments: [same(body)], because: `${body} is a resource` } : undefined
}

function isOn(url: string, site: string): boolean {
  const host = hostOf(url)
  return host !== undefined && (host === site || host.endsWith(`.${site}`))
}

function divideBook({ base, body }: Divisible, evidence: Evidence): Divided {
  const ending = resourceAt(body)
  const page = ending?.head ?? body
  const found = ending ? undefined : bookAround(base, page, evidence)
  const subject = found?.name ?? page
  return {
    segments: segmentsAfter(same(subject), tailAfter(body, subject)),
    because: found?.because ?? `no book around ${page} is known`,
  }
}

/**
 * The longest name of a book that a page's label begins with and whose address the page lies under. A badge
 * on its own has no such address: where its picture spells the whole page it is a book, else the longest
 * name of a book counts.
 */
function bookAround(
  base: string,
  page: string,
  evidence: Evidence,
): { name: string; because: string } | undefined {
  const targets = targetsFor(evidence, base)
  if (targets.length > 0) return coveringName(page, targets, evidence.books)
  const spelled = targetsFor(evidence, `${base}-badge`).some(
    ({ destination }) => badgeText(destination) === comparable(page),
  )
  const name = heads(page).find((head) => evidence.books.get(comparable(head)) !== undefined)
  return spelled || name === undefined ? undefined : { name, because: `the book ${name} is known` }
}

/** The longest proper head of a label that has an address which covers the label's own. */
function coveringName(
  label: string,
  targets: readonly Target[],
  addresses: Addresses,
): { name: string; because: string } | undefined {
  for (const name of heads(label)) {
    const root = addresses
      .get(comparable(name))
      ?.find((address) => targets.some(({ destination }) => liesUnder(destination, address)))
    if (name !== label && root !== undefined) return { name, because: `${root} is ${name}` }
  }
  return undefined
}

/** What a badge of shields.io shows, without its colour. */
function badgeText(url: string): string | undefined {
  const text = /^https?:\/\/img\.shields\.io\/badge\/(.+)-\w+(?:\?|$)/.exec(url)?.[1]
  return text === undefined ? undefined : comparable(text.replaceAll('__', '_').replaceAll('--', '-'))
}

function divideRecipe({ base, body }: Divisible, evidence: Evidence): Divided {
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

/**
 * A label without a namespace is a legacy one only where a known resource ends it, or where it begins with
 * the whole name of the host that it leads to. What stands before the resource is one subject, unless the
 * label leads below an address of a shorter one.
 */
function divideByResource(base: string, evidence: Evidence): Divided | undefined {
  const ending = resourceAt(base)
  if (!ending) return divideByHost(base, evidence)
  const owner = coveringName(ending.head, targetsFor(evidence, base), evidence.owners)
  const subject = owner?.name ?? ending.head
  return {
    segments: segmentsAfter(same(subject), tailAfter(base, subject)),
    because: owner?.because ?? `${ending.resource} is a resource`,
  }
}

/** `crates.io-category-slugs`, `lib-rs-stats`: the host is the subject. */
function divideByHost(base: string, evidence: Evidence): Divided | undefined {
  const plain = (name: string) => comparable(name).replaceAll('.', '-')
  const hosts = targetsFor(evidence, base).flatMap(({ destination }) => hostOf(destination) ?? [])
  const host = hosts.find((name) => plain(base).startsWith(`${plain(name)}-`))
  if (host === undefined) return undefined
  const subject = base.slice(0, host.length)
  return {
    segments: [same(subject), same(tailAfter(base, subject))],
    because: `${host} is the host it leads to`,
  }
}

function resourceAt(text: string): { head: string; resource: string } | undefined {
  const lower = text.toLowerCase()
  const resource = RESOURCES.find((name) => lower.endsWith(`-${name}`) && lower.length > name.length + 1)
  if (!resource) return undefined
  const cut = text.length - resource.length
  return { head: text.slice(0, cut - 1), resource: text.slice(cut) }
}

function isResource(text: string): boolean {
  return RESOURCES.includes(text.toLowerCase())
}
