import { spawnSync } from 'node:child_process'
import fs from 'node:fs'
import path from 'node:path'
import { fileURLToPath } from 'node:url'
import { expect, it } from 'vitest'
import { mdshift } from '../support/program.ts'
import { writeSmallBook } from './support/book.ts'
import { differences, treeOf } from './support/tree.ts'
import { type Trial, trialOf } from './support/trial.ts'

const BIN = fileURLToPath(new URL('../../bin/mdshift.js', import.meta.url))

/** The third word of each heading becomes what `--to` says. */
const TRANSFORM = `export default (file, api, options) => {
  return file.source.replace(/^# Weather \\S+/m, '# Weather ' + options.to)
}
`

/** Writes to all five chapters: the run of that number. */
function writeRun(trial: Trial, number: number): void {
  const chapters = ['rain', 'wind', 'snow', 'hail', 'deep/fog'].map((name) => `src/${name}.md`)
  const { status, stderr } = mdshift(
    ['run', '-t', transform(trial), '--to', `r${number}`, ...chapters],
    trial.root,
  )
  if (status !== 0) throw new Error(stderr)
}

function transform({ root }: Trial): string {
  const file = path.join(path.dirname(root), 'transform.mjs')
  fs.writeFileSync(file, TRANSFORM)
  return file
}

it('eleven runs are taken back ten times, byte by byte, and no further', async () => {
  await using trial = await trialOf(writeSmallBook)
  trial.begin()
  const states = [treeOf(trial.root)]
  for (let number = 1; number <= 11; number += 1) {
    writeRun(trial, number)
    states.push(treeOf(trial.root))
  }
  expect(mdshift(['undo', '--list'], trial.root).stdout.trimEnd().split('\n')).toHaveLength(10)
  for (const state of states.slice(1, -1).reverse()) {
    expect(mdshift(['undo'], trial.root)).toMatchObject({ status: 0 })
    expect(differences(treeOf(trial.root), state)).toEqual([])
  }
  const last = mdshift(['undo'], trial.root)
  expect(last.status).toBe(2)
  expect(last.stderr).toContain('MDS064')
  expect(differences(treeOf(trial.root), states[1] ?? {})).toEqual([])
})

it('it works where there is no git, nor any other program', async () => {
  await using trial = await trialOf(writeSmallBook)
  trial.begin()
  expect(mdshift(['migrate'], trial.root).status).toBe(0)
  const { status } = spawnSync(process.execPath, [BIN, 'undo'], {
    cwd: trial.root,
    env: { PATH: '/nowhere' },
  })
  expect(status).toBe(0)
  expect(differences(treeOf(trial.root), trial.before)).toEqual([])
})

it.each<[string, (file: string) => void]>([
  ['edited', (file) => fs.appendFileSync(file, 'more')],
  ['removed', (file) => fs.rmSync(file)],
  [
    'replaced by a folder',
    (file) => {
      fs.rmSync(file)
      fs.mkdirSync(file)
    },
  ],
  [
    'replaced by a link',
    (file) => {
      fs.renameSync(file, `${file}.away`)
      fs.symlinkSync(`${path.basename(file)}.away`, file)
    },
  ],
])('a file that was %s since is named, and nothing is undone', async (_, change) => {
  await using trial = await trialOf(writeSmallBook)
  trial.begin()
  expect(mdshift(['migrate'], trial.root).status).toBe(0)
  change(path.join(trial.root, 'src/snow.md'))
  const changed = treeOf(trial.root)
  const { status, stderr } = mdshift(['undo'], trial.root)
  expect(status).toBe(2)
  expect(stderr).toMatch(/^error MDS\d{3} {2}src\/snow\.md: /m)
  expect(differences(treeOf(trial.root), changed)).toEqual([])
})

it('undo and migrate again, time after time, come to the same bytes', async () => {
  await using trial = await trialOf(writeSmallBook)
  trial.begin()
  for (let times = 0; times < 3; times += 1) {
    expect(mdshift(['migrate'], trial.root).status).toBe(0)
    expect(differences(treeOf(trial.root), trial.after)).toEqual([])
    expect(mdshift(['undo'], trial.root).status).toBe(0)
    expect(differences(treeOf(trial.root), trial.before)).toEqual([])
  }
})
