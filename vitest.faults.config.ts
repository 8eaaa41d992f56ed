import { defineConfig } from 'vitest/config'
import everyday from './vitest.config.ts'

/** What takes long: crashes, full disks, very many files. */
export default defineConfig({
  ...everyday,
  test: {
    ...everyday.test,
    include: ['test/faults/**/*.test.ts'],
    exclude: ['**/node_modules/**'],
    fileParallelism: false,
    testTimeout: 6 * 3_600_000,
    hookTimeout: 600_000,
  },
})
