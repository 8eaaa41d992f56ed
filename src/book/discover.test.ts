import fs from 'node:fs'
import path from 'node:path'
import { createFixture, type FileTree } from 'fs-fixture'
import { describe, expect, it } from 'vitest'
import { type Discovery, discover } from './discover.ts'

interface Options {
  /** Where the command runs, from the folder's top. */
  readonly from?: string
  readonly extensions?: readonly string[]
  includes?(file: string): boolean
}

interface FoundBook {
  readonly root: string
  readonly all: readonly string[]
  readonly chosen: readonly string[]
}

/** Discovers in a real folder; roots are told from its top. */
async function discoverIn(
  tree: FileTree,
  paths: readonly string[],
  options: Options = {},
): Promise<{ readonly books: readonly FoundBook[]; readonly failures: Discovery['failures'] }> {
  await using folder = await createFixture(tree)
  const top = fs.realpathSync(folder.path)
  const extensions = options.extensions ?? ['.md']
  const { books, failures } = await discover(
    paths.map((given) => given.replace('TOP', top)),
    {
      cwd: path.join(top, options.from ?? '.'),
      chaptersIn: async () => ({ extensions, includes: options.includes ?? (() => true) }),
    },
  )
  const found = books.map(({ root, all, chosen }) => ({ root: path.relative(top, root) || '.', all, chosen }))
  return { books: found, failures }
}

/** The chosen files of the one book that the paths lead to. */
async function chosenIn(
  tree: FileTree,
  paths: readonly string[] = [],
  options?: Options,
): Promise<readonly string[]> {
  const { books, failures } = await discoverIn(tree, paths, options)
  expect(failures).toEqual([])
  expect(books).toHaveLength(1)
  return books[0]?.chosen ?? []
}

const link =
  (target: string): FileTree[string] =>
  ({ symlink }) =>
    symlink(target)

const WEATHER: FileTree = {
  'book.toml': '',
  src: { 'SUMMARY.md': '', 'rain.md': '', wind: { 'gusts.md': '', 'map.png': '' } },
}
const ALL = ['src/SUMMARY.md', 'src/rain.md', 'src/wind/gusts.md']

