/**
 * The examples of CommonMark 0.31.2, of GitHub's extensions to it, and this project's own of what those leave out:
 * what is not changed is not printed anew, and what is printed anew shows what it showed.
 */
import { describe, expect, it } from 'vitest'
import { printChanges } from '../src/markdown/print.ts'
import { commonMark, extensions, type Source } from './support/trials/corpus.ts'
import { read } from './support/trials/judge.ts'
import { copyOf } from './support/trials/mutations.ts'
import { micromarkHtml, OTHERS, tagByTag } from './support/trials/opinions.ts'
import { nodesIn, placesIn, put, wordsOf } from './support/trials/places.ts'

/** A footnote called in an alt text is no node, so that a copy cannot call it; renderers show it all the same. */
const isFlattened = ({ text }: Source) => text.includes('![Rain[^a]]')

const EXAMPLES = [...commonMark, ...extensions].filter((source) => !isFlattened(source))

it('there are examples of all sections', () => {
  expect(commonMark).toHaveLength(652)
  expect(extensions.length).toBeGreaterThan(80)
})

describe('every example', () => {
  it('that is parsed and printed with no change is identical', () => {
    const changed = EXAMPLES.filter(({ text, known }) => {
      const printed = printChanges(read(text, known))
      return !printed.ok || printed.text !== text || printed.edits.length > 0
    })
    expect(changed.map(({ name }) => name)).toEqual([])
  })

  it('shows what it showed after all its labels were renamed, or that is refused', () => {
    const tally = tallyOf()
    for (const { name, text, known } of EXAMPLES) {
      const chapter = read(text, known)
      const labelled = nodesIn(
        chapter.tree,
        'definition',
        'footnoteDefinition',
        'footnoteReference',
        'imageReference',
        'linkReference',
      )
      if (labelled.length === 0 || nodesIn(chapter.tree, 'mdbookWikilink').length > 0) continue
      const labels = [...new Set(labelled.map(({ identifier }) => identifier))]
      for (const node of labelled) {
        node.identifier = `renamed-${labels.indexOf(node.identifier)}`
        node.label = node.identifier
      }
      tally.add(name, printChanges(chapter), text, withoutNames)
    }
    tally.print('labels renamed')
    expect(tally.wrong).toEqual([])
    expect(tally.printed).toBeGreaterThan(90)
    expect(tally.refused.length / tally.printed).toBeLessThan(0.02)
  })

  it('shows what it showed after any node was replaced by a copy of itself, or that is refused', () => {
    const tally = tallyOf()
    for (const source of EXAMPLES) {
      for (const index of placesIn(read(source.text, source.known).tree).keys())
        replaceOne(source, index, tally)
    }
    tally.print('nodes copied')
    expect(tally.wrong).toEqual([])
    expect(tally.printed).toBeGreaterThan(2000)
    expect(tally.refused.length / tally.printed).toBeLessThan(0.02)
  })
})

function replaceOne({ name, text, known }: Source, index: number, tally: Tally): void {
  const chapter = read(text, known)
  const place = placesIn(chapter.tree)[index]
  if (!place) throw new Error(`${name} has no node ${index}`)
  put(place.parent, place.index, 1, copyOf(place.node))
  const what = `${name}, ${place.node.type} ${JSON.stringify(wordsOf(place.node))}`
  tally.add(what, printChanges(chapter), text, (html) => html)
}

interface Tally {
  printed: number
  readonly wrong: string[]
  readonly refused: string[]
  add(
    name: string,
    printed: ReturnType<typeof printChanges>,
    before: string,
    compared: (html: string) => string,
  ): void
  print(title: string): void
}

function tallyOf(): Tally {
  const tally: Tally = {
    printed: 0,
    wrong: [],
    refused: [],
    add(name, printed, before, compared) {
      tally.printed += 1
      if (!printed.ok) tally.refused.push(`${name}: ${printed.message}`)
      else if (printed.text !== before) {
        const wrong = whoDisagrees(before, printed.text, compared)
        if (wrong) tally.wrong.push(`${name}: ${wrong}\n${before}\n→\n${printed.text}`)
      }
    },
    print(title) {
      const share = ((100 * tally.refused.length) / tally.printed).toFixed(2)
      console.log(
        [`${title}: ${tally.printed}, refused ${tally.refused.length} (${share} %)`, ...tally.refused].join(
          '\n  ',
        ),
      )
    },
  }
  return tally
}

/**
 * What is shown otherwise than before, or `undefined`. Of the other two, those are asked that read the text as it was
 * like micromark, and they have to be of one mind: three strong emphases in each other are read in two ways.
 */
function whoDisagrees(before: string, after: string, compared: (html: string) => string): string | undefined {
  const [was, is] = [before, after].map((text) => compared(micromarkHtml(text)))
  if (was !== is) return `micromark shows\n${is}\nfor\n${was}`
  const agreed = tagByTag(micromarkHtml(before))
  const asked = Object.entries(OTHERS).filter(([, show]) => tagByTag(show(before)) === agreed)
  const dissenting = asked.filter(([, show]) => compared(tagByTag(show(after))) !== compared(agreed))
  const [first] = dissenting
  if (!first || dissenting.length < asked.length) return undefined
  return `${first[0]} shows\n${first[1](after)}\nfor\n${first[1](before)}`
}

/** A footnote's label is part of addresses and ids. */
function withoutNames(html: string): string {
  return html.replace(/(fn(?:ref)?-)[^"\s]+/g, '$1')
}
