/** Fixtures on disk, and whether they are written instead of compared. */
import { fileURLToPath } from 'node:url'

export { readTexts } from '../../src/testing/situations.ts'

export const FIXTURES = fileURLToPath(new URL('../../__fixtures__', import.meta.url))

/** `UPDATE=1`. */
export const UPDATE = process.env['UPDATE'] === '1'
