import { describe, expect, it } from 'vitest'
import { bookViewOf } from '../../test/support/book-view.ts'
import {
  crateNamedBy,
  type Evidence,
  gatherEvidence,
  hostOf,
  liesUnder,
  pageOf,
  sectionNamedBy,
  targetsFor,
} from './evidence.ts'

const evidenceOf = (definitions: string): Evidence => gatherEvidence(bookViewOf({ 'refs.md': definitions }))

describe('the crate that a URL names', () => {
  it.each<[string, ReturnType<typeof crateNamedBy>]>([
    ['https://docs.rs/slab', { name: 'slab', source: 'registry' }],
    ['https://docs.rs/slab/latest/slab/#example', { name: 'slab', source: 'registry' }],
    ['https://docs.rs/crate/slab/0.4.9', { name: 'slab', source: 'registry' }],
    ['https://crates.io/crates/tree-sitter', { name: 'tree-sitter', source: 'registry' }],
    ['http://lib.rs/crates/serde_json', { name: 'serde_json', source: 'registry' }],
    ['https://img.shields.io/crates/v/slab.svg', { name: 'slab', source: 'registry' }],
    ['https://github.com/tokio-rs/slab', { name: 'slab', source: 'repository' }],
    ['https://github.com/tokio-rs/slab.git', { name: 'slab', source: 'repository' }],
    ['https://github.com/tokio-rs/slab/tree/master', { name: 'slab', source: 'repository' }],
    ['https://github.com/tokio-rs', undefined],
    ['https://crates.io/categories/no-std', undefined],
    ['https://doc.rust-lang.org/std', undefined],
    ['https://example.org/docs.rs/slab', undefined],
    ['slab.md', undefined],
    ['', undefined],
  ])('%s', (url, crate) => {
    expect(crateNamedBy(url)).toEqual(crate)
  })
})

describe('addresses', () => {
  it.each([
    ['https://www.example.org/a', 'example.org'],
    ['http://Docs.Example.org:8080', 'docs.example.org'],
    ['https://example.org?x', 'example.org'],
    ['rain.md', undefined],
    ['mailto:rain@example.org', undefined],
  ])('the host of %s', (url, host) => {
    expect(hostOf(url)).toBe(host)
  })

  it.each([
    ['https://a.example/book/x.html', 'https://a.example/book', true],
    ['https://a.example/book/', 'https://a.example/book', true],
    ['http://a.example/book/x#y', 'https://a.example/book/', true],
    ['https://a.example/stable/book/x.html', 'https://a.example/book', true],
    ['https://a.example/book/index.html', 'https://a.example/book', true],
    ['https://a.example/bookshop', 'https://a.example/book', false],
    ['https://a.example', 'https://a.example/book', false],
    ['https://b.example/book', 'https://a.example/book', false],
  ])('%s lies under %s: %s', (url, root, under) => {
    expect(liesUnder(url, root)).toBe(under)
  })
})

describe('the page of a definition', () => {
  it.each([
    [{ destination: 'rain.md#x', title: 'Rain' }, 'rain.md#x'],
    [{ destination: '#', title: 'rain.md#x' }, 'rain.md#x'],
    [{ destination: '#', title: '' }, '#'],
    [{ destination: '#x', title: 'Rain' }, '#x'],
  ])('%j', (target, page) => {
    expect(pageOf(target)).toBe(page)
  })

  it.each([
    ['x.md#b-c', 'a-b-c', 'a'],
    ['x.md#c', 'a-b-c', 'a-b'],
    ['x.md#B_C', 'a-b-c', 'a'],
    ['web/b-c.md', 'a-b-c', 'a'],
    ['x.md#a-b-c', 'a-b-c', undefined],
    ['x.md#other', 'a-b-c', undefined],
    ['https://example.org/b-c', 'a-b-c', undefined],
  ])('%s names the section of %s', (page, body, section) => {
    expect(sectionNamedBy(page, body)).toBe(section)
  })
})

describe('the evidence of a book', () => {
  it('holds the distinct targets of a label, compared as labels are', () => {
    const evidence = evidenceOf('[c-a]: /1\n[C-A]: /2 "t"\n[c-a]: /1\n')
    expect(targetsFor(evidence, ' c-A ')).toEqual([
      { destination: '/1', title: '' },
      { destination: '/2', title: 't' },
    ])
    expect(targetsFor(evidence, 'c-b')).toEqual([])
  })

  it.each<[string, string, string[]]>([
    ['by their address in a registry', '[c-slab]: https://docs.rs/slab\n', ['slab']],
    ['by a badge of the registry', '[c-slab-badge]: https://img.shields.io/crates/v/slab\n', ['slab']],
    ['by the head of a label', '[c-hyper-examples]: https://docs.rs/hyper\n', ['hyper']],
    ['by a label of the registry', '[c-cargo-quickinstall-crates.io]: /x\n', ['cargo-quickinstall']],
    ['each once', '[c-slab]: https://docs.rs/slab\n[c-slab-lib.rs]: https://lib.rs/crates/slab\n', ['slab']],
    ['not by a repository', '[c-slab]: https://github.com/tokio-rs/slab\n', []],
    ['not by an address that the label does not begin with', '[c-slab]: https://docs.rs/other\n', []],
    ['not by a label of another namespace', '[p-slab]: https://docs.rs/slab\n', []],
    ['not by a current label', '[c~slab~docs]: https://docs.rs/slab\n', []],
  ])('proves crates %s', (_, definitions, crates) => {
    expect([...evidenceOf(definitions).crates.keys()]).toEqual(crates)
  })

  it.each<[string, string, string[]]>([
    ['by the fragments of recipes', '[ex-os-external-run]: x.md#run\n', ['os-external']],
    ['by hidden pages', '[ex-os-run]: # "x.md#run"\n', ['os']],
    ['not by what names no recipe', '[ex-os-run]: x.md#other\n', []],
    ['not by other labels', '[p-os-run]: x.md#run\n', []],
  ])('proves sections %s', (_, definitions, sections) => {
    expect([...evidenceOf(definitions).sections.keys()]).toEqual(sections)
  })

  it('knows books at their addresses', () => {
    const books = evidenceOf(
      '[book-rust-by-example]: https://doc.rust-lang.org/rust-by-example\n[book-cargo-env]: https://doc.rust-lang.org/cargo/env.html\n',
    ).books
    expect(books.get('rust-by-example')).toEqual(['https://doc.rust-lang.org/rust-by-example'])
    expect(books.get('cargo')).toEqual(['https://doc.rust-lang.org/cargo'])
  })
})
