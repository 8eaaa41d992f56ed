/**
 * Runs a module that people wrote beside their book: a configuration, or a transform. No other file of mdshift
 * runs such code. What it came from is remembered, so that an error's stack can be told in the author's lines.
 */
import fs from 'node:fs/promises'
import { createRequire, SourceMap } from 'node:module'
import { pathToFileURL } from 'node:url'
import { createJiti, type Jiti, type JitiOptions } from 'jiti'
import { codeOf } from '../failure.ts'

/** Modules that are there already, by the name that they are imported by. */
export type KnownModules = Readonly<Record<string, object>>

/** By file: how its lines were before types and imports were rewritten. */
const maps = new Map<string, SourceMap>()

/**
 * Loads a module: ESM or CommonJS, JavaScript or TypeScript. Node's own import; where Node does not read
 * TypeScript, or does not find what the file imports, jiti's, which knows `mdshift` although the book has no
 * packages.
 *
 * @param file absolute
 * @param known modules to take as they are; without `mdshift` among them, the package is looked up beside this file
 * @returns its namespace; of CommonJS, that or `module.exports`
 * @throws what the module throws, and errors of syntax with the file, the line and the column behind the message
 */
export async function importModule(file: string, known: KnownModules = {}): Promise<unknown> {
  await fs.access(file)
  try {
    return await import(pathToFileURL(file).href)
  } catch (thrown) {
    if (isUnknownToNode(thrown)) return await jitiFor(known).import(file)
    if (thrown instanceof SyntaxError && !thrown.stack?.includes(pathToFileURL(file).href))
      await jitiFor(known).import(file)
    throw thrown
  }
}

/** Where a place of a module that was rewritten stood in the author's file; lines and columns from 1. */
export function authoredPlace(
  file: string,
  line: number,
  column: number,
): { readonly line: number; readonly column: number } {
  const entry = maps.get(file)?.findEntry(line - 1, column - 1)
  if (!entry || !('originalLine' in entry)) return { line, column }
  return { line: entry.originalLine + 1, column: entry.originalColumn + 1 }
}

function jitiFor(known: KnownModules): Jiti {
  const alias = 'mdshift' in known ? {} : { mdshift: createRequire(import.meta.url).resolve('mdshift') }
  const options: JitiOptions = { fsCache: false, moduleCache: false, interopDefault: false }
  const rewriter = createJiti(import.meta.url, options)
  return createJiti(import.meta.url, {
    ...options,
    alias,
    virtualModules: { ...known },
    transform(asked) {
      const babel = { ...asked.babel, sourceFileName: asked.filename, sourceMaps: 'inline' }
      const code = rewriter.transform({ ...asked, babel })
      const comment = code.slice(Math.max(code.lastIndexOf('\n//# sourceMappingURL=data:'), 0))
      const [, map] = /^\n\/\/# sourceMappingURL=data:[^,]*;base64,([\w+/=]+)\s*$/.exec(comment) ?? []
      if (map !== undefined && asked.filename !== undefined)
        maps.set(asked.filename, new SourceMap(JSON.parse(Buffer.from(map, 'base64').toString('utf8'))))
      return { code }
    },
  })
}

/** Failures of Node's loader, before any of the file was run. */
function isUnknownToNode(thrown: unknown): boolean {
  const code = codeOf(thrown)
  return (
    code === 'ERR_MODULE_NOT_FOUND' ||
    code === 'MODULE_NOT_FOUND' ||
    code === 'ERR_UNKNOWN_FILE_EXTENSION' ||
    code === 'ERR_UNSUPPORTED_TYPESCRIPT_SYNTAX' ||
    code === 'ERR_UNSUPPORTED_NODE_MODULES_TYPE_STRIPPING'
  )
}
