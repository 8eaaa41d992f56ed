import fs from 'node:fs'
import path from 'node:path'
import { createFixture, type FsFixture } from 'fs-fixture'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { createRepository, GIT_ENVIRONMENT, gitIn } from '../../test/support/repository.ts'
import { gitStatus } from './git-status.ts'

beforeEach(() => {
  for (const [name, value] of Object.entries(GIT_ENVIRONMENT)) vi.stubEnv(name, value)
})
afterEach(() => {
  vi.unstubAllEnvs()
})

/** `src/a.md: modified` for each that is dirty. */
async function dirtyIn(folder: FsFixture, ...files: readonly string[]): Promise<readonly string[]> {
  const status = await gitStatus(files.map((file) => folder.getPath(file)))
  if (!status.ok) throw new Error(status.failures.map(({ message }) => message).join('\n'))
  return status.value.dirty.map(({ file, dirt }) => `${path.relative(folder.path, file)}: ${dirt}`)
}

const change = (folder: FsFixture, ...files: readonly string[]) => {
  for (const file of files) fs.appendFileSync(folder.getPath(file), 'more\n')
}

describe('gitStatus', () => {
  it('tells kinds apart', async () => {
    await using folder = await createRepository({
      a: '',
      b: '',
      c: '',
      d: '',
      e: '',
      '.gitignore': 'ignored\n',
    })
    change(folder, 'b', 'c', 'd', 'new', 'ignored', 'meant')
    folder.git('add', 'c', 'd')
    folder.git('add', '--intent-to-add', 'meant')
    change(folder, 'd')
    const files = ['a', 'b', 'c', 'd', 'e', 'new', 'ignored', 'meant', 'absent']
    expect(await dirtyIn(folder, ...files)).toEqual([
      'b: modified',
      'c: staged',
      'd: staged and modified',
      'new: untracked',
      'meant: untracked',
    ])
  })

  it('tells what a merge left', async () => {
    await using folder = await createRepository({ a: 'one\n', b: '' })
    folder.git('switch', '--quiet', '--create', 'other')
    fs.writeFileSync(folder.getPath('a'), 'two\n')
    folder.git('commit', '--quiet', '--all', '--message=two')
    folder.git('switch', '--quiet', 'main')
    fs.writeFileSync(folder.getPath('a'), 'three\n')
    folder.git('commit', '--quiet', '--all', '--message=three')
    expect(() => folder.git('merge', 'other')).toThrow()
    expect(await dirtyIn(folder, 'a', 'b')).toEqual(['a: unmerged'])
  })

  it('sees a staged move as a new file', async () => {
    await using folder = await createRepository({ a: 'the same long enough text\n'.repeat(20) })
    folder.git('mv', 'a', 'b')
    expect(await dirtyIn(folder, 'b')).toEqual(['b: staged'])
  })

  it.each([
    'a b.md',
    '  .md',
    '-n.md',
    '--.md',
    ':(glob)*.md',
    ':!x.md',
    '"quoted".md',
    "it's.md",
    'Regen über Åland.md',
    'line\nbreak.md',
    'tab\t.md',
    '*.md',
    '[ab].md',
    'back\\slash.md',
  ])('knows %j, and not its neighbours', async (name) => {
    await using folder = await createRepository({ [`src/${name}`]: '', 'src/a.md': '', 'src/x.md': '' })
    change(folder, 'src/x.md')
    const file = `src/${name}`
    expect(await dirtyIn(folder, file)).toEqual([])
    change(folder, file)
    expect(await dirtyIn(folder, file, 'src/a.md')).toEqual([`${file}: modified`])
  })

  it('asks about a book in a folder of the repository, whose name is a pattern', async () => {
    await using folder = await createRepository({ ':(top)*/[b]/a.md': '', 'b/a.md': '', 'a.md': '' })
    change(folder, ':(top)*/[b]/a.md', 'b/a.md', 'a.md')
    expect(await dirtyIn(folder, ':(top)*/[b]/a.md')).toEqual([':(top)*/[b]/a.md: modified'])
  })

  it('finds nothing to say where there is no repository, nor a git', async () => {
    await using folder = await createFixture({ a: '' })
    vi.stubEnv('PATH', folder.path)
    const status = await gitStatus([folder.getPath('a')])
    expect(status).toEqual({
      ok: true,
      value: { repositories: [], outside: [folder.getPath('a')], hasGit: true, dirty: [] },
    })
  })

  it('finds nothing to say where there is a repository and no git', async () => {
    await using folder = await createRepository({ a: '' })
    change(folder, 'a')
    vi.stubEnv('PATH', folder.path)
    expect(await gitStatus([folder.getPath('a')])).toMatchObject({ value: { hasGit: false, dirty: [] } })
  })

  it('finds nothing to say in a folder that only looks like a repository', async () => {
    await using folder = await createFixture({ '.git/x': '', a: '' })
    expect(await dirtyIn(folder, 'a')).toEqual([])
  })

  it('asks a submodule about its own files, and the repository around it about its', async () => {
    await using inner = await createRepository({ 'a.md': '' })
    await using folder = await createRepository({ 'a.md': '' })
    folder.git('-c', 'protocol.file.allow=always', 'submodule', '--quiet', 'add', inner.path, 'sub')
    folder.git('commit', '--quiet', '--all', '--message=with a book')
    change(folder, 'sub/a.md')
    expect(await dirtyIn(folder, 'a.md', 'sub/a.md')).toEqual(['sub/a.md: modified'])
    gitIn(folder.getPath('sub'), 'commit', '--quiet', '--all', '--message=inside')
    change(folder, 'a.md')
    expect(await dirtyIn(folder, 'a.md', 'sub/a.md')).toEqual(['a.md: modified'])
  })

  it('asks about a linked working tree by itself', async () => {
    await using folder = await createRepository({ 'a.md': '' })
    await using other = await createFixture({})
    const linked = other.getPath('linked')
    folder.git('worktree', 'add', '--quiet', linked)
    change(folder, 'a.md')
    expect(await dirtyIn(folder, 'a.md')).toEqual(['a.md: modified'])
    expect(await gitStatus([path.join(linked, 'a.md')])).toMatchObject({ ok: true, value: { dirty: [] } })
  })

  it('finds the repository of a folder that a link leads to', async () => {
    await using folder = await createRepository({ 'book/a.md': '' })
    await using elsewhere = await createFixture({})
    fs.symlinkSync(folder.getPath('book'), elsewhere.getPath('linked'))
    change(folder, 'book/a.md')
    const file = elsewhere.getPath('linked/a.md')
    expect(await gitStatus([file])).toMatchObject({ value: { dirty: [{ file, dirt: 'modified' }] } })
  })

  it('looks at the repository of the book, whatever a hook of another says', async () => {
    await using hooked = await createRepository({ 'a.md': '' })
    await using folder = await createRepository({ 'a.md': '' })
    change(folder, 'a.md')
    vi.stubEnv('GIT_DIR', hooked.getPath('.git'))
    vi.stubEnv('GIT_INDEX_FILE', hooked.getPath('.git/index'))
    vi.stubEnv('GIT_WORK_TREE', hooked.path)
    vi.stubEnv('GIT_GLOB_PATHSPECS', '1')
    expect(await dirtyIn(folder, 'a.md')).toEqual(['a.md: modified'])
  })

  it('says what git says of a repository that it refuses', async () => {
    await using folder = await createRepository({ 'a.md': '' })
    vi.stubEnv('GIT_TEST_ASSUME_DIFFERENT_OWNER', '1')
    const status = await gitStatus([folder.getPath('a.md')])
    expect(status).toMatchObject({ ok: false, failures: [{ code: 'MDS071' }] })
    expect(JSON.stringify(status)).toContain('dubious ownership')
  })

  it('says so where a working tree has lost its repository', async () => {
    await using folder = await createFixture({ '.git': 'gitdir: /nowhere/at/all\n', 'a.md': '' })
    const status = await gitStatus([folder.getPath('a.md')])
    expect(status).toMatchObject({ ok: false, failures: [{ code: 'MDS071' }] })
    expect(JSON.stringify(status)).toContain('/nowhere/at/all')
  })

  it('takes no lock, and leaves the index as it is', async () => {
    await using folder = await createRepository({ 'a.md': '' })
    const index = folder.getPath('.git/index')
    fs.utimesSync(folder.getPath('a.md'), 1, 1)
    fs.writeFileSync(`${index}.lock`, '')
    const before = fs.readFileSync(index)
    expect(await dirtyIn(folder, 'a.md')).toEqual([])
    expect(fs.readFileSync(index)).toEqual(before)
  })

  it('runs no program that the repository names', async () => {
    await using folder = await createRepository({
      'a.md': '',
      'b.md': '',
      '.gitattributes': '*.md filter=evil.one\n',
    })
    const ran = folder.getPath('ran')
    const script = folder.getPath('evil.sh')
    fs.writeFileSync(script, `#!/bin/sh\necho ran >> '${ran}'\ncat\n`, { mode: 0o755 })
    for (const name of ['core.fsmonitor', 'filter.evil.one.clean', 'filter.evil.one.process'])
      folder.git('config', name, script)
    folder.git('config', 'filter.evil.one.required', 'true')
    fs.mkdirSync(folder.getPath('.git/hooks'), { recursive: true })
    for (const hook of ['post-index-change', 'fsmonitor-watchman'])
      fs.copyFileSync(script, folder.getPath(`.git/hooks/${hook}`))
    change(folder, 'a.md')
    fs.utimesSync(folder.getPath('b.md'), 1, 1)
    expect(await dirtyIn(folder, 'a.md', 'b.md')).toEqual(['a.md: modified'])
    expect(fs.existsSync(ran)).toBe(false)
  })

  /** A partial clone that lacks the tree of its commit, and has a program to fetch it by. */
  const partialClone = async (settings: (program: string) => Record<string, string>) => {
    const folder = await createRepository({ 'src/a.md': '' })
    folder.git('clone', '--quiet', '--bare', '.', '.git/origin')
    const program = `touch '${folder.getPath('.git/ran')}'`
    const all = {
      'core.repositoryFormatVersion': '1',
      'extensions.partialClone': 'origin',
      'remote.origin.promisor': 'true',
      'remote.origin.url': folder.getPath('.git/origin'),
      ...settings(program),
    }
    for (const [name, value] of Object.entries(all)) folder.git('config', name, value)
    const tree = folder.git('rev-parse', 'HEAD^{tree}').trim()
    fs.rmSync(folder.getPath(`.git/objects/${tree.slice(0, 2)}/${tree.slice(2)}`))
    return folder
  }

  describe.each([
    [
      'the other end of the line',
      (program: string) => ({
        'remote.origin.uploadpack': `${program}; git-upload-pack`,
        'protocol.file.allow': 'always',
      }),
    ],
    [
      'a transport without a name',
      (program: string) => ({ 'remote.origin.vcs': '', 'alias.remote-': `!${program}` }),
    ],
  ])('where objects are missing and the repository names %s', (_, settings) => {
    it('runs nothing, and says what git says', async () => {
      await using folder = await partialClone(settings)
      const status = await gitStatus([folder.getPath('src/a.md')])
      expect(status).toMatchObject({ ok: false, failures: [{ code: 'MDS071' }] })
      expect(fs.existsSync(folder.getPath('.git/ran'))).toBe(false)
    })

    it('runs nothing by a git that only knows a list of transports', async () => {
      await using folder = await partialClone(settings)
      await using older = await createFixture({})
      const real = (process.env['PATH'] ?? '')
        .split(path.delimiter)
        .map((entry) => path.join(entry, 'git'))
        .find((file) => fs.existsSync(file))
      const shell = `#!/bin/sh\nunset GIT_NO_LAZY_FETCH\nexec '${real}' "$@"\n`
      fs.writeFileSync(older.getPath('git'), shell, { mode: 0o755 })
      vi.stubEnv('PATH', `${older.path}${path.delimiter}${process.env['PATH']}`)
      const status = await gitStatus([folder.getPath('src/a.md')])
      expect(status).toMatchObject({ ok: false, failures: [{ code: 'MDS071' }] })
      expect(fs.existsSync(folder.getPath('.git/ran'))).toBe(false)
    })

    it('would run it for anybody else', async () => {
      await using folder = await partialClone(settings)
      // What it fetches so may be of use, or not.
      try {
        folder.git('status')
      } catch {}
      expect(fs.existsSync(folder.getPath('.git/ran'))).toBe(true)
    })
  })

  describe.each([['skip-worktree'], ['assume-unchanged']])('with --%s', (bit) => {
    const told = 'modified, and git is told not to look'

    it('compares what git does not look at', async () => {
      const names = ['src/a b.md', 'src/"q".md', 'src/line\nbreak.md', 'src/back\\slash.md', 'src/ü\r.md']
      const trees = [...names, 'src/same.md', 'src/gone.md', 'src/seen.md']
      await using folder = await createRepository(Object.fromEntries(trees.map((name) => [name, ''])))
      folder.git('update-index', `--${bit}`, ...names, 'src/same.md', 'src/gone.md')
      change(folder, ...names, 'src/seen.md')
      fs.utimesSync(folder.getPath('src/same.md'), 1, 1)
      fs.rmSync(folder.getPath('src/gone.md'))
      expect(folder.git('status', '--porcelain')).toBe(' M src/seen.md\n')
      expect(await dirtyIn(folder, ...trees)).toEqual([
        ...names.map((name) => `${name}: ${told}`),
        'src/seen.md: modified',
      ])
    })

    it('compares what git would make of the bytes', async () => {
      await using folder = await createRepository({ 'a.md': 'rain\n', 'b.md': 'rain\n' })
      folder.git('config', 'core.autocrlf', 'true')
      folder.git('update-index', `--${bit}`, 'a.md', 'b.md')
      fs.writeFileSync(folder.getPath('a.md'), 'rain\r\n')
      fs.writeFileSync(folder.getPath('b.md'), 'more\r\n')
      expect(await dirtyIn(folder, 'a.md', 'b.md')).toEqual([`b.md: ${told}`])
    })

    it('runs no filter that the repository names', async () => {
      await using folder = await createRepository({ 'a.md': '', '.gitattributes': '*.md filter=evil\n' })
      const ran = folder.getPath('.git/ran')
      folder.git('update-index', `--${bit}`, 'a.md')
      folder.git('config', 'filter.evil.clean', `touch '${ran}'; cat`)
      change(folder, 'a.md')
      expect(await dirtyIn(folder, 'a.md')).toEqual([`a.md: ${told}`])
      expect(fs.existsSync(ran)).toBe(false)
    })
  })

  it('runs the filters that the user has', async () => {
    await using folder = await createRepository({ 'a.md': 'RAIN\n', '.gitattributes': '*.md filter=lower\n' })
    const own = folder.getPath('.own-config')
    fs.writeFileSync(own, '[filter "lower"]\n\tclean = tr a-z A-Z\n')
    vi.stubEnv('GIT_CONFIG_GLOBAL', own)
    fs.writeFileSync(folder.getPath('a.md'), 'rain\n')
    expect(await dirtyIn(folder, 'a.md')).toEqual([])
    vi.stubEnv('GIT_CONFIG_GLOBAL', '/dev/null')
    expect(await dirtyIn(folder, 'a.md')).toEqual(['a.md: modified'])
  })
})
