/**
 * What a migration is: a plain value. Its functions are pure; what they return is all they do.
 */
import type { Scopes } from '../book/definitions.ts'
import type { Meanings, Mention, PlacedDefinition } from '../book/meanings.ts'
import type { Opaque } from '../markdown/opaque.ts'
import type { Chapter } from '../markdown/parse.ts'
import type { Definition, Outcome, Settings, Span } from '../model.ts'
import type { EditableChapter } from './editable.ts'

/** A whole chapter before and after, shown in MIGRATIONS.md and run by the tests. */
export interface Example {
  readonly title: string
  readonly before: string
  readonly after: string
}

/** What a scan may know of the book besides its own items: plain questions about definitions. */
export interface BookView {
  /** Every definition of the book, in the order of paths and offsets. */
  readonly definitions: readonly PlacedDefinition[]
  readonly scopes: Scopes
  /** The definition that a label leads to in a scope. */
  find(scope: Scopes['all'][number], id: string): Definition | undefined
  /** What each label means where. */
  readonly meanings: Meanings
  /** The labels that stand in brackets anywhere, code included, by id. */
  readonly mentions: ReadonlyMap<string, Mention>
  /**
   * The file that could not be read and mentions a label, if there is one: nobody knows what it means there.
   *
   * @param id as `labelId` makes it
   */
  unreadable(id: string): string | undefined
  /** Whether this run writes a file; one that it does not was not chosen, or is no chapter. */
  writes(path: string): boolean
  /** What the book's people decided. */
  readonly settings: Settings
}

/**
 * Looks at the whole book before any chapter is transformed. What it returns is plain data: it travels to
 * workers.
 */
export interface Scan<Facts, Item> {
  /** Whether a chapter can hold what {@link Scan.chapter} looks for; a cheap look at its text. */
  mayMatch?(text: string, settings: Settings): boolean
  /** What one chapter contributes. */
  chapter?(chapter: Chapter, settings: Settings): Item | undefined
  reduce(book: BookView, items: ReadonlyMap<string, Item>): Facts
}

/** Where a text stands that no migration touches. */
export interface Place {
  /** `file`: the whole of a file that is no chapter, and that the configuration names. */
  readonly kind: Opaque['kind'] | 'file'
  /** The file, relative to the book's root. */
  readonly path: string
}

/** Legacy syntax in a text, by offsets into it. */
export interface Found extends Span {
  /** What it could become. */
  readonly candidates?: readonly string[]
  /** The rule and the evidence for its one candidate; without them it is never rewritten, whatever is configured. */
  readonly because?: string
}

/** What looks like legacy syntax, and is none. */
export interface NearMiss extends Span {
  /** Why it stays. */
  readonly because: string
}

/** What one migration makes of a label. */
export type LabelAnswer =
  | { readonly kind: 'rename'; readonly to: string; readonly because: string }
  | {
      readonly kind: 'refused' | 'undecided'
      readonly because: string
      readonly candidates: readonly string[]
    }
  | { readonly kind: 'stays'; readonly because: string }

/** What a transform says when it is done, all of it optional: one that changed the tree need not say anything. */
export interface Answer extends Partial<Outcome> {
  /** Why the tree was changed; the transform's summary, where nothing is said. */
  readonly because?: string
  /** The whole text as it shall be, instead of changes: what differs is edited, and the rest is not touched. */
  readonly text?: string
}

/** A function without a `return` returns `void` to TypeScript, where it may return something else as well. */
// biome-ignore lint/suspicious/noConfusingVoidType: `undefined` alone would ask for a `return`
type Said = Answer | undefined | void

