/** What a configuration says about what the books of a run do not have: told, since it may be a slip; no error, since it may be for another book. */
import path from 'node:path'
import type { Config } from '../book/config-values.ts'
import { named } from '../book/issues.ts'
import { labelId } from '../label-id.ts'
import { uselessHeadingId } from '../report/decision-problems.ts'
import { knownLabels, type RunOfBook } from '../report/run-of-book.ts'
import { type Colors, visible } from '../report/terminal.ts'

/** An entry of a configuration, and what is wrong with it. */
export interface Unused {
  /** The configuration, absolute. */
  readonly file: string
  readonly message: string
}

/** What is told of them. */
export function unusedLines(unused: readonly Unused[], colors: Colors): string[] {
  return unused.map(
    ({ file, message }) => `${colors.yellow('warning')}  ${visible(file)}: ${visible(message)}`,
  )
}

/**
 * Each label by hand that no chapter has, under its old name or its new one, and each heading
 * with an id by hand that is not there, or would not get it.
 *
 * @param configs of the books; one that several share counts once
 * @param isComplete whether all migrations were made
 */
export function unusedConfig(
  runs: readonly RunOfBook[],
  configs: readonly Config[],
  isComplete: boolean,
): Unused[] {
  const byFile = new Map(configs.map((config) => [config.file, config]))
  const asked = [...byFile.values()].some(({ settings }) => settings.labels.size > 0)
  const known = knownLabels(asked ? runs : [])
  const chapters = new Set(
    runs.flatMap(({ book }) => book.files.map((file) => path.join(book.root, file.path))),
  )
  return [...byFile.values()].flatMap(({ file, settings }) => {
    const entry = (message: string): Unused => ({ file, message })
    const labels = [...settings.labels]
      .filter(([old, label]) => !known.has(labelId(old)) && !known.has(labelId(label)))
      .map(([old, label]) => {
        const nor = old === label ? '' : `, nor ${JSON.stringify(label)}`
        return entry(`${named(['labels', old])}: no chapter has this label${nor}`)
      })
    const headings = [...settings.headingIds].flatMap(([chapter, ids]) => {
      const name = path.relative(path.dirname(file), chapter).split(path.sep).join('/')
      if (!chapters.has(chapter)) return [entry(`${named(['headingIds', name])}: there is no such chapter`)]
      return [...ids].flatMap(([heading, id]) => {
        const why = uselessHeadingId(runs, { chapter, heading, id }, isComplete)
        return why === undefined ? [] : [entry(`${named(['headingIds', name, heading])}: ${why}`)]
      })
    })
    return [...labels, ...headings]
  })
}