describe('a folder', () => {
  it('that is a book: its chapters, sorted', async () => {
    expect(await discoverIn(WEATHER, [])).toEqual({
      books: [{ root: '.', all: ALL, chosen: ALL }],
      failures: [],
    })
  })

  it('in a book, with book.toml above: a part is chosen, and the rest is known', async () => {
    expect((await discoverIn(WEATHER, ['src/wind'])).books).toEqual([
      { root: '.', all: ALL, chosen: ['src/wind/gusts.md'] },
    ])
  })

  it('in which the command runs, with book.toml above', async () => {
    expect((await discoverIn(WEATHER, [], { from: 'src/wind' })).books).toEqual([
      { root: '.', all: ALL, chosen: ['src/wind/gusts.md'] },
    ])
  })

  it('without book.toml is a book itself', async () => {
    const tree = { notes: { 'a.md': '' }, garden: { 'b.md': '' } }
    expect((await discoverIn(tree, ['notes'])).books).toEqual([
      { root: 'notes', all: ['a.md'], chosen: ['a.md'] },
    ])
  })

  it('in another one that is given, without book.toml, is part of that', async () => {
    const tree = { notes: { 'a.md': '', deep: { 'b.md': '' } } }
    for (const paths of [
      ['notes', 'notes/deep'],
      ['notes/deep', 'notes'],
    ]) {
      expect((await discoverIn(tree, paths)).books).toEqual([
        { root: 'notes', all: ['a.md', 'deep/b.md'], chosen: ['a.md', 'deep/b.md'] },
      ])
    }
  })

  it('given twice, and as part of another, counts once', async () => {
    expect(await chosenIn(WEATHER, ['.', 'src', 'src/rain.md', './src/'])).toEqual(ALL)
  })

  it('as an absolute path', async () => {
    expect(await chosenIn(WEATHER, ['TOP/src/wind'])).toEqual(['src/wind/gusts.md'])
  })

  it('whose name has the signs of globs', async () => {
    const tree = { 'wind (old) [1]': { 'book.toml': '', 'a.md': '', '{b}.md': '' } }
    expect(await chosenIn(tree, ['wind (old) [1]'])).toEqual(['a.md', '{b}.md'])
    expect(await chosenIn(tree, [], { from: 'wind (old) [1]' })).toEqual(['a.md', '{b}.md'])
  })

  it('without chapters is a failure that names it', async () => {
    expect((await discoverIn({ pictures: { 'a.png': '' } }, ['pictures'])).failures).toMatchObject([
      { code: 'MDS008', message: expect.stringContaining('pictures') },
    ])
  })

  it('is searched but for node_modules and .git', async () => {
    const tree = {
      'a.md': '',
      node_modules: { left: { 'README.md': '' } },
      deep: { node_modules: { 'x.md': '' }, 'b.md': '' },
      '.git': { 'c.md': '' },
    }
    expect(await chosenIn(tree)).toEqual(['a.md', 'deep/b.md'])
  })

  it('with other file name endings', async () => {
    const tree = { 'a.md': '', 'b.markdown': '', 'c.mdx': '', 'd.amd': '' }
    expect(await chosenIn(tree)).toEqual(['a.md'])
    expect(await chosenIn(tree, [], { extensions: ['.markdown', '.mdx'] })).toEqual(['b.markdown', 'c.mdx'])
  })

  it('asks each folder that is searched for its endings', async () => {
    await using folder = await createFixture({ 'one/book.toml': '', 'one/a.md': '', 'one/b.txt': '' })
    const { books } = await discover(['one'], {
      cwd: folder.path,
      chaptersIn: async (asked) => ({
        extensions: path.basename(asked) === 'one' ? ['.txt'] : ['.md'],
        includes: () => true,
      }),
    })
    expect(books.map(({ chosen }) => chosen)).toEqual([['b.txt']])
  })
})

describe('books within books', () => {
  const tree: FileTree = {
    'book.toml': '',
    'a.md': '',
    inner: { 'book.toml': '', 'b.md': '', src: { 'c.md': '' } },
  }

  it('are books of their own, in the order of their roots', async () => {
    expect((await discoverIn(tree, [])).books).toEqual([
      { root: '.', all: ['a.md'], chosen: ['a.md'] },
      { root: 'inner', all: ['b.md', 'src/c.md'], chosen: ['b.md', 'src/c.md'] },
    ])
  })

  it('one alone leaves the other out', async () => {
    expect((await discoverIn(tree, ['inner/src'])).books).toEqual([
      { root: 'inner', all: ['b.md', 'src/c.md'], chosen: ['src/c.md'] },
    ])
    expect((await discoverIn(tree, ['a.md'])).books).toEqual([{ root: '.', all: ['a.md'], chosen: ['a.md'] }])
  })

  it('below a folder that is none', async () => {
    const books = { one: { 'book.toml': '', 'a.md': '' }, two: { 'book.toml': '', 'b.md': '' } }
    expect((await discoverIn(books, [])).books.map(({ root, all }) => [root, all])).toEqual([
      ['one', ['a.md']],
      ['two', ['b.md']],
    ])
  })
})

