import fs from 'node:fs'
import path from 'node:path'
import { expect, it } from 'vitest'
import { someOf } from './support/amount.ts'
import { writeSmallBook } from './support/book.ts'
import { type Call, isSame, near } from './support/calls.ts'
import { tell } from './support/figures.ts'
import { has } from './support/needs.ts'
import { traced } from './support/strace.ts'
import { differences, treeOf } from './support/tree.ts'
import { type Trial, trialOf } from './support/trial.ts'

/** How editors save. */
const EDITORS: Readonly<Record<string, (file: string, text: string) => void>> = {
  'in place': (file, text) => fs.writeFileSync(file, text),
  'by rename': (file, text) => {
    const { mode } = fs.statSync(file)
    fs.writeFileSync(`${file}.swp`, text, { mode })
    fs.chmodSync(`${file}.swp`, mode)
    fs.renameSync(`${file}.swp`, file)
  },
}

/** The run is stopped there, the file is edited, and the run goes on. */
interface Try {
  readonly file: string
  readonly call: Call
}

it
  .runIf(has(['strace'], 'files edited between the moments in which they are read and replaced'))
  .each(Object.entries(EDITORS))(
  'an edit that an editor saves %s between read and rename is kept, and reported',
  async (name, save) => {
    await using trial = await trialOf(writeSmallBook)
    trial.begin()
    const { calls } = await traced(['migrate'], trial.root)
    const all = ['src/rain.md', 'src/deep/fog.md']
      .flatMap((file) => between(calls, file))
      .filter((one) => name === 'in place' || !isLastLook(calls, one))
    const tried = someOf(all, 8)
    const problems: string[] = []
    for (const one of tried)
      problems.push(
        ...(await editAt(one, trial, save)).map(
          (line) => `${one.file}, edited behind ${one.call.name}(${one.call.text}): ${line}`,
        ),
      )
    tell(`edited meanwhile, ${name}`, { tries: tried.length, problems: problems.length })
    expect(problems).toEqual([])
  },
)

/** The calls from the one that opens a file to read it to the last before it is renamed over. */
function between(calls: readonly Call[], file: string): Try[] {
  const read = calls.findIndex((call) => call.file === file)
  const renamed = calls.findIndex(({ name, text }) => name === 'rename' && text.endsWith(`"${file}"`))
  if (read < 0 || renamed < read) throw new Error(`${file} is not read and renamed`)
  return calls.slice(read + 1, renamed).map((call) => ({ file, call }))
}

/**
 * The look just before the rename, from the moment in which the file is opened. Another file that is put at that name behind it is lost: no call of Node exchanges
 * two files at once. docs/safety.md says so.
 */
function isLastLook(calls: readonly Call[], { file, call }: Try): boolean {
  const looks = calls.filter(
    (other) => other.thread === 'main' && other.file === file && other.name !== 'rename',
  )
  return looks.indexOf(call) >= looks.findLastIndex(({ name }) => name === 'openat')
}

async function editAt(
  { file, call }: Try,
  trial: Trial,
  save: (file: string, text: string) => void,
): Promise<string[]> {
  const place = path.join(trial.root, file)
  for (const tried of near(call)) {
    trial.begin()
    const edited = `${fs.readFileSync(place, 'utf8')}\nA sentence of the author's.\n`
    const { calls, status, stderr } = await traced(
      ['migrate'],
      trial.root,
      { call: tried, what: 'signal=STOP' },
      () => {
        save(place, edited)
        return 'SIGCONT'
      },
    )
    if (
      !isSame(
        calls.find(({ name, nth }) => name === tried.name && nth === tried.nth),
        call,
      )
    )
      continue
    const wrong = differences(treeOf(trial.root), { ...trial.before, [file]: told(trial, file, edited) })
    if (status !== 2) wrong.push(`status ${status}`)
    if (!stderr.split('\n').some((line) => line.startsWith('error MDS') && line.includes(file)))
      wrong.push(`it says\n${stderr}`)
    return wrong
  }
  throw new Error(`${call.name}(${call.text}) was not hit`)
}

function told({ before }: Trial, file: string, text: string): string {
  const head = /^\S+ \S+ /.exec(before[file] ?? '')?.[0] ?? ''
  return head + Buffer.from(text, 'utf8').toString('latin1')
}
