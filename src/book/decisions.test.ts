import { createFixture } from 'fs-fixture'
import { describe, expect, it } from 'vitest'
import { DEFAULT_SETTINGS, type Settings } from '../model.ts'
import { type Decisions, readDecisions, withDecisions } from './decisions.ts'

/** Reads a file of decisions; failures as `code place message`. */
async function readText(text: string): Promise<Decisions | string[]> {
  await using folder = await createFixture({ 'd.json': text })
  const result = await readDecisions(folder.getPath('d.json'), 'd.json')
  return result.ok
    ? result.value
    : result.failures.map(({ code, place, message }) => `${code} ${place} ${message.replace(/^[^:]*: /, '')}`)
}

async function decisionsOf(json: object): Promise<Decisions> {
  const decisions = await readText(JSON.stringify({ version: 1, ...json }))
  if (Array.isArray(decisions)) throw new Error(decisions.join('\n'))
  return { ...decisions, file: '/book/notes/d.json', name: 'd.json' }
}

describe('a file of decisions', () => {
  it('that is not there decides nothing', async () => {
    await using folder = await createFixture({})
    const file = folder.getPath('d.json')
    expect(await readDecisions(file, 'd.json')).toEqual({
      ok: true,
      value: { file, name: 'd.json', source: undefined, labels: [], headings: [] },
    })
  })

  it('that is a folder cannot be read', async () => {
    await using folder = await createFixture({ 'd.json': {} })
    expect(await readDecisions(folder.getPath('d.json'), 'd.json')).toMatchObject({
      failures: [{ code: 'MDS020', place: 'd.json' }],
    })
  })

  it('tells where each decision stands, behind a byte order mark too', async () => {
    const text = '\uFEFF{ "version": 1,\n "labels": [{ "label": "c-x", "decision": "keep" }] }'
    expect(await readText(text)).toMatchObject({
      source: { bom: true },
      labels: [{ label: 'c-x', decision: 'keep', about: 'd.json:2:24', place: 'd.json:2:43' }],
      headings: [],
    })
  })

  it.each<[string, string, string[]]>([
    ['no JSON', '{ "version": 1', ['MDS020 d.json:1:15 it is not valid JSON']],
    ['another version', '{ "version": 2, "rules": 1 }', ['MDS021 d.json:1:14 this mdshift knows version 1']],
    ['a version that is a word', '{ "version": "1" }', ['MDS021 d.json:1:14 ']],
    ['no version', '{}', ['MDS020 d.json:1:1 version: ']],
    ['a list', '[]', ['MDS020 d.json:1:1 ']],
    [
      'what is no label',
      '{ "version": 1, "labels": [{ "label": "c-x", "decision": "a]b" }] }',
      ['MDS020 d.json:1:58 labels.0.decision: is no label'],
    ],
    [
      'what is no id',
      '{ "version": 1, "headings": [{ "chapter": "a.md", "heading": "A", "decision": "#a" }] }',
      ['MDS020 d.json:1:79 headings.0.decision: is no id'],
    ],
    [
      'an entry without its decision, and a key that nobody knows',
      '{ "version": 1, "labels": [{ "label": "c-x", "decisions": "y" }] }',
      [
        'MDS020 d.json:1:28 labels.0.decision: is missing',
        'MDS020 d.json:1:46 labels.0.decisions: there is no such key (did you mean "decision"?)',
      ],
    ],
    [
      'one label twice, and one heading',
      '{ "version": 1, "labels": [{ "label": "c-x", "decision": null }, { "label": "C-X", "decision": null }],\n' +
        '"headings": [{ "chapter": "a.md", "heading": "A", "decision": null }, { "chapter": "./a.md", "heading": "A", "decision": "b" }] }',
      ['MDS020 d.json:1:77 labels.1.label: an entry', 'MDS020 d.json:2:105 headings.1: an entry'],
    ],
  ])('is refused with %s', async (_, text, failures) => {
    const found = await readText(text)
    expect(found).toEqual(failures.map((failure) => expect.stringContaining(failure)))
  })
})

describe('decisions among the settings', () => {
  const settings: Settings = {
    ...DEFAULT_SETTINGS,
    labels: new Map([['c-a', 'c~a~guide']]),
    headingIds: new Map([['src/a.md', new Map([['One', 'one']])]]),
  }
  const label = (old: string, decision: string | null) => ({ label: old, decision })
  const merged = async (labels: object[], headings: object[] = []) => {
    const result = withDecisions(settings, await decisionsOf({ labels, headings }), '/book')
    return result.ok ? result.value : result.failures.map(({ code, message }) => `${code} ${message}`)
  }

  it('are labels and ids by hand; what is kept is its own', async () => {
    const labels = [
      label('c-b', 'c~b~guide'),
      label('c-k', 'keep'),
      label('c-n', null),
      label('C-A', 'c~a~guide'),
    ]
    const heading = { chapter: '/book/src/a.md', heading: 'Two', decision: 'two' }
    const kept = { chapter: '/book/src/a.md', heading: 'Three', decision: 'keep' }
    expect(await merged(labels, [heading, kept])).toEqual({
      ...settings,
      labels: new Map([
        ['c-a', 'c~a~guide'],
        ['c-b', 'c~b~guide'],
        ['c-k', 'c-k'],
      ]),
      headingIds: new Map([
        [
          'src/a.md',
          new Map([
            ['One', 'one'],
            ['Two', 'two'],
            ['Three', null],
          ]),
        ],
      ]),
    })
    expect([...settings.headingIds.values()].map(({ size }) => size)).toEqual([1])
  })

  it('may not contradict the configuration, nor each other', async () => {
    expect(await merged([label('C-A', 'c~other')])).toEqual([
      'MDS020 The decisions cannot be used: the configuration makes "c~a~guide" of "c-a"',
    ])
    expect(await merged([label('c-b', 'c-c'), label('c-c', 'c~c')])).toEqual([
      expect.stringContaining('"c-b" becomes "c-c", which is to become another itself'),
    ])
    expect(await merged([label('c~a~guide', 'c~a~manual')])).toEqual([
      expect.stringContaining('"c-a" becomes "c~a~guide", which is to become another itself'),
    ])
    const heading = (text: string, decision: string) => ({
      chapter: '/book/src/a.md',
      heading: text,
      decision,
    })
    expect(await merged([], [heading('One', 'other')])).toEqual([
      'MDS020 The decisions cannot be used: the configuration gives "One" the id "one"',
    ])
    expect(await merged([], [heading('One', 'one'), heading('Two', 'one')])).toEqual([
      'MDS020 The decisions cannot be used: "One" of the same chapter has that id',
    ])
  })
})
