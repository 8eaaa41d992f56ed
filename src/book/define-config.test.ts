import { expect, it } from 'vitest'
import { defineConfig } from './define-config.ts'

it('takes migrations as switches, as a folder, and as both', () => {
  const configs = [
    defineConfig({ migrations: { '0003-snow': false } }),
    defineConfig({ migrations: './migrations' }),
    defineConfig({ migrations: { from: './migrations', bundled: true, '0003-snow': false } }),
  ]
  expect(configs).toHaveLength(3)
})
