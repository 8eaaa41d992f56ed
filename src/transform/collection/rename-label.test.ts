import { describe, expect, it } from 'vitest'
import { expectChange, treeDifference } from '../../../test/support/codemod.ts'
import { md } from '../md.ts'
import { renameFootnote, renameLabel } from './rename-label.ts'

describe('renameLabel', () => {
  it.each([
    ['a full reference', '[a][slab]', '[a][c~slab]'],
    ['a collapsed one', '[Slab][]', '[Slab][c~slab]'],
    ['a shortcut with markup', '[slab] *[slab]*', '[slab][c~slab] *[slab][c~slab]*'],
    ['a picture', '![a][slab] ![slab]', '![a][c~slab] ![slab][c~slab]'],
    ['a picture in a link', '[![slab]][slab]', '[![slab][c~slab]][c~slab]'],
    ['in a quote, in a list', '> * [slab]', '> * [slab][c~slab]'],
    ['a label over lines', '[a][ SLAB\n]', '[a][c~slab]'],
    ['code and links with the same text', '`slab` [slab](slab) [a][slabs]', '`slab` [slab](slab) [a][slabs]'],
  ])('renames %s', (_, input, output) => {
    const others = '[slabs]: y'
    expectChange(
      `${input}\n\n[slab]: x\n${others}`,
      (root) => root.renameLabel('Slab', 'c~slab'),
      `${output}\n\n[c~slab]: x\n${others}`,
    )
  })

  it('compares labels as CommonMark does, escapes and all', () => {
    expectChange(
      '[a  B\\*]\n\n[a b\\*]: x',
      (root) => root.renameLabel('A b\\*', 'c'),
      '[a  B\\*][c]\n\n[c]: x',
    )
    expect(renameLabel(md('[a\\*]\n\n[a\\*]: x'), 'a*', 'c')).toBe(0)
  })

  it('writes escapes as they are given', () => {
    const root = md('[a]\n\n[a]: x').renameLabel('a', 'b\\]')
    expect(treeDifference(root, '[a][b\\]]\n\n[b\\]]: x')).toBeUndefined()
  })

  it('leaves footnotes alone', () => {
    expect(renameLabel(md('a[^1]\n\n[^1]: b'), '1', '2')).toBe(0)
  })

  it('tells how many nodes have another label, in a tree or in a collection', () => {
    const root = md('# [a][x]\n\n[b][x]\n\n[x]: y')
    expect(renameLabel(root.find('heading'), 'x', 'z')).toBe(1)
    expect(renameLabel(root.get().node, 'x', 'y')).toBe(2)
  })

  it('changes only the letters of a label', () => {
    expectChange('[a][x]\n\n[x]: y', (root) => root.renameLabel('x', 'X'), '[a][X]\n\n[X]: y')
  })

  it('lets two labels of one address become one', () => {
    expectChange('[a][x]\n\n[x]: u\n[y]: u', (root) => root.renameLabel('x', 'y'), '[a][y]\n\n[y]: u\n[y]: u')
  })

  it('throws for a label that leads elsewhere, and changes nothing', () => {
    const root = md('[a][x]\n\n[x]: u\n[y]: v')
    expect(() => renameLabel(root, 'x', 'Y')).toThrow(
      Error('[Y] is defined already, and leads to v: what [x] is for would lead there'),
    )
    expect(root.find('linkReference', { identifier: 'x' }).length).toBe(1)
    expect(renameLabel(root, 'none', 'y')).toBe(0)
  })

  it('throws for what is no label', () => {
    expect(() => renameLabel(md('[x]: u'), 'x', 'a]b')).toThrow(TypeError)
    expect(() => renameLabel(md('[x]: u'), 'x', ' ')).toThrow(TypeError)
  })
})

describe('renameFootnote', () => {
  it('renames where it is defined and referred to, and no label', () => {
    expectChange(
      'a[^1] [1] b[^1]\n\n[^1]: c[^2]\n[^2]: d\n\n[1]: x',
      (root) => root.renameFootnote('1', 'rain'),
      'a[^rain] [1] b[^rain]\n\n[^rain]: c[^2]\n[^2]: d\n\n[1]: x',
    )
  })

  it('throws for a name that is taken, or is none', () => {
    const root = md('a[^1] b[^2]\n\n[^1]: c\n\n[^2]: d')
    expect(() => renameFootnote(root, '1', '2')).toThrow(/\[\^2\] is defined already/)
    expect(() => renameFootnote(root, '1', 'a b')).toThrow(TypeError)
    expect(renameFootnote(root, '1', '1')).toBe(2)
  })
})
