/** The text of a JSON file → its value, and the place of everything in it. Comments are no JSON. */
import {
  findNodeAtLocation,
  getNodeValue,
  type Node,
  type ParseError,
  parseTree,
  printParseErrorCode,
} from 'jsonc-parser'
import { positionsIn } from '../position.ts'

/** A value's path: keys of objects and indices of arrays. */
export type KeyPath = readonly (string | number)[]

/** A value that was read, and where its parts stand: `path:line:column`, or the file where nobody knows. */
export interface Placed {
  readonly value: unknown
  placeOf(path: KeyPath): string
  /** Of a key itself. */
  placeOfKey(path: KeyPath): string
}

/** Something wrong with a file that people write, and where. */
export interface Problem {
  readonly message: string
  readonly place: string
}

/**
 * Reads the text of a JSON file; a key that stands twice in one object is a problem, since one of its values
 * would be lost.
 *
 * @param text without its byte order mark
 * @param file its path
 */
export function readJsonText(text: string, file: string): Placed | readonly Problem[] {
  try {
    return readNodes(text, file)
  } catch (thrown) {
    // All of this calls itself for each level.
    if (thrown instanceof RangeError) return [{ message: 'it is nested too deep', place: file }]
    throw thrown
  }
}

function readNodes(text: string, file: string): Placed | readonly Problem[] {
  const position = positionsIn(text)
  const errors: ParseError[] = []
  const tree = parseTree(text, errors, { disallowComments: true })
  const placeAt = (offset: number) => {
    const { line, column } = position(offset)
    return `${file}:${line}:${column}`
  }
  const [error] = errors
  if (error || !tree) {
    const what = error ? printParseErrorCode(error.error) : 'it is empty'
    return [{ message: `it is not valid JSON (${what})`, place: placeAt(error?.offset ?? 0) }]
  }
  const lost = keysIn(tree).filter(({ value }) => value === '__proto__')
  if (lost.length > 0)
    return lost.map(({ offset }) => ({
      message: '"__proto__" is no key that a value can have',
      place: placeAt(offset),
    }))
  const twice = keysTwice(tree)
  if (twice.length > 0)
    return twice.map((key) => ({
      message: `${JSON.stringify(key.value)} stands here twice`,
      place: placeAt(key.offset),
    }))
  return {
    value: getNodeValue(tree),
    placeOf: (path) => placeAt(nearestNode(tree, path).offset),
    placeOfKey: (path) => {
      const node = nearestNode(tree, path)
      return placeAt((node.parent?.type === 'property' ? node.parent : node).offset)
    },
  }
}

/** What stands at a path, or around it where nothing does. */
function nearestNode(tree: Node, path: KeyPath): Node {
  const node = findNodeAtLocation(tree, [...path])
  return node ?? (path.length === 0 ? tree : nearestNode(tree, path.slice(0, -1)))
}

/** All keys of all objects. */
function keysIn(node: Node): Node[] {
  return [...ownKeys(node), ...(node.children ?? []).flatMap(keysIn)]
}

function ownKeys({ type, children = [] }: Node): Node[] {
  return type === 'object' ? children.flatMap((property) => property.children?.[0] ?? []) : []
}

function keysTwice(node: Node): Node[] {
  const children = node.children ?? []
  const keys = ownKeys(node)
  const seen = new Set<unknown>()
  const own = keys.filter(({ value }) => seen.size === seen.add(value).size)
  return [...own, ...children.flatMap(keysTwice)]
}
