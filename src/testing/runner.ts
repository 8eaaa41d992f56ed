/** Who runs the tests: vitest, node:test, or whoever is handed over. */

/** What registers tests: `describe` and `it` of vitest, node:test, jest or mocha. */
export interface Runner {
  describe(name: string, define: () => void): unknown
  it(name: string, run: (...context: readonly unknown[]) => Promise<void>): unknown
}

/** The runner that this process is a part of: vitest says so; node:test works in any process. */
export async function currentRunner(): Promise<Runner> {
  if (process.env['VITEST']) {
    const { describe, it } = await import('vitest')
    return { describe, it }
  }
  const { describe, it } = await import('node:test')
  return { describe, it }
}

/**
 * Ends a test that says nothing, as skipped where the runner can say that.
 *
 * @param context what the runner gave to the test
 */
export function skip([context]: readonly unknown[], reason: string): void {
  if (typeof context !== 'object' || context === null || !('skip' in context)) return
  if (typeof context.skip === 'function') context.skip(reason)
}
