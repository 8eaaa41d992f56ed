/**
 * Loads a configuration file. JSON is read with the place of every value; a module is run as the
 * book's people wrote it, and its default export is the configuration.
 */
import fs from 'node:fs/promises'
import { messageOf } from '../failure.ts'
import { type Placed, type Problem, readJsonText } from './json-text.ts'
import { importModule } from './module-file.ts'

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
