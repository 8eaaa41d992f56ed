/** What a test may be given for a transform, and how it becomes one. */
import path from 'node:path'
import { fileURLToPath } from 'node:url'
import { toldOf } from '../book/author-stack.ts'
import { importModule } from '../book/module-file.ts'
import { type Failure, failure } from '../failure.ts'
import * as mdshift from '../index.ts'
import type { Transform } from '../transform/define.ts'
import { readTransform } from '../transform/load.ts'
import type { Options, PlainTransform } from '../transform/plain.ts'
import { Told } from './told.ts'

/**
 * A transform: the path of its file (from the current folder) or the URL, what `defineTransform` returns or is given,
 * or a function in jscodeshift's form.
 */
export type Testable = string | URL | PlainTransform | (Partial<Transform> & Pick<Transform, 'transform'>)

/** Makes transforms for a situation: plain ones are given its options. */
export type Making = (options: Options) => readonly Transform[]

/**
 * Loads what is tested.
 *
 * @param testables one, or several that are run in order
 * @throws what is wrong with one, told
 */
export async function load(testables: Testable | readonly Testable[]): Promise<Making> {
  const makings: ((options: Options) => Transform)[] = []
  for (const [position, testable] of listOf(testables).entries()) {
    const name = nameOf(testable, position)
    const id = path.basename(name).replace(/\.[mc]?[jt]s$/, '')
    const exported = isFile(testable) ? await imported(fileOf(testable), name) : testable
    makings.push((options) => {
      const made = readTransform(exported, { id, name, isFixed: false, options }, NO_NOTES)
      if (!made.ok) throw new Told([made.failure])
      return made.value
    })
  }
  return (options) => makings.map((make) => make(options))
}

/** What a transform is called: by the file, by its own id, by its function's name, or by its place. */
export function titleOf(testables: Testable | readonly Testable[]): string {
  return listOf(testables)
    .map((testable, position) => path.basename(nameOf(testable, position)))
    .join(', ')
}

/** What a plain transform tells of a file is no part of what it does to it. */
const NO_NOTES = { count() {}, tell() {}, skip() {} }

async function imported(file: string, name: string): Promise<unknown> {
  try {
    return await importModule(file, { mdshift })
  } catch (cause) {
    const { message, trace } = toldOf(cause, process.cwd())
    const failed: Failure = failure('MDS050', message, name)
    throw new Told([{ ...failed, trace }])
  }
}

function listOf(testables: Testable | readonly Testable[]): readonly Testable[] {
  return isList(testables) ? testables : [testables]
}

/** `Array.isArray` does not narrow a readonly list. */
function isList(testables: Testable | readonly Testable[]): testables is readonly Testable[] {
  return Array.isArray(testables)
}

function isFile(testable: Testable): testable is string | URL {
  return typeof testable === 'string' || testable instanceof URL
}

function fileOf(given: string | URL): string {
  return path.resolve(`${given}`.startsWith('file:') ? fileURLToPath(given) : `${given}`)
}

function nameOf(testable: Testable, position: number): string {
  if (isFile(testable)) return path.relative(process.cwd(), fileOf(testable))
  const own = typeof testable === 'function' ? testable.name : testable.id
  return own === undefined || own === '' || own === 'default' ? `transform-${position + 1}` : own
}

/** The absolute path of a folder that a test names. */
export function folderOf(folder: string | URL): string {
  return fileOf(folder)
}
