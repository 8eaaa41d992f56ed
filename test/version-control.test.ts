/** What `migrate` and `run` do about files that git does not hold, and what `migrate --commit` makes of it. */
import fs from 'node:fs'
import { createFixture, type FsFixture } from 'fs-fixture'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { type Ended, runCommand, wordMigration } from './support/command.ts'
import { mdshift } from './support/program.ts'
import { createRepository, GIT_ENVIRONMENT, gitIn } from './support/repository.ts'

const RAIN = wordMigration('0001-rain', 'rain', 'drizzle', 'sha256-rain')
const SUN = wordMigration('0002-no-sun', 'sun', 'star')
const WIND = wordMigration('0003-east-wind', 'wind', 'breeze')
const SNOW = wordMigration('0004-snow', 'snow', 'sleet')
const MIGRATIONS = [RAIN, SUN, WIND, SNOW]

const BOOK = {
  'book.toml': '',
  'src/a.md': 'rain and wind\n',
  'src/b.md': 'rain, rain\n',
  'src/c.md': 'nothing\n',
}

beforeEach(() => {
  for (const [name, value] of Object.entries(GIT_ENVIRONMENT)) vi.stubEnv(name, value)
})
afterEach(() => {
  vi.unstubAllEnvs()
})

const migrate = (folder: Pick<FsFixture, 'path'>, ...argv: readonly string[]): Promise<Ended> =>
  runCommand(folder.path, ['migrate', '--no-fsync', ...argv], { migrations: MIGRATIONS })
const read = (folder: FsFixture, file: string) => fs.readFileSync(folder.getPath(file), 'utf8')
const append = (folder: FsFixture, ...files: readonly string[]) => {
  for (const file of files) fs.appendFileSync(folder.getPath(file), 'more\n')
}

