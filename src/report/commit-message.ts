/** What a commit of one migration says: what it did and how often, in the migration's own words. */
import type { Announced } from '../transform/define.ts'
import { count, visible } from './terminal.ts'

export interface CommitMessage {
  /** At most 72 characters. */
  readonly subject: string
  readonly body: string
}

/** What a migration did in the files of one commit. */
export interface Done {
  readonly edits: number
  readonly files: number
  /** Places that it left to a person. */
  readonly left: number
}

/** The longest subject that git's tools show whole. */
const LIMIT = 72

/**
 * The message of a migration's commit.
 *
 * @param version mdshift's own
 */
export function commitMessage(
  { id, summary, checksum }: Pick<Announced, 'id' | 'summary' | 'checksum'>,
  { edits, files, left }: Done,
  version: string,
): CommitMessage {
  const [, number, words] = /^((?:.*\/)?\d+)-(.+)$/s.exec(id) ?? []
  const what =
    number === undefined || words === undefined
      ? `Migrate ${visible(id)}`
      : `Migrate ${visible(words.replaceAll('-', ' '))} (${visible(number)})`
  const whole = `${what}: ${count(edits, 'edit')} in ${count(files, 'file')}`
  const body = [
    visible(summary),
    '',
    `Edits: ${edits}`,
    `Files: ${files}`,
    `Left: ${left}`,
    `Migration: ${visible(id)}${checksum === undefined ? '' : ` (${checksum})`}`,
    `Mdshift: ${version}`,
    '',
  ]
  return { subject: lengthOf(whole) <= LIMIT ? whole : shortened(what), body: body.join('\n') }
}

/** The message of a commit that has no chapter: migrations were on record, and found nothing to change. */
export function recordMessage(ids: readonly string[], version: string): CommitMessage {
  return {
    subject: `Record ${count(ids.length, 'migration')} as applied`,
    body: [...ids.map((id) => `Migration: ${visible(id)}`), `Mdshift: ${version}`, ''].join('\n'),
  }
}

function lengthOf(text: string): number {
  return [...text].length
}

function shortened(text: string): string {
  return lengthOf(text) <= LIMIT ? text : `${[...text].slice(0, LIMIT - 1).join('')}…`
}
