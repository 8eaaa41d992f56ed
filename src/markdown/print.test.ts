import type {
  Blockquote,
  Definition,
  Heading,
  ListItem,
  Nodes,
  Paragraph,
  Parents,
  Root,
  RootContent,
} from 'mdast'
import { visit } from 'unist-util-visit'
import { describe, expect, it } from 'vitest'
import { labelId } from '../label-id.ts'
import { isFlow } from '../transform/collection/content.ts'
import { withOrigins } from './origin.ts'
import { type Chapter, parseChapter } from './parse.ts'
import { type Printed, printChanges } from './print.ts'

function chapterOf(text: string, known: readonly string[] = []): Chapter {
  return withOrigins(parseChapter('a.md', text, (id) => known.some((label) => labelId(label) === id)))
}

/** Applies edits as anybody would, from the end. */
function applied(text: string, printed: Printed): string {
  if (!printed.ok) return `refused: ${printed.message}`
  return printed.edits
    .toReversed()
    .reduce((so, { start, end, text: by }) => so.slice(0, start) + by + so.slice(end), text)
}

type Change = (tree: Root) => void

function printedAs(text: string, change: Change, known: readonly string[] = []): string {
  const chapter = chapterOf(text, known)
  change(chapter.tree)
  const printed = printChanges(chapter)
  if (printed.ok) expect(applied(text, printed)).toBe(printed.text)
  return applied(text, printed)
}

/** The nth node of a type. */
function nth<Type extends Nodes['type']>(tree: Nodes, type: Type, index = 0): Extract<Nodes, { type: Type }> {
  const found: Extract<Nodes, { type: Type }>[] = []
  visit(tree, type, (node) => {
    found.push(node as Extract<Nodes, { type: Type }>)
  })
  const node = found[index]
  if (!node) throw new Error(`no ${type} ${index}`)
  return node
}

function paragraph(value: string): Paragraph {
  return { type: 'paragraph', children: [{ type: 'text', value }] }
}

function definition(label: string, url: string): Definition {
  return { type: 'definition', label, identifier: label, url }
}

function item(value: string): ListItem {
  return { type: 'listItem', children: [paragraph(value)] }
}

function childrenOf(node: Nodes): Nodes[] {
  return (node as Parents).children as Nodes[]
}

interface Case {
  readonly name: string
  readonly text: string
  readonly change: Change
  readonly gives: string
}

function check(cases: readonly Case[]): void {
  it.each(cases)('$name', ({ text, change, gives }) => {
    expect(printedAs(text, change)).toBe(gives)
  })
}

