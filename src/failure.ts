/**
 * Every expected failure: a code, what happened, what to do next, and the exit status it leads to.
 * Failures are values; only bugs are thrown.
 */

interface FailureKind {
  readonly title: string
  readonly next: string
}

const FAILURES = {
  MDS001: { title: 'The path cannot be read', next: 'Check that it exists and that you may read it.' },
  MDS002: {
    title: 'The file is not valid UTF-8',
    next: 'Convert it to UTF-8 first; mdshift does not guess encodings.',
  },
  MDS003: { title: 'The configuration cannot be used', next: 'Mend the file named above and run again.' },
  MDS004: {
    title: 'There is no such migration',
    next: '`mdshift list` names them all; the leading number is enough.',
  },
  MDS005: {
    title: 'Two edits of one migration overlap',
    next: 'This is a defect of the migration named above; the file was left as it was.',
  },
  MDS006: {
    title: 'The migration failed on this file',
    next: 'This is a defect of the migration named above; the file was left as it was.',
  },
  MDS007: {
    title: 'The file cannot be written',
    next: 'Check permissions and free space, and run again.',
  },
  MDS008: {
    title: 'No Markdown files were found',
    next: 'Give the folder of a book, or a file or glob in it.',
  },
  MDS009: { title: 'The arguments cannot be used', next: 'Run the command with --help for its usage.' },
  MDS010: {
    title: 'The file holds a NUL character',
    next: 'It is likely not Markdown text; ignore it in .mdshiftignore, or remove the character.',
  },
  MDS011: {
    title: 'mdshift itself failed',
    next: 'This is a defect of mdshift. Please report it with the lines above.',
  },
  MDS012: {
    title: 'The edits would not give what they ask for',
    next: 'This is a defect of the migration named above; the files named were left as they were.',
  },
  MDS013: {
    title: 'The book would not read as it does',
    next: 'The chapter, and the files whose definitions it shares, were left as they were. A chapter that another one shows as code, by an include in a fence, cannot be changed without that: include a copy of it there, or leave that out. mdBook may also read the place otherwise than its file alone says: an include right below a line of text wants a blank line before it, and a fence must end in the file that it begins in. Else it is a defect of the migration.',
  },
  MDS014: {
    title: 'A second run would change the file again',
    next: 'This is a defect of the migration named above; the file was left as it was.',
  },
  MDS015: {
    title: 'An edit is about no place of the chapter',
    next: 'This is a defect of the migration named above; the file was left as it was.',
  },
  MDS016: {
    title: 'Markdown cannot say what was asked for',
    next: 'Ask for something else in the migration named above; the file was left as it was.',
  },
  MDS017: {
    title: 'The migration returned what is no outcome',
    next: 'Return nothing, or an object with `changes`, `leftovers` or `because`; the file was left as it was.',
  },
  MDS020: {
    title: 'The decisions cannot be used',
    next: 'Mend the file named above and run again. Nothing was written.',
  },
  MDS021: {
    title: 'The decisions are of another version',
    next: 'Use the mdshift that wrote them, or move the file away to have a new one written.',
  },
  MDS022: {
    title: 'A decision is about what the book does not have',
    next: 'Mend the entry, or remove it, and run again. Nothing was written.',
  },
  MDS023: {
    title: 'A decision cannot be done',
    next: 'Decide otherwise, or set it to null or "keep", and run again. Nothing was written.',
  },
  MDS030: {
    title: 'The lock file cannot be used',
    next: 'Mend it, or take it from version control; without one, `mdshift migrate` begins a new one.',
  },
  MDS031: {
    title: 'A newer mdshift wrote the lock file',
    next: 'Use that one, or a newer one.',
  },
  MDS040: {
    title: 'The path is no file of a book',
    next: 'Give a chapter, or a file that `residue` names in the configuration: PATH, PATH:LINE or PATH:LINE:COLUMN.',
  },
  MDS041: { title: 'The file has no such place', next: 'Lines and columns count from 1.' },
  MDS042: {
    title: 'A pattern of `residue` matches no file',
    next: 'Mend it in the configuration; patterns are relative to that file.',
  },
  MDS050: {
    title: 'The transform cannot be loaded',
    next: 'Mend the file named above and run again. Nothing was written.',
  },
  MDS051: {
    title: 'The file holds no transform',
    next: 'Export a function (file, api, options) as its default, or what `defineTransform` is given. Nothing was written.',
  },
  MDS052: {
    title: 'The transform did not come to an end on this file',
    next: 'Mend it, or give it more time, as `mdshift run` takes with --timeout SECONDS; the file was left as it was.',
  },
  MDS053: {
    title: 'The transform ended the thread that it ran in',
    next: 'It may not call process.exit, nor take all memory; the file was left as it was.',
  },
  MDS054: {
    title: 'The migrations of the project cannot be used',
    next: 'A migration is a file such as 0001-name.ts, or a folder such as 0001-name with an index file. Nothing was written.',
  },
  MDS055: {
    title: 'The migration failed on the whole book',
    next: 'This is a defect of the migration named above; nothing of the book was changed.',
  },
  MDS056: {
    title: 'There is something of that name already',
    next: 'Choose another name, or another folder with --dir. Nothing was written.',
  },
  MDS057: {
    title: 'There is no such pack of migrations',
    next: 'A folder of your own is written with its path: ./migrations. Nothing was written.',
  },
  MDS060: {
    title: 'Another run works on this book',
    next: 'Wait until it has ended. Whether a process of another machine or container runs is not known here: if it does not, remove the file named above.',
  },
  MDS061: {
    title: 'The book cannot be locked',
    next: 'mdshift keeps a folder .mdshift at the root of a book that it writes to: check permissions and free space.',
  },
  MDS062: {
    title: 'What was kept of a run cannot be read',
    next: 'Nothing was done. Use the mdshift that wrote it, or compare the book with version control and remove the file named above.',
  },
  MDS063: {
    title: 'The file was edited in the meantime',
    next: 'Its text was kept. Run again.',
  },
  MDS064: {
    title: 'There is no run to undo',
    next: 'Runs are remembered in the folder .mdshift at the root of a book: name the book, and see `mdshift undo --list`.',
  },
  MDS065: {
    title: 'What was begun could not be ended',
    next: 'The next command tries again, or `mdshift undo` takes it back: check permissions and free space first.',
  },
  MDS066: {
    title: 'All was written, and a loss of power may undo it',
    next: 'The disk did not confirm it: check the disk, then compare the book with version control.',
  },
  MDS067: {
    title: 'The file is not what the run wrote',
    next: 'Nothing was undone. `mdshift undo --keep-edited` restores the others and what is gone, and keeps what was edited; what that was before the run is then forgotten.',
  },
  MDS068: {
    title: 'The file was edited after a run was broken off',
    next: 'Nothing was done: some edits were made on old texts, and some on new ones. `mdshift undo --keep-edited` takes the run back, and keeps what was edited; mend that by hand then, and run again.',
  },
  MDS070: {
    title: 'The file has changes that git does not hold yet',
    next: 'Commit them, or put them aside, and run again; --allow-dirty changes them as they are, and git cannot give that state back. Nothing was written.',
  },
  MDS071: {
    title: 'git does not tell what has changed',
    next: 'Mend what git says, or go on without it with --allow-dirty. Nothing was written.',
  },
  MDS072: {
    title: 'The migrations cannot be committed',
    next: 'Mend it, or run again without --commit. Nothing was written.',
  },
  MDS073: {
    title: 'git did not make the commit',
    next: 'Mend what git says and commit the files yourself, or take them back with `mdshift undo`; then run again.',
  },
  MDS074: {
    title: 'The plan cannot be used',
    next: 'Have it written again with `mdshift migrate --dry-run --plan FILE`. Nothing was written.',
  },
  MDS075: {
    title: 'The plan is of another version',
    next: 'Use the mdshift that wrote it, or have it written again. Nothing was written.',
  },
  MDS076: {
    title: 'It is not what the plan was made of',
    next: 'Have the plan written again with `mdshift migrate --dry-run --plan FILE`, and review it. Nothing was written.',
  },
  MDS077: {
    title: 'The arguments are not those of the plan',
    next: 'Leave them out: the plan has its own. Nothing was written.',
  },
  MDS078: {
    title: 'The plan cannot be written',
    next: 'Give a file in the folder of the book, or above it. Nothing was written.',
  },
  MDS080: {
    title: 'The file is too large',
    next: 'If it is a chapter, raise `limits.fileSize` in the configuration; else leave it out by `ignore`, or in .mdshiftignore.',
  },
  MDS081: {
    title: 'The text takes too long to read',
    next: 'Divide what stands there by blank lines, or give it more time by `limits.seconds` in the configuration; the file was left as it was.',
  },
  MDS082: {
    title: 'The text cannot be read to its end',
    next: 'Containers within containers may be too many, or the file wants more memory than it may have; it was left as it was.',
  },
  MDS083: {
    title: 'The chapter cannot be shown with what it includes',
    next: 'Include less in it; the chapter, and the files that it is made of, were left as they were.',
  },
  MDS084: {
    title: 'With --safe, nothing is run that stands beside the book',
    next: 'Leave out --safe if you trust what is named above; a configuration may be JSON, with bundled migrations or packs.',
  },
  MDS090: {
    title: 'The link leads out of the book',
    next: 'If that is what you mean, give the path that it leads to.',
  },
  MDS091: {
    title: 'The name is not valid UTF-8',
    next: 'Rename the file, or the folder; mdshift would have to guess what it is called.',
  },
  MDS092: {
    title: 'The folder cannot be read',
    next: 'Check that you may read it, or name it in .mdshiftignore.',
  },
  MDS093: {
    title: 'The output cannot be written',
    next: 'Check the place that it goes to, and run again.',
  },
  MDS094: {
    title: 'The file has other names (hard links) and is not written',
    next: 'To write it would part it from them. If it may be parted, replace it by a copy of itself.',
  },
  MDS100: {
    title: 'The report cannot be used',
    next: 'Have it written again with `mdshift check --report FILE`.',
  },
  MDS101: {
    title: 'The report is of another version',
    next: 'Have all of them written, and merged, by the same mdshift.',
  },
  MDS102: {
    title: 'The reports are not of one run',
    next: 'Have all of them written again: on the same state of the book, with the same arguments.',
  },
  MDS103: {
    title: 'The reports are not all of the shards, each once',
    next: 'Give the report of each shard, from 1 to the last, or the one of a run that was not divided.',
  },
  MDS104: {
    title: 'A file failed in one shard, and the others did not know',
    next: 'What it mentions counts in all of the book: mend the file, or run `mdshift check` without --shard.',
  },
  MDS105: {
    title: 'The report cannot be written',
    next: 'Give a name that no other file has.',
  },
  MDS106: {
    title: 'The cache cannot be kept',
    next: 'What is told is right; the next run begins without a cache. Check permissions and free space, or give a folder with --cache-location.',
  },
} as const satisfies Record<string, FailureKind>

