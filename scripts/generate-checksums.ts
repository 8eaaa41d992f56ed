/** Writes transforms/checksums.ts from the sources of the migrations. */
import fs from 'node:fs'
import { fileURLToPath } from 'node:url'
import { checksumsDocument } from './checksums-document.ts'

const folder = fileURLToPath(new URL('../transforms', import.meta.url))
fs.writeFileSync(`${folder}/checksums.ts`, checksumsDocument(folder))