describe('text', () => {
  check([
    {
      name: 'a line put in front of another, in a quote and in an item',
      text: '> **Note:** x\n\n- **Note:** x\n',
      change: (tree) => {
        for (const index of [0, 1])
          nth(tree, 'paragraph', index).children.splice(0, 2, { type: 'text', value: 'Note\nx' })
      },
      gives: '> Note\n> x\n\n- Note\n  x\n',
    },
    {
      name: 'one word, beside escapes that stay',
      text: 'one \\* two *three* four\nfive',
      change: (tree) => {
        nth(tree, 'text', 2).value = ' snake_case four\nsix'
      },
      gives: 'one \\* two *three* snake_case four\nsix',
    },
    {
      name: 'what would be markup is escaped, and only then',
      text: 'one two three\n',
      change: (tree) => {
        nth(tree, 'text').value = '# one *two* [x] three'
      },
      gives: '\\# one \\*two\\* \\[x] three\n',
    },
    {
      name: 'space at the ends, directives and wikilinks stay text',
      text: 'one\n',
      change: (tree) => {
        nth(tree, 'text').value = ' one {{x}} [[y]] '
      },
      gives: '&#x20;one \\{{x}} \\[\\[y]]&#x20;\n',
    },
    {
      name: 'space at the ends of lines stays',
      text: 'one two \n  three \t \n\nfour\n',
      change: (tree) => {
        nth(tree, 'text').value = 'one 2\n3'
      },
      gives: 'one 2 \n  3 \t \n\nfour\n',
    },
    {
      name: 'at the front of a line in a list item, and in a quote',
      text: '1. one\n   two three\n\n> a &copy; \\.\n> four &copy;\n',
      change: (tree) => {
        nth(tree, 'text').value = 'one\n2 three'
        nth(tree, 'text', 1).value = 'a © .\n4 ©'
      },
      gives: '1. one\n   2 three\n\n> a &copy; \\.\n> 4 &copy;\n',
    },
    {
      name: 'a no-break space is no space at the end of a line',
      text: '*one*\u00a0two\n',
      change: (tree) => {
        nth(tree, 'paragraph').children.shift()
      },
      gives: '\u00a0two\n',
    },
    {
      name: 'an alert that is escaped stays none',
      text: '> \\[!NOTE]\n> one\n',
      change: (tree) => {
        nth(tree, 'text').value = '[!NOTE]\ntwo'
      },
      gives: '> \\[!NOTE]\n> two\n',
    },
    {
      name: 'in a quote with CRLF',
      text: '> one two\r\n> three\r\n',
      change: (tree) => {
        nth(tree, 'text').value = 'one 2\nthree and four'
      },
      gives: '> one 2\r\n> three and four\r\n',
    },
    {
      name: 'on a lazy line',
      text: '> one\ntwo three\n> four\n',
      change: (tree) => {
        nth(tree, 'text').value = 'one\ntwo 3\nfour'
      },
      gives: '> one\ntwo 3\n> four\n',
    },
    {
      name: 'at the end of a heading, in braces',
      text: '# One\n',
      change: (tree) => {
        nth(tree, 'text').value = 'One {#two}'
      },
      gives: '# One &#x7B;#two}\n',
    },
    {
      name: 'an inner change and one around it are both made',
      text: 'one *two [three](u)* four\n',
      change: (tree) => {
        nth(tree, 'text').value = '1 '
        nth(tree, 'link').url = 'v'
        nth(tree, 'emphasis').children.push({ type: 'text', value: '!' })
      },
      gives: '1 *two [three](v)!* four\n',
    },
    {
      name: 'what is left beside what goes loses the space between them',
      text: 'one *two*\n\n| a [b](c) |\n|---|\n',
      change: (tree) => {
        nth(tree, 'paragraph').children.pop()
        nth(tree, 'tableCell').children.pop()
      },
      gives: 'one\n\n| a |\n|---|\n',
    },
    {
      name: 'a box in emphasis, on which the parser fails',
      text: '- [ ] *one* two\n',
      change: (tree) => {
        nth(tree, 'text').value = '\n[ ] x'
        nth(tree, 'text', 1).value = 'rain'
      },
      gives: '- [ ] *&#xA;\\[ ] x*rain\n',
    },
    {
      name: 'runs of marks that pair for micromark alone',
      text: '******foo******\n',
      change: (tree) => {
        const [outer] = nth(tree, 'paragraph').children
        if (outer?.type !== 'strong' || outer.children[0]?.type !== 'strong') return
        outer.children[0].children.unshift({ type: 'text', value: '===' })
        outer.children.push(structuredClone(outer.children[0]))
      },
      gives: 'refused: no Markdown reads as this paragraph',
    },
    {
      name: 'marks between a letter and a symbol, which readers read in two ways',
      text: 'one\n',
      change: (tree) => {
        nth(tree, 'paragraph').children.unshift({
          type: 'emphasis',
          children: [{ type: 'text', value: '😀' }],
        })
      },
      gives: 'refused: marks between a letter and a symbol are read in two ways',
    },
    {
      name: 'marks between two characters beyond U+FFFF',
      text: '\u{10FFFF}\n',
      change: (tree) => {
        nth(tree, 'paragraph').children.push({ type: 'delete', children: [{ type: 'text', value: '😀' }] })
      },
      gives: 'refused: marks between a letter and a symbol are read in two ways',
    },
    {
      name: 'emphasis in the middle of a word',
      text: 'abc\n',
      change: (tree) => {
        nth(tree, 'paragraph').children = [
          { type: 'text', value: 'a' },
          { type: 'emphasis', children: [{ type: 'text', value: 'b' }] },
          { type: 'text', value: 'c' },
        ]
      },
      gives: 'a*b*c\n',
    },
  ])
})

