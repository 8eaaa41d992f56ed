/** The process that a heavy text is tried in: it knows the bundled migrations, and loads nothing else. */
import { Worker } from 'node:worker_threads'
import { migrations } from '../../transforms/index.ts'
import { packs } from '../../transforms/packs.ts'
import { messageOf } from '../failure.ts'
import type { TrialAnswer, TrialRequest } from '../runner/trial.ts'
import { tryTextAlone } from '../runner/try-text.ts'

process.on('message', async ({ migrations: asked, settings, limit, ...heavy }: TrialRequest) => {
  endAfter(limit)
  const known = [...migrations, ...[...packs.values()].flat()].filter(({ id }) => asked.includes(id))
  let answer: TrialAnswer = { read: true }
  try {
    await tryTextAlone(heavy, known, settings)
  } catch (thrown) {
    answer = { read: false, why: messageOf(thrown) }
  }
  process.send?.(answer)
})

/** A process that hangs hears nothing, not even that nobody is left who waits for it; a thread of its own does. */
function endAfter(milliseconds: number): void {
  const code = `setTimeout(() => process.kill(process.pid, 'SIGKILL'), ${Math.ceil(milliseconds)})`
  new Worker(code, { eval: true }).unref()
}
