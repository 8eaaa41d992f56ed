/**
 * Finds and loads a configuration file. JSON is read with the place of every value; a module is run as the
 * book's people wrote it, and its default export is the configuration.
 */
import fs from 'node:fs/promises'
import path from 'node:path'
import { messageOf } from '../failure.ts'
import { type Placed, type Problem, readJsonText } from './json-text.ts'
import { importModule } from './module-file.ts'

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
export async function nearestConfigFiles(folder: string): Promise<readonly string[]> {
  for (let directory = folder; ; directory = path.dirname(directory)) {
    const files = CONFIG_NAMES.map((name) => path.join(directory, name))
    const exist = await Promise.all(files.map(exists))
    const found = files.filter((_, index) => exist[index])
    if (found.length > 0 || path.dirname(directory) === directory) return found
  }
}

function exists(file: string): Promise<boolean> {
  return fs.access(file).then(
    () => true,
    () => false,
  )
}

/** Loads one configuration file by its ending; what is none of a module's is JSON. */
export function loadConfigFile(file: string): Promise<Placed | readonly Problem[]> {
  return isCode(file) ? loadModule(file) : readJsonFile(file)
}

/** Whether a configuration file is run to be read. */
export function isCode(file: string): boolean {
  return /\.[mc]?[jt]s$/.test(file)
}

async function readJsonFile(file: string): Promise<Placed | readonly Problem[]> {
  try {
    return readJsonText((await fs.readFile(file, 'utf8')).replace(/^\uFEFF/, ''), file)
  } catch (cause) {
    return [{ message: messageOf(cause), place: file }]
  }
}

async function loadModule(file: string): Promise<Placed | readonly Problem[]> {
  let value: unknown
  try {
    value = defaultOf(await importModule(file))
  } catch (thrown) {
    return [{ message: `it could not be run: ${messageOf(thrown)}`, place: file }]
  }
  if (typeof value !== 'object' || value === null || Array.isArray(value))
    return [{ message: 'its default export is no object', place: file }]
  return { value, placeOf: () => file, placeOfKey: () => file }
}

function defaultOf(module: unknown): unknown {
  return typeof module === 'object' && module !== null && 'default' in module ? module.default : undefined
}