describe('links and labels', () => {
  check([
    {
      name: 'new definitions stand as the others do',
      text: 'A.\n',
      change: (tree) => tree.children.push(definition('b', 'c'), definition('d', 'e')),
      gives: 'A.\n\n[b]: c\n[d]: e\n',
    },
    {
      name: 'new definitions right below the last one',
      text: '[a]: b\n\nA.\n\n> [f]: g\n',
      change: (tree) => {
        tree.children.splice(1, 0, definition('b', 'c'), definition('d', 'e'))
        nth(tree, 'blockquote').children.unshift(definition('h', 'i'))
      },
      gives: '[a]: b\n[b]: c\n[d]: e\n\nA.\n\n> [h]: i\n> [f]: g\n',
    },
    {
      name: 'new definitions, where the others are apart',
      text: '[a]: b\n\n[c]: d\n',
      change: (tree) => tree.children.push(definition('e', 'f'), definition('g', 'h')),
      gives: '[a]: b\n\n[c]: d\n\n[e]: f\n\n[g]: h\n',
    },
    {
      name: 'addresses in their own spelling',
      text: '[x](<a b> "t") [y](u)\n',
      change: (tree) => {
        nth(tree, 'link').url = 'c(d'
        nth(tree, 'link', 1).url = 'p q'
        nth(tree, 'link', 1).title = 'T"x'
      },
      gives: '[x](<c(d> "t") [y](<p q> "T\\"x")\n',
    },
    {
      name: 'what stays of an address stays as it is spelled',
      text: '[x](http://old/a&amp;b\\_c) [y](<http://old/d&#40;>)\n',
      change: (tree) => {
        nth(tree, 'link').url = 'http://new/a&b_c'
        nth(tree, 'link', 1).url = 'http://new/d('
      },
      gives: '[x](http://new/a&amp;b\\_c) [y](<http://new/d&#40;>)\n',
    },
    {
      name: 'an autolink that no longer is its text',
      text: '<https://x.y>\n',
      change: (tree) => {
        nth(tree, 'link').url = 'https://z'
      },
      gives: '[https://x.y](https://z)\n',
    },
    {
      name: 'the text of a shortcut: it leads where it led',
      text: '[Foo]\n\n[foo]: /u\n',
      change: (tree) => {
        nth(tree, 'text').value = 'Bar'
      },
      gives: '[Bar][Foo]\n\n[foo]: /u\n',
    },
    {
      name: 'a label with an escaped bracket stays as it is written',
      text: '[x][a\\]b]\n\n[a\\]b]: /u\n',
      change: (tree) => {
        nth(tree, 'text').value = 'y'
        nth(tree, 'definition').url = '/v'
      },
      gives: '[y][a\\]b]\n\n[a\\]b]: /v\n',
    },
    {
      name: 'a new label',
      text: '[x][Foo]\n\n[foo]: <u>\n',
      change: (tree) => {
        nth(tree, 'linkReference').label = 'b~c'
        nth(tree, 'definition').label = 'b~c'
      },
      gives: '[x][b~c]\n\n[b~c]: <u>\n',
    },
    {
      name: 'a label that differs from the text in its case alone',
      text: '[Foo][]\n\n[foo]: /u\n',
      change: (tree) => {
        nth(tree, 'linkReference').label = 'foo'
      },
      gives: '[Foo][foo]\n\n[foo]: /u\n',
    },
    {
      name: 'an alt text, flattened in the tree',
      text: '![one *two* [three](d)](u)\n',
      change: (tree) => {
        nth(tree, 'image').alt = 'one two 3'
      },
      gives: '![one two 3](u)\n',
    },
    {
      name: 'the address of an image leaves its alt text as it is written',
      text: '![one *two*](u "t")\n',
      change: (tree) => {
        nth(tree, 'image').url = 'v'
      },
      gives: '![one *two*](v "t")\n',
    },
    {
      name: 'a definition that is new makes no link of a text',
      text: 'see [x]\n',
      change: (tree) => {
        tree.children.push({ type: 'definition', label: 'x', identifier: 'x', url: 'u' })
      },
      gives: 'see \\[x]\n\n[x]: u\n',
    },
    {
      name: 'a link in a link',
      text: 'a [b](u)\n',
      change: (tree) => {
        nth(tree, 'link').children = [
          { type: 'link', url: 'v', children: [{ type: 'text', value: 'x' }] } as never,
        ]
      },
      gives: 'refused: a link cannot stand in a link',
    },
    {
      name: 'two code spans beside each other',
      text: '`a` x `b`\n',
      change: (tree) => {
        nth(tree, 'paragraph').children.splice(1, 1)
      },
      gives: 'refused: two code spans cannot stand beside each other',
    },
  ])
})

