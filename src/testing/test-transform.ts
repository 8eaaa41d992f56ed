/** A folder of situations as tests of the runner that runs. */
import path from 'node:path'
import { DEFAULT_CONFIG } from '../book/config-values.ts'
import type { Transform } from '../transform/define.ts'
import { difference } from './difference.ts'
import { runTexts } from './run-texts.ts'
import { currentRunner, type Runner, skip } from './runner.ts'
import { leftOf, outputOf, rewrite, type Situation, situationsIn } from './situations.ts'
import { folderOf, load, type Making, type Testable, titleOf } from './testable.ts'
import { CHAPTER } from './texts.ts'
import { differences, expectPair, tryVariant } from './try-variant.ts'
import { chosenVariants, type VariantChoice } from './variant-choice.ts'
import { VARIANTS } from './variants.ts'

export interface TestOptions extends VariantChoice {
  /** Who registers the tests, if not vitest or node:test: `{ describe, it }`. They are registered at once then. */
  readonly runner?: Runner
}

/**
 * Registers tests for all situations of a folder: `<situation>/input.md` becomes `output.md`, or stays as it is where
 * there is none; small books are folders, `input/` and `output/`. Each is proven, and tried in every layout that must
 * make no difference. A file that no test reads fails. With `UPDATE=1`, outputs are written instead of compared.
 *
 * @param transform one, or several that are run in order
 * @param folder the folder of the situations, from the current folder, or a URL
 * @param options which layouts, and who runs the tests
 * @returns when the tests are registered; wait for it
 * @example
 * await testTransform(new URL('./rename.ts', import.meta.url), new URL('./fixtures', import.meta.url))
 */
export async function testTransform(
  transform: Testable | readonly Testable[],
  folder: string | URL,
  options: TestOptions = {},
): Promise<void> {
  const { describe, it } = options.runner ?? (await currentRunner())
  const { situations, problems } = situationsIn(folderOf(folder))
  let loaded: Promise<Making> | undefined
  const making = () => {
    loaded ??= load(transform)
    return loaded
  }
  describe(titleOf(transform), () => {
    it('is tested by every file of its folder', async () => {
      if (isForbidden()) throw new Error('UPDATE is set, and so is CI: outputs are written by people')
      if (problems.length > 0) throw new Error(problems.join('\n'))
    })
    it('does what its examples say', async () => {
      await expectExamples((await making())({}), options)
    })
    for (const situation of situations)
      describe(situation.name, () => registerSituation(situation, making, options, { describe, it }))
  })
}

function registerSituation(
  situation: Situation,
  making: () => Promise<Making>,
  options: TestOptions,
  { it }: Runner,
): void {
  const { input } = situation
  const without = [...(options.without ?? []), ...situation.without]
  const { names, idempotent } = chosenVariants({ ...options, without })
  const place = path.relative(process.cwd(), situation.folder)
  const tried = async () => {
    const { settings, extensions, isBook } = situation
    const setting = { settings, extensions, idempotent, place: isBook ? path.join(place, 'input') : place }
    return { input, output: outputOf(situation), transforms: (await making())(situation.options), setting }
  }
  let isWrong = false
  it('comes out as it should', async () => {
    isWrong = true
    const { transforms, setting } = await tried()
    const { texts, left } = await runTexts(input, transforms, setting)
    if (isUpdating()) told(rewrite(situation, texts, left))
    const wrong = [
      differences(outputOf(situation), texts),
      left === leftOf(situation) ? '' : difference('left.txt', leftOf(situation), left),
    ].filter((part) => part !== '')
    if (wrong.length > 0) throw new Error([`${place} comes out otherwise`, ...wrong, HINT].join('\n'))
    isWrong = false
  })
  for (const name of names) {
    // What comes out may not be written yet: whether the layout can be tried is told by what goes in.
    if (name !== 'twice' && VARIANTS[name].of({ input, output: input }).length === 0) continue
    it(`${name}: ${VARIANTS[name].says}`, async (...context) => {
      if (isWrong) return skip(context, 'it does not come out as it should in any layout')
      const silent = await tryVariant(name, await tried())
      if (silent) skip(context, silent.because)
    })
  }
}

const HINT = 'UPDATE=1 writes what comes out; look at the difference before you commit it.'

/** Before and after, as the transforms themselves show them. */
async function expectExamples(transforms: readonly Transform[], options: TestOptions): Promise<void> {
  const { settings, extensions } = DEFAULT_CONFIG
  const { idempotent } = chosenVariants(options)
  for (const transform of transforms)
    for (const { title, before, after } of transform.examples)
      await expectPair(
        {
          input: { [CHAPTER]: before },
          output: { [CHAPTER]: after },
          transforms: [transform],
          setting: { settings, extensions, idempotent, place: '' },
        },
        `the example “${title}” of ${transform.id} comes out otherwise`,
      )
}

function isUpdating(): boolean {
  return process.env['UPDATE'] === '1' && !isForbidden()
}

/** In CI nobody would see what was written. */
function isForbidden(): boolean {
  const { CI, UPDATE } = process.env
  return UPDATE === '1' && CI !== undefined && CI !== '' && CI !== 'false'
}

function told(files: readonly string[]): void {
  for (const file of files) process.stderr.write(`wrote ${path.relative(process.cwd(), file)}\n`)
}
