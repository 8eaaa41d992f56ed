/**
 * A label as a row of segments, legacy and current side by side: `c-slab-docs.rs-badge` is
 * c → c, slab → slab, docs.rs → docs, badge → badge.
 */

export interface Segment {
  /** As the legacy label has it; empty where the current label spells out what was implied. */
  readonly legacy: string
  readonly current: string
}

export function same(text: string): Segment {
  return { legacy: text, current: text }
}

export function currentLabel(segments: readonly Segment[]): string {
  return segments.map(({ current }) => current).join('~')
}

/** Names compare without case, and with `_` as `-`: `tree_sitter` is docs.rs's `tree-sitter`. */
export function comparable(name: string): string {
  return name.toLowerCase().replaceAll('_', '-')
}

/** A label without its `-badge`. */
export function withoutBadge(label: string): { readonly base: string; readonly badge: string } {
  const found = /-(badge)$/i.exec(label)
  return found ? { base: label.slice(0, found.index), badge: found[1] ?? '' } : { base: label, badge: '' }
}

/** Every way to cut a text at a hyphen, the longest head first; the whole text is a head too. */
export function heads(text: string): string[] {
  const cuts = [...text.matchAll(/-/g)].map((match) => text.slice(0, match.index))
  return [text, ...cuts.reverse()].filter((head) => head !== '')
}

/** What stands behind a head and its hyphen. */
export function tailAfter(text: string, head: string): string {
  return text.slice(head.length + 1)
}
