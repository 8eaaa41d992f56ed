import { describe, expect, it } from 'vitest'
import { migrateTexts } from '../../test/support/book.ts'
import labelSeparators from '../../transforms/0002-label-separators/index.ts'

const texts = {
  'chapter.md': '[c-diesel][] rain\n\n[c-diesel-docs]: https://diesel.rs/guides\n',
  'other.md': '[c-diesel-docs]\n\n[c-diesel]: https://docs.rs/diesel\n',
}

describe('labels of which each is text where only the other is defined', () => {
  it.each([
    ['one order', texts],
    ['the other', Object.fromEntries(Object.entries(texts).reverse())],
  ])('all stay, in %s of the files', async (_, book) => {
    const report = await migrateTexts(book, { migrations: [labelSeparators] })
    expect(Object.fromEntries(report.files.map(({ path, after }) => [path, after]))).toEqual(texts)
    expect(report.files.flatMap(({ findings }) => findings.map(({ kind }) => kind))).not.toContain('change')
  })
})
