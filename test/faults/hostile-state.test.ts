import { spawnSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import fs from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import { expect, it } from 'vitest'
import { mdshift } from '../support/program.ts'
import { writeSmallBook } from './support/book.ts'
import { copyTree, differences, type Tree, treeOf } from './support/tree.ts'

const RUN = '000001-0123abcd'
const sha256 = (text: string) => createHash('sha256').update(text).digest('hex')

/** A folder that holds a book and, beside it, what is nobody's business. */
interface Place {
  readonly book: string
  readonly outside: string
}

type Attack = (place: Place) => void

/**
 * A repository brings a `.mdshift/` that no mdshift has written. It wants its bytes, `EVIL`, in a file; or a file
 * away; or the program stuck.
 */
const ATTACKS: Readonly<Record<string, Attack>> = {
  ...journals('names a file beside the book', '../outside/secret.md'),
  ...journals('names a file that is not there yet beside the book', '../outside/new.md'),
  ...journals('goes down and up again', 'src/../../outside/secret.md'),
  ...journals('names a file through a link', 'away/secret.md'),
  ...journals('names a link', 'link.md'),
  ...journals('names what git reads', '.git/config'),
  ...journals('names what git runs', '.git/hooks/post-checkout'),
  ...journals('names what git reads, in capitals', '.GIT/config'),
  ...journals('names what git reads of a submodule', 'sub/.git'),
  ...journals('names what Mercurial runs', '.hg/hgrc'),
  ...journals('names the lock', '.mdshift/lock'),
  'an absolute path in a journal': (place) =>
    writeJournal(place, path.join(place.outside, 'secret.md'), 'forward'),
  'an absolute path in a record': (place) => writeRecord(place, path.join(place.outside, 'secret.md')),
  'a journal that is a link': ({ book, outside }) =>
    link(path.join(outside, 'secret.md'), state(book, 'journal.json')),
  'a temp that is a link': (place) => {
    writeJournal(place, 'src/rain.md', 'forward')
    fs.rmSync(path.join(place.book, `src/.mdshift-${RUN}-0.tmp`))
    link(path.join(place.outside, 'secret.md'), path.join(place.book, `src/.mdshift-${RUN}-0.tmp`))
  },
  'old bytes that are a link': (place) => {
    writeRecord(place, 'src/rain.md')
    fs.rmSync(state(place.book, `runs/${RUN}.old`))
    link(path.join(place.outside, 'secret.md'), state(place.book, `runs/${RUN}.old`))
  },
  'a folder of runs that is a link': ({ book, outside }) => link(outside, state(book, 'runs')),
  'a folder of the store that is a link': ({ book, outside }) => link(outside, path.join(book, '.mdshift')),
  'a .gitignore that is a link': ({ book, outside }) =>
    link(path.join(outside, 'new.md'), state(book, '.gitignore')),
  'a lock that is a link': ({ book, outside }) => link(path.join(outside, 'new.md'), state(book, 'lock')),
  'a verdict that is a link': (place) => {
    writeJournal(place, 'src/rain.md', 'back')
    fs.rmSync(state(place.book, 'verdict'))
    link(path.join(place.outside, 'new.md'), state(place.book, 'verdict'))
  },
  'temps of the state that are links': ({ book, outside }) => {
    for (const name of ['journal.json.tmp', 'verdict.tmp', 'lock.tmp'])
      link(path.join(outside, 'new.md'), state(book, name))
  },
  'a journal that is garbage': ({ book }) => fs.writeFileSync(state(book, 'journal.json'), '\0{]'),
  'a journal of a later version': ({ book }) =>
    fs.writeFileSync(state(book, 'journal.json'), '{"mdshift":99,"files":[]}'),
  'a journal of 64 MB': ({ book }) =>
    fs.writeFileSync(state(book, 'journal.json'), `{"mdshift":1,"x":"${'x'.repeat(64 << 20)}"}`),
  'a journal that is nested deep': ({ book }) =>
    fs.writeFileSync(state(book, 'journal.json'), '['.repeat(1_000_000)),
  'a journal that is a pipe': ({ book }) => spawnSync('mkfifo', [state(book, 'journal.json')]),
  'a lock that is a pipe': ({ book }) => spawnSync('mkfifo', [state(book, 'lock')]),
  'a verdict that is a pipe': (place) => {
    writeJournal(place, 'src/rain.md', 'forward')
    fs.rmSync(state(place.book, 'verdict'))
    spawnSync('mkfifo', [state(place.book, 'verdict')])
  },
  'a journal that is a folder': ({ book }) => fs.mkdirSync(state(book, 'journal.json')),
  'a size beyond all disks': (place) => {
    writeRecord(place, 'src/rain.md', 2 ** 52)
  },
  'a key of all objects': ({ book }) =>
    fs.writeFileSync(state(book, 'journal.json'), '{"__proto__":{"mdshift":1},"files":[]}'),
}

it.each(Object.entries(ATTACKS))(
  '%s: nothing outside of the book is touched, nor what git keeps',
  (_, attack) => {
    const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'mdshift-hostile-'))
    try {
      const [original, place] = [path.join(folder, 'original'), placeIn(path.join(folder, 'place'))]
      writeSmallBook(place.book)
      fs.mkdirSync(place.outside)
      fs.writeFileSync(path.join(place.outside, 'secret.md'), 'secret')
      fs.mkdirSync(path.join(place.book, '.git/hooks'), { recursive: true })
      fs.writeFileSync(path.join(place.book, '.git/config'), 'secret')
      fs.mkdirSync(path.join(place.book, 'sub'))
      fs.writeFileSync(path.join(place.book, 'sub/.git'), 'secret')
      fs.symlinkSync(place.outside, path.join(place.book, 'away'))
      fs.symlinkSync('../outside/secret.md', path.join(place.book, 'link.md'))
      attack(place)
      copyTree(path.dirname(place.book), original)
      const problems: string[] = []
      for (const command of [
        ['check'],
        ['migrate'],
        ['undo'],
        ['undo', '--list'],
        ['undo', '--keep-edited'],
      ]) {
        copyTree(original, path.dirname(place.book))
        const { status, stderr } = mdshift(command, place.book, 60_000)
        const isOurs = (name: string) => /^book\/(?:src|mdshift\.lock\.json)/.test(name)
        const others = (tree: Tree) =>
          Object.fromEntries(Object.entries(tree).filter(([name]) => !isOurs(name)))
        const wrong = differences(others(guarded(place)), others(guarded(placeIn(original))))
        if (![0, 1, 2].includes(status ?? -1) || stderr.includes('MDS011'))
          wrong.push(`status ${status}\n${stderr.slice(0, 2000)}`)
        problems.push(...wrong.map((line) => `${command.join(' ')}: ${line}`))
      }
      expect(problems).toEqual([])
    } finally {
      fs.rmSync(folder, { recursive: true, force: true })
    }
  },
)

