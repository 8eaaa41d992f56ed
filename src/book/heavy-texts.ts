/** Which of a book's texts are heavy, and whether those can be read all the same. */
import { countable } from '../dialect.ts'
import type { Failure } from '../failure.ts'
import { isPlain } from '../markdown/fast/read.ts'
import { parserInUse } from '../markdown/parser-in-use.ts'
import type { Definition } from '../model.ts'
import { definitionLines } from './definition-lines.ts'
import type { Guard } from './limits.ts'
import { isLight } from './weight.ts'

/** Code units that a file of nothing but definitions, or of plain forms, may have: those are read at once. */
const PLAIN = 1_000_000

/** Whether a text is to be tried before it is read. */
export function isHeavy(text: string): boolean {
  if (isLight(text)) return false
  if (text.length > PLAIN) return true
  const isRead = definitionLines(text) !== undefined || (parserInUse() === 'fast' && isPlain(countable(text)))
  return !isRead
}

/**
 * Tries those of some texts that are heavy, some at once.
 *
 * @param texts by path
 * @param definitions what the rest of the book defines
 * @returns what cannot be read, by path
 */
export async function tryHeavy(
  texts: ReadonlyMap<string, string>,
  definitions: readonly Definition[],
  { tryText }: Pick<Guard, 'tryText'>,
): Promise<ReadonlyMap<string, Failure>> {
  const refused = new Map<string, Failure>()
  if (!tryText) return refused
  await Promise.all(
    [...texts].map(async ([path, text]) => {
      const failed = await tryText({ path, text, definitions })
      if (failed) refused.set(path, failed)
    }),
  )
  return refused
}
