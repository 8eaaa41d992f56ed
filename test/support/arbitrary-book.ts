/** Small random books: chapters that include definitions, in hostile neighbourhoods. */
import fc from 'fast-check'

/** Labels with what they lead to; some pairs want to become one label. */
const DEFINITIONS: readonly (readonly [string, string])[] = [
  ['c-slab', 'https://docs.rs/slab'],
  ['c-slab-badge', 'https://img.shields.io/crates/v/slab'],
  ['c-slab-github', 'https://github.com/tokio-rs/slab'],
  ['c-slab-github-badge', 'https://img.shields.io/badge/slab-steelblue'],
  ['c-cargo', 'https://docs.rs/cargo'],
  ['c-cargo-quickinstall-github', 'https://github.com/cargo-bins/cargo-quickinstall'],
  ['c-diesel', 'https://docs.rs/diesel'],
  ['c-diesel-docs', 'https://diesel.rs/guides'],
  ['c-rand::Rng', 'https://docs.rs/rand/latest/rand/trait.Rng.html'],
  ['c~tokio~github', 'https://github.com/tokio-rs/tokio'],
  ['c~tokio~repo', 'https://example.org/tokio'],
  ['cat-no-std', 'https://crates.io/categories/no-std'],
  ['ex-clouds-count-them', 'clouds.md#count-them'],
  ['p-wind', '../wind.md'],
  ['book-rust', 'https://doc.rust-lang.org/book'],
  ['book-rust-macros', 'https://doc.rust-lang.org/book/ch19-06-macros.html'],
  ['tokio-website', 'https://tokio.rs'],
  ['github-api', 'https://developer.github.com'],
  ['plain', 'https://example.org/plain'],
]

/** The same labels, as another folder may mean them; a crate ends elsewhere in some, a recipe in another. */
const ELSEWHERE: typeof DEFINITIONS = [
  ['c-slab', 'https://docs.rs/slab/0.3'],
  ['c-slab-badge', 'https://img.shields.io/crates/v/slab'],
  ['c-slab-github', 'https://example.org/slab'],
  ['c-cargo-quickinstall-github', 'https://docs.rs/cargo/latest/quickinstall'],
  ['c-diesel', 'https://diesel.rs/guides'],
  ['c-diesel-docs', 'https://diesel.rs/guides'],
  ['c~diesel~docs', 'https://example.org/diesel'],
  ['c~tokio~github', 'https://example.org/tokio'],
  ['c~tokio~repo', 'https://example.org/tokio'],
  ['ex-clouds-count-them', 'clouds.md#them'],
  ['book-rust-macros', 'https://example.org/macros.html'],
  ['tokio-website', 'https://example.org/tokio'],
]

const label = fc.constantFrom(...DEFINITIONS.map(([name]) => name), 'c-nowhere', 'ex-no-such-thing')
const word = fc.constantFrom(
  'rain',
  'gauge',
  '⮳',
  'â®³',
  'donâ€™t',
  'naïve',
  '*',
  '**wet**',
  '_',
  '`c-slab`',
  '`',
  '{{hi:c-slab ⮳}}',
  '{{i:a]b}}',
  '[[wind | Wind]]',
  '[[c-slab]]',
  '[not a link]',
  'a<b>',
  '<!-- [x][c-slab] -->',
  '&#x2BB3;',
  '\\[',
  '\\',
  ']',
  '[',
  '~',
  '|',
  '<https://example.org/⮳>',
)
const reference = fc.oneof(
  label.map((name) => `[text][${name}]`),
  label.map((name) => `[${name}]`),
  label.map((name) => `[${name}][]`),
  label.map((name) => `![${name.replace(/^c-|-badge$/g, '')}][${name}]`),
  fc.tuple(label, label).map(([image, name]) => `[![slab-github][${image}]][${name}]`),
  label.map((name) => `[ ${name.toUpperCase()} ]`),
  fc.constantFrom('[down](#skip)', '[over](other.md#skip1)', '[out](https://example.org/#skip)'),
)
const line = fc
  .array(fc.oneof({ weight: 2, arbitrary: word }, { weight: 3, arbitrary: reference }), {
    minLength: 1,
    maxLength: 6,
  })
  .map((parts) => parts.join(' '))
const definitionOf = (definitions: typeof DEFINITIONS) =>
  fc
    .constantFrom(...definitions)
    .chain(([name, url]) =>
      fc.constantFrom(`[${name}]: ${url}`, `[${name}]: # "${url}"`, `[${name.toUpperCase()}]: <${url}>`),
    )
