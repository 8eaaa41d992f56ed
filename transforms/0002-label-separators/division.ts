/** What dividing a label has to work with and to give, whatever its namespace. */
import { type Addresses, liesUnder, type Target } from './evidence.ts'
import type { LabelGrammar } from './grammar.ts'
import { comparable, heads, type Segment, same } from './segments.ts'
import type { Division } from './tables.ts'

/** What a division makes of the text behind the namespace, the badge apart. */
export type Divided =
  | { readonly segments: readonly Segment[]; readonly because: string }
  | { readonly candidates: readonly (readonly Segment[])[]; readonly because: string }

/** A label that has a namespace, taken apart as far as that goes. */
export interface Divisible {
  readonly namespace: string
  readonly kind: Division
  /** The label without its badge. */
  readonly base: string
  /** The same without its namespace. */
  readonly body: string
}

export function divisionOf(base: string, grammar: LabelGrammar): Divisible | undefined {
  const hyphen = base.indexOf('-')
  const namespace = base.slice(0, hyphen)
  const kind = hyphen < 1 ? undefined : grammar.namespaces.get(namespace.toLowerCase())
  const body = base.slice(hyphen + 1)
  return kind && body !== '' ? { namespace, kind, base, body } : undefined
}

/** A subject, then free qualifiers as one segment, then a resource if one ends the rest. */
export function segmentsAfter(subject: Segment, rest: string, grammar: LabelGrammar): Segment[] {
  if (rest === '') return [subject]
  if (isResource(rest, grammar)) return [subject, same(rest)]
  const ending = resourceAt(rest, grammar)
  return ending ? [subject, same(ending.head), same(ending.resource)] : [subject, same(rest)]
}

/** The longest proper head of a label that has an address which covers the label's own. */
export function coveringName(
  label: string,
  targets: readonly Target[],
  addresses: Addresses,
): { name: string; because: string } | undefined {
  for (const name of heads(label)) {
    const root = addresses
      .get(comparable(name))
      ?.find((address) => targets.some(({ destination }) => liesUnder(destination, address)))
    if (name !== label && root !== undefined)
      return { name, because: `it leads below ${root}, which is ${name}` }
  }
  return undefined
}

export function resourceAt(
  text: string,
  grammar: LabelGrammar,
): { head: string; resource: string } | undefined {
  const lower = text.toLowerCase()
  const resource = grammar.resources.find(
    (name) => lower.endsWith(`-${name}`) && lower.length > name.length + 1,
  )
  if (!resource) return undefined
  const cut = text.length - resource.length
  return { head: text.slice(0, cut - 1), resource: text.slice(cut) }
}

export function isResource(text: string, grammar: LabelGrammar): boolean {
  return grammar.resources.includes(text.toLowerCase())
}
