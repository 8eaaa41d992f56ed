/**
 * `mdshift.lock.json`, the ledger of a book: which migrations were applied to the whole of it, when, and by
 * which checksum. It stands at the book's root, and is committed with the chapters.
 */
import fs from 'node:fs/promises'
import path from 'node:path'
import { z } from 'zod'
import { codeOf, fail, messageOf, ok, type Result } from '../failure.ts'
import type { Position } from '../position.ts'
import { readJsonText } from './json-text.ts'
import { LEDGER_NAME } from './ledger-name.ts'
import { decodeSource } from './source-text.ts'

/** The version of the file's own form. */
const VERSION = 1

/** What is on record of one migration. */
export interface Applied {
  /** The day, in UTC: `2026-11-22`. */
  readonly applied: string
  /** The migration's own on that day; none where it had none. */
  readonly checksum?: string | undefined
}

/** By the migration's id. */
export type Ledger = ReadonlyMap<string, Applied>

/** A ledger as it was read. */
export interface LedgerFile {
  /** Absolute. */
  readonly file: string
  /** The file's bytes; none where it is not there. */
  readonly bytes: Uint8Array | undefined
  readonly ledger: Ledger
  /** Where a migration stands in the file. */
  placeOf(id: string): Position | undefined
}

const schema = z.strictObject({
  version: z.literal(VERSION, `is no version of the form; this one is ${VERSION}`),
  migrations: z.record(
    z.string().min(1),
    z.strictObject({
      applied: z.iso.date('is no date such as "2026-11-22"'),
      checksum: z.string().min(1).optional(),
    }),
  ),
})

/**
 * Reads the ledger of a book.
 *
 * @param root absolute
 * @returns an empty one where there is none; `MDS030` for one that cannot be used, `MDS031` for one of a newer
 *   form
 */
export async function readLedger(root: string): Promise<Result<LedgerFile>> {
  const file = path.join(root, LEDGER_NAME)
  let bytes: Uint8Array
  try {
    const stat = await fs.lstat(file)
    if (!stat.isFile()) return fail('MDS030', 'it is no regular file', file)
    bytes = await fs.readFile(file)
  } catch (cause) {
    const none = codeOf(cause) === 'ENOENT'
    if (!none) return fail('MDS030', messageOf(cause), file, cause)
    return ok(noLedger(root))
  }
  const source = decodeSource(bytes, file)
  if (!source.ok) return fail('MDS030', source.failure.message, source.failure.place)
  const parsed = parseLedger(source.value.text, file)
  return parsed.ok ? ok({ file, bytes, ...parsed.value }) : parsed
}

/** The ledger of a book that has none. */
export function noLedger(root: string): LedgerFile {
  const file = path.join(root, LEDGER_NAME)
  return { file, bytes: undefined, ledger: new Map(), placeOf: () => undefined }
}

/** Checks the text of a ledger; `file` is its path. */
export function parseLedger(text: string, file: string): Result<Pick<LedgerFile, 'ledger' | 'placeOf'>> {
  const source = readJsonText(text, file)
  if (!('value' in source)) return fail('MDS030', source[0]?.message ?? '', source[0]?.place)
  const newer = newerVersion(source.value)
  if (newer !== undefined) {
    const message = `its form is version ${newer}, and this mdshift knows ${VERSION}`
    return fail('MDS031', message, source.placeOf(['version']))
  }
  const parsed = schema.safeParse(source.value)
  if (!parsed.success) {
    const [issue] = parsed.error.issues
    const keys = (issue?.path ?? []).filter((key) => typeof key !== 'symbol')
    const name = keys.map((key) => JSON.stringify(key)).join('.')
    return fail('MDS030', `${name}${name === '' ? '' : ': '}${issue?.message ?? ''}`, source.placeOf(keys))
  }
  const { migrations } = parsed.data
  return ok({
    ledger: new Map(Object.entries(migrations)),
    placeOf(id) {
      if (!Object.hasOwn(migrations, id)) return undefined
      const place = source.placeOfKey(['migrations', id]).slice(file.length + 1)
      const [line = 1, column = 1] = place.split(':').map(Number)
      return { line, column }
    },
  })
}

/** A form that is not known yet may mean anything: it is told apart from a mistake. */
function newerVersion(value: unknown): number | undefined {
  const parsed = z.object({ version: z.int().gt(VERSION) }).safeParse(value)
  return parsed.success ? parsed.data.version : undefined
}

/** The text of the file that holds a ledger: the same for the same ledger, migrations in the order of their ids. */
export function ledgerText(ledger: Ledger): string {
  const migrations = Object.fromEntries([...ledger].sort(([a], [b]) => (a < b ? -1 : 1)))
  return `${JSON.stringify({ version: VERSION, migrations }, null, 2)}\n`
}
