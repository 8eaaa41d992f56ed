/**
 * Finds and loads a configuration file. JSON is read with the place of every value; a module is run as the
 * book's people wrote it, and its default export is the configuration. The only code that mdshift loads.
 */
import fs from 'node:fs/promises'
import { createRequire } from 'node:module'
import path from 'node:path'
import { pathToFileURL } from 'node:url'
import { createJiti } from 'jiti'
import { messageOf } from '../failure.ts'
import { type Placed, type Problem, readJsonText } from './json-text.ts'

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
  return /\.[mc]?[jt]s$/.test(file) ? loadModule(file) : readJsonFile(file)
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
    await fs.access(file)
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

/**
 * Node's own import; where Node does not read TypeScript, or does not find what the file imports, jiti's,
 * which knows `mdshift` although the book has no packages.
 */
async function importModule(file: string): Promise<unknown> {
  try {
    return await import(pathToFileURL(file).href)
  } catch (thrown) {
    if (!isUnknownToNode(thrown)) throw thrown
    const jiti = createJiti(import.meta.url, {
      fsCache: false,
      moduleCache: false,
      interopDefault: false,
      alias: { mdshift: createRequire(import.meta.url).resolve('mdshift') },
    })
    return await jiti.import(file)
  }
}

/** Failures of Node's loader, before any of the file was run. */
function isUnknownToNode(thrown: unknown): boolean {
  const code = thrown instanceof Error && 'code' in thrown ? thrown.code : undefined
  return (
    code === 'ERR_MODULE_NOT_FOUND' ||
    code === 'ERR_UNKNOWN_FILE_EXTENSION' ||
    code === 'ERR_UNSUPPORTED_TYPESCRIPT_SYNTAX' ||
    code === 'ERR_UNSUPPORTED_NODE_MODULES_TYPE_STRIPPING'
  )
}
