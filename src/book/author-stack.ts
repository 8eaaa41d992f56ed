/** What was thrown in code that people wrote beside their book, told in the lines of their files. */
import path from 'node:path'
import { fileURLToPath } from 'node:url'
import { type Failure, messageOf } from '../failure.ts'
import { authoredPlace } from './module-file.ts'

/** One call, at a place of an author's file. */
interface Frame {
  /** The function's name; empty where it has none. */
  readonly name: string
  /** Absolute. */
  readonly file: string
  readonly line: number
  readonly column: number
}

export interface Told {
  /** One line, which ends with the author's place where there is one: `no label at label.ts:12:9`. */
  readonly message: string
  /** The author's calls, the innermost first. */
  readonly trace: readonly string[]
}

/** mdshift's own code, once it is built. */
const OWN = fileURLToPath(new URL('.', import.meta.url))

/**
 * Tells what was thrown.
 *
 * @param thrown anything
 * @param folder absolute: files below it are named from there
 */
export function toldOf(thrown: unknown, folder: string): Told {
  const frames = authorFrames(thrown)
  const [first] = frames
  const message = withoutPlace(messageOf(thrown), folder)
  const place = first && placeOf(first, folder)
  return {
    message: place === undefined || message.endsWith(place) ? message : `${message} at ${place}`,
    trace: frames.map((frame) => {
      const where = placeOf(frame, folder)
      return frame.name === '' ? `at ${where}` : `at ${frame.name} (${where})`
    }),
  }
}

/** A failure that tells what was thrown, instead of keeping it. */
export type ToldFailure = Omit<Failure, 'cause'>

/** A failure whose message ends with the author's line, if what it was caused by was thrown there. */
export function toldFailure({ cause, ...rest }: Failure, folder: string): ToldFailure {
  if (cause === undefined) return rest
  const { message: told, trace } = toldOf(cause, folder)
  const said = messageOf(cause)
  const message = rest.message.endsWith(said)
    ? rest.message.slice(0, rest.message.length - said.length) + told
    : rest.message
  return { ...rest, message, ...(trace.length > 0 ? { trace } : {}) }
}

/** The calls of an error's stack that are in files of its author: none of Node, of packages, or of mdshift. */
function authorFrames(thrown: unknown): Frame[] {
  const lines = thrown instanceof Error ? (thrown.stack ?? '').split('\n') : []
  return lines.flatMap((line) => {
    const [, name = '', where = '', row = '', column = ''] =
      /^\s+at (?:async )?(?:(.*?) \()?((?:file:\/\/)?[^()]*?):(\d+):(\d+)\)?$/.exec(line) ?? []
    if (!where.startsWith('file://') && !path.isAbsolute(where)) return []
    const file = where.startsWith('file://') ? fileURLToPath(where) : path.normalize(where)
    if (file.startsWith(OWN) || file.split(path.sep).includes('node_modules')) return []
    const authored = authoredPlace(file, Number(row), Number(column))
    return [{ name: withoutAlias(name).replace(/^Object\./, ''), file, ...authored }]
  })
}

/** `render [as default]` */
function withoutAlias(name: string): string {
  const at = name.indexOf(' [as ')
  return at >= 0 && name.endsWith(']') ? name.slice(0, at) : name
}

function placeOf({ file, line, column }: Frame, folder: string): string {
  return `${named(file, folder)}:${line}:${column}`
}

/** jiti puts the place of an error of syntax on a line of its own. */
function withoutPlace(message: string, folder: string): string {
  const told = message.trimEnd()
  const place = /:\d+:\d+$/.exec(told)
  const before = told.slice(0, place?.index).replace(/^ParseError: /, '')
  const lineEnd = before.indexOf('\n')
  const file = before.slice(lineEnd).trim()
  if (!place || lineEnd < 0 || file === '') return message
  return `${before.slice(0, lineEnd).trimEnd()} at ${named(file, folder)}${place[0]}`
}

function named(file: string, folder: string): string {
  const name = path.relative(folder, file)
  return name.startsWith('..') || path.isAbsolute(name) ? file : name.split(path.sep).join('/')
}
