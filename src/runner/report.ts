/**
 * What a run found, as values: every change and everything that was left, by file. All offsets and
 * positions are into the files as they were read.
 */
import type { Failure } from '../failure.ts'
import type { LeftoverKind, Span, Subject } from '../model.ts'
import type { Position } from '../position.ts'
import type { MergedEdits } from '../transform/edits.ts'
import type { Asked } from '../transform/made.ts'

/** One change that a migration makes, or one piece of legacy syntax that it leaves. */
export interface Finding extends Span, Position {
  readonly kind: 'change' | LeftoverKind
  /** The id of the migration. */
  readonly migration: string
  readonly legacy: string
  /** What it becomes; what it could become, where it was left. */
  readonly current: readonly string[]
  readonly because: string
  /** Where its edit stands, if that is not where it is shown. */
  readonly edit?: Span
  /** What a person can decide about it, where anything. */
  readonly subject?: Subject
}

/** One migration's part in what became of a file, or a part of that. */
export interface Step {
  /** The id of the migration. */
  readonly migration: string
  /** On the text that the step before has left. */
  readonly edits: MergedEdits
  /** What the text after it has to be, where the migration changed the tree, or gave a whole text. */
  readonly asked?: Asked
  /** The ids of labels that the migration took for defined, if it is so. */
  readonly labels?: readonly string[]
}

/** One file of a book after a run. */
export interface FileReport {
  /** Relative to the book's root. */
  readonly path: string
  readonly before: string
  readonly after: string
  readonly bom: boolean
  /** From `before` to `after`. */
  readonly edits: MergedEdits
  /** In the order of the text. */
  readonly findings: readonly Finding[]
  /** How it came to be, in order. */
  readonly steps?: readonly Step[]
}

/** A file that is no chapter, and was searched for legacy syntax. */
export interface SearchedFile {
  /** Relative to the book's root; one that lies elsewhere begins with `../`. */
  readonly path: string
  readonly text: string
  readonly findings: readonly Finding[]
}

/** What was proven of a run before anything was written. */
export interface Proof {
  /** Files, each taken as a chapter with its includes expanded. */
  readonly chapters: number
  /** Those of them that change, and were rendered before and after. */
  readonly rendered: number
  /** Compared in those chapters that change. */
  readonly links: number
  readonly images: number
  readonly footnotes: number
  readonly headings: number
  /** Texts, alt texts, titles and heading attributes that are shown otherwise, just as the edits declare. */
  readonly declared: number
  /** Links to an id that nothing had, which lead to a heading now. */
  readonly mended: number
}

export interface BookReport {
  /** Absolute. */
  readonly root: string
  /** Chosen files that could be read and transformed, in the order of their paths. */
  readonly files: readonly FileReport[]
  /** Other files that the configuration names, in the order of their paths. */
  readonly residue: readonly SearchedFile[]
  /** Files that could not, with their paths relative to the root. */
  readonly failures: readonly Failure[]
  /** Includes that lead nowhere, `path: target`, so that labels may be defined where nobody looked. */
  readonly missing: readonly string[]
  /** Files that could be proven only when remark-parse had read them; absent where there are none. */
  readonly misread?: readonly string[]
  /** Absent where nobody asked for it. */
  readonly proof?: Proof
}

/** What fails a check: everything but what no migration touches by policy, and what may be meant. */
export function isOpen(finding: Pick<Finding, 'kind'>): boolean {
  return finding.kind === 'refused' || finding.kind === 'undecided'
}

/** All files of a book that findings are of. */
export function searchedFiles({
  files,
  residue,
}: BookReport): readonly Pick<SearchedFile, 'path' | 'findings'>[] {
  return [...files, ...residue]
}
