import { describe, expect, it } from 'vitest'
import { DEFAULT_SETTINGS } from '../../src/model.ts'
import { bookViewOf } from '../../test/support/book-view.ts'
import { decideLabel, looksLegacy } from './decide.ts'
import { gatherEvidence } from './evidence.ts'
import { grammarOf } from './grammar.ts'
import { currentLabel } from './segments.ts'

/** What becomes of a label in a book: its current form, `?` and the candidates, or nothing. */
function decided(label: string, definitions: string): string | undefined {
  const decision = decideLabel(label, gatherEvidence(bookViewOf({ 'refs.md': definitions })))
  if (!decision) return undefined
  return decision.kind === 'rename' ? currentLabel(decision.segments) : `? ${decision.candidates.join(' ')}`
}

/** Situation, definitions of the book, label, what it becomes. */
type Row = readonly [string, string, string, string | undefined]

const table = (rows: readonly Row[]) =>
  it.each(rows)('%s', (_, definitions, label, current) => {
    expect(decided(label, definitions)).toBe(current)
  })

describe('a crate', () => {
  const SLAB = '[c-slab]: https://docs.rs/slab\n'
  const MDBOOK =
    '[c-mdbook]: https://rust-lang.github.io/mdBook\n[c-mdbook-docs.rs]: https://docs.rs/mdbook\n'
  table([
    ['the documentation is spelled out', SLAB, 'c-slab', 'c~slab~docs'],
    ['its badge', SLAB, 'c-slab-badge', 'c~slab~docs~badge'],
    ['crates.io', SLAB, 'c-slab-crates.io', 'c~slab~crates.io'],
    ['crates.io, the badge', SLAB, 'c-slab-crates.io-badge', 'c~slab~crates.io~badge'],
    ['lib.rs', SLAB, 'c-slab-lib.rs', 'c~slab~lib.rs'],
    ['the website', SLAB, 'c-slab-website-badge', 'c~slab~website~badge'],
    ['the repository, which a later migration names anew', SLAB, 'c-slab-github', 'c~slab~github'],
    ['docs.rs', '', 'c-slab-docs.rs', 'c~slab~docs'],
    ['docs-rs', '', 'c-slab-docs-rs', 'c~slab~docs'],
    ['docs', '', 'c-slab-docs', 'c~slab~docs'],
    ['docs.rs, where the plain label leads there too', SLAB, 'c-slab-docs.rs', 'c~slab~docs'],
    ['docs.rs, where the plain label leads elsewhere', MDBOOK, 'c-mdbook-docs.rs', 'c~mdbook~docs.rs'],
    [
      'its badge, where the plain label leads elsewhere',
      MDBOOK,
      'c-mdbook-docs.rs-badge',
      'c~mdbook~docs.rs~badge',
    ],
    ['the plain label that leads elsewhere', MDBOOK, 'c-mdbook', 'c~mdbook~docs'],
    ['nothing defined', '', 'c-slab', 'c~slab~docs'],
    ['a name with hyphens that nothing divides', '', 'c-my-long-name', 'c~my-long-name~docs'],
    ['a name that is a word of ours', '', 'c-badge', 'c~badge~docs'],
    ['a namespace in capitals stays in capitals', '', 'C-slab', 'C~slab~docs'],
  ])
})

