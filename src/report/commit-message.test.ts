import { describe, expect, it } from 'vitest'
import { commitMessage, recordMessage } from './commit-message.ts'

const DONE = { edits: 4, files: 2, left: 1 }
const migration = (id: string) => ({ id, summary: 'c-a → c~a: separators', checksum: 'sha256-1' })

describe('commitMessage', () => {
  it('says what was done, how often, and by whom', () => {
    expect(commitMessage(migration('0002-label-separators'), DONE, '0.1.0')).toEqual({
      subject: 'Migrate label separators (0002): 4 edits in 2 files',
      body: 'c-a → c~a: separators\n\nEdits: 4\nFiles: 2\nLeft: 1\nMigration: 0002-label-separators (sha256-1)\nMdshift: 0.1.0\n',
    })
  })

  it('names the pack of a migration', () => {
    const { subject } = commitMessage(migration('mdbook-0.5/0002-alerts'), { ...DONE, files: 1 }, '0.1.0')
    expect(subject).toBe('Migrate alerts (mdbook-0.5/0002): 4 edits in 1 file')
  })

  it.each([
    [
      '0001-a-name-that-leaves-no-room-for-numbers-behind-it',
      'Migrate a name that leaves no room for numbers behind it (0001)',
    ],
    [`0001-${'ß'.repeat(90)}`, `Migrate ${'ß'.repeat(63)}…`],
    ['rename', 'Migrate rename: 4 edits in 2 files'],
    ['0001-a\nb', 'Migrate a\\nb (0001): 4 edits in 2 files'],
  ])('keeps the subject of %j short, and on one line', (id, subject) => {
    expect(commitMessage(migration(id), DONE, '0.1.0').subject).toBe(subject)
    expect([...subject].length).toBeLessThanOrEqual(72)
  })
})

describe('recordMessage', () => {
  it('names the migrations', () => {
    expect(recordMessage(['0001-a', '0002-b'], '0.1.0')).toEqual({
      subject: 'Record 2 migrations as applied',
      body: 'Migration: 0001-a\nMigration: 0002-b\nMdshift: 0.1.0\n',
    })
  })
})