describe('a file', () => {
  it('is chosen alone, and its book is known', async () => {
    expect((await discoverIn(WEATHER, ['src/rain.md'])).books).toEqual([
      { root: '.', all: ALL, chosen: ['src/rain.md'] },
    ])
  })

  it('with another ending is chosen where it is named', async () => {
    const { books } = await discoverIn({ ...WEATHER, 'notes.txt': '' }, ['notes.txt'])
    expect(books).toEqual([{ root: '.', all: ['notes.txt', ...ALL], chosen: ['notes.txt'] }])
  })

  it('that an ignore rule names is chosen where it is named', async () => {
    expect(await chosenIn({ 'a.md': '', 'b.md': '', '.mdshiftignore': 'a.md' }, ['a.md'])).toEqual(['a.md'])
  })

  it('whose name has the signs of globs is taken as it is', async () => {
    expect(await chosenIn({ '*.md': '', 'a.md': '' }, ['*.md'])).toEqual(['*.md'])
  })

  it('without book.toml belongs to the current folder where it lies in it, else to its own', async () => {
    const tree = { here: { notes: { 'a.md': '' } }, there: { 'b.md': '', 'c.md': '' } }
    const { books } = await discoverIn(tree, ['notes/a.md', '../there/b.md'], { from: 'here' })
    expect(books).toEqual([
      { root: 'here', all: ['notes/a.md'], chosen: ['notes/a.md'] },
      { root: 'there', all: ['b.md', 'c.md'], chosen: ['b.md'] },
    ])
  })
})

describe('names that begin with two dots', () => {
  it('lead into the folder that they stand in', async () => {
    const tree = { '..notes': { 'a.md': '' }, '..b.md': '', 'c.md': '' }
    const { books } = await discoverIn(tree, ['..notes/a.md', '..b.md'])
    expect(books).toEqual([
      { root: '.', all: ['..b.md', '..notes/a.md', 'c.md'], chosen: ['..b.md', '..notes/a.md'] },
    ])
  })
})

describe('a path that leads nowhere', () => {
  it('is a failure of its own, and the others are found', async () => {
    const { books, failures } = await discoverIn(WEATHER, ['src/rain.md', 'src/snow.md', 'hail'])
    expect(books.map(({ chosen }) => chosen)).toEqual([['src/rain.md']])
    expect(failures).toMatchObject([
      { code: 'MDS001', place: 'src/snow.md' },
      { code: 'MDS001', place: 'hail' },
    ])
  })

  it('empty', async () => {
    expect((await discoverIn(WEATHER, [''])).failures).toMatchObject([{ code: 'MDS001' }])
  })

  it('below a file', async () => {
    expect((await discoverIn(WEATHER, ['src/rain.md/x'])).failures).toMatchObject([
      { code: 'MDS001', place: 'src/rain.md/x' },
    ])
  })

  it('as a glob that matches nothing', async () => {
    expect((await discoverIn(WEATHER, ['src/*.markdown'])).failures).toMatchObject([
      { code: 'MDS008', message: expect.stringContaining('src/*.markdown') },
    ])
  })
})

describe('a glob', () => {
  it.each<[string, string[]]>([
    ['src/*.md', ['src/SUMMARY.md', 'src/rain.md']],
    ['src/**/*.md', ALL],
    ['src/**', ALL],
    ['**/gusts.md', ['src/wind/gusts.md']],
    ['src/{rain,hail}.md', ['src/rain.md']],
    ['src/[!S]*.md', ['src/rain.md']],
    ['TOP/src/*/*.md', ['src/wind/gusts.md']],
  ])('%s', async (pattern, files) => {
    expect(await chosenIn(WEATHER, [pattern])).toEqual(files)
  })

  it('from a folder in the book', async () => {
    expect(await chosenIn(WEATHER, ['../*.md'], { from: 'src/wind' })).toEqual([
      'src/SUMMARY.md',
      'src/rain.md',
    ])
  })

  it('leaves out what is ignored', async () => {
    const tree = { 'a.md': '', drafts: { 'b.md': '' }, '.mdshiftignore': 'drafts/' }
    expect(await chosenIn(tree, ['**/*.md'])).toEqual(['a.md'])
  })
})

