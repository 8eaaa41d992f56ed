/** One case from strings. */
import { DEFAULT_CONFIG } from '../book/config-values.ts'
import type { Options } from '../transform/plain.ts'
import { load, type Testable } from './testable.ts'
import { CHAPTER, type Texts } from './texts.ts'
import { expectPair, tryVariant } from './try-variant.ts'
import { chosenVariants, type VariantChoice } from './variant-choice.ts'

export interface CaseOptions extends VariantChoice {
  /** What a plain transform is given as its options. */
  readonly options?: Options
}

/**
 * Expects that a transform makes one text of another, and does the same in every layout that must make no difference:
 * with other line ends, behind a byte order mark, in a block quote … Needs no test runner.
 *
 * @param transform one, or several that are run in order
 * @param input a chapter, or the files of a small book by their paths
 * @param output what comes out; the input itself where it has to stay as it is
 * @returns when all is as it should be
 * @throws an error that names the layout and shows the difference, or tells what the proof found
 * @example
 * const american: PlainTransform = ({ source }, { md }) => md(source).replaceText('colour', 'color').toSource()
 * await testCase(american, 'A colour.\n', 'A color.\n')
 */
export async function testCase(
  transform: Testable | readonly Testable[],
  input: string | Texts,
  output: string | Texts,
  options: CaseOptions = {},
): Promise<void> {
  const make = await load(transform)
  const { names, idempotent } = chosenVariants(options)
  const { settings, extensions } = DEFAULT_CONFIG
  const tried = {
    input: textsOf(input),
    output: { ...textsOf(input), ...textsOf(output) },
    transforms: make(options.options ?? {}),
    setting: { settings, extensions, idempotent, place: '' },
  }
  await expectPair(tried, 'it comes out otherwise')
  for (const name of names) await tryVariant(name, tried)
}

function textsOf(given: string | Texts): Texts {
  return typeof given === 'string' ? { [CHAPTER]: given } : given
}
