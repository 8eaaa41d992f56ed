import { expect, it } from 'vitest'
import { someOf } from './support/amount.ts'
import { writeSmallBook } from './support/book.ts'
import { type Call, isSame, near } from './support/calls.ts'
import { tell } from './support/figures.ts'
import { has } from './support/needs.ts'
import { type Traced, traced } from './support/strace.ts'
import { differences, storeNames, treeOf } from './support/tree.ts'
import { AFTERMATHS, type Trial, trialOf } from './support/trial.ts'

/** What each call is made to fail with. A write that takes no byte and says so is a disk that is full, too. */
const FAULTS: Readonly<Record<string, readonly string[]>> = {
  openat: ['error=ENOSPC', 'error=EACCES', 'error=EMFILE', 'error=EIO'],
  write: ['error=ENOSPC', 'error=EIO', 'retval=0'],
  pwrite64: ['error=ENOSPC', 'error=EIO', 'retval=0'],
  pread64: ['error=EIO'],
  fsync: ['error=EIO', 'error=ENOSPC'],
  rename: ['error=EIO', 'error=EACCES', 'error=ENOSPC'],
  link: ['error=EPERM', 'error=EIO', 'error=ENOSPC'],
  unlink: ['error=EACCES', 'error=EIO'],
  mkdir: ['error=EACCES', 'error=ENOSPC'],
  rmdir: ['error=EACCES'],
  ftruncate: ['error=EIO'],
  fchmod: ['error=EPERM'],
  fchown: ['error=EPERM'],
}

/** Calls that may fail, and the run is done all the same; with the reason. */
const HARMLESS: readonly (readonly [call: RegExp, why: string])[] = [
  [
    /^retval=0 write <\.mdshift\/(?:\.gitignore|lock\.PID)>/,
    'Node goes on until all of a small file is written',
  ],
  [/^error=EPERM link /, 'file systems without links: the lock is copied to its place, where nothing may be'],
  [
    /^\S+ (?:unlink|openat|pread64) .*["<]\.mdshift\/lock(?:\.PID)?[">]/,
    'a lock that stays is of a process that is gone',
  ],
  [/^\S+ unlink "\.mdshift\/verdict"/, 'a verdict of a finished run is about nothing'],
  [
    /^\S+ openat .*"\.mdshift(?:\/runs)?", .*O_DIRECTORY/,
    'what is not found to be swept is swept by the next run',
  ],
  [/^\S+ rmdir "\.mdshift\/runs"/, 'the folder is in use, and stays'],
]

interface Fault {
  readonly call: Call
  readonly what: string
}

const canFail = has(['strace'], 'each call by which a run changes the disk, failing in turn')

it.runIf(canFail)(
  'each call that fails leaves all as it was, or a journal that the next command finishes',
  async () => {
    await using trial = await trialOf(writeSmallBook)
    await tryFaults('migrate', trial, trial.begin, 24)
  },
)

async function tryFaults(command: string, trial: Trial, begin: () => void, everyday: number): Promise<void> {
  begin()
  const { calls } = await traced([command], trial.root)
  expect([...new Set(calls.map(({ name }) => name))].filter((name) => !FAULTS[name])).toEqual([])
  const journal = calls.findIndex(({ file, mutates }) => mutates && file.includes('/journal'))
  const faults = calls
    .filter((call, index) => index >= journal || !isReading(call))
    .flatMap((call) => (FAULTS[call.name] ?? []).map((what): Fault => ({ call, what })))
  const tried = someOf(faults, everyday)
  const outcomes = { 'all old': 0, 'finished later': 0, 'written, not confirmed': 0, harmless: 0 }
  const problems: string[] = []
  for (const fault of tried) {
    const run = await inject(command, trial, fault, begin)
    const { outcome, wrong } = run ? judge(fault, run, trial) : { wrong: ['was not hit'] }
    if (outcome) outcomes[outcome] += 1
    problems.push(...wrong.map((line) => `${fault.what} in ${fault.call.name}(${fault.call.text}): ${line}`))
  }
  tell(`failing calls, ${command}`, {
    calls: calls.length,
    faults: tried.length,
    ...outcomes,
    problems: problems.length,
  })
  expect(problems).toEqual([])
}

/** A chapter that cannot be read is told of, and the others are done: that is not the store's. */
function isReading({ file, mutates }: Call): boolean {
  return !mutates && file.endsWith('.md')
}

async function inject(
  command: string,
  trial: Trial,
  { call, what }: Fault,
  begin: () => void,
): Promise<Traced | undefined> {
  for (const tried of near(call)) {
    begin()
    const run = await traced([command], trial.root, { call: tried, what })
    const hit = run.calls.find(({ returned }) => returned?.includes('(INJECTED)'))
    if (isSame(hit, call)) return run
  }
  return undefined
}

interface Judgement {
  readonly outcome?: 'all old' | 'finished later' | 'written, not confirmed' | 'harmless'
  readonly wrong: readonly string[]
}

function judge({ call, what }: Fault, { status, stderr }: Traced, trial: Trial): Judgement {
  const { root, before, after } = trial
  const now = treeOf(root)
  const wrong: string[] = []
  if (status === 0) {
    if (!HARMLESS.some(([pattern]) => pattern.test(`${what} ${call.name} ${call.text}`)))
      wrong.push('status 0')
    wrong.push(...differences(now, after), ...aftermath(trial))
    return { outcome: 'harmless', wrong }
  }
  if (status !== 2) wrong.push(`status ${status}`)
  const code = what.startsWith('error=') ? what.slice('error='.length) : 'no more bytes'
  if (!/^error MDS\d{3} {2}\S+: /m.test(stderr) || !stderr.includes(code)) wrong.push(`it says:\n${stderr}`)
  // Behind the last rename: the disk may not have all of it yet.
  if (stderr.includes('error MDS066')) {
    if (stderr.includes('nothing was written')) wrong.push('it says that nothing was written')
    wrong.push(...differences(now, after), ...aftermath(trial))
    return { outcome: 'written, not confirmed', wrong }
  }
  const isOld = differences(now, before).length === 0
  if (!isOld && !storeNames(root).includes('.mdshift/journal.json'))
    wrong.push(...differences(now, before), `no journal:\n${stderr}`)
  return { outcome: isOld ? 'all old' : 'finished later', wrong: [...wrong, ...aftermath(trial)] }
}

/** With a disk that is well again. */
function aftermath(trial: Trial): string[] {
  return AFTERMATHS['migrate again, then undo'](trial)
}
