import { fileURLToPath } from 'node:url'
import { defineConfig, type UserConfig } from 'tsdown'

const alias = { mdshift: fileURLToPath(new URL('./src/index.ts', import.meta.url)) }

const all = {
  platform: 'node',
  target: 'node20',
  outDir: 'dist',
  fixedExtension: false,
} as const satisfies UserConfig

/** One file: Node opens all modules of a program at once, and where 64 may be open, there are more of them than that. */
function program(name: string): UserConfig {
  return {
    ...all,
    noExternal: /^(?!node:|(?:typescript|jiti|satteri|jsonc-parser|yargs)$)/,
    inlineOnly: false,
    dts: false,
    // A name without a hash: the bundler may leave the place of one unfilled.
    outputOptions: { chunkFileNames: `${name}-[name].js` },
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
  { ...program('cli'), entry: { cli: 'src/cli/entry.ts' } },
  // A process of its own, that heavy texts are tried in.
  { ...program('trial'), entry: { trial: 'src/cli/trial-entry.ts' } },
])
