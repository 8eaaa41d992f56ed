/** What the project around a folder has: its packages, as Node would find them. */
import fs from 'node:fs/promises'
import path from 'node:path'

export interface Project {
  /** Whether its `.js` and `.ts` files are ES modules. */
  readonly isModule: boolean
  /** Whether it asks for vitest. */
  readonly hasVitest: boolean
}

/**
 * What the nearest `package.json` upwards says.
 *
 * @param folder absolute; it need not be there
 */
export async function projectOf(folder: string): Promise<Project> {
  for (const directory of upwards(folder)) {
    const text = await fs.readFile(path.join(directory, 'package.json'), 'utf8').catch(() => undefined)
    if (text === undefined) continue
    const { type, dependencies, devDependencies } = parsed(text)
    const hasVitest = [dependencies, devDependencies].some((asked) => isRecord(asked) && 'vitest' in asked)
    return { isModule: type === 'module', hasVitest }
  }
  return { isModule: false, hasVitest: false }
}

/**
 * Whether code in a folder can import a package by its name.
 *
 * @param folder absolute; it need not be there
 */
export async function isInstalled(folder: string, name: string): Promise<boolean> {
  for (const directory of upwards(folder)) {
    const stat = await fs.stat(path.join(directory, 'node_modules', name)).catch(() => undefined)
    if (stat?.isDirectory()) return true
  }
  return false
}

function upwards(folder: string): string[] {
  const above = path.dirname(folder)
  return above === folder ? [folder] : [folder, ...upwards(above)]
}

/** One that cannot be read asks for nothing; npm says what is wrong with it. */
function parsed(text: string): Readonly<Record<string, unknown>> {
  try {
    const value: unknown = JSON.parse(text)
    return isRecord(value) ? value : {}
  } catch {
    return {}
  }
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null
}
