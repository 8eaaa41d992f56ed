/** Writes docs/api.md from the docstrings of what the package exports. */
import fs from 'node:fs'
import { apiDocument } from './api-document.ts'

fs.writeFileSync(new URL('../docs/api.md', import.meta.url), apiDocument())
