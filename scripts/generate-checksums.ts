/** Writes checksums.ts beside the migrations of the book and of each pack, from their sources. */
import fs from 'node:fs'
import { fileURLToPath } from 'node:url'
import { checksumFolders, checksumsDocument } from './checksums-document.ts'

for (const folder of checksumFolders(fileURLToPath(new URL('../transforms', import.meta.url))))
  fs.writeFileSync(`${folder}/checksums.ts`, checksumsDocument(folder))