describe('headings', () => {
  check([
    {
      name: 'levels, with the closing sequence and the underline',
      text: '# One #\n\nTwo\n===\n\nThree\n---\n',
      change: (tree) => {
        visit(tree, 'heading', (heading: Heading) => {
          heading.depth = heading.depth === 1 ? 2 : 3
        })
      },
      gives: '## One ##\n\nTwo\n---\n\n### Three ###\n',
    },
    {
      name: 'attributes: words that stay keep their places',
      text: '# One {.x key=v #old}\n\n## Two\n\nThree {#gone}\n---\n',
      change: (tree) => {
        nth(tree, 'heading').attributes = { id: 'new', classes: ['x', 'y'], others: ['key=v'] }
        nth(tree, 'heading', 1).attributes = { id: 'two', classes: ['skip'], others: [] }
        delete nth(tree, 'heading', 2).attributes
      },
      gives: '# One {.x key=v #new .y}\n\n## Two {#two .skip}\n\nThree\n---\n',
    },
  ])
})

describe('blocks that come, go and move', () => {
  check([
    {
      name: 'of a text from elsewhere, only the block that a tab shifts is written anew',
      text: 'a\n',
      change: (tree) => {
        const { tree: other } = chapterOf('[!NOTE]\n\n\tcode\n\n*  item\n')
        tree.children = [{ type: 'blockquote', children: other.children.filter(isFlow) }]
      },
      gives: '> [!NOTE]\n>\n> ```\n> code\n> ```\n>\n> *  item\n',
    },
    {
      name: 'in a quote',
      text: '> one\n>\n> two\n',
      change: (tree) => {
        childrenOf(nth(tree, 'blockquote')).splice(1, 0, paragraph('new'), { type: 'code', value: 'x\n\ny' })
      },
      gives: '> one\n>\n> new\n>\n> ```\n> x\n>\n> y\n> ```\n>\n> two\n',
    },
    {
      name: 'in a list item',
      text: '- one\n\n  two\n- three\n',
      change: (tree) => {
        childrenOf(nth(tree, 'listItem')).splice(1, 0, paragraph('new\nline'))
      },
      gives: '- one\n\n  new\n  line\n\n  two\n- three\n',
    },
    {
      name: 'items of a tight list',
      text: '* one\n* two\n\nthree\n',
      change: (tree) => {
        childrenOf(nth(tree, 'list')).splice(1, 0, item('new'))
      },
      gives: '* one\n* new\n* two\n\nthree\n',
    },
    {
      name: 'a list that counts goes on counting',
      text: '1. one\n2. two\n3. three\n',
      change: (tree) => {
        childrenOf(nth(tree, 'list')).splice(1, 0, item('new'))
      },
      gives: '1. one\n2. new\n3. two\n4. three\n',
    },
    {
      name: 'a number that becomes longer moves its lines',
      text: '8. one\n9. two\n\n   three\n',
      change: (tree) => {
        nth(tree, 'list').start = 9
      },
      gives: '9. one\n10. two\n\n    three\n',
    },
    {
      name: 'with CRLF, once',
      text: 'one\r\n\r\ntwo\r\n',
      change: (tree) => {
        tree.children.splice(1, 0, { type: 'code', value: 'x\r\ny' }, paragraph('p\nq'))
      },
      gives: 'one\r\n\r\n```\r\nx\r\ny\r\n```\r\n\r\np\r\nq\r\n\r\ntwo\r\n',
    },
    {
      name: 'the only one of a loose list that keeps its items apart',
      text: '> - one\n> - two\n>\n> - three\n',
      change: (tree) => {
        childrenOf(nth(tree, 'list')).pop()
      },
      gives: '> - one\n>\n> - two\n',
    },
    {
      name: 'a rule in an item, and one below a paragraph of an item',
      text: '- one\n- two\n',
      change: (tree) => {
        nth(tree, 'listItem').children = [{ type: 'thematicBreak' }]
        nth(tree, 'listItem', 1).children.push({ type: 'thematicBreak' })
      },
      gives: '- ***\n- two\n  ***\n',
    },
    {
      name: 'an item that is emptied below a paragraph',
      text: '- one\n  - two\n',
      change: (tree) => {
        nth(tree, 'text', 1).value = ''
      },
      gives: '- one\n\n  -\n',
    },
    {
      name: 'fences in a quote become quotes: no line has space at its end',
      text: '> one\n>\n> ```\n> a\n>\n> b\n> ```\n>\n> ~~~\n> c\n> ~~~\n',
      change: (tree) => {
        visit(tree, 'code', (node, index, parent) => {
          const children = chapterOf(node.value).tree.children as Blockquote['children']
          if (parent && index !== undefined) parent.children[index] = { type: 'blockquote', children }
        })
      },
      gives: '> one\n>\n> > a\n> >\n> > b\n>\n> > c\n',
    },
    {
      name: 'two lists that come to stand beside each other stay two',
      text: '- one\n\ntwo\n\n- three\n- four\n',
      change: (tree) => {
        tree.children.splice(1, 1)
      },
      gives: '- one\n\n* three\n* four\n',
    },
    {
      name: 'indented code behind a list is no text of its last item',
      text: '- one\n\ntwo\n\n    code\n',
      change: (tree) => {
        tree.children.splice(1, 1)
      },
      gives: '- one\n\n```\ncode\n```\n',
    },
    {
      name: 'before a definition, and between two',
      text: '[a]: b\n[c]: d\n\n[a] [c]\n',
      change: (tree) => {
        tree.children.splice(1, 0, paragraph('y'))
        tree.children.unshift(paragraph('x'))
      },
      gives: 'x\n\n[a]: b\n\ny\n\n[c]: d\n\n[a] [c]\n',
    },
    {
      name: 'behind a fence that never ends',
      text: '```\none\n',
      change: (tree) => {
        tree.children.push(paragraph('two'))
      },
      gives: '```\none\n```\n\ntwo\n',
    },
    {
      name: 'each in the place of one, and the blank lines between them stay',
      text: 'one\n\n\n\ntwo\n',
      change: (tree) => {
        tree.children = tree.children.map(
          (child): Blockquote => ({ type: 'blockquote', children: [child as Paragraph] }),
        )
      },
      gives: '> one\n\n\n\n> two\n',
    },
    {
      name: 'above a rule of dashes in an item',
      text: '* ---\n* a [b](<c>) &copy;\n',
      change: (tree) => {
        childrenOf(nth(tree, 'listItem')).unshift(paragraph('new'))
      },
      gives: '* new\n  ***\n* a [b](<c>) &copy;\n',
    },
    {
      name: 'between blocks without blank lines',
      text: '# One\ntext\n# Two\n',
      change: (tree) => {
        tree.children.splice(1, 1)
        tree.children.splice(1, 0, { type: 'thematicBreak' }, paragraph('new'))
      },
      gives: '# One\n\n---\n\nnew\n# Two\n',
    },
    {
      name: 'what kept two paragraphs apart goes',
      text: 'one\n# Two\nthree\n',
      change: (tree) => {
        tree.children.splice(1, 1)
      },
      gives: 'one\n\nthree\n',
    },
    {
      name: 'out of a quote, with what stands in it',
      text: '> one\n> > two\n> three\n\nfour\n',
      change: (tree) => {
        const [quote] = tree.children
        if (quote?.type === 'blockquote') tree.children.splice(0, 1, ...(quote.children as RootContent[]))
      },
      gives: 'one\n> two\nthree\n\nfour\n',
    },
    {
      name: 'out of a list item, with its own indent',
      text: '* one\n\n    ```js\n    x\n\n    y\n    ```\n',
      change: (tree) => {
        tree.children.push(...(nth(tree, 'listItem').children.splice(1, 1) as RootContent[]))
      },
      gives: '* one\n\n```js\nx\n\ny\n```\n',
    },
    {
      name: 'all into a quote, with their own spelling',
      text: '1. one\n\n       x\n2. two\\\n   three\n',
      change: (tree) => {
        const quote: Blockquote = { type: 'blockquote', children: tree.children as Blockquote['children'] }
        tree.children = [quote]
      },
      gives: '> 1. one\n>\n>        x\n> 2. two\\\n>    three\n',
    },
    {
      name: 'of another text, as it is written there',
      text: '- one\n\n  ```box\n  # Two *x*\n\n  ~~~\n  code\n    more\n  ~~~\n  ```\n',
      change: (tree) => {
        const inner = chapterOf(nth(tree, 'code').value).tree
        const quote: Blockquote = {
          type: 'blockquote',
          children: [paragraph('Note'), ...(inner.children as Blockquote['children'])],
        }
        nth(tree, 'listItem').children[1] = quote
      },
      gives: '- one\n\n  > Note\n  >\n  > # Two *x*\n  >\n  > ~~~\n  > code\n  >   more\n  > ~~~\n',
    },
    {
      name: 'a copy of all of it changes nothing',
      text: '# One #\n\ntwo *three* `four`\n\n* five\n* six\n',
      change: (tree) => {
        tree.children = structuredClone(tree.children)
      },
      gives: '# One #\n\ntwo *three* `four`\n\n* five\n* six\n',
    },
  ])
})

