/** A run → the plan that seals it: everything it read and would write, by hashes. */
import { LEDGER_NAME } from '../book/ledger-name.ts'
import { PLAN_KIND, PLAN_VERSION, type Plan, type PlannedBook } from '../book/plan-schema.ts'
import { encodeSource } from '../book/source-text.ts'
import { canonical } from '../canonical.ts'
import { groupBy } from '../group-by.ts'
import type { Settings } from '../model.ts'
import type { FileReport } from '../runner/report.ts'
import { sha256 } from '../sha256.ts'
import type { Announced } from '../transform/define.ts'

/** What a run has to say of itself for its plan. */
export interface SealedRun {
  /** mdshift's own version. */
  readonly version: string
  /** The day that ledgers name. */
  readonly day: string
  /** With paths relative to the plan. */
  readonly arguments: Plan['arguments']
  /** The hash of the file of decisions; none where there is none. */
  readonly decisions: string | undefined
  readonly books: readonly SealedBook[]
}

interface SealedBook {
  /** Relative to the plan; `.` is its folder. */
  readonly root: string
  /** Chapters that were asked for; none where the whole book was. */
  readonly chosen: readonly string[] | undefined
  readonly settings: Settings
  readonly migrations: readonly Pick<Announced, 'id' | 'version' | 'checksum'>[]
  readonly inputs: PlannedBook['inputs']
  readonly files: readonly FileReport[]
  /** The book's ledger, where it is to be written. */
  readonly ledger:
    | { readonly before: Uint8Array | undefined; readonly after: Uint8Array | undefined }
    | undefined
}

/** The plan of a run: the same for the same run, in whatever order it came. Its day counts only where a ledger names it. */
export function sealedPlan({ version, day, arguments: asked, decisions, books }: SealedRun): Plan {
  const isDated = books.some(({ ledger }) => ledger !== undefined)
  return {
    kind: PLAN_KIND,
    version: PLAN_VERSION,
    mdshift: version,
    ...(isDated ? { day } : {}),
    arguments: asked,
    ...(decisions === undefined ? {} : { decisions }),
    books: books.map(plannedBook).sort((a, b) => (a.root < b.root ? -1 : 1)),
  }
}

function plannedBook({ root, chosen, settings, migrations, inputs, files, ledger }: SealedBook): PlannedBook {
  return {
    root,
    ...(chosen === undefined ? {} : { chosen: [...chosen] }),
    settings: sha256(canonical(settings)),
    migrations: migrations.map(({ id, version, checksum }) => ({
      id,
      version,
      ...(checksum === undefined ? {} : { checksum }),
    })),
    inputs: inputs.toSorted((a, b) => (a.path < b.path ? -1 : 1)),
    outputs: [
      ...files.filter(({ edits }) => edits.length > 0).map(chapterOutput),
      ...(ledger?.after ? [ledgerOutput(ledger.before, ledger.after)] : []),
    ].sort((a, b) => (a.path < b.path ? -1 : 1)),
  }
}

type Output = PlannedBook['outputs'][number]

function chapterOutput({ path, before, after, bom, findings }: FileReport): Output {
  const changes = groupBy(
    findings.filter(({ kind }) => kind === 'change'),
    ({ migration }) => migration,
  )
  return {
    path,
    before: sha256(encodeSource({ text: before, bom })),
    after: sha256(encodeSource({ text: after, bom })),
    edits: [...changes]
      .map(([migration, found]) => ({ migration, count: found.length }))
      .sort((a, b) => (a.migration < b.migration ? -1 : 1)),
  }
}

function ledgerOutput(before: Uint8Array | undefined, after: Uint8Array): Output {
  return { path: LEDGER_NAME, before: before ? sha256(before) : null, after: sha256(after), edits: [] }
}
