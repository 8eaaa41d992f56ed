/**
 * Text whose UTF-8 bytes were read as Windows-1252 or Latin-1, and back. A run of such characters is
 * repaired where its bytes are valid UTF-8 and it can hardly be meant.
 */
import { byteOf } from './windows-1252.ts'

export interface Repair {
  readonly start: number
  readonly end: number
  readonly text: string
  /** `likely` where a person could have meant the characters as they are. */
  readonly confidence: 'certain' | 'likely'
}

/**
 * All repairs of a text, in order, disjoint; offsets are into the text.
 *
 * @example
 * findRepairs('donâ€™t') // → [{ start: 3, end: 6, text: '’', confidence: 'certain' }]
 */
export function findRepairs(text: string): Repair[] {
  return [...text.matchAll(/[^\0-\x7f]+/g)].flatMap((match) => {
    const run = match[0]
    const around = { before: text.charAt(match.index - 1), after: text.charAt(match.index + run.length) }
    return repairsOfRun(run, match.index, around)
  })
}

/** The characters that a run stands between. */
interface Neighbours {
  readonly before: string
  readonly after: string
}

function repairsOfRun(run: string, offset: number, around: Neighbours): Repair[] {
  const certain = settle(run, around)
  if (certain !== run) return [trimmed(run, certain, offset)]
  return sequencesIn(run).map(({ start, end, text }) => ({
    start: offset + start,
    end: offset + end,
    text,
    confidence: 'likely',
  }))
}

/** Repairs until nothing is left to repair: text may have been misread more than once. */
function settle(run: string, around: Neighbours): string {
  for (let text = run; ; ) {
    const next = repairOnce(text, around)
    if (next === text) return text
    text = next
  }
}

function repairOnce(run: string, around: Neighbours): string {
  const sequences = sequencesIn(run)
  let text = ''
  let from = 0
  for (const [index, { start, end, text: repaired }] of sequences.entries()) {
    const beside = sequences[index - 1]?.end === start || sequences[index + 1]?.start === end
    const neighbours = {
      before: run.charAt(start - 1) || around.before,
      after: run.charAt(end) || around.after,
    }
    if (!beside && !isCertain(run.slice(start, end), neighbours)) continue
    text += run.slice(from, start) + repaired
    from = end
  }
  return text + run.slice(from)
}

/** Marks that a word in a foreign language ends before. */
const ENDING = /^[‘’“”…–—´›»]+$/

/**
 * Three and four characters that happen to be UTF-8 are no accident, nor are two pairs in a row; but a word
 * may end in a letter with an accent, and then in marks: `Brontë…”`. A pair may be one too: then only what
 * begins with the `Â` or `Ã` of Western European letters and signs is certain, and not where it can be a
 * letter before a mark: at the end of a word in capitals, as in `“AMANHÃ”`, on its own in quotes, as in
 * `« Â »`, or before an s, as in `Ã’s`.
 */
function isCertain(characters: string, { before, after }: Neighbours): boolean {
  const [lead = '', ...rest] = characters
  const [second = '', third] = rest
  if (third !== undefined) return !(/\p{L}/u.test(before) && ENDING.test(rest.join('')))
  if (second === '’' && /s/i.test(after)) return false
  const letterBeforeMark = /[\p{Lu}\p{Pi}\p{Ps}\u00a0]/u.test(before) && /[^\p{L}\p{S}]/u.test(second)
  return (lead === 'Â' || lead === 'Ã') && !(letterBeforeMark && !/\p{L}/u.test(after))
}

interface Sequence {
  readonly start: number
  readonly end: number
  readonly text: string
}

/** The shortest stretches whose bytes are one character of UTF-8. */
function sequencesIn(run: string): Sequence[] {
  const found: Sequence[] = []
  for (let start = 0; start < run.length; ) {
    const sequence = sequenceAt(run, start)
    if (sequence) found.push(sequence)
    start = sequence?.end ?? start + 1
  }
  return found
}

function sequenceAt(run: string, start: number): Sequence | undefined {
  const length = lengthByLead(byteOf(run.charAt(start)))
  const end = start + length
  if (length === 0 || end > run.length) return undefined
  const bytes = [...run.slice(start, end)].map((character) => byteOf(character))
  if (!bytes.every((byte) => byte !== undefined)) return undefined
  try {
    return {
      start,
      end,
      text: new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(Uint8Array.from(bytes)),
    }
  } catch {
    return undefined
  }
}

/** How many bytes a character has whose first byte this is (RFC 3629). */
function lengthByLead(byte: number | undefined): number {
  if (byte === undefined || byte < 0xc2 || byte > 0xf4) return 0
  if (byte < 0xe0) return 2
  return byte < 0xf0 ? 3 : 4
}

function trimmed(run: string, text: string, offset: number): Repair {
  let start = 0
  while (start < run.length && start < text.length && run[start] === text[start]) start += 1
  let end = 0
  while (end < run.length - start && end < text.length - start && run.at(-1 - end) === text.at(-1 - end))
    end += 1
  return {
    start: offset + start,
    end: offset + run.length - end,
    text: text.slice(start, text.length - end),
    confidence: 'certain',
  }
}