export interface Transform<Facts = unknown, Item = unknown> {
  /** `0002-label-separators`: the number is its place in the order. */
  readonly id: string
  /** The format version that a chapter has after it. */
  readonly version: number
  /** Says when the migration's meaning changes; a book's ledger keeps it. */
  readonly checksum?: string | undefined
  /** One line for `mdshift list`. */
  readonly summary: string
  /** A paragraph: why the syntax changed, and what the rule is. */
  readonly reason: string
  readonly examples: readonly Example[]
  /**
   * Whether a text can hold this migration's legacy syntax at all, or what a person decided about; cheap, and
   * never wrongly `false`.
   *
   * @param settings what the book's people decided
   */
  mayMatch(text: string, settings: Settings): boolean
  /**
   * Whether a text is a reason to look at the book: it holds legacy syntax itself, and does not only follow what may
   * become of another file, as a link to a heading does. Where no file of a book is one, included files among them, none is
   * looked at. As cheap as `mayMatch`, which it is where it is left out, and never wrongly `false`.
   *
   * @param settings what the book's people decided
   */
  mayStart?(text: string, settings: Settings): boolean
  /**
   * Whether a label looks like one of this migration's, so that `[text][label]` is read as a reference
   * although no definition of it is known.
   *
   * @param label as written
   * @param settings what the book's people decided
   */
  presumes?(label: string, settings: Settings): boolean
  readonly scan?: Scan<Facts, Item>
  /**
   * That the transform returns all its changes, and leaves the tree as it was given: nobody looks then whether the tree was
   * changed, which costs as much as reading it. What it changes there all the same is not written.
   */
  readonly leavesTree?: boolean
  /**
   * Changes a chapter: its tree, in any way at all, or its text, by edits that are returned.
   *
   * @param facts what the scan made
   */
  transform(chapter: EditableChapter, facts: Facts): Said | Promise<Said>
  /**
   * What is legacy in a text that stands where no migration goes: asked for each such place, counted and
   * listed with the reason. It is rewritten only in raw HTML, if the configuration says so.
   *
   * @param text the source of the place
   * @param place where it stands: not everything means something everywhere
   */
  residue?(text: string, facts: Facts, place: Place): readonly Found[]
  /** What looks like this migration's legacy syntax in a chapter, and why it is none; only when somebody asks. */
  explain?(chapter: Chapter, facts: Facts): readonly NearMiss[]
  /**
   * What becomes of a label, and why; only when somebody asks.
   *
   * @param label as written
   * @param path the file that it stands in, where there is one
   * @returns `undefined` where this migration has nothing to say of it
   */
  explainLabel?(label: string, facts: Facts, path: string | undefined): LabelAnswer | undefined
}

/**
 * What is known of a migration where it is not run: what it says of itself, and its quick questions. The rest may
 * live in a thread.
 */
export interface Announced
  extends Pick<
    Transform,
    'id' | 'version' | 'checksum' | 'summary' | 'reason' | 'examples' | 'mayMatch' | 'mayStart' | 'presumes'
  > {
  /** Absent where nothing is looked at before it begins; `chapter` is absent where no chapter is. */
  readonly scan?: Pick<Scan<unknown, unknown>, 'mayMatch'> & { readonly chapter?: unknown }
}

/** What a migration may leave out: an unversioned one has little to say of itself. */
type Optional = 'version' | 'summary' | 'reason' | 'examples' | 'mayMatch'

/** A transform, as its author writes it. */
export interface TransformDefinition<Facts = unknown, Item = unknown>
  extends Omit<Transform<Facts, Item>, Optional>,
    Partial<Pick<Transform<Facts, Item>, Optional>> {}

/**
 * Declares a transform, and fills in what it leaves out: `version` is the number that its id begins with, or 1;
 * `summary` is the id; and any text may match.
 *
 * @example
 * export default defineTransform({
 *   id: '0001-ellipsis', version: 1, summary: 'three dots → …', reason: '…', examples: [],
 *   mayMatch: (text) => text.includes('...'),
 *   transform: (chapter) => ({ changes: [], leftovers: [] }),
 * })
 */
export function defineTransform<Facts = undefined, Item = undefined>(
  definition: TransformDefinition<Facts, Item>,
): Transform<Facts, Item> {
  const { id } = definition
  const version = Number(/^\d{4}(?=-)/.exec(id)?.[0] ?? 1)
  return { version, summary: id, reason: '', examples: [], mayMatch: () => true, ...definition }
}