describe('where the name of a crate ends', () => {
  const QUICK = 'c-cargo-quickinstall-github'
  table([
    [
      'the target says so: docs.rs',
      `[${QUICK}]: https://docs.rs/cargo-quickinstall`,
      QUICK,
      'c~cargo-quickinstall~github',
    ],
    [
      'the target says so: crates.io',
      `[${QUICK}]: https://crates.io/crates/cargo`,
      QUICK,
      'c~cargo~quickinstall~github',
    ],
    [
      'the target says so: lib.rs',
      `[${QUICK}]: https://lib.rs/crates/cargo`,
      QUICK,
      'c~cargo~quickinstall~github',
    ],
    [
      'the target says so: the repository',
      `[${QUICK}]: https://github.com/cargo-bins/cargo-quickinstall\n[c-cargo]: https://docs.rs/cargo\n`,
      QUICK,
      'c~cargo-quickinstall~github',
    ],
    [
      'the target of its badge says so',
      '[c-cargo-quickinstall-badge]: https://img.shields.io/crates/v/cargo-quickinstall\n[c-cargo]: https://docs.rs/cargo\n',
      'c-cargo-quickinstall',
      'c~cargo-quickinstall~docs',
    ],
    [
      'with _ for -',
      '[c-tree-sitter]: https://docs.rs/tree_sitter/latest',
      'c-tree-sitter',
      'c~tree-sitter~docs',
    ],
    ['in another case', '[c-Inflector]: https://docs.rs/inflector', 'c-Inflector', 'c~Inflector~docs'],
    [
      'another definition proves the longer name',
      '[c-cargo]: https://docs.rs/cargo\n[c-cargo-quickinstall-crates.io]: /x\n',
      QUICK,
      'c~cargo-quickinstall~github',
    ],
    [
      'another definition proves the shorter name alone',
      '[c-cargo]: https://docs.rs/cargo\n',
      QUICK,
      'c~cargo~quickinstall~github',
    ],
    ['a resource ends the label', '', QUICK, 'c~cargo-quickinstall~github'],
    ['the target is about something else', '[c-a-b]: https://docs.rs/other\n', 'c-a-b', 'c~a-b~docs'],
    [
      'free qualifiers before a resource',
      '[c-hyper-examples-github]: https://github.com/hyperium/hyper/tree/master/examples',
      'c-hyper-examples-github',
      'c~hyper~examples~github',
    ],
    [
      'free qualifiers alone',
      '[c-hyper]: https://docs.rs/hyper\n',
      'c-hyper-client-side',
      'c~hyper~client-side',
    ],
    ['a path in a crate', '', 'c-rand::Rng::gen_range', 'c~rand::Rng::gen_range~docs'],
    ['a path in a crate, the badge', '', 'c-rand::Rng::gen_range-badge', 'c~rand::Rng::gen_range~docs~badge'],
    [
      'a path and free qualifiers',
      '',
      'c-regex::Regex-replacement-string-syntax',
      'c~regex::Regex~replacement-string-syntax',
    ],
    ['a path in a crate with a hyphen', '', 'c-tree-sitter::Parser', 'c~tree-sitter::Parser~docs'],
  ])

  it('is undecided where its definitions contradict each other, with both candidates', () => {
    const definitions = '[c-a-b]: https://docs.rs/a\n[c-a-b]: https://docs.rs/a-b\n'
    const decision = decided('c-a-b', definitions)
    expect(decision).toMatch(/^\? /)
    expect(decision?.split(' ').slice(1).sort()).toEqual(['c~a-b~docs', 'c~a~b'])
  })
})

describe('one segment', () => {
  table([
    ['a category keeps its hyphens', '', 'cat-no-std', 'cat~no-std'],
    ['a category with colons, the badge', '', 'cat-os::unix-apis-badge', 'cat~os::unix-apis~badge'],
    ['a page', '', 'p-version-control', 'p~version-control'],
    ['a page that ends as a resource', '', 'p-github-actions', 'p~github-actions'],
    ['a page that is a resource’s name', '', 'p-my-github', 'p~my-github'],
    ['a blog', '', 'blog-x-y', 'blog~x-y'],
    ['a primitive', '', 'primitive-u32::pow', 'primitive~u32::pow'],
    ['a keyword, the badge', '', 'keyword-web-framework-badge', 'keyword~web-framework~badge'],
    ['Wikipedia', '', 'wikipedia-data-race', 'wikipedia~data-race'],
  ])
})

describe('an example', () => {
  table([
    [
      'the fragment of its target is the recipe',
      '[ex-data-structures-priority-queue]: algorithms/structures.md#priority-queue',
      'ex-data-structures-priority-queue',
      'ex~data-structures~priority-queue',
    ],
    [
      'a hidden target',
      '[ex-algorithms-sort-floats]: # "algorithms/sorting.md#sort-floats"',
      'ex-algorithms-sort-floats',
      'ex~algorithms~sort-floats',
    ],
    [
      'the page is the recipe, where it has no fragment',
      '[ex-web-scraping]: /web/scraping.md',
      'ex-web-scraping',
      'ex~web~scraping',
    ],
    ['the fragment has _ for -', '[ex-a-b-c]: x.md#b_c', 'ex-a-b-c', 'ex~a~b-c'],
    [
      'another recipe proves the section',
      '[ex-os-external-a]: x.md#a\n[ex-os-external-run-it]: x.md#elsewhere\n',
      'ex-os-external-run-it',
      'ex~os-external~run-it',
    ],
    ['two definitions that say the same', '[ex-a-b]: x.md#b\n[ex-a-b]: y.md#b\n', 'ex-a-b', 'ex~a~b'],
  ])

  it('is undecided where nothing says where the section ends', () => {
    expect(decided('ex-a-b-c', '')?.split(' ').sort()).toEqual(['?', 'ex~a-b~c', 'ex~a~b-c'].sort())
  })

  it('is undecided where its definitions contradict each other', () => {
    expect(decided('ex-a-b-c', '[ex-a-b-c]: x.md#c\n[ex-a-b-c]: x.md#b-c\n')?.split(' ').sort()).toEqual(
      ['?', 'ex~a-b~c', 'ex~a~b-c'].sort(),
    )
  })
})