describe('ignore rules', () => {
  const git = { '.git': { HEAD: '' } }

  it.each<[string, FileTree, string[]]>([
    ['of .gitignore', { '.gitignore': 'b.md\n', 'a.md': '', 'b.md': '' }, ['a.md']],
    ['of .mdshiftignore', { '.mdshiftignore': 'b.md\n', 'a.md': '', 'b.md': '' }, ['a.md']],
    [
      'of both',
      { '.gitignore': 'b.md', '.mdshiftignore': 'c.md', 'a.md': '', 'b.md': '', 'c.md': '' },
      ['a.md'],
    ],
    ['with comments and CRLF', { '.gitignore': '# a.md\r\n\r\nb.md\r\n', 'a.md': '', 'b.md': '' }, ['a.md']],
    ['for a folder', { '.gitignore': 'out/', 'a.md': '', out: { deep: { 'b.md': '' } } }, ['a.md']],
    [
      'that begin at their folder',
      { '.gitignore': '/b.md', 'a.md': '', 'b.md': '', deep: { 'b.md': '' } },
      ['a.md', 'deep/b.md'],
    ],
    [
      'of a folder below, for that folder only',
      {
        'a.md': '',
        'b.md': '',
        deep: { '.gitignore': 'b.md', 'b.md': '', 'c.md': '', more: { 'b.md': '' } },
      },
      ['a.md', 'b.md', 'deep/c.md'],
    ],
    ['taken back in one file', { '.gitignore': '*.md\n!a.md\n', 'a.md': '', 'b.md': '' }, ['a.md']],
    [
      'taken back in a folder below',
      { '.gitignore': 'b.md', 'a.md': '', 'b.md': '', deep: { '.gitignore': '!b.md', 'b.md': '' } },
      ['a.md', 'deep/b.md'],
    ],
    [
      'taken back by .mdshiftignore',
      { '.gitignore': 'b.md', '.mdshiftignore': '!b.md', 'a.md': '', 'b.md': '' },
      ['a.md', 'b.md'],
    ],
    [
      'not taken back for a file whose folder is ignored',
      { '.gitignore': 'out/\n!out/b.md\n', 'a.md': '', out: { 'b.md': '' } },
      ['a.md'],
    ],
    ['with two stars', { '.gitignore': 'deep/**/b.md', 'a.md': '', deep: { er: { 'b.md': '' } } }, ['a.md']],
  ])('%s', async (_, tree, files) => {
    expect(await chosenIn(tree)).toEqual(files)
    expect(await chosenIn({ ...tree, ...git })).toEqual(files)
  })

  it('do not take back what lies in an ignored folder, whatever stands in it', async () => {
    const tree = { '.gitignore': 'out/', 'a.md': '', out: { '.gitignore': '!b.md', 'b.md': '' } }
    expect(await chosenIn({ ...tree, ...git })).toEqual(['a.md'])
  })

  it('mind the case of names', async () => {
    expect(await chosenIn({ '.gitignore': 'README.md', 'a.md': '', 'readme.md': '' })).toEqual([
      'a.md',
      'readme.md',
    ])
  })

  it('of the book count for a part of it, without a repository', async () => {
    const tree = { 'book.toml': '', '.mdshiftignore': 'wind/', src: { 'a.md': '', wind: { 'b.md': '' } } }
    expect(await chosenIn(tree, ['src'])).toEqual(['src/a.md'])
    expect(await chosenIn(tree, ['src/**/*.md'])).toEqual(['src/a.md'])
  })

  it('count from the top of the repository, above the book', async () => {
    const tree = {
      ...git,
      '.gitignore': 'drafts/\n/docs/old.md\n',
      docs: { 'book.toml': '', 'a.md': '', 'old.md': '', drafts: { 'b.md': '' } },
    }
    expect(await chosenIn(tree, ['docs'])).toEqual(['a.md'])
    expect(await chosenIn(tree, [], { from: 'docs' })).toEqual(['a.md'])
  })

  it('do not count from above the repository', async () => {
    const tree = { '.gitignore': '*.md', repository: { ...git, 'a.md': '' } }
    expect(await chosenIn(tree, ['repository'])).toEqual(['a.md'])
  })

  it('leave out what is not chosen too', async () => {
    const tree = { 'book.toml': '', '.gitignore': 'b.md', 'a.md': '', 'b.md': '' }
    expect((await discoverIn(tree, ['a.md'])).books).toEqual([{ root: '.', all: ['a.md'], chosen: ['a.md'] }])
  })
})

