/** A project's own migrations: the files of a folder, in the order of their numbers. */
import fs from 'node:fs/promises'
import path from 'node:path'
import { type Checked, type Failure, failure, messageOf, ok } from '../failure.ts'

/** Where a configuration says that they are. */
export interface OwnFolder {
  /** Absolute. */
  readonly folder: string
  /** Where the configuration says so. */
  readonly place: string
  /** Whether the migrations that mdshift brings are made too, before them. */
  readonly bundled: boolean
}

export interface OwnMigration {
  /** `0001-name` */
  readonly id: string
  /** The file that is loaded. Absolute. */
  readonly file: string
  readonly checksum: string
}

const MODULE = /\.[mc]?[jt]s$/
const NO_MIGRATION = /\.(?:test|spec|d)\.[mc]?[jt]s$/
const ID = /^\d{4}-[\p{L}\p{N}_-]+$/u

/**
 * Finds the migrations of a folder. What does not begin with a digit is none: tables, tests, a page to read.
 *
 * @returns in order; an `MDS054` for what cannot be one, and for a folder without any
 */
export async function ownMigrations({ folder, place }: OwnFolder): Promise<Checked<readonly OwnMigration[]>> {
  let names: string[]
  try {
    names = await fs.readdir(folder)
  } catch (cause) {
    return { ok: false, failures: [failure('MDS054', messageOf(cause), place, cause)] }
  }
  const asked = names.filter((name) => /^\d/.test(name) && !NO_MIGRATION.test(name)).sort()
  if (asked.length === 0) return { ok: false, failures: [failure('MDS054', 'the folder has none', folder)] }
  const failures: Failure[] = []
  const found: OwnMigration[] = []
  for (const name of asked) {
    const id = name.replace(MODULE, '')
    const where = path.join(folder, name)
    const twin = found.find((one) => one.id.slice(0, 4) === id.slice(0, 4))
    const files = ID.test(id) ? await filesOf(where) : undefined
    if (!ID.test(id)) failures.push(failure('MDS054', 'its name is not like 0001-name', where))
    else if (!files) failures.push(failure('MDS054', 'it is no module, and no folder with an index', where))
    else if (twin) failures.push(failure('MDS054', `it has the number of ${twin.id}`, where))
    else found.push({ id, file: files.entry, checksum: await checksum(files.all) })
  }
  return failures.length > 0 ? { ok: false, failures } : ok(found)
}

/**
 * The number that a new migration of a folder has: the next one.
 *
 * @param folder absolute; it need not be there
 * @returns `0001` where there is none
 */
export async function nextNumber(folder: string): Promise<string> {
  const names = await fs.readdir(folder).catch(() => [])
  const numbers = names.map((name) => Number(/^(\d{4})-/.exec(name)?.[1] ?? 0))
  return String(Math.max(0, ...numbers) + 1).padStart(4, '0')
}

async function filesOf(where: string): Promise<{ entry: string; all: readonly string[] } | undefined> {
  if ((await fs.stat(where)).isFile()) return MODULE.test(where) ? { entry: where, all: [where] } : undefined
  const index = (await fs.readdir(where)).filter((name) => /^index\.[mc]?[jt]s$/.test(name)).sort()
  const { codeIn } = await checksums()
  return index[0] === undefined ? undefined : { entry: path.join(where, index[0]), all: codeIn(where) }
}

async function checksum(files: readonly string[]): Promise<string> {
  const { checksumOf } = await checksums()
  return checksumOf(files)
}

/** TypeScript's own parser makes them, and is not loaded before it is needed. */
function checksums() {
  return import('./checksums.ts')
}
