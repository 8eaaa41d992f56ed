import { describe, expect, it } from 'vitest'
import { defineTransform, type Transform } from '../transform/define.ts'
import { planMigrations, type Selection, withoutSwitchedOff } from './plan.ts'

const migration = (id: string): Transform =>
  defineTransform<unknown, unknown>({
    id,
    version: 1,
    summary: '',
    reason: '',
    examples: [],
    mayMatch: () => true,
    transform: () => ({ changes: [], leftovers: [] }),
  })
const ALL = ['0001-rain', '0002-wind-gauge', '0010-sun'].map(migration)

function planned(selection: Selection): string[] | string {
  const plan = planMigrations(ALL, selection)
  return plan.ok ? plan.value.map(({ id }) => id) : `${plan.failure.code} ${plan.failure.message}`
}

const left = (switches: Readonly<Record<string, boolean>>, chosen = ALL) => {
  const named = Object.entries(switches).map(([name, on]) => ({ name, on, place: `config.json ${name}` }))
  const result = withoutSwitchedOff(ALL, chosen, named)
  return result.ok
    ? result.value.map(({ id }) => id)
    : result.failures.map(({ code, place, message }) => `${code} ${place}: ${message}`)
}

describe('the migrations of a run', () => {
  it.each<[string, Selection, string[]]>([
    ['all, where nothing is said', {}, ['0001-rain', '0002-wind-gauge', '0010-sun']],
    [
      'all, where an empty list is',
      { only: [], to: undefined },
      ['0001-rain', '0002-wind-gauge', '0010-sun'],
    ],
    ['only one, by id', { only: ['0002-wind-gauge'] }, ['0002-wind-gauge']],
    ['only one, by number', { only: ['2'] }, ['0002-wind-gauge']],
    ['only one, by number with zeros', { only: ['0010'] }, ['0010-sun']],
    ['only one, by its words', { only: ['wind-gauge'] }, ['0002-wind-gauge']],
    ['several, in the order of all', { only: ['sun', '1'] }, ['0001-rain', '0010-sun']],
    ['one that is named twice', { only: ['1', 'rain'] }, ['0001-rain']],
    ['up to one', { to: '2' }, ['0001-rain', '0002-wind-gauge']],
    ['up to the last', { to: 'sun' }, ['0001-rain', '0002-wind-gauge', '0010-sun']],
    ['up to one, of some', { only: ['1', '10'], to: 'wind-gauge' }, ['0001-rain']],
  ])('%s', (_, selection, ids) => {
    expect(planned(selection)).toEqual(ids)
  })

  it.each<[string, Selection]>([
    ['no such number', { to: '3' }],
    ['no such words', { only: ['rain', 'hail'] }],
    ['a part of its words', { only: ['wind'] }],
    ['a number with a letter', { only: ['2x'] }],
    ['another number with the words', { to: '0003-rain' }],
    ['nothing', { to: '' }],
    ['the beginning of an id', { to: '0002-' }],
  ])('%s is a failure that names them all', (_, selection) => {
    expect(planned(selection)).toMatch(/^MDS004 .*0001-rain, 0002-wind-gauge, 0010-sun$/)
  })

  it.each([
    ['wind-guage', 'wind-gauge'],
    ['0002-windgauge', '0002-wind-gauge'],
    ['Rian', 'rain'],
  ])('%s is a failure that names the nearest, %s', (name, nearest) => {
    const meant = `"${name}" (did you mean "${nearest}"?) is none of`
    expect([planned({ only: [name] }), planned({ to: name })]).toEqual([
      expect.stringContaining(meant),
      expect.stringContaining(meant),
    ])
    expect(left({ [name]: false })).toEqual([expect.stringContaining(meant)])
  })

  it('none at all is a failure: all that are named come later', () => {
    expect(planned({ only: ['10'], to: '1' })).toMatch(/^MDS009 /)
  })

  it('names what was asked for', () => {
    expect(planned({ only: ['1', 'hail\n'] })).toContain('"hail\\n"')
  })
})

describe('the migrations that a configuration leaves', () => {
  it.each<[string, Record<string, boolean>, string[]]>([
    ['all', {}, ['0001-rain', '0002-wind-gauge', '0010-sun']],
    ['all that are switched on', { '1': true, sun: true }, ['0001-rain', '0002-wind-gauge', '0010-sun']],
    ['without one, by id', { '0002-wind-gauge': false }, ['0001-rain', '0010-sun']],
    ['without two, by number and words', { '1': false, sun: false }, ['0002-wind-gauge']],
    ['none', { '1': false, '2': false, '10': false }, []],
  ])('%s', (_, switches, ids) => {
    expect(left(switches)).toEqual(ids)
  })

  it('come from those that were chosen', () => {
    expect(left({ '1': false, '2': true }, ALL.slice(0, 2))).toEqual(['0002-wind-gauge'])
  })

  it('are refused with every name that is none of them, and with two names of one', () => {
    expect(left({ hail: false, '10': false, sun: true, snow: true })).toEqual([
      expect.stringMatching(
        /^MDS004 config\.json hail: .*"hail" \(did you mean "rain"\?\) is none of 0001-rain/,
      ),
      'MDS003 config.json sun: The configuration cannot be used: migrations: "10" and "sun" are one migration',
      expect.stringMatching(/^MDS004 config\.json snow: .*"snow" is none of 0001-rain/),
    ])
  })
})
