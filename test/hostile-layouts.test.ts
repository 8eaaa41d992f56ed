/** Folders that are made to lead astray: a run over each changes nothing outside of it, and chooses nothing there. */
import { execFileSync, spawnSync } from 'node:child_process'
import fs from 'node:fs'
import net from 'node:net'
import os from 'node:os'
import path from 'node:path'
import { fileURLToPath } from 'node:url'
import { expect, it } from 'vitest'
import { discover } from '../src/book/discover.ts'
import { mdshift } from './support/program.ts'

const OLD = 'An arrow ⮳\n'
const NEW = 'An arrow ↗\n'

interface Place {
  /** The book. */
  readonly book: string
  /** A folder beside it, with `secret.md` in it, and a folder `deep` with another. */
  readonly outside: string
  write(file: string, text?: string | Buffer): void
  link(target: string, name: string): void
}

interface Layout {
  /** What it returns, if that is a function, is called at the end. */
  readonly make: (place: Place) => unknown
  /** What is given; the current folder, which is the book, where nothing is. */
  readonly paths?: readonly string[]
  /** What a run rewrites, in the book. */
  readonly rewritten: readonly string[]
  readonly status?: number
  /** What is said on stderr; `OUTSIDE` is that folder. */
  readonly said?: readonly string[]
}

