/** Writes MIGRATIONS.md from what the migrations say of themselves. */
import fs from 'node:fs'
import { migrationsDocument } from '../test/support/migrations-document.ts'
import { migrations } from '../transforms/index.ts'

fs.writeFileSync(new URL('../MIGRATIONS.md', import.meta.url), migrationsDocument(migrations))
