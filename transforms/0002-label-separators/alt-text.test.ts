import { describe, expect, it } from 'vitest'
import { DEFAULT_SETTINGS } from '../../src/model.ts'
import { followLabel } from './alt-text.ts'
import { grammarOf } from './grammar.ts'
import { type Segment, same } from './segments.ts'

const GRAMMAR = grammarOf(DEFAULT_SETTINGS.grammar)
const DOCS: Segment = { legacy: '', current: 'docs' }
const labels: Readonly<Record<string, readonly Segment[]>> = {
  'c-slab-badge': [same('c'), same('slab'), DOCS, same('badge')],
  'c-slab-github-badge': [same('c'), same('slab'), same('github'), same('badge')],
  'c-slab-docs.rs-badge': [same('c'), same('slab'), { legacy: 'docs.rs', current: 'docs' }, same('badge')],
  'c-hyper-examples-github-badge': [
    same('c'),
    same('hyper'),
    same('examples'),
    same('github'),
    same('badge'),
  ],
  'cat-no-std-badge': [same('cat'), same('no-std'), same('badge')],
  'tokio-website-badge': [same('tokio'), same('website'), same('badge')],
}

describe('the alt text of a badge', () => {
  it.each<[string, string, string, string | undefined]>([
    ['that spells subject and resource follows', 'slab-github', 'c-slab-github-badge', 'slab~github'],
    ['that spells a resource whose name is new', 'slab-docs.rs', 'c-slab-docs.rs-badge', 'slab~docs'],
    ['that spells a category', 'cat-no-std', 'cat-no-std-badge', 'cat~no-std'],
    ['without a namespace', 'tokio-website', 'tokio-website-badge', 'tokio~website'],
    ['keeps its own letters', 'Slab-GitHub', 'c-slab-github-badge', 'Slab~GitHub'],
    ['with _ for -', 'no_std', 'cat-no-std-badge', undefined],
    ['that names the subject alone stays', 'slab', 'c-slab-badge', undefined],
    ['that says something else stays', 'The slab crate', 'c-slab-github-badge', undefined],
    ['that spells a part of a segment stays', 'no-std', 'cat-no-std-badge', undefined],
    ['that is empty stays', '', 'c-slab-badge', undefined],
    ['that spells more than the label stays', 'slab-github-x', 'c-slab-github-badge', undefined],
    ['that is current stays', 'slab~github', 'c-slab-github-badge', undefined],
  ])('%s', (_, alt, label, text) => {
    expect(followLabel(alt, labels[label] ?? [], GRAMMAR)).toBe(text)
  })

  it.each([
    ['the whole label', 'c-slab-github-badge', 'c-slab-github-badge', 'c\\~slab\\~github\\~badge'],
    ['all but the badge', 'c-slab-github', 'c-slab-github-badge', 'c\\~slab\\~github'],
    ['all but the namespace', 'slab-github-badge', 'c-slab-github-badge', 'slab\\~github\\~badge'],
    ['three segments', 'hyper-examples-github', 'c-hyper-examples-github-badge', 'hyper\\~examples\\~github'],
  ])('that spells %s has its tildes escaped, so that nothing is struck out', (_, alt, label, text) => {
    expect(followLabel(alt, labels[label] ?? [], GRAMMAR)).toBe(text)
  })

  it('leaves the text of a label without a rule', () => {
    expect(followLabel('a-b', [], GRAMMAR)).toBeUndefined()
  })
})
