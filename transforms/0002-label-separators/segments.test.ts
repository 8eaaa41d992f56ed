import { describe, expect, it } from 'vitest'
import { comparable, currentLabel, heads, same, tailAfter, withoutBadge } from './segments.ts'

describe('the segments of a label', () => {
  it('are joined by tildes, as they are now', () => {
    expect(currentLabel([same('c'), same('slab'), { legacy: '', current: 'docs' }, same('badge')])).toBe(
      'c~slab~docs~badge',
    )
    expect(currentLabel([])).toBe('')
  })

  it('that stay are the same before and after', () => {
    expect(same('no-std')).toEqual({ legacy: 'no-std', current: 'no-std' })
  })
})

describe('names compare', () => {
  it.each([
    ['tree_sitter', 'tree-sitter', true],
    ['Tree-Sitter', 'tree-sitter', true],
    ['a_b_c', 'a-b-c', true],
    ['treesitter', 'tree-sitter', false],
    ['serde_json', 'serde-json5', false],
  ])('%s and %s: %s', (one, other, alike) => {
    expect(comparable(one) === comparable(other)).toBe(alike)
  })
})

describe('withoutBadge', () => {
  it.each([
    ['c-slab-badge', 'c-slab', 'badge'],
    ['c-slab-Badge', 'c-slab', 'Badge'],
    ['c-slab', 'c-slab', ''],
    ['c-badge-maker', 'c-badge-maker', ''],
    ['c-slabbadge', 'c-slabbadge', ''],
    ['badge', 'badge', ''],
    ['c-badge-badge', 'c-badge', 'badge'],
  ])('%s', (label, base, badge) => {
    expect(withoutBadge(label)).toEqual({ base, badge })
  })
})

describe('heads and tails', () => {
  it.each([
    ['a-b-c', ['a-b-c', 'a-b', 'a']],
    ['slab', ['slab']],
    ['-a', ['-a']],
    ['a--b', ['a--b', 'a-', 'a']],
    ['', []],
  ])('the heads of %j, the longest first', (text, all) => {
    expect(heads(text)).toEqual(all)
  })

  it.each([
    ['cargo-quickinstall-github', 'cargo', 'quickinstall-github'],
    ['cargo-quickinstall', 'cargo-quickinstall', ''],
  ])('behind the head of %s', (text, head, tail) => {
    expect(tailAfter(text, head)).toBe(tail)
  })
})
