import { fileURLToPath } from 'node:url'
import { defineConfig, type UserConfig } from 'tsdown'

const alias = { mdshift: fileURLToPath(new URL('./src/index.ts', import.meta.url)) }

const all = {
  platform: 'node',
  target: 'node20',
  outDir: 'dist',
  fixedExtension: false,
} as const satisfies UserConfig

interface Graph {
  getModuleInfo(id: string): { readonly importers: readonly string[] } | null
}

/**
 * In which files of a program its modules go: what is needed from the start, large packages that few commands need, and the
 * rest. They are few: Node opens all modules of a program at once, and where 64 may be open, there are more of them than that.
 */
function filesOf(entry: string): CodeSplitting {
  // Not the entry itself: what waits there for the rest must not be imported by it.
  const isOfStart = (id: string, graph: Graph) =>
    !id.endsWith(entry) && isImported(id, entry, graph, new Set())
  return {
    groups: [
      { name: (id, graph) => (isOfStart(id, graph) ? 'start' : null), priority: 2 },
      { name: (id) => /node_modules\/(diff|zod)\//.exec(id)?.[1] ?? null, priority: 1 },
      { name: (id) => (id.endsWith(entry) ? null : 'rest') },
    ],
  }
}

interface CodeSplitting {
  readonly groups: {
    readonly name: string | ((id: string, graph: Graph) => string | null)
    readonly priority?: number
  }[]
}

/** Whether a program imports a module before it does anything. */
function isImported(id: string, entry: string, graph: Graph, met: Set<string>): boolean {
  if (met.has(id)) return false
  met.add(id)
  return (
    id.endsWith(entry) ||
    (graph.getModuleInfo(id)?.importers ?? []).some((importer) => isImported(importer, entry, graph, met))
  )
}

function program(name: string, entry: string): UserConfig {
  return {
    entry: { [name]: entry },
    ...all,
    noExternal: /^(?!node:|(?:typescript|jiti|satteri|jsonc-parser|yargs)$)/,
    inlineOnly: false,
    dts: false,
    // A name without a hash: the bundler may leave the place of one unfilled.
    outputOptions: { chunkFileNames: `${name}-[name].js`, codeSplitting: filesOf(entry) },
    clean: false,
    alias,
  }
}

export default defineConfig([
  {
    ...all,
    // One build: what a transform imports from `mdshift`, and the thread that runs it, know the same nodes.
    entry: { index: 'src/index.ts', testing: 'src/testing.ts', worker: 'src/runner/worker.ts' },
    dts: true,
  },
  program('cli', 'src/cli/entry.ts'),
  // A process of its own, that heavy texts are tried in.
  program('trial', 'src/cli/trial-entry.ts'),
])
