import { describe, expect, it } from 'vitest'
import { bookViewOf } from '../../test/support/book-view.ts'
import { planLabels, verdictAt } from './plan.ts'

type Texts = Readonly<Record<string, string>>

/** What becomes of labels where they stand, `path label: new label`, or how it is left and its candidates. */
function verdicts(texts: Texts, ...asked: readonly (readonly [string, string])[]): string[] {
  const plan = planLabels(bookViewOf(texts), new Map())
  return asked.map(([path, label]) => {
    const verdict = verdictAt(path, label, structuredClone(plan))
    const result =
      verdict?.kind === 'rename' ? verdict.to : `${verdict?.kind}: ${verdict?.candidates.join(' or ')}`
    return `${path} ${label}: ${result}`
  })
}

const QUICK = 'c-cargo-quickinstall-github'
const RAIN = { 'rain/a.md': `[${QUICK}]: https://github.com/cargo-bins/cargo-quickinstall\n` }
const WIND = { 'wind/a.md': `[${QUICK}]: https://docs.rs/cargo/latest/quickinstall\n` }

describe('a label that two folders define', () => {
  it('is decided by the definitions of its own', () => {
    expect(verdicts({ ...RAIN, ...WIND }, ['rain/a.md', QUICK], ['wind/a.md', QUICK])).toEqual([
      `rain/a.md ${QUICK}: c~cargo-quickinstall~github`,
      `wind/a.md ${QUICK}: c~cargo~quickinstall~github`,
    ])
  })

  it('is undecided where they contradict each other in one folder, and decided in the other', () => {
    const texts = {
      ...WIND,
      'rain/a.md': `[${QUICK}]: https://docs.rs/cargo\n[${QUICK}]: https://docs.rs/cargo-quickinstall\n`,
    }
    expect(verdicts(texts, ['rain/a.md', QUICK], ['wind/a.md', QUICK])).toEqual([
      `rain/a.md ${QUICK}: undecided: c~cargo~quickinstall~github or c~cargo-quickinstall~github`,
      `wind/a.md ${QUICK}: c~cargo~quickinstall~github`,
    ])
  })

  it('is kept in one, with its own candidate', () => {
    const texts = { ...RAIN, 'wind/a.md': `${WIND['wind/a.md']}[c~cargo~quickinstall~github]: /taken\n` }
    expect(verdicts(texts, ['rain/a.md', QUICK], ['wind/a.md', QUICK])).toEqual([
      `rain/a.md ${QUICK}: c~cargo-quickinstall~github`,
      `wind/a.md ${QUICK}: refused: c~cargo~quickinstall~github`,
    ])
  })

  it('has badges that follow it, each in its folder', () => {
    const badge = `${QUICK}-badge`
    const texts = {
      'rain/a.md': `${RAIN['rain/a.md']}\n[${badge}]: /rain.svg\n`,
      'wind/a.md': `${WIND['wind/a.md']}\n[${badge}]: /wind.svg\n`,
    }
    expect(verdicts(texts, ['rain/a.md', badge], ['wind/a.md', badge])).toEqual([
      `rain/a.md ${badge}: c~cargo-quickinstall~github~badge`,
      `wind/a.md ${badge}: c~cargo~quickinstall~github~badge`,
    ])
  })

  it('is one by hand in both', () => {
    const view = bookViewOf({ ...RAIN, ...WIND })
    const settings = { ...view.settings, labels: new Map([[QUICK, 'c~quick']]) }
    const plan = planLabels({ ...view, settings }, new Map())
    for (const path of ['rain/a.md', 'wind/a.md'])
      expect(verdictAt(path, QUICK, plan)).toMatchObject({ kind: 'rename', to: 'c~quick' })
  })
})

describe('where no definition of a label is known', () => {
  const use = { 'alone.md': `[x][${QUICK}] [y][c-slab-x]\n` }

  it('the only meaning that the book gives it decides', () => {
    expect(verdicts({ ...RAIN, ...use }, ['alone.md', QUICK])).toEqual([
      `alone.md ${QUICK}: c~cargo-quickinstall~github`,
    ])
  })

  it('several meanings decide nothing, and crates that the book proves do', () => {
    expect(verdicts({ ...RAIN, ...WIND, ...use }, ['alone.md', QUICK])).toEqual([
      `alone.md ${QUICK}: c~cargo~quickinstall~github`,
    ])
  })
})

it('a guide beside the documentation takes its name in its own folder alone', () => {
  const texts = {
    'rain.md': '[c-mdbook]: https://rust-lang.github.io/mdBook\n[c-mdbook-docs.rs]: https://docs.rs/mdbook\n',
    'wind.md': '[c-mdbook]: https://docs.rs/mdbook\n[c-mdbook-docs.rs]: https://docs.rs/mdbook\n',
    'alone.md': '[c-mdbook-docs.rs]: https://docs.rs/mdbook\n',
  }
  expect(
    verdicts(
      texts,
      ['rain.md', 'c-mdbook-docs.rs'],
      ['wind.md', 'c-mdbook-docs.rs'],
      ['alone.md', 'c-mdbook-docs.rs'],
    ),
  ).toEqual([
    'rain.md c-mdbook-docs.rs: c~mdbook~docs.rs',
    'wind.md c-mdbook-docs.rs: c~mdbook~docs',
    'alone.md c-mdbook-docs.rs: c~mdbook~docs',
  ])
})
