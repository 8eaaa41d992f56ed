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
    entry: { cli: 'src/cli/entry.ts', trial: 'src/cli/trial-entry.ts' },
    dts: false,
    platform: 'node',
    target: 'node20',
    outDir: 'dist',
    fixedExtension: false,
    clean: false,
    alias,
  },
])