describe('migrate', () => {
  it('writes what git holds, whatever else is uncommitted', async () => {
    await using folder = await createRepository(BOOK)
    append(folder, 'src/c.md', 'note.txt')
    expect((await migrate(folder)).status).toBe(0)
    expect(read(folder, 'src/a.md')).toBe('drizzle and breeze\n')
  })

  it('names all that it would write over, and writes nothing', async () => {
    await using folder = await createRepository({
      ...BOOK,
      'mdshift.lock.json': '{"version":1,"migrations":{}}',
    })
    append(folder, 'src/a.md', 'src/b.md')
    folder.git('add', 'src/b.md')
    fs.writeFileSync(folder.getPath('src/d.md'), 'rain\n')
    fs.appendFileSync(folder.getPath('mdshift.lock.json'), '\n')
    const before = folder.git('status', '--porcelain')
    const { status, stderr } = await migrate(folder)
    expect(status).toBe(2)
    expect(stderr.split('\n').slice(0, -1)).toEqual([
      'error MDS070  src/a.md: The file has changes that git does not hold yet: modified',
      'error MDS070  src/b.md: The file has changes that git does not hold yet: staged',
      'error MDS070  src/d.md: The file has changes that git does not hold yet: untracked',
      'error MDS070  mdshift.lock.json: The file has changes that git does not hold yet: modified',
      '  Commit them, or put them aside, and run again; --allow-dirty changes them as they are, and git cannot give that state back. Nothing was written.',
    ])
    expect([read(folder, 'src/a.md'), folder.git('status', '--porcelain')]).toEqual([
      'rain and wind\nmore\n',
      before,
    ])
  })

  it.each(['--skip-worktree', '--assume-unchanged'])('names what %s hides from git', async (bit) => {
    await using folder = await createRepository(BOOK)
    folder.git('update-index', bit, 'src/a.md', 'src/b.md')
    append(folder, 'src/a.md')
    const { status, stderr } = await migrate(folder)
    expect(status).toBe(2)
    expect(stderr.split('\n')[0]).toBe(
      'error MDS070  src/a.md: The file has changes that git does not hold yet: modified, and git is told not to look',
    )
    expect(stderr).not.toContain('src/b.md')
    expect([read(folder, 'src/a.md'), read(folder, 'src/b.md')]).toEqual([
      'rain and wind\nmore\n',
      'rain, rain\n',
    ])
    expect((await migrate(folder, '--allow-dirty')).status).toBe(0)
    expect(read(folder, 'src/a.md')).toBe('drizzle and breeze\nmore\n')
    // What mdshift wrote last is no obstacle here either.
    fs.rmSync(folder.getPath('mdshift.lock.json'))
    expect((await migrate(folder)).status).toBe(0)
  })

  it('names more than a few', async () => {
    const chapters = Object.fromEntries(Array.from({ length: 30 }, (_, n) => [`${n}.md`, 'rain\n']))
    await using folder = await createRepository({ 'book.toml': '' })
    for (const [name, text] of Object.entries(chapters)) fs.writeFileSync(folder.getPath(name), text)
    const { stderr } = await migrate(folder)
    expect(stderr.match(/: untracked$/gm)).toHaveLength(30)
  })

  it('writes over it with --allow-dirty', async () => {
    await using folder = await createRepository(BOOK)
    append(folder, 'src/a.md')
    expect((await migrate(folder, '--allow-dirty')).status).toBe(0)
    expect(read(folder, 'src/a.md')).toBe('drizzle and breeze\nmore\n')
  })

  it('does not ask for a dry run', async () => {
    await using folder = await createRepository(BOOK)
    append(folder, 'src/a.md')
    expect((await migrate(folder, '--dry-run')).status).toBe(0)
  })

  it('writes what git ignores, since undo knows it', async () => {
    await using folder = await createRepository({ 'book.toml': '', '.gitignore': '*.md\n' })
    fs.writeFileSync(folder.getPath('a.md'), 'rain\n')
    expect((await migrate(folder, 'a.md')).status).toBe(0)
    expect(read(folder, 'a.md')).toBe('drizzle\n')
  })

  it('goes on where it ended: what it wrote itself is no obstacle, until somebody edits it', async () => {
    await using folder = await createRepository(BOOK)
    expect((await migrate(folder, '--to', '1')).status).toBe(0)
    expect((await migrate(folder, 'src/b.md')).status).toBe(0)
    expect((await migrate(folder, '--to', '3')).status).toBe(0)
    expect(folder.git('status', '--porcelain')).toContain('?? mdshift.lock.json')
    await runCommand(folder.path, ['undo'], { migrations: MIGRATIONS })
    expect(read(folder, 'src/a.md')).toBe('drizzle and wind\n')
    append(folder, 'src/a.md')
    const { status, stderr } = await migrate(folder)
    expect(status).toBe(2)
    expect(stderr).toContain('MDS070  src/a.md')
    expect(stderr).not.toContain('lock.json')
  })

  it('says what git says where git does not answer', async () => {
    await using folder = await createRepository(BOOK)
    fs.writeFileSync(folder.getPath('.git/config'), '[broken')
    const { status, stderr } = await migrate(folder)
    expect([status, read(folder, 'src/a.md')]).toEqual([2, BOOK['src/a.md']])
    expect(stderr).toMatch(/error MDS071 {2}.*: git does not tell what has changed: fatal: bad config line/)
    expect((await migrate(folder, '--allow-dirty')).status).toBe(0)
  })

  it('asks two repositories about two books', async () => {
    await using one = await createRepository(BOOK)
    await using two = await createRepository(BOOK)
    append(two, 'src/b.md')
    const { status, stderr } = await migrate(one, '.', two.path)
    expect(status).toBe(2)
    expect(stderr.match(/MDS070 {2}.*/g)).toEqual([expect.stringContaining(two.getPath('src/b.md'))])
    expect(read(one, 'src/a.md')).toBe(BOOK['src/a.md'])
  })
})

