import { fileURLToPath } from 'node:url'
import { defineConfig } from 'tsdown'

const alias = { mdshift: fileURLToPath(new URL('./src/index.ts', import.meta.url)) }

export default defineConfig([
  {
    // One build: what a transform imports from `mdshift`, and the thread that runs it, know the same nodes.
    entry: { index: 'src/index.ts', testing: 'src/testing.ts', worker: 'src/runner/worker.ts' },
    dts: true,
    platform: 'node',
    target: 'node20',
    outDir: 'dist',
    fixedExtension: false,
  },
  {
    // One file: Node opens all modules of a program at once, and where 64 may be open, there are more of them than that.
    entry: { cli: 'src/cli/entry.ts' },
    noExternal: /^(?!node:|(?:typescript|jiti|satteri|jsonc-parser|yargs)$)/,
    inlineOnly: false,
    dts: false,
    platform: 'node',
    target: 'node20',
    outDir: 'dist',
    // A name without a hash: the bundler may leave the place of one unfilled.
    outputOptions: { chunkFileNames: 'cli-[name].js' },
    fixedExtension: false,
    clean: false,
    alias,
  },
  {
    // A process of its own, that heavy texts are tried in.
    entry: { trial: 'src/cli/trial-entry.ts' },
    noExternal: /^(?!node:|(?:typescript|jiti|satteri|jsonc-parser|yargs)$)/,
    inlineOnly: false,
    dts: false,
    platform: 'node',
    target: 'node20',
    outDir: 'dist',
    outputOptions: { chunkFileNames: 'trial-[name].js' },
    fixedExtension: false,
    clean: false,
    alias,
  },
])
