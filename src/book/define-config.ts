/** The configuration as code: what a `mdshift.config.ts` calls. */
import type { UserConfig } from './config-schema.ts'

export type { UserConfig } from './config-schema.ts'

/**
 * Declares a configuration; a type check and nothing else.
 *
 * @param config what the book's people decided
 * @returns the same
 * @example
 * export default defineConfig({ labels: { 'c-diesel-docs': 'c~diesel~guide' } })
 */
export function defineConfig(config: UserConfig): UserConfig {
  return config
}