/** A local one may shadow another, or be shadowed. */
const definition = fc.oneof(
  { weight: 4, arbitrary: definitionOf(DEFINITIONS) },
  { weight: 1, arbitrary: definitionOf(ELSEWHERE) },
)
const heading = fc
  .tuple(
    fc.constantFrom('#', '##'),
    line,
    fc.constantFrom('', ' {#skip}', ' { #skip1 .wide }', ' <#skip>', ' {#own .skip}', ' {#skip} ##'),
  )
  .map((parts) => parts.join(' '))
const block = fc.oneof(
  { weight: 4, arbitrary: line },
  { weight: 3, arbitrary: heading },
  {
    weight: 4,
    arbitrary: fc.array(definition, { minLength: 1, maxLength: 4 }).map((lines) => lines.join('\n')),
  },
  { weight: 1, arbitrary: line.map((text) => `${text.replace(/^[#>-]/, '')}\n===`) },
  { weight: 1, arbitrary: fc.tuple(line, line).map(([a, b]) => `> ${a}\n${b}`) },
  { weight: 1, arbitrary: fc.tuple(line, line).map(([a, b]) => `- ${a}\n\n  ${b}\n- [ ] ${b}`) },
  { weight: 1, arbitrary: fc.tuple(line, line).map(([a, b]) => `| ${a} | b |\n|---|---|\n| ${b} |\n`) },
  { weight: 1, arbitrary: line.map((text) => `\`\`\`\n${text}\n{{#include refs.md}}\n\`\`\``) },
  { weight: 1, arbitrary: line.map((text) => `<div>\n${text}\n\n${text}\n\n</div>\n`) },
  { weight: 1, arbitrary: line.map((text) => `    ${text}`) },
  { weight: 1, arbitrary: line.map((text) => `[^1]: ${text}`) },
  {
    weight: 2,
    arbitrary: fc.constantFrom(
      '\n{{#include refs.md}}\n',
      '\n{{#include part.md}}\n',
      '\n{{#include refs.md}}\n{{#include missing.md}}\n',
      '\\{{#include refs.md}}',
    ),
  },
)
const file = fileOf(block)

/** A file of another folder: it includes its own definitions, those of the other one, or both. */
const deepFile = fileOf(
  fc.oneof(
    { weight: 12, arbitrary: block.map((text) => text.replaceAll('{{#include ', '{{#include ../')) },
    {
      weight: 4,
      arbitrary: fc.constantFrom(
        '\n{{#include refs.md}}\n',
        '\n{{#include refs.md}}\n{{#include ../refs.md}}\n',
        '\n{{#include ../refs.md}}\n\n{{#include refs.md}}\n',
        '\n{{#include ../part.md}}\n\n{{#include refs.md}}\n',
      ),
    },
  ),
)

/** Blocks, and what stands between them. */
function fileOf(blocks: fc.Arbitrary<string>): fc.Arbitrary<string> {
  return fc
    .tuple(
      fc.array(blocks, { maxLength: 7 }),
      fc.constantFrom('\n\n', '\n', '\r\n\r\n'),
      fc.constantFrom('', '\n'),
    )
    .map(([parts, between, end]) => parts.join(between) + end)
}

/** A chapter may end in a fence that nobody closes; in a part it would swallow what comes behind the include. */
const chapterOf = (text: fc.Arbitrary<string>) =>
  fc.tuple(text, fc.constantFrom('', '\n\n~~~\n[slab][c-slab] ⮳')).map((parts) => parts.join(''))
const chapter = chapterOf(file)

const refsOf = (definitions: fc.Arbitrary<string>) =>
  fc.array(definitions, { maxLength: 12 }).map((lines) => `${lines.join('\n')}\n`)

/**
 * A book of two chapters, a part that both may include, and their definitions; and a folder with a chapter and
 * definitions of its own, which may mean other things by the same labels.
 */
export const arbitraryBook: fc.Arbitrary<Record<string, string>> = fc.record({
  'chapter.md': chapter,
  'other.md': chapter,
  'part.md': file,
  'refs.md': refsOf(definition),
  'deep/chapter.md': chapterOf(deepFile),
  'deep/refs.md': refsOf(definitionOf([...ELSEWHERE, ...DEFINITIONS])),
})
