import { fileURLToPath } from 'node:url'
import { defineConfig } from 'tsdown'

const alias = { mdshift: fileURLToPath(new URL('./src/index.ts', import.meta.url)) }

export default defineConfig([
  {
    entry: { index: 'src/index.ts' },
    dts: true,
    platform: 'node',
    target: 'node20',
    outDir: 'dist',
    fixedExtension: false,
  },
  {
    entry: { cli: 'src/cli/entry.ts' },
    dts: false,
    platform: 'node',
    target: 'node20',
    outDir: 'dist',
    fixedExtension: false,
    clean: false,
    alias,
  },
])
