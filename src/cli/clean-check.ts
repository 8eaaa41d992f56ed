/** `mdshift check` of books that nothing is to be done in: nothing is loaded that would do it. */
import { DEFAULT_CONFIG } from '../book/config-values.ts'
import { discover } from '../book/discover.ts'
import { remembered } from '../book/folders.ts'
import { type Glance, glanceAt, type Startable } from '../book/glance.ts'
import { nearestConfigFiles } from '../book/nearest-config.ts'
import { isUpToDate } from '../book/plain-ledger.ts'
import { checkedLine } from '../report/checked.ts'
import { missingLines } from '../report/summary.ts'
import { isUnfinished, stateOf } from '../store/state-folder.ts'
import type { Io } from './io.ts'
import type { ExitStatus } from './status-codes.ts'

/**
 * Checks books without a configuration.
 *
 * @param paths as the user gave them
 * @param migrations all that are made
 * @returns nothing, and nothing is printed, where something may be to do, or to tell
 */
export async function cleanCheck(
  paths: readonly string[],
  migrations: readonly Startable[],
  { cwd, breathe, stderr }: Io,
): Promise<ExitStatus | undefined> {
  const begun = performance.now()
  let isConfigured = false
  const { books, failures } = await discover(paths, {
    cwd,
    breathe,
    keepsTwins: true,
    chaptersIn: remembered(async (folder) => {
      isConfigured ||= nearestConfigFiles(folder).length > 0
      return { extensions: DEFAULT_CONFIG.extensions, includes: () => true }
    }),
  })
  if (failures.length > 0 || isConfigured) return undefined
  const { settings, limits } = DEFAULT_CONFIG
  const glances: Glance[] = []
  for (const book of books) {
    if (isUnfinished(stateOf(book.root)) || !isUpToDate(book.root, migrations)) return undefined
    const glance = await glanceAt(book, {
      mayStart: (text) => migrations.some((migration) => migration.mayStart(text, settings)),
      limits,
      breathe,
    })
    if (!glance) return undefined
    glances.push(glance)
  }
  const files = books.reduce((sum, { chosen }) => sum + chosen.length, 0)
  stderr.lines(glances.flatMap(missingLines))
  const seconds = (performance.now() - begun) / 1000
  stderr.lines([checkedLine({ findings: 0, warnings: 0, files, errors: 0, seconds })])
  return 0
}
