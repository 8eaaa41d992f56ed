/** The facts that docstrings of collections, builders and their helpers state. */
import { expect } from 'vitest'
import { b } from '../../src/transform/builders.ts'
import { associationOf } from '../../src/transform/collection/label.ts'
import { matches } from '../../src/transform/collection/match.ts'
import { renameFootnote, renameLabel } from '../../src/transform/collection/rename-label.ts'
import { blocksOf, inlinesOf, md } from '../../src/transform/md.ts'
import { bare } from './codemod.ts'

export const COLLECTION_EXAMPLES = {
  md: {
    says: `md('# Rain\\n\\n*  wet\\n').find('heading').replaceWith(() => b.heading(1, 'Snow')).toSource()
// → '# Snow\\n\\n*  wet\\n'`,
    check: () =>
      expect(
        md('# Rain\n\n*  wet\n')
          .find('heading')
          .replaceWith(() => b.heading(1, 'Snow'))
          .toSource(),
      ).toBe('# Snow\n\n*  wet\n'),
  },
  blocksOf: {
    says: "md('a\\n').find('paragraph').replaceWith(b.blockquote(blocksOf('*  b\\n*  c'))).toSource() // → '> *  b\\n> *  c\\n'",
    check: () =>
      expect(
        md('a\n')
          .find('paragraph')
          .replaceWith(b.blockquote(blocksOf('*  b\n*  c')))
          .toSource(),
      ).toBe('> *  b\n> *  c\n'),
  },
  inlinesOf: {
    says: "md('# a').find('heading').replaceWith(() => b.heading(2, inlinesOf('b `c`'))).toSource() // → '## b `c`'",
    check: () =>
      expect(
        md('# a')
          .find('heading')
          .replaceWith(() => b.heading(2, inlinesOf('b `c`')))
          .toSource(),
      ).toBe('## b `c`'),
  },
  b: {
    says: "b.heading(2, ['The ', b.inlineCode('slab'), ' crate'])",
    check: () =>
      expect([b.heading(2, ['The ', b.inlineCode('slab'), ' crate'])]).toEqual(
        md('## The `slab` crate').get().node.children.map(bare),
      ),
  },
  find: {
    says: "md('# a\\n\\n## b').find('heading', { depth: 2 }).length // → 1",
    check: () => expect(md('# a\n\n## b').find('heading', { depth: 2 }).length).toBe(1),
  },
  closest: {
    says: "md('> [a](b)').find('link').closest('blockquote').length // → 1",
    check: () => expect(md('> [a](b)').find('link').closest('blockquote').length).toBe(1),
  },
  replaceWith: {
    says: "md('*a*').find('emphasis').replaceWith(({ node }) => b.strong(node.children)).toSource() // → '**a**'",
    check: () =>
      expect(
        md('*a*')
          .find('emphasis')
          .replaceWith(({ node }) => b.strong(node.children))
          .toSource(),
      ).toBe('**a**'),
  },
  matches: {
    says: "matches({ type: 'link', url: 'http://a.b', title: null }, { url: /^http:/, title: undefined }) // → true",
    check: () => {
      const link = { type: 'link', url: 'http://a.b', title: null }
      expect(matches(link, { url: /^http:/, title: undefined })).toBe(true)
    },
  },
  associationOf: {
    says: "associationOf('C-Slab\\\\*') // → { identifier: 'c-slab\\\\*', label: 'C-Slab*' }",
    check: () => expect(associationOf('C-Slab\\*')).toEqual({ identifier: 'c-slab\\*', label: 'C-Slab*' }),
  },
  renameLabel: {
    says: `const chapter = md('[slab], [a][slab]\\n\\n[slab]: x.md')
renameLabel(chapter, 'slab', 'c~slab') // → 3
chapter.toSource() // → '[slab][c~slab], [a][c~slab]\\n\\n[c~slab]: x.md'`,
    check: () => {
      const chapter = md('[slab], [a][slab]\n\n[slab]: x.md')
      expect(renameLabel(chapter, 'slab', 'c~slab')).toBe(3)
      expect(chapter.toSource()).toBe('[slab][c~slab], [a][c~slab]\n\n[c~slab]: x.md')
    },
  },
  renameFootnote: {
    says: `const chapter = md('a[^1]\\n\\n[^1]: b')
renameFootnote(chapter, '1', 'rain') // → 2
chapter.toSource() // → 'a[^rain]\\n\\n[^rain]: b'`,
    check: () => {
      const chapter = md('a[^1]\n\n[^1]: b')
      expect(renameFootnote(chapter, '1', 'rain')).toBe(2)
      expect(chapter.toSource()).toBe('a[^rain]\n\n[^rain]: b')
    },
  },
  replaceText: {
    says: "md('rain `rain` [rain](rain.md)').replaceText('rain', 'snow').toSource() // → 'snow `rain` [snow](rain.md)'",
    check: () =>
      expect(md('rain `rain` [rain](rain.md)').replaceText('rain', 'snow').toSource()).toBe(
        'snow `rain` [snow](rain.md)',
      ),
  },
  setUrl: {
    says: "md('[a](http://a.b)').find('link').setUrl('https://a.b').toSource() // → '[a](https://a.b)'",
    check: () =>
      expect(md('[a](http://a.b)').find('link').setUrl('https://a.b').toSource()).toBe('[a](https://a.b)'),
  },
  setHeadingId: {
    says: "md('# Rain').find('heading').setHeadingId('rain').toSource() // → '# Rain {#rain}'",
    check: () => expect(md('# Rain').find('heading').setHeadingId('rain').toSource()).toBe('# Rain {#rain}'),
  },
  addClass: {
    says: "md('# Rain {#r}').find('heading').addClass('skip').toSource() // → '# Rain {#r .skip}'",
    check: () =>
      expect(md('# Rain {#r}').find('heading').addClass('skip').toSource()).toBe('# Rain {#r .skip}'),
  },
  removeClass: {
    says: "md('# Rain {.skip}').find('heading').removeClass('skip').toSource() // → '# Rain'",
    check: () => expect(md('# Rain {.skip}').find('heading').removeClass('skip').toSource()).toBe('# Rain'),
  },
}