describe('run', () => {
  it('writes over nothing that git does not hold, unless it is told to', async () => {
    await using folder = await createRepository({ ...BOOK, 't.mjs': TRANSFORM })
    append(folder, 'src/a.md')
    const once = mdshift(['run', '-t', 't.mjs', 'src'], folder.path)
    expect([once.status, read(folder, 'src/b.md')]).toEqual([2, BOOK['src/b.md']])
    expect(once.stderr).toContain(
      'error MDS070  src/a.md: The file has changes that git does not hold yet: modified',
    )
    expect(mdshift(['run', '-t', 't.mjs', '--allow-dirty', 'src'], folder.path).status).toBe(0)
    expect(read(folder, 'src/a.md')).toBe('snow and wind\nmore\n')
  })
})

const TRANSFORM = "export default (file) => file.source.replaceAll('rain', 'snow')\n"

describe('migrate --commit', () => {
  const subjects = (folder: { git(...args: readonly string[]): string }) =>
    folder.git('log', '--reverse', '--format=%s').trim().split('\n').slice(1)

  it('makes one commit of each migration that changes something, and nothing else of it', async () => {
    await using folder = await createRepository({ ...BOOK, 'staged.txt': '', 'src/c.md': '' })
    append(folder, 'staged.txt', 'src/c.md')
    folder.git('add', 'staged.txt')
    const { status, stderr } = await migrate(folder, '--commit')
    expect([status, subjects(folder)]).toEqual([
      0,
      ['Migrate rain (0001): 3 edits in 2 files', 'Migrate east wind (0003): 1 edit in 1 file'],
    ])
    expect(folder.git('status', '--porcelain')).toBe(' M src/c.md\nM  staged.txt\n')
    expect(stderr).toMatch(/^Committed [0-9a-f]{7,} {2}Migrate rain \(0001\): 3 edits in 2 files$/m)
    expect(stderr).toMatch(/^Recorded in mdshift\.lock\.json: 0001-rain/m)
    expect(folder.git('log', '--name-only', '--format=').trim().split(/\n+/)).toEqual([
      'mdshift.lock.json',
      'src/a.md',
      'mdshift.lock.json',
      'src/a.md',
      'src/b.md',
      ...folder.git('show', '--name-only', '--format=', 'HEAD~2').trim().split('\n'),
    ])
    expect(folder.git('log', '-1', '--format=%b', 'HEAD~1').trim()).toBe(
      [
        'rain → drizzle: one word for another',
        '',
        'Edits: 3',
        'Files: 2',
        'Left: 0',
        'Migration: 0001-rain (sha256-rain)',
        'Mdshift: 1.2.3',
      ].join('\n'),
    )
  })

  it('does not touch in between what ends as it began', async () => {
    await using folder = await createRepository({ ...BOOK, 'src/c.md': 'sun\n' })
    const migrations = [
      SUN,
      wordMigration('0003-back', 'star', 'sun'),
      wordMigration('0004-and', 'and', 'or'),
    ]
    const { status } = await runCommand(folder.path, ['migrate', '--commit', '--no-verify'], { migrations })
    expect([status, subjects(folder)]).toEqual([0, ['Migrate and (0004): 1 edit in 1 file']])
  })

  it('has each state of the book in its commit, and what was made by then', async () => {
    await using folder = await createRepository(BOOK)
    await migrate(folder, '--commit')
    const at = (commit: string, file: string) => folder.git('show', `${commit}:${file}`)
    const made = (commit: string) => Object.keys(JSON.parse(at(commit, 'mdshift.lock.json')).migrations)
    expect([at('HEAD~1', 'src/a.md'), made('HEAD~1')]).toEqual(['drizzle and wind\n', ['0001-rain']])
    expect([at('HEAD', 'src/a.md'), made('HEAD')]).toEqual([
      'drizzle and breeze\n',
      MIGRATIONS.map(({ id }) => id),
    ])
  })

  it('commits the record alone where there is nothing to change', async () => {
    await using folder = await createRepository({ 'book.toml': '', 'a.md': 'clean\n' })
    expect((await migrate(folder, '--commit')).status).toBe(0)
    expect([subjects(folder), folder.git('status', '--porcelain')]).toEqual([
      ['Record 4 migrations as applied'],
      '',
    ])
    expect((await migrate(folder, '--commit')).status).toBe(0)
    expect(subjects(folder)).toHaveLength(1)
  })

  it('makes the first commit of a branch', async () => {
    await using folder = await createFixture({
      'book.toml': '',
      'a.md': 'rain\n',
      '.gitignore': '*.md\n',
      'x.txt': '',
    })
    gitIn(folder.path, 'init', '--quiet', '--initial-branch=main')
    gitIn(folder.path, 'add', 'x.txt')
    const { status, stderr } = await migrate(folder, '--commit', 'a.md')
    expect([status, gitIn(folder.path, 'show', '--name-only', '--format=%s')]).toEqual([
      0,
      'Record 4 migrations as applied\n\nmdshift.lock.json\n',
    ])
    expect(stderr).toContain('Written, and ignored by git: 1 file: a.md')
    expect(gitIn(folder.path, 'status', '--porcelain')).toBe('A  x.txt\n?? .gitignore\n?? book.toml\n')
  })

  it('commits names that git would take for patterns', async () => {
    const names = [':(glob)*.md', '-n.md', 'line\nbreak.md', '"a".md', ' é.md', '*.md']
    await using folder = await createRepository({
      'book.toml': '',
      ...Object.fromEntries(names.map((name) => [name, 'rain\n'])),
      'x.md': '',
    })
    append(folder, 'x.md')
    expect((await migrate(folder, '--commit')).status).toBe(0)
    expect(folder.git('status', '--porcelain', '-z')).toBe(' M x.md\0')
  })

  it('commits on a detached HEAD, and in a linked working tree', async () => {
    await using folder = await createRepository(BOOK)
    await using other = await createFixture({})
    folder.git('worktree', 'add', '--quiet', '--detach', other.getPath('linked'))
    const linked = { path: other.getPath('linked') }
    expect((await migrate(linked, '--commit')).status).toBe(0)
    expect(gitIn(linked.path, 'log', '-1', '--format=%s').trim()).toBe(
      'Migrate east wind (0003): 1 edit in 1 file',
    )
    expect(subjects(folder)).toEqual([])
  })

  it('commits a book in a folder of its repository, and one in a submodule', async () => {
    await using inner = await createRepository(BOOK)
    await using folder = await createRepository({ docs: { '[b]': BOOK }, 'other.txt': '' })
    folder.git('-c', 'protocol.file.allow=always', 'submodule', '--quiet', 'add', inner.path, 'sub')
    folder.git('commit', '--quiet', '--message=with a book')
    append(folder, 'other.txt')
    expect((await migrate(folder, '--commit', 'docs/[b]')).status).toBe(0)
    expect((await migrate({ path: folder.getPath('sub') }, '--commit')).status).toBe(0)
    expect(subjects(folder).slice(1)).toEqual([
      'Migrate rain (0001): 3 edits in 2 files',
      'Migrate east wind (0003): 1 edit in 1 file',
    ])
    expect(gitIn(folder.getPath('sub'), 'log', '-1', '--format=%s').trim()).toBe(
      'Migrate east wind (0003): 1 edit in 1 file',
    )
    expect(folder.git('status', '--porcelain')).toBe(' M other.txt\n M sub\n')
  })

  it('signs where the user does, and says why that fails', async () => {
    await using folder = await createRepository(BOOK)
    fs.writeFileSync(folder.getPath('.git/sign'), '#!/bin/sh\necho no key here >&2\nexit 1\n', {
      mode: 0o755,
    })
    folder.git('config', 'commit.gpgSign', 'true')
    folder.git('config', 'gpg.program', folder.getPath('.git/sign'))
    const { status, stderr } = await migrate(folder, '--commit')
    expect([status, subjects(folder)]).toEqual([2, []])
    expect(stderr).toMatch(/git: .*gpg failed to sign/)
  })

  it('leaves the hooks to their own patterns', async () => {
    await using folder = await createRepository(BOOK)
    fs.mkdirSync(folder.getPath('.git/hooks'), { recursive: true })
    const hook = '#!/bin/sh\ngit ls-files "src/*.md" > .git/seen\n'
    fs.writeFileSync(folder.getPath('.git/hooks/pre-commit'), hook, { mode: 0o755 })
    expect((await migrate(folder, '--commit')).status).toBe(0)
    expect(read(folder, '.git/seen')).toBe('src/a.md\nsrc/b.md\nsrc/c.md\n')
  })

  it('commits to each of several repositories', async () => {
    await using one = await createRepository(BOOK)
    await using two = await createRepository({ 'book.toml': '', 'a.md': 'wind and sun\n' })
    expect((await migrate(one, '--commit', '.', two.path)).status).toBe(0)
    expect(subjects(one)).toEqual([
      'Migrate rain (0001): 3 edits in 2 files',
      'Migrate east wind (0003): 1 edit in 1 file',
    ])
    expect(subjects(two)).toEqual([
      'Migrate no sun (0002): 1 edit in 1 file',
      'Migrate east wind (0003): 1 edit in 1 file',
    ])
    expect([one.git('status', '--porcelain'), two.git('status', '--porcelain')]).toEqual(['', ''])
  })

  it('says what a hook says, and what is committed, written and left by then', async () => {
    await using folder = await createRepository(BOOK)
    fs.mkdirSync(folder.getPath('.git/hooks'), { recursive: true })
    fs.writeFileSync(
      folder.getPath('.git/hooks/commit-msg'),
      '#!/bin/sh\nif grep -q wind "$1"; then echo "no wind" >&2; echo "in here" >&2; exit 1; fi\n',
      { mode: 0o755 },
    )
    const migrations = [...MIGRATIONS, wordMigration('0005-and', 'and', 'or')]
    const { status, stderr } = await runCommand(folder.path, ['migrate', '--no-fsync', '--commit'], {
      migrations,
    })
    expect([status, stderr.split('\n')]).toEqual([
      2,
      [
        expect.stringMatching(/^Committed [0-9a-f]+ {2}Migrate rain/),
        'error MDS073  .: git did not make the commit: Migrate east wind (0003): 1 edit in 1 file',
        expect.stringContaining('`mdshift undo`'),
        '  git: no wind',
        '  git: in here',
        'Written, and not committed: 2 files: src/a.md, mdshift.lock.json',
        'Not written: 0005-and',
        '',
      ],
    ])
    expect([subjects(folder), read(folder, 'src/a.md')]).toEqual([
      ['Migrate rain (0001): 3 edits in 2 files'],
      'drizzle and breeze\n',
    ])
    expect((await runCommand(folder.path, ['undo'], { migrations })).status).toBe(0)
    expect(folder.git('status', '--porcelain')).toBe('')
  })

  it('leaves no trace in the index of a new file whose commit is refused', async () => {
    await using folder = await createRepository(BOOK)
    fs.mkdirSync(folder.getPath('.git/hooks'), { recursive: true })
    fs.writeFileSync(folder.getPath('.git/hooks/pre-commit'), '#!/bin/sh\nexit 1\n', { mode: 0o755 })
    expect((await migrate(folder, '--commit')).status).toBe(2)
    expect(folder.git('status', '--porcelain')).toBe(' M src/a.md\n M src/b.md\n?? mdshift.lock.json\n')
  })

  it('is stopped by a hook that rewrites what comes next', async () => {
    await using folder = await createRepository(BOOK)
    fs.mkdirSync(folder.getPath('.git/hooks'), { recursive: true })
    fs.writeFileSync(folder.getPath('.git/hooks/post-commit'), '#!/bin/sh\necho more >> src/a.md\n', {
      mode: 0o755,
    })
    const { status, stderr } = await migrate(folder, '--commit')
    expect([status, subjects(folder)]).toEqual([2, ['Migrate rain (0001): 3 edits in 2 files']])
    expect(stderr).toMatch(/MDS007 {2}src\/a\.md: .* has changed since it was read/)
    expect(stderr).toContain('Not written: 0003-east-wind')
    expect(read(folder, 'src/a.md')).toBe('drizzle and wind\nmore\n')
  })

  describe('refuses, with nothing written,', () => {
    const refused = async (folder: FsFixture, ...argv: readonly string[]) => {
      const before = read(folder, 'src/a.md')
      const { status, stderr } = await migrate(folder, '--commit', ...argv)
      expect([status, read(folder, 'src/a.md')]).toEqual([2, before])
      return stderr
    }

    it.each([
      ['--dry-run', /MDS009.*--commit says nothing with --dry-run/],
      ['--allow-dirty', /MDS009.*--commit does not go with --allow-dirty/],
      ['--commit=yes', /MDS009.*--commit/],
    ])('%s', async (flag, message) => {
      await using folder = await createRepository(BOOK)
      expect(await refused(folder, flag)).toMatch(message)
    })

    it('where there is no repository', async () => {
      await using folder = await createFixture(BOOK)
      expect(await refused(folder)).toMatch(/MDS072 {2}src\/a\.md: .*: it is in no repository/)
    })

    it('where there is no git', async () => {
      await using folder = await createRepository(BOOK)
      vi.stubEnv('PATH', folder.path)
      expect(await refused(folder)).toMatch(/MDS072 {2}.*there is no git program/)
    })

    it('what mdshift wrote and nobody committed', async () => {
      await using folder = await createRepository(BOOK)
      await migrate(folder, '--to', '1')
      expect(await refused(folder)).toMatch(/MDS070 {2}src\/a\.md/)
    })

    it('what only a later migration would not be able to write', async () => {
      await using folder = await createRepository({ ...BOOK, 'src/d.md': 'wind\n' })
      fs.chmodSync(folder.getPath('src/d.md'), 0o444)
      expect(await refused(folder)).toMatch(/MDS007 {2}src\/d\.md: .*read-only/)
    })

    it('what git would leave out of every commit', async () => {
      await using folder = await createRepository(BOOK)
      folder.git('update-index', '--skip-worktree', 'src/a.md')
      const { status, stderr } = await migrate(folder, '--commit')
      expect([status, stderr]).toEqual([2, expect.stringContaining('MDS072  src/a.md')])
      expect(stderr).toContain('--skip-worktree')
      expect(read(folder, 'src/b.md')).toBe('rain, rain\n')
    })

    it('where git knows no author', async () => {
      await using folder = await createRepository(BOOK)
      for (const name of Object.keys(GIT_ENVIRONMENT))
        if (/NAME|EMAIL/.test(name)) vi.stubEnv(name, undefined)
      folder.git('config', 'user.useConfigOnly', 'true')
      expect(await refused(folder)).toMatch(/MDS072 {2}\.: .*whom to name as the author/)
    })

    it.each(['MERGE_HEAD', 'CHERRY_PICK_HEAD', 'REVERT_HEAD', 'rebase-merge', 'rebase-apply', 'index.lock'])(
      'while there is %s',
      async (name) => {
        await using folder = await createRepository(BOOK)
        fs.writeFileSync(folder.getPath(`.git/${name}`), folder.git('rev-parse', 'HEAD'))
        expect(await refused(folder)).toMatch(/MDS072 {2}\.: .*(in progress|another git)/)
      },
    )
  })
})