const layouts: Readonly<Record<string, Layout>> = {
  'a link to a file outside': {
    make: ({ link, outside }) => link(`${outside}/secret.md`, 'b.md'),
    rewritten: ['a.md'],
  },
  'a link to a folder outside': {
    make: ({ link, outside }) => link(outside, 'linked'),
    rewritten: ['a.md'],
  },
  'a link to a file outside that is named': {
    make: ({ link, outside }) => link(`${outside}/secret.md`, 'b.md'),
    paths: ['b.md'],
    rewritten: [],
    status: 2,
    said: ['MDS090', 'OUTSIDE/secret.md', 'give the path that it leads to'],
  },
  'a link to a folder outside that is named': {
    make: ({ link, outside }) => link(outside, 'linked'),
    paths: ['linked'],
    rewritten: [],
    status: 2,
    said: ['MDS090', 'OUTSIDE'],
  },
  'a path through a linked folder': {
    make: ({ link, outside }) => link(outside, 'linked'),
    paths: ['linked/secret.md'],
    rewritten: [],
    status: 2,
    said: ['MDS090', 'OUTSIDE'],
  },
  'a glob through a linked folder': {
    make: ({ link, outside }) => link(outside, 'linked'),
    paths: ['linked/*.md'],
    rewritten: [],
    status: 2,
    said: ['MDS090', 'OUTSIDE'],
  },
  'globs that could go through a linked folder': {
    make: ({ link, outside }) => link(outside, 'linked'),
    paths: ['**/*.md', '{a,*/secret}.md'],
    rewritten: ['a.md'],
  },
  'a link out of the book by way of another link': {
    make({ link, outside }) {
      link(outside, 'one')
      link('one/deep', 'two')
    },
    paths: ['two/secret.md'],
    rewritten: [],
    status: 2,
    said: ['MDS090', 'OUTSIDE/deep'],
  },
  'a link to the folder above the book': {
    make: ({ link }) => link('..', 'up'),
    paths: ['up/outside/secret.md'],
    rewritten: [],
    status: 2,
    said: ['MDS090'],
  },
  'a link to the root of the disk': {
    make: ({ link }) => link('/', 'all'),
    paths: ['all'],
    rewritten: [],
    status: 2,
    said: ['MDS090'],
  },
  'a link that goes out and comes back': {
    make({ link, outside, book }) {
      fs.symlinkSync(book, `${outside}/back`)
      link('../outside/back/a.md', 'b.md')
    },
    paths: ['b.md'],
    rewritten: ['a.md'],
  },
  'a link within the book, and the file itself': {
    make: ({ link }) => link('a.md', 'b.md'),
    paths: ['b.md', 'a.md', './b.md'],
    rewritten: ['a.md'],
  },
  'a linked folder within the book': {
    make({ write, link }) {
      write('real/c.md')
      link('real', 'linked')
    },
    paths: ['linked', 'linked/c.md', 'real'],
    rewritten: ['real/c.md'],
  },
  'a link to itself, and two to each other': {
    make({ link }) {
      link('self.md', 'self.md')
      link('two', 'one')
      link('one', 'two')
    },
    paths: ['.', 'self.md', 'one'],
    rewritten: [],
    status: 2,
    said: ['ELOOP'],
  },
  'folders that contain themselves by links': {
    make({ write, link }) {
      write('deep/er/c.md')
      link('../..', 'deep/er/top')
      link('.', 'deep/here')
    },
    rewritten: ['a.md', 'deep/er/c.md'],
  },
  'a hard link to a file outside': {
    make: ({ book, outside }) => fs.linkSync(`${outside}/secret.md`, `${book}/b.md`),
    rewritten: ['a.md'],
    status: 1,
    said: ['MDS094  b.md'],
  },
  'a hard link to a file outside that is named': {
    make: ({ book, outside }) => fs.linkSync(`${outside}/secret.md`, `${book}/b.md`),
    paths: ['b.md'],
    rewritten: [],
    status: 1,
    said: ['MDS094  b.md'],
  },
  'two names of one file in the book': {
    make: ({ book }) => fs.linkSync(`${book}/a.md`, `${book}/b.md`),
    rewritten: [],
    status: 1,
    said: ['MDS094  a.md', 'MDS094  b.md'],
  },
  'case twins': {
    make: ({ write }) => write('A.md'),
    rewritten: ['A.md', 'a.md'],
  },
  'a named pipe that is called as a chapter is': {
    make: ({ book }) => void execFileSync('mkfifo', [`${book}/b.md`]),
    rewritten: ['a.md'],
  },
  'a named pipe that is named': {
    make: ({ book }) => void execFileSync('mkfifo', [`${book}/b.md`]),
    paths: ['b.md'],
    rewritten: [],
    status: 2,
    said: ['it is a named pipe'],
  },
  'a chapter that includes a named pipe and a device': {
    make({ book, write }) {
      execFileSync('mkfifo', [`${book}/pipe.txt`])
      write('b.md', `${OLD}\n{{#include pipe.txt}}\n\n{{#include ../../../../../../../dev/zero}}\n`)
    },
    rewritten: ['a.md', 'b.md'],
  },
  'rules to ignore, and a configuration of residue, that are named pipes': {
    make({ book, write }) {
      execFileSync('mkfifo', [`${book}/.gitignore`, `${book}/c.txt`])
      write('mdshift.config.json', '{ "residue": ["*.txt"] }')
    },
    rewritten: ['a.md'],
    said: [],
  },
  'a socket that is called as a chapter is': {
    make({ book }) {
      const server = net.createServer().listen(`${book}/b.md`)
      return () => server.close()
    },
    rewritten: ['a.md'],
  },
  'a link to a device': {
    make: ({ link }) => link('/dev/zero', 'b.md'),
    paths: ['.', 'b.md'],
    rewritten: [],
    status: 2,
    said: ['MDS090', '/dev/zero'],
  },
  'folders that are called as chapters are': {
    make: ({ write }) => write('b.md/c.md/d.md'),
    rewritten: ['a.md', 'b.md/c.md/d.md'],
  },
  'names that are no text': {
    make({ book }) {
      fs.writeFileSync(
        Buffer.concat([Buffer.from(`${book}/b`), Buffer.from([0xff]), Buffer.from('.md')]),
        OLD,
      )
      fs.writeFileSync(`${book}/b\ufffd.md`, OLD)
    },
    rewritten: ['a.md', 'b\ufffd.md'],
    status: 2,
    said: ['MDS091', 'b\\xff.md'],
  },
  'a folder whose name is no text': {
    make({ book }) {
      const folder = Buffer.concat([Buffer.from(`${book}/d`), Buffer.from([0xc3])])
      fs.mkdirSync(folder)
      fs.writeFileSync(Buffer.concat([folder, Buffer.from('/c.md')]), OLD)
      fs.writeFileSync(Buffer.concat([folder, Buffer.from('/c.png')]), OLD)
    },
    rewritten: ['a.md'],
    status: 2,
    said: ['d\\xc3/c.md'],
  },
  'a state folder of mdshift, packages, and git, with chapters in them': {
    make({ write }) {
      for (const folder of ['.mdshift', 'node_modules', '.git', 'deep/.mdshift']) write(`${folder}/c.md`)
    },
    paths: ['.', '**/*.md'],
    rewritten: ['a.md'],
  },
  'a book in the book that is a link to another': {
    make({ link, outside }) {
      fs.writeFileSync(`${outside}/book.toml`, '')
      link(outside, 'inner')
    },
    paths: ['.', 'inner/secret.md'],
    rewritten: [],
    status: 2,
    said: ['MDS090'],
  },
}

