/**
 * The values that cross rooms; types, and the one value that stands for none given.
 *
 * All offsets are UTF-16 code units into the text of a file without its byte order mark, as
 * `String.prototype.slice` counts them. Ranges are half-open: `start` is in, `end` is out.
 */

/** A half-open range of a chapter's text. */
export interface Span {
  readonly start: number
  readonly end: number
}

/** Replace the text of `[start, end)` by `text`; an insertion where `start === end`. */
export interface Edit extends Span {
  readonly text: string
}

/** An edit that says why it is made: what a transform returns. */
export interface Change extends Edit {
  /** Why: the rule, and the evidence it rests on. */
  readonly because: string
  /** What a report shows as old and new, where the bare edit says too little: an inserted label, for one. */
  readonly shown?: Shown
}

/** A change as a report shows it. */
interface Shown {
  readonly legacy: string
  readonly current: string
  /** Where, if it is not where the edit stands: the label that a shortcut's new one is put behind. */
  readonly at?: Span
}

/**
 * Why legacy syntax was seen and not changed.
 *
 * - `refused`: the change would redirect or lose a link; nothing but a person's decision helps.
 * - `undecided`: the evidence is missing or contradicts itself.
 * - `opaque`: it stands where no migration goes by policy: code, raw HTML, a comment, a URL, front matter.
 * - `doubtful`: it may be legacy syntax, and may as well be meant.
 */
export type LeftoverKind = 'refused' | 'undecided' | 'opaque' | 'doubtful'

/** Legacy syntax that was seen and left, with the reason. */
export interface Leftover extends Span {
  readonly kind: LeftoverKind
  readonly because: string
  /** What a person can decide about it, where anything. */
  readonly subject?: Subject
  /** What the legacy text could become, where there is more than one answer. */
  readonly candidates?: readonly string[]
}

/** What a decision is about: a label as written, or a heading by its text. */
export type Subject =
  | { readonly kind: 'label'; readonly label: string }
  | { readonly kind: 'heading'; readonly text: string }

/** What one transform wants of one chapter. */
export interface Outcome {
  readonly changes: readonly Change[]
  readonly leftovers: readonly Leftover[]
}

/** A definition as it stands in a file: `[label]: destination "title"`. */
export interface Definition extends Span {
  /** The label as written, escapes kept, without the spaces around it. */
  readonly label: string
  /** The label as CommonMark compares it: white space folded, case folded, escapes kept. */
  readonly id: string
  readonly destination: string
  readonly title: string
}

/** An `{{#include …}}` as mdBook reads it. */
export interface Include extends Span {
  /** The path as written, relative to the including file. */
  readonly target: string
  readonly part: IncludedPart
  /** Whether the included text is read as Markdown; not so in code and comments. */
  readonly rendered: boolean
}

/** Which lines an include takes; lines count from 0 and `to` is out. */
export type IncludedPart =
  | { readonly kind: 'all' }
  | { readonly kind: 'lines'; readonly from: number; readonly to: number }
  | { readonly kind: 'anchor'; readonly name: string }

/** What a book's people decided: the part of the configuration that migrations may ask. Plain data. */
export interface Settings {
  /** Labels by hand: old → new. */
  readonly labels: ReadonlyMap<string, string>
  /**
   * Heading ids by hand: path relative to the book's root → text of the heading → id; `null` where the heading
   * stays as it is on purpose.
   */
  readonly headingIds: ReadonlyMap<string, ReadonlyMap<string, string | null>>
  /** What happens to legacy syntax in raw HTML. */
  readonly html: 'leave' | 'rewrite'
  /** What a book adds to the grammar of labels, or leaves out of it. */
  readonly grammar: GrammarSettings
}

/** Words are in lower case. */
export interface GrammarSettings {
  /** How labels of a namespace are divided; `false` where it is none. */
  readonly namespaces: ReadonlyMap<string, NamespaceDivision | false>
  /** Whether a word names a resource at the end of a label. */
  readonly resources: ReadonlyMap<string, boolean>
}

/**
 * How the part of a label behind its namespace is divided: as a crate's, a book's, a recipe's, or not at all;
 * of a `site`, labels that lead to that host are one segment, and others are none of the namespace.
 */
export type NamespaceDivision = 'book' | 'crate' | 'recipe' | 'whole' | { readonly site: string }

/** The settings of a book that has no configuration. */
export const DEFAULT_SETTINGS: Settings = {
  labels: new Map(),
  headingIds: new Map(),
  html: 'leave',
  grammar: { namespaces: new Map(), resources: new Map() },
}

/** What the book index knows of one file. */
export interface FileFacts {
  readonly path: string
  readonly definitions: readonly Definition[]
  readonly includes: readonly Include[]
  /** Where an included part stands in its file; its own offsets count from its first line. */
  readonly origin?: Span
}
