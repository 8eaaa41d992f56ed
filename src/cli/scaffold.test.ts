import { describe, expect, it } from 'vitest'
import { scaffold } from './scaffold.ts'

const OPTIONS = {
  id: 'dots',
  file: 'dots',
  language: 'ts',
  form: 'plain',
  runner: 'node',
  isModule: true,
} as const

describe('a plain transform', () => {
  it.each([
    ['dots', 'dots'],
    ['straight-quotes', 'straightQuotes'],
    ['0003-straight_quotes', 'straightQuotes'],
    ['0003-2-spaces', 'transform2Spaces'],
    ['delete', 'transformdelete'],
    ['grün', 'grün'],
  ])('%s is a function of the name %s', (id, name) => {
    const { files, transform } = scaffold({ ...OPTIONS, id })
    expect(files.get(transform)).toContain(`export default function ${name}(`)
  })
})

describe('a test', () => {
  it.each([
    ['ts', 'vitest', 'dots.test.ts', "import transform from './dots.js'"],
    ['js', 'vitest', 'dots.test.mjs', "import transform from './dots.mjs'"],
    ['js', 'node', 'dots.test.mjs', "import transform from './dots.mjs'"],
    ['ts', 'node', 'dots.test.mjs', "new URL('./dots.ts', import.meta.url)"],
  ] as const)('of %s under %s is %s', (language, runner, test, says) => {
    const made = scaffold({ ...OPTIONS, language, runner })
    expect(made.test).toBe(test)
    expect(made.files.get(test)).toContain(says)
  })

  it('where .ts is no ES module is .mts', () => {
    const made = scaffold({ ...OPTIONS, runner: 'vitest', isModule: false })
    expect([made.transform, made.test]).toEqual(['dots.mts', 'dots.test.mts'])
    expect(made.files.get('dots.test.mts')).toContain("import transform from './dots.mjs'")
  })
})
