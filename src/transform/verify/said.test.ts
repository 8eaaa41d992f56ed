import { describe, expect, it } from 'vitest'
import { chapterOf } from '../../../test/support/chapter.ts'
import { labelId } from '../../label-id.ts'
import { render } from '../../markdown/rendered.ts'
import { apart } from './apart.ts'
import { definitionsOf, type Showing, saidOf } from './said.ts'
import { noteOf, shownBy } from './shown.ts'

/** What a text's tree says. */
const said = (text: string) => {
  const chapter = chapterOf(text)
  const definitions = definitionsOf(chapter.tree)
  const showing: Showing = {
    chapter,
    resolve(id) {
      const found = definitions.get(id)
      return found && { destination: found.url, title: found.title ?? '' }
    },
    shownFor: ({ start, end }) => chapter.text.slice(start, end),
    parse: (part) => chapterOf(`\n${part}`, ...definitions.keys()),
  }
  const { tokens } = render(text)
  return saidOf(chapter.tree.children, showing, (note) => tokens.some((token) => noteOf(token) === note))
}
/** What a renderer shows of all of it. */
const shown = (text: string) => {
  const range = { start: 0, end: text.length }
  const [all] = apart(render(text), render(text), [{ before: range, after: range }]).inside
  return shownBy(all?.after ?? [])
}

describe('a tree says what a renderer shows of', () => {
  it.each<[string, string]>([
    ['words and breaks', 'It  rains\nand rains.  \nIt pours.\\\nStill.\n\nNext.\n'],
    ['emphasis', 'It *rains* and **pours**, ~~or~~ `a  b` not.\n'],
    ['links', '[a *b*](c "d") <https://example.org/ä> [e](<f g>) ![h *i*](j "k")\n'],
    ['references', '[a][b] [b][] [B] ![c][b]\n\n[b]: /rain "wet"\n'],
    ['references to nothing', '[a][b] ![c][d] [e]\n'],
    ['headings', '# A\n\nB *c*\n===\n\n## D {#d .e f=g}\n\n### `h` ###\n'],
    ['code', '```rust,ignore title="x"\nlet a;\n\n\n```\n\n    b\n\n      c\n\n```\n```\n'],
    ['a fence with tabs', '- a\n\n  ```\n  \tb\n  ```\n'],
    ['a fence that nobody closes', '> ~~~ text\n> a\n'],
    ['quotes', '> a\nlazy\n>\n> > b\n'],
    ['tight lists', '- a\n- b\n  - c\n\n1. d\n2) e\n'],
    ['loose lists', '3. a\n\n   b\n\n4. c\n\n   ```\n   d\n   ```\n'],
    ['tasks', '- [ ] a\n- [x] b\n\n  c\n'],
    ['tables', '| a | b | c |\n|:--|:-:|---|\n| *d* | `e` |\n| f \\| g | | | h |\n'],
    ['raw HTML', '<div>\na\n</div>\n\nb <b>c</b> <!-- d -->\n\n<!--\ne\n-->\n'],
    ['footnotes', 'a[^1] b[^two] c[^1]\n\n[^two]: D *e*.\n\n    F.\n\n[^1]: g\n'],
    ['footnotes that nothing refers to', '[^1]: a\n\n[^1]: b\n'],
    ['rules', 'a\n\n---\n\nb\n'],
    ['escapes and references to characters', '\\*a\\* &amp; &#x2BB3; &nbsp; \\[b]\n'],
    ['directives', 'a {{hi:b}}\n\n{{#include c.md}}\nd\n\n{{#playground e.rs}}\n'],
    ['wikilinks', '[[a]] [[b | C]]\n\n[a]: /a\n'],
    ['what looks like front matter', '---\ntitle: a\n---\n\nb\n'],
    ['line endings of another kind', 'a\r\nb\r\n\r\n```\r\nc\r\nd\r\n```\r\n'],
    ['nothing', '\n\n[a]: b\n'],
  ])('%s', (_, text) => {
    expect(said(text)).toEqual(shown(text))
  })
})

describe('it says something else where', () => {
  it.each<[string, string, string]>([
    ['a word is another', 'a b\n', 'a c\n'],
    ['a paragraph begins', 'a b\n', 'a\n\nb\n'],
    ['a link leads elsewhere', '[a](b)\n', '[a](c)\n'],
    ['a link has another text', '[a](b)\n', '[c](b)\n'],
    ['a link has a title', '[a](b)\n', '[a](b "c")\n'],
    ['a reference leads elsewhere', '[a]\n\n[a]: b\n', '[a]\n\n[a]: c\n'],
    ['a link is none', '[a](b)\n', '[a] (b)\n'],
    ['a picture is another', '![a](b)\n', '![a](c)\n'],
    ['a picture is described otherwise', '![a](b)\n', '![c](b)\n'],
    ['a heading is of another level', '# a\n', '## a\n'],
    ['a heading has an id', '# a\n', '# a {#b}\n'],
    ['code is other code', '`a`\n', '`b`\n'],
    ['code is in another language', '```a\nb\n```\n', '```c\nb\n```\n'],
    ['code is text', '`a`\n', 'a\n'],
    ['raw HTML is other raw HTML', '<b>\n', '<i>\n'],
    ['an item goes', '- a\n- b\n', '- a b\n'],
    ['a list counts from elsewhere', '1. a\n', '2. a\n'],
    ['a task is done', '- [ ] a\n', '- [x] a\n'],
    ['a cell stands elsewhere', '| a | b |\n|---|---|\n| c | d |\n', '| a | b |\n|---|---|\n| d | c |\n'],
    ['a quote ends', '> a\n\nb\n', '> a\n>\n> b\n'],
    ['a footnote says something else', 'a[^1]\n\n[^1]: b\n', 'a[^1]\n\n[^1]: c\n'],
    ['a footnote is another', 'a[^1]\n\n[^1]: b\n\n[^2]: c\n', 'a[^2]\n\n[^1]: b\n\n[^2]: c\n'],
  ])('%s', (_, one, other) => {
    expect(said(one)).not.toEqual(shown(other))
  })
})

it('a label is found as CommonMark compares it', () => {
  const { tree } = chapterOf('[A  b]: c\n\n[a B]: d\n')
  expect([...definitionsOf(tree)].map(([id, { url }]) => [id, url])).toEqual([[labelId('a b'), 'c']])
})