describe('code, tables, boxes and raw text', () => {
  check([
    {
      name: 'fences beside each other in containers keep what they are made of',
      text: '> ```sh\n> ls\n> ```\n>\n> ~~~yml a="b"\n> a: 1\n> ~~~\n\n- ~~~yml\n  a: 1\n  ~~~\n\n  ```sh\n  ls\n  ```\n',
      change: (tree) => {
        for (const index of [0, 3]) nth(tree, 'code', index).lang = 'bash'
        for (const index of [1, 2]) nth(tree, 'code', index).lang = 'yaml'
      },
      gives:
        '> ```bash\n> ls\n> ```\n>\n> ~~~yaml a="b"\n> a: 1\n> ~~~\n\n- ~~~yaml\n  a: 1\n  ~~~\n\n  ```bash\n  ls\n  ```\n',
    },
    {
      name: 'a fence as long as it must be',
      text: '````js a\nx\n````\n\n    ind\n',
      change: (tree) => {
        nth(tree, 'code').value = 'y\n````\nz'
        nth(tree, 'code', 1).value = 'a\n\nb'
      },
      gives: '`````js a\ny\n````\nz\n`````\n\n    a\n\n    b\n',
    },
    {
      name: 'lines and words of a fence that stay are as they are written',
      text: '- ~~~ j\\*s  x=y\n  a\n\tb\n  ~~~\n',
      change: (tree) => {
        nth(tree, 'code').value = 'c\n  b'
        nth(tree, 'code').lang = 'ts'
      },
      gives: '- ~~~ ts  x=y\n  c\n\tb\n  ~~~\n',
    },
    {
      name: 'a language keeps what stands behind it',
      text: '```js,ignore  x=1\nx\n```\n',
      change: (tree) => {
        nth(tree, 'code').value = 'y'
      },
      gives: '```js,ignore  x=1\ny\n```\n',
    },
    {
      name: 'cells, one of them empty',
      text: '| a | b |\n|---|---|\n| c |   |\n',
      change: (tree) => {
        nth(tree, 'text').value = 'AA'
        nth(tree, 'tableCell', 3).children = [{ type: 'text', value: 'p|q' }]
      },
      gives: '| AA | b |\n|---|---|\n| c | p\\|q |\n',
    },
    {
      name: 'a cell that is absent in the source',
      text: '| a | b |\n|---|---|\n| c |\n',
      change: (tree) => {
        nth(tree, 'tableRow', 1).children.push({
          type: 'tableCell',
          children: [{ type: 'text', value: 'd' }],
        })
      },
      gives: '| a | b |\n|---|---|\n| c | d |\n',
    },
    {
      name: 'a row as wide as the others',
      text: '| a  | b |\n|----|---|\n| cc | d |\n',
      change: (tree) => {
        nth(tree, 'table').children.push({
          type: 'tableRow',
          children: [
            { type: 'tableCell', children: [{ type: 'text', value: 'x' }] },
            { type: 'tableCell', children: [] },
          ],
        })
      },
      gives: '| a  | b |\n|----|---|\n| cc | d |\n| x  |   |\n',
    },
    {
      name: 'the last line of a text that does not end it',
      text: '- [ ]\n  one',
      change: (tree) => {
        nth(tree, 'paragraph').children = []
        nth(tree, 'listItem').checked = null
      },
      gives: '- ',
    },
    {
      name: 'boxes',
      text: '- [ ] one\n- two\n- [x] three\n',
      change: (tree) => {
        nth(tree, 'listItem').checked = true
        nth(tree, 'listItem', 1).checked = false
        nth(tree, 'listItem', 2).checked = null
      },
      gives: '- [x] one\n- [ ] two\n- three\n',
    },
    {
      name: 'front matter',
      text: '---\na: 1\n---\n\nx\n',
      change: (tree) => {
        nth(tree, 'yaml').value = 'a: 2\nb: 3'
      },
      gives: '---\na: 2\nb: 3\n---\n\nx\n',
    },
    {
      name: 'directives and raw HTML',
      text: '{{#playpen x.rs}}\n\na <b>{{#y}}</b>\n',
      change: (tree) => {
        nth(tree, 'mdbookDirective').value = '{{#playground x.rs}}'
        nth(tree, 'html').value = '<i>'
        nth(tree, 'html', 1).value = '</i>'
      },
      gives: '{{#playground x.rs}}\n\na <i>{{#y}}</i>\n',
    },
    {
      name: 'footnotes',
      text: 'a[^1]\n\n[^1]: note\n    more\n',
      change: (tree) => {
        nth(tree, 'footnoteReference').label = 'n'
        nth(tree, 'footnoteDefinition').label = 'n'
        nth(tree, 'footnoteDefinition').children.push(paragraph('x'))
      },
      gives: 'a[^n]\n\n[^n]: note\n    more\n\n    x\n',
    },
  ])
})