function placeIn(folder: string): Place {
  return { book: path.join(folder, 'book'), outside: path.join(folder, 'outside') }
}

function guarded({ book }: Place): Tree {
  const folder = path.dirname(book)
  return Object.fromEntries(
    Object.entries(treeOf(folder)).filter(([name]) => !name.startsWith('book/.mdshift')),
  )
}

/** Three ways to one file: a run to be finished, one to be taken back, and one to be undone. */
function journals(what: string, file: string): Record<string, Attack> {
  return {
    [`a journal that ${what}, to go on with`]: (place) => writeJournal(place, file, 'forward'),
    [`a journal that ${what}, to take back`]: (place) => writeJournal(place, file, 'back'),
    [`a record that ${what}`]: (place) => writeRecord(place, file),
  }
}

/** What a run would have left that was about to write EVIL to a file, or had written over EVIL. */
function writeJournal({ book }: Place, file: string, verdict: 'forward' | 'back'): void {
  const target = path.resolve(book, file)
  const now = isFile(target) ? fs.readFileSync(target, 'utf8') : undefined
  const evil = { sha256: sha256('EVIL'), size: 4 }
  const entry =
    verdict === 'forward'
      ? {
          path: file,
          before: now === undefined ? null : { sha256: sha256(now), size: now.length },
          after: evil.sha256,
        }
      : { path: file, before: evil, after: now === undefined ? null : sha256(now) }
  fs.writeFileSync(state(book, 'journal.json'), JSON.stringify(journalWith(entry)))
  fs.writeFileSync(state(book, 'verdict'), `${verdict} ${RUN}\n`)
  fs.writeFileSync(state(book, `runs/${RUN}.old`), verdict === 'back' ? 'EVIL' : (now ?? ''))
  const temp = path.join(path.dirname(target), `.mdshift-${RUN}-0.tmp`)
  if (fs.existsSync(path.dirname(temp)) && !temp.includes('outside')) fs.writeFileSync(temp, 'EVIL')
}

function writeRecord({ book }: Place, file: string, size = 4): void {
  const target = path.resolve(book, file)
  const after = isFile(target) ? sha256(fs.readFileSync(target, 'utf8')) : null
  const entry = { path: file, before: { sha256: sha256('EVIL'), size }, after }
  fs.writeFileSync(state(book, `runs/${RUN}.json`), JSON.stringify(journalWith(entry)))
  fs.writeFileSync(state(book, `runs/${RUN}.old`), 'EVIL')
}

function journalWith(entry: unknown): unknown {
  return { mdshift: 1, run: RUN, what: 'migrate', begun: '2026-01-01T00:00:00.000Z', files: [entry] }
}

function isFile(file: string): boolean {
  return fs.statSync(file, { throwIfNoEntry: false })?.isFile() ?? false
}

function state(book: string, name: string): string {
  fs.mkdirSync(path.join(book, '.mdshift/runs'), { recursive: true })
  if (name === 'runs') fs.rmdirSync(path.join(book, '.mdshift/runs'))
  return path.join(book, '.mdshift', name)
}

function link(target: string, name: string): void {
  fs.mkdirSync(path.dirname(name), { recursive: true })
  fs.symlinkSync(target, name)
}
