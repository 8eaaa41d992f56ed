import { fileURLToPath } from 'node:url'
import { defineConfig } from 'vitest/config'

export default defineConfig({
  resolve: {
    alias: {
      'mdshift/testing': fileURLToPath(new URL('./src/testing.ts', import.meta.url)),
      mdshift: fileURLToPath(new URL('./src/index.ts', import.meta.url)),
    },
  },
  test: {
    include: ['src/**/*.test.ts', 'transforms/**/*.test.ts', 'test/**/*.test.ts'],
    setupFiles: ['test/support/same-draws.ts'],
    testTimeout: 120_000,
    hookTimeout: 120_000,
  },
})
