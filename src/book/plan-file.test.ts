import { describe, expect, it } from 'vitest'
import { parsePlan, planText } from './plan-file.ts'
import type { Plan } from './plan-schema.ts'

const HASH = '0'.repeat(64)
const PLAN: Plan = {
  kind: 'mdshift plan',
  version: 1,
  mdshift: '1.2.3',
  arguments: { config: 'config/mdshift.config.json' },
  books: [
    {
      root: 'book',
      settings: HASH,
      migrations: [{ id: '0001-rain', version: 1 }],
      inputs: [
        { role: 'chapter', path: 'src/a.md', sha256: HASH },
        { role: 'include', path: '../../shared/b.md', sha256: HASH },
      ],
      outputs: [
        { path: 'src/a.md', before: HASH, after: HASH, edits: [{ migration: '0001-rain', count: 1 }] },
      ],
    },
  ],
}

/** `MDS074 plan.json:1:2: message` for each that is wrong. */
function problems(text: string | Uint8Array): string[] {
  const read = parsePlan(typeof text === 'string' ? new TextEncoder().encode(text) : text, 'plan.json')
  return read.ok
    ? []
    : read.failures.map(({ code, place, message }) => `${code} ${place}: ${message.replace(/^.*?: /, '')}`)
}

/** The same with one part replaced in its text. */
const changed = (from: string, to: string) => planText(PLAN).replace(from, to)

describe('parsePlan', () => {
  it('reads what planText writes', () => {
    expect(parsePlan(new TextEncoder().encode(planText(PLAN)), 'plan.json')).toEqual({
      ok: true,
      value: PLAN,
    })
  })

  it.each([
    ['', 'MDS074 plan.json:1:1: it is not valid JSON'],
    ['{', 'MDS074 plan.json:1:2: it is not valid JSON'],
    ['[]', 'MDS074 plan.json:1:1: it is no plan: its "kind" is not "mdshift plan"'],
    ['null', 'MDS074 plan.json:1:1: it is no plan'],
    ['{\n  "version": 1, "labels": [] }', 'MDS074 plan.json:1:1: it is no plan'],
    [
      '{ "kind": "mdshift plan",\n  "version": 2 }',
      'MDS075 plan.json:2:14: this mdshift knows version 1, and it is 2',
    ],
    ['{ "kind": "mdshift plan" }', 'MDS075 plan.json:1:1: this mdshift knows version 1, and it is undefined'],
    ['{ "kind": "mdshift plan", "kind": "mdshift plan" }', 'MDS074 plan.json:1:27: "kind" stands here twice'],
  ])('refuses %j', (text, message) => {
    expect(problems(text)).toEqual([expect.stringContaining(message)])
  })

  it('refuses what is no text', () => {
    expect(problems(new Uint8Array([0xff]))).toEqual([expect.stringContaining('MDS074 plan.json')])
    expect(problems('{"a": "\0"}')).toEqual([expect.stringContaining('MDS074 plan.json:1')])
  })

  it.each([
    ['"root": "book"', '"root": "../book"', '10:15: books.0.root: leads out of its folder'],
    ['"root": "book"', '"root": "a/../../book"', '10:15: books.0.root: leads out of its folder'],
    ['"root": "book"', '"root": "/etc"', '10:15: books.0.root: is no relative path'],
    ['"root": "book"', '"root": "C:/book"', '10:15: books.0.root: is no path that means the same everywhere'],
    ['"root": "book"', '"root": "c:book"', '10:15: books.0.root: is no path that means the same everywhere'],
    [
      '"root": "book"',
      '"root": "..\\\\book"',
      '10:15: books.0.root: is no path that means the same everywhere',
    ],
    ['"root": "book"', '"root": ""', '10:15: books.0.root: is no path to a file'],
    ['"root": "book"', '"root": "book", "chosen": ["../a.md"]', 'books.0.chosen.0: leads out of its folder'],
    ['config/mdshift', '../mdshift', '6:15: arguments.config: leads out of its folder'],
    ['../../shared/b.md', '../shared/../../b.md', '26:19: books.0.inputs.1.path: leads out of its folder'],
    ['../../shared/b.md', '/shared/b.md', '26:19: books.0.inputs.1.path: is no relative path'],
    ['../../shared/b.md', '..', '26:19: books.0.inputs.1.path: leads out of its folder'],
    ['../../shared/b.md', 'src/a.md', '24:9: books.0.inputs.1: an entry before it is about "src/a.md" too'],
    [
      '"path": "src/a.md",\n          "before"',
      '"path": "../a.md",\n          "before"',
      'books.0.outputs.0.path: leads out of its folder',
    ],
    [
      '"path": "src/a.md",\n          "before"',
      '"path": "./a.md",\n          "before"',
      'books.0.outputs.0.path: is no path to a file',
    ],
    [HASH, 'abc', '11:19: books.0.settings: is no SHA-256 in hexadecimal digits'],
    ['"count": 1', '"count": 0', 'books.0.outputs.0.edits.0.count: '],
    [
      '"mdshift": "1.2.3"',
      '"mdshift": "1.2.3", "dya": ""',
      '4:23: dya: there is no such key (did you mean "day"?)',
    ],
    ['"mdshift": "1.2.3"', '"mdshift": "1.2.3", "day": "now"', '4:30: day: is no date'],
  ])('refuses %j → %j with its place', (from, to, message) => {
    expect(problems(changed(from, to))).toEqual([expect.stringContaining(message)])
  })
})