describe('symbolic links', () => {
  it('to files and folders in a book are not followed', async () => {
    const tree = {
      'book.toml': '',
      'a.md': '',
      'b.md': link('a.md'),
      'c.md': link('nowhere.md'),
      real: { 'd.md': '' },
      linked: link('real'),
    }
    expect(await chosenIn(tree)).toEqual(['a.md', 'real/d.md'])
    expect(await chosenIn(tree, ['**/*.md'])).toEqual(['a.md', 'real/d.md'])
  })

  it('in a circle end', async () => {
    const tree = { 'a.md': '', deep: { 'b.md': '', up: link('..'), self: link('self') } }
    expect(await chosenIn(tree)).toEqual(['a.md', 'deep/b.md'])
  })

  it('to a folder are followed where they are given', async () => {
    const tree = { real: { 'book.toml': '', 'a.md': '' }, linked: link('real') }
    expect((await discoverIn(tree, ['linked'])).books).toEqual([
      { root: 'real', all: ['a.md'], chosen: ['a.md'] },
    ])
  })

  it('to a file are that file where they are given', async () => {
    const tree = { 'a.md': '', 'b.md': link('a.md'), 'c.md': '' }
    expect(await chosenIn(tree, ['b.md'])).toEqual(['a.md'])
    expect(await chosenIn(tree, ['b.md', 'a.md'])).toEqual(['a.md'])
  })

  it('that lead nowhere are refused where they are given', async () => {
    expect((await discoverIn({ 'b.md': link('a.md') }, ['b.md'])).failures).toMatchObject([
      { code: 'MDS001', place: 'b.md' },
    ])
  })
})

describe('what the configuration says is no chapter', () => {
  const includes = (file: string) => !file.includes('drafts')
  const tree = {
    'book.toml': '',
    'a.md': '',
    drafts: { 'b.md': '', deep: { 'c.md': '' } },
  }

  it('is left out, in a folder and by a glob', async () => {
    expect(await discoverIn(tree, [], { includes })).toEqual({
      books: [{ root: '.', all: ['a.md'], chosen: ['a.md'] }],
      failures: [],
    })
    expect(await chosenIn(tree, ['**/*.md'], { includes })).toEqual(['a.md'])
  })

  it('leaves nothing of a folder, which is a failure', async () => {
    const { books, failures } = await discoverIn(tree, ['drafts'], { includes })
    expect(books).toEqual([])
    expect(failures).toMatchObject([{ code: 'MDS008', message: expect.stringContaining('drafts') }])
  })

  it('is taken where it is given by its name', async () => {
    expect((await discoverIn(tree, ['drafts/b.md'], { includes })).books).toEqual([
      { root: '.', all: ['a.md', 'drafts/b.md'], chosen: ['drafts/b.md'] },
    ])
  })

  it('is asked of the book that a file belongs to', async () => {
    await using folder = await createFixture({
      'a.md': '',
      'one/book.toml': '',
      'one/b.md': '',
      'one/c.md': '',
    })
    const top = fs.realpathSync(folder.path)
    const { books } = await discover(['.'], {
      cwd: top,
      chaptersIn: async (asked) => ({
        extensions: ['.md'],
        includes: (file) => path.basename(asked) !== 'one' || file.endsWith('b.md'),
      }),
    })
    expect(books.map(({ all, chosen }) => [all, chosen])).toEqual([
      [['a.md'], ['a.md']],
      [['b.md'], ['b.md']],
    ])
  })
})
