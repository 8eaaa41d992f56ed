/** `npm run bench`: the programs; `-- parsers`: the parsers; `-- proof BOOK-FOLDER`: with the proof, and without. */
import { compareParsers } from './parsers.ts'
import { comparePrograms } from './programs.ts'
import { compareProofs } from './proof.ts'

const [what, ...rest] = process.argv.slice(2)
if (what === 'parsers') await compareParsers(rest)
else if (what === 'proof') await compareProofs(rest[0])
else await comparePrograms(process.argv.slice(2))
