/** Where configuration files are looked for. */
import fs from 'node:fs'
import path from 'node:path'

/** What a configuration file may be called. */
export const CONFIG_NAMES: readonly string[] = [
  'mdshift.config.ts',
  'mdshift.config.mts',
  'mdshift.config.mjs',
  'mdshift.config.js',
  'mdshift.config.json',
]

/**
 * The configuration files of the nearest folder upwards that has any.
 *
 * @param folder absolute
 * @returns absolute paths; none where no folder has one
 */
export function nearestConfigFiles(folder: string): readonly string[] {
  for (let directory = folder; ; directory = path.dirname(directory)) {
    const files = CONFIG_NAMES.map((name) => path.join(directory, name))
    const found = files.filter((file) => fs.existsSync(file))
    if (found.length > 0 || path.dirname(directory) === directory) return found
  }
}