describe('printChanges', () => {
  it('has no edits for a tree that nobody changed', () => {
    const chapter = chapterOf('a\\\n  b\n\n* c\n')
    expect(printChanges(chapter)).toMatchObject({ ok: true, edits: [], text: chapter.text })
  })

  it('tells the places of edits of words apart', () => {
    const chapter = chapterOf('a <b>some words</b>\n')
    nth(chapter.tree, 'html').value = '<i>'
    nth(chapter.tree, 'html', 1).value = '</i>'
    expect(printChanges(chapter)).toMatchObject({
      edits: [
        { start: 3, end: 4, text: 'i' },
        { start: 17, end: 18, text: 'i' },
      ],
    })
  })

  it.each([
    [
      'nothing',
      (tree: Root) => tree.children.push(null as never),
      'a child of this root is no node, but null',
    ],
    [
      'a text that is none',
      (tree: Root) => Object.assign(nth(tree, 'text'), { value: 3 }),
      'the value of this text is no text',
    ],
    [
      'another type',
      (tree: Root) => Object.assign(nth(tree, 'paragraph'), { type: 'note' }),
      '"note" is no type of mdast that mdBook reads',
    ],
    [
      'a node in itself',
      (tree: Root) => nth(tree, 'paragraph').children.push(nth(tree, 'paragraph') as never),
      'this paragraph stands in itself',
    ],
    [
      'a depth that no heading has',
      (tree: Root) => tree.children.push({ type: 'heading', depth: 9 as never, children: [] }),
      'the depth of this heading is 9, and no number from 1 to 6',
    ],
  ])('refuses what is no tree: %s', (_, change, message) => {
    const chapter = chapterOf('one\n')
    change(chapter.tree)
    expect(printChanges(chapter)).toMatchObject({ ok: false, message })
  })

  it('does not see what others keep in nodes', () => {
    const chapter = chapterOf('one\n')
    Object.assign(nth(chapter.tree, 'paragraph'), { seen: true, parent: chapter.tree })
    expect(printChanges(chapter)).toMatchObject({ ok: true, edits: [] })
  })

  it('says where it is that Markdown cannot say something', () => {
    const chapter = chapterOf('one\n\n`a` x `b`\n')
    nth(chapter.tree, 'paragraph', 1).children.splice(1, 1)
    expect(printChanges(chapter)).toMatchObject({ ok: false, at: 5 })
  })
})
