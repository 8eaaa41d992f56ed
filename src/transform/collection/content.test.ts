import type { Nodes, Parents } from 'mdast'
import { visitParents } from 'unist-util-visit-parents'
import { describe, expect, it } from 'vitest'
import { b } from '../builders.ts'
import { md } from '../md.ts'
import { mayStandIn } from './content.ts'

/** Every type of node, where Markdown has it. */
const EVERYWHERE = `---
a: b
---

# a *b* **c** ~~d~~ \`e\` <f> [g](h) ![i](j) [k] ![k] [^l] {{m}} [[n]]

> * o\\
>   p
> 1. q

| r |
| - |
| {{s}} |

\`\`\`
t
\`\`\`

***

<div></div>

{{#include u.md}}

[k]: v

[^l]: w
`

const ROOT: Nodes = md('').get().node

describe('what may stand where', () => {
  it('is what parsing gives', () => {
    visitParents(md(EVERYWHERE).get().node, (node, ancestors) => {
      const parent = ancestors.at(-1)
      if (parent)
        expect([parent.type, node.type, mayStandIn(parent, node)]).toEqual([parent.type, node.type, true])
    })
  })

  it.each<[Parents, Nodes]>([
    [b.paragraph('a'), b.paragraph('b')],
    [b.paragraph('a'), b.thematicBreak()],
    [b.emphasis('a'), b.code('b')],
    [b.blockquote('a'), b.text('b')],
    [b.blockquote('a'), b.yaml('b')],
    [b.blockquote('a'), b.listItem('b')],
    [b.blockquote('a'), b.wikilink('[[b]]')],
    [b.list(['a']), b.paragraph('b')],
    [b.table([['a']]), b.tableCell('b')],
    [b.tableRow(['a']), b.text('b')],
    [b.tableCell('a'), b.paragraph('b')],
    [b.blockquote('a'), ROOT],
  ])('is not %o with %o', (parent, node) => {
    expect(mayStandIn(parent, node)).toBe(false)
  })
})
