/**
 * The process: its arguments in, its exit status out. The one place that knows the bundled migrations, which are loaded
 * only where there is something for them to do.
 */
import { createRequire } from 'node:module'
import { starts } from '../../transforms/starts.ts'
import { atOnce } from './at-once.ts'
import { type Io, processIo } from './io.ts'
import type { ExitStatus } from './status-codes.ts'

const argv = process.argv.slice(2)
const io = processIo(new URL('./worker.js', import.meta.url), new URL('./trial.js', import.meta.url))

process.exitCode = (await atOnce(argv, io, { starts, version })) ?? (await withAll(argv, io))
io.leave()

function version(): string {
  return String(createRequire(import.meta.url)('../package.json').version)
}

async function withAll(words: readonly string[], surroundings: Io): Promise<ExitStatus> {
  const [{ main }, { migrations }, { packs }] = await Promise.all([
    import('./main.ts'),
    import('../../transforms/index.ts'),
    import('../../transforms/packs.ts'),
  ])
  return main(words, surroundings, { migrations, packs, version: version() })
}
