import { fileURLToPath } from 'node:url'
import { configDefaults, defineConfig } from 'vitest/config'

const source = (file: string) => fileURLToPath(new URL(`./src/${file}`, import.meta.url))

export default defineConfig({
  resolve: { alias: { 'mdshift/testing': source('testing.ts'), mdshift: source('index.ts') } },
  test: {
    include: ['src/**/*.test.ts', 'transforms/**/*.test.ts', 'test/**/*.test.ts'],
    // These have a configuration of their own: vitest.faults.config.ts.
    exclude: [...configDefaults.exclude, 'test/faults/**'],
    setupFiles: ['test/support/same-draws.ts'],
    testTimeout: 120_000,
    hookTimeout: 120_000,
  },
})
