/** The process: its arguments in, its exit status out. The one place that knows the bundled migrations. */
import { createRequire } from 'node:module'
import { migrations } from '../../transforms/index.ts'
import { packs } from '../../transforms/packs.ts'
import { processIo } from './io.ts'
import { main } from './main.ts'

const { version } = createRequire(import.meta.url)('../package.json')

const io = processIo(new URL('./worker.js', import.meta.url), new URL('./trial.js', import.meta.url))

process.exitCode = await main(process.argv.slice(2), io, { migrations, packs, version: String(version) })
io.leave()