export type FailureCode = keyof typeof FAILURES

/** Something expected went wrong; `place` is `path`, `path:line` or `path:line:column` where there is one. */
export interface Failure {
  readonly code: FailureCode
  readonly message: string
  readonly place?: string
  readonly next: string
  /** The calls that led there, the innermost first: `at rename (label.ts:12:9)`. */
  readonly trace?: readonly string[]
  readonly cause?: unknown
}

/**
 * Makes a failure of the table above.
 *
 * @param code its row in the table
 * @param detail what happened this time, appended to the row's title
 * @param place `path`, `path:line` or `path:line:column`
 * @param cause the error that was caught, if one was
 */
export function failure(code: FailureCode, detail: string, place?: string, cause?: unknown): Failure {
  const { title, next } = FAILURES[code]
  return {
    code,
    message: detail === '' ? title : `${title}: ${detail}`,
    next,
    ...(place === undefined ? {} : { place }),
    ...(cause === undefined ? {} : { cause }),
  }
}

/** A value, or the failure that stands in its place. */
export type Result<Value> =
  | { readonly ok: true; readonly value: Value }
  | { readonly ok: false; readonly failure: Failure }

/** A value, or everything that is wrong with it. */
export type Checked<Value> =
  | { readonly ok: true; readonly value: Value }
  | { readonly ok: false; readonly failures: readonly Failure[] }

export function ok<Value>(value: Value): { readonly ok: true; readonly value: Value } {
  return { ok: true, value }
}

export function fail<Value = never>(...args: Parameters<typeof failure>): Result<Value> {
  return { ok: false, failure: failure(...args) }
}

/** The message of anything that was thrown. */
export function messageOf(thrown: unknown): string {
  return thrown instanceof Error ? thrown.message : String(thrown)
}

/** The code of an error of the file system, or of Node: `ENOENT`; empty where there is none. */
export function codeOf(thrown: unknown): string {
  return thrown instanceof Error && 'code' in thrown ? String(thrown.code) : ''
}
