/** Writes MIGRATIONS.md from what the migrations say of themselves. */
import fs from 'node:fs'
import { migrations } from '../transforms/index.ts'
import { packs } from '../transforms/packs.ts'
import { migrationsDocument } from './migrations-document.ts'

fs.writeFileSync(new URL('../MIGRATIONS.md', import.meta.url), migrationsDocument(migrations, packs))
