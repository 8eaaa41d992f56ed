/** Writes the JSON Schemas of the files that people edit, and that other programs read. */
import fs from 'node:fs'
import { SCHEMAS, schemaText } from './schemas.ts'

for (const [name, schema] of SCHEMAS)
  fs.writeFileSync(new URL(`../${name}`, import.meta.url), schemaText(schema))
