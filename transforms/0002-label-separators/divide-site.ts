/** Labels of sites: those whose namespace is one, and those without a namespace. */
import {
  coveringName,
  type Divided,
  type Divisible,
  isResource,
  resourceAt,
  segmentsAfter,
} from './division.ts'
import { type Evidence, hostOf, targetsFor } from './evidence.ts'
import { comparable, same, tailAfter } from './segments.ts'

/** A page of a site that is a namespace, where its definition leads there. */
export function divideSite({ namespace, base, body }: Divisible, evidence: Evidence): Divided | undefined {
  const site = evidence.grammar.sites.get(namespace.toLowerCase()) ?? ''
  const page = targetsFor(evidence, base).find(({ destination }) => isOn(destination, site))
  if (page) return { segments: [same(body)], because: `${page.destination} is a page of ${site}` }
  return isResource(body, evidence.grammar)
    ? { segments: [same(body)], because: `${body} is a resource at its end` }
    : undefined
}

function isOn(url: string, site: string): boolean {
  const host = hostOf(url)
  return host !== undefined && (host === site || host.endsWith(`.${site}`))
}

/**
 * A label without a namespace is a legacy one only where a known resource ends it, or where it begins with
 * the whole name of the host that it leads to. What stands before the resource is one subject, unless the
 * label leads below an address of a shorter one.
 */
export function divideByResource(base: string, evidence: Evidence): Divided | undefined {
  const ending = resourceAt(base, evidence.grammar)
  if (!ending) return divideByHost(base, evidence)
  const owner = coveringName(ending.head, targetsFor(evidence, base), evidence.owners)
  const subject = owner?.name ?? ending.head
  return {
    segments: segmentsAfter(same(subject), tailAfter(base, subject), evidence.grammar),
    because: owner?.because ?? `${ending.resource} is a resource at its end`,
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
