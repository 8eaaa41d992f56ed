/**
 * A ledger as mdshift writes it, read without knowing more of its form. What is anything else, or says that a migration has
 * changed since, is for `ledger.ts` to tell.
 */
import fs from 'node:fs'
import path from 'node:path'
import { LEDGER_NAME } from './ledger-name.ts'

/** Whether the ledger of a book says of none of some migrations that it was applied by another checksum; where there is none, too. */
export function isUpToDate(
  root: string,
  migrations: readonly { readonly id: string; readonly checksum?: string | undefined }[],
): boolean {
  const file = path.join(root, LEDGER_NAME)
  try {
    const stats = fs.lstatSync(file, { throwIfNoEntry: false })
    if (!stats) return true
    const applied = stats.isFile() ? appliedIn(fs.readFileSync(file, 'utf8')) : undefined
    return applied
      ? migrations.every(({ id, checksum }) => !applied.has(id) || applied.get(id) === checksum)
      : false
  } catch {
    return false
  }
}

/** Lines of JSON in the one layout that they are written in. */
const LEDGER = /^\{\n {2}"version": 1,\n {2}"migrations": \{\n((?: {4}[^\n]*\n)*) {2}\}\n\}\n$/
const MIGRATION =
  /^ {4}"([\w./-]+)": \{\n {6}"applied": "(\d{4}-\d\d-\d\d)",\n {6}"checksum": "([\w-]+)"\n {4}\}(?:,\n(?=.)|\n$)/

/** The checksums by id, where each migration has a day and one. */
function appliedIn(text: string): ReadonlyMap<string, string> | undefined {
  const applied = new Map<string, string>()
  for (let rest = LEDGER.exec(text)?.[1]; rest !== ''; ) {
    const [whole = '', id = '', day = '', checksum = ''] = MIGRATION.exec(rest ?? '') ?? []
    if (rest === undefined || whole === '' || applied.has(id) || !isDay(day)) return undefined
    applied.set(id, checksum)
    rest = rest.slice(whole.length)
  }
  return applied
}

function isDay(day: string): boolean {
  const time = Date.parse(day)
  return !Number.isNaN(time) && new Date(time).toISOString().startsWith(day)
}