describe('a book', () => {
  const BOOK = '[book-rust-by-example]: https://doc.rust-lang.org/rust-by-example\n'
  const TUPLES =
    '[book-rust-by-example-tuples]: https://doc.rust-lang.org/rust-by-example/primitives/tuples.html\n'
  table([
    [
      'that is known, and a page of it',
      BOOK + TUPLES,
      'book-rust-by-example-tuples',
      'book~rust-by-example~tuples',
    ],
    [
      'that is known, and the badge of a page',
      BOOK + TUPLES,
      'book-rust-by-example-tuples-badge',
      'book~rust-by-example~tuples~badge',
    ],
    ['itself', BOOK, 'book-rust-by-example', 'book~rust-by-example'],
    ['that nothing proves', '', 'book-rust-by-example', 'book~rust-by-example'],
    [
      'whose name another begins with, elsewhere',
      '[book-a]: https://a.example\n[book-a-b]: https://b.example/b\n',
      'book-a-b',
      'book~a-b',
    ],
    ['with a resource', '', 'book-rust-by-example-github', 'book~rust-by-example~github'],
  ])
})

describe('no namespace', () => {
  table([
    ['the website', '', 'tokio-website', 'tokio~website'],
    ['the website’s badge', '', 'x-website-badge', 'x~website~badge'],
    ['the repository', '', 'x-github', 'x~github'],
    ['the blog', '', 'x-blog', 'x~blog'],
    ['GitHub itself, its website', '', 'github-website', 'github~website'],
    [
      'the host that it leads to',
      '[crates.io-category-slugs]: https://crates.io/category_slugs',
      'crates.io-category-slugs',
      'crates.io~category-slugs',
    ],
    [
      'a page of a site',
      '[mozilla-http-headers]: https://developer.mozilla.org/docs/Web/HTTP',
      'mozilla-http-headers',
      'mozilla~http-headers',
    ],
    ['a resource in the middle', '', 'docker-github-action', undefined],
    ['a resource at the start', '', 'github-api', undefined],
    [
      'a long label with a resource in it',
      '',
      'forum-deploying-mdbook-on-github-using-github-action',
      undefined,
    ],
    ['a resource and nothing before it', '', 'github', undefined],
    ['a resource behind a hyphen alone', '', '-github', undefined],
    ['a word that ends as a resource', '', 'x-mygithub', undefined],
    ['a badge of no resource', '', 'rust-badge', undefined],
    [
      'a namespace of a site that it does not lead to',
      '[mozilla-firefox]: https://example.org',
      'mozilla-firefox',
      undefined,
    ],
    ['prose', '', 'well-known example', undefined],
    ['a word', '', 'rain', undefined],
    ['a namespace alone', '', 'c', undefined],
    ['a namespace and a hyphen', '', 'c-', undefined],
    ['a word that begins like a namespace', '', 'cats-and-dogs', undefined],
    ['a label that is current', '', 'c~slab~docs', undefined],
    ['a label that is current in part', '', 'c~my-slab-github', undefined],
    ['a word that every object has', '', 'constructor-injection', undefined],
    ['another word that every object has', '', '__proto__-pollution', undefined],
  ])
})

describe('the reason of a decision', () => {
  const reason = (label: string, definitions: string) =>
    decideLabel(label, gatherEvidence(bookViewOf({ 'refs.md': definitions })))?.because

  it.each([
    ['the target', 'c-slab', '[c-slab]: https://docs.rs/slab', 'docs.rs/slab'],
    ['another definition', 'c-slab-x', '[c-slab]: https://docs.rs/slab', '[c-slab]: https://docs.rs/slab'],
    ['a resource', 'x-website', '', 'website is a resource'],
    ['the whole rest', 'c-slab', '', 'the whole rest is the crate'],
  ])('names %s', (_, label, definitions, words) => {
    expect(reason(label, definitions)).toContain(words)
  })
})

describe('looksLegacy', () => {
  it.each([
    ['c-slab', true],
    ['c-slab-badge', true],
    ['ex-a-bc', true],
    ['x-github', true],
    ['x-website-badge', true],
    ['C-Slab', true],
    ['c~slab-x', false],
    ['slab', false],
    ['well-known', false],
    ['docker-github-action', false],
    ['c-1', false],
    ['constructor-injection', false],
  ])('%s: %s', (label, legacy) => {
    expect(looksLegacy(label, grammarOf(DEFAULT_SETTINGS.grammar))).toBe(legacy)
  })
})