it.each(Object.entries(layouts))('%s', async (_, { make, paths = [], rewritten, status = 0, said = [] }) => {
  const top = fs.realpathSync(fs.mkdtempSync(path.join(os.tmpdir(), 'mdshift-hostile-')))
  const [book, outside] = [path.join(top, 'book'), path.join(top, 'outside')]
  for (const folder of [book, `${outside}/deep`]) fs.mkdirSync(folder, { recursive: true })
  for (const file of ['secret.md', 'deep/secret.md']) fs.writeFileSync(path.join(outside, file), OLD)
  const write = (file: string, text: string | Buffer = OLD) => {
    fs.mkdirSync(path.dirname(path.join(book, file)), { recursive: true })
    fs.writeFileSync(path.join(book, file), text)
  }
  write('book.toml', '')
  write('a.md')
  const undo = make({ book, outside, write, link: (to, name) => fs.symlinkSync(to, path.join(book, name)) })
  try {
    const before = snapshot(outside)
    const { books } = await discover(paths, {
      cwd: book,
      chaptersIn: async () => ({ extensions: ['.md'], includes: () => true }),
    })
    for (const { root, chosen } of books)
      for (const file of chosen) expect(fs.realpathSync(path.join(root, file))).toMatch(inside(book))
    const ended = mdshift(['migrate', ...paths], book)
    expect(snapshot(outside)).toEqual(before)
    expect(rewrittenIn(book)).toEqual([...rewritten].sort())
    for (const words of said) expect(ended.stderr).toContain(words.replace('OUTSIDE', outside))
    expect(ended.status, ended.stderr).toBe(status)
  } finally {
    if (typeof undo === 'function') undo()
    fs.rmSync(top, { recursive: true, force: true })
  }
})

/** What root may, whatever a file's mode says: to read and write it. Taken from a process, it may do what its owner may. */
const MIGHT = '-dac_override,-dac_read_search'
const POWERLESS = process.getuid?.() === 0 ? ['setpriv', '--bounding-set', MIGHT, '--inh-caps', MIGHT] : []

it('a folder that may not be read is named, and the rest is done', () => {
  const top = fs.realpathSync(fs.mkdtempSync(path.join(os.tmpdir(), 'mdshift-hostile-')))
  try {
    fs.mkdirSync(path.join(top, 'closed'))
    for (const file of ['a.md', 'closed/b.md']) fs.writeFileSync(path.join(top, file), OLD)
    fs.chmodSync(path.join(top, 'closed'), 0)
    const bin = fileURLToPath(new URL('../bin/mdshift.js', import.meta.url))
    const [program = '', ...args] = [...POWERLESS, process.execPath, bin, 'migrate']
    const { status, stderr } = spawnSync(program, args, { cwd: top, encoding: 'utf8' })
    expect(stderr).toMatch(/MDS092 {2}closed: .*EACCES/)
    expect(status).toBe(2)
    expect(fs.readFileSync(path.join(top, 'a.md'), 'utf8')).toBe(NEW)
  } finally {
    fs.chmodSync(path.join(top, 'closed'), 0o700)
    fs.rmSync(top, { recursive: true, force: true })
  }
})

function inside(folder: string): RegExp {
  return new RegExp(`^${folder.replace(/[^\w/]/g, '\\$&')}/`)
}

/** Bytes, times, inodes and targets of all that is in a folder. */
function snapshot(folder: string): readonly unknown[] {
  return namesIn(folder).map((name) => {
    const file = path.join(folder, name)
    const stats = fs.lstatSync(file, { bigint: true })
    const { ino, mtimeNs, size, mode } = stats
    const bytes = stats.isFile() ? fs.readFileSync(file, 'latin1') : undefined
    return { name, ino, mtimeNs, size, mode, bytes }
  })
}

/** The regular files of the book that have the new arrow, by their own names. */
function rewrittenIn(book: string): string[] {
  return namesIn(book).filter((name) => {
    const file = path.join(book, name)
    return (
      name.endsWith('.md') && fs.lstatSync(file).isFile() && fs.readFileSync(file, 'utf8').startsWith(NEW)
    )
  })
}

/** What is in a folder and below, sorted, links not followed; names that are no text lead nowhere. */
function namesIn(folder: string): string[] {
  const names: string[] = []
  const folders = ['']
  for (const within of folders)
    for (const entry of fs.readdirSync(path.join(folder, within), { withFileTypes: true })) {
      const name = path.join(within, entry.name)
      if (!fs.lstatSync(path.join(folder, name), { throwIfNoEntry: false })) continue
      names.push(name)
      if (entry.isDirectory()) folders.push(name)
    }
  return [...new Set(names)].sort()
}
