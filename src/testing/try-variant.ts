/** One situation in one layout: it comes out as it should, or there is an error that shows the difference. */
import type { Transform } from '../transform/define.ts'
import { difference } from './difference.ts'
import { runTexts, type Setting } from './run-texts.ts'
import { CHAPTER, type Texts } from './texts.ts'
import { type Pair, VARIANTS, type VariantName } from './variants.ts'

export interface Tried extends Pair {
  readonly transforms: readonly Transform[]
  readonly setting: Setting
}

/** Why a variant says nothing of a transform. */
export interface Silent {
  readonly because: string
}

/**
 * Tries a situation in a layout.
 *
 * @returns nothing where it does the same; why nothing can be said where the transform is about the layout itself:
 *   one that turns lists into tables changes the list that the text was put in
 * @throws with the difference
 */
export async function tryVariant(name: VariantName, tried: Tried): Promise<Silent | undefined> {
  try {
    await expectVariant(name, tried)
  } catch (thrown) {
    const isAbout = await changesLayout(name, tried)
    if (!isAbout) throw thrown
    return { because: `the transform is about the layout itself (${VARIANTS[name].says})` }
  }
  return undefined
}

/** Expects what comes out of a situation, as it is. */
export async function expectPair(
  { input, output, transforms, setting }: Tried,
  about: string,
): Promise<string> {
  const { texts, left } = await runTexts(input, transforms, setting)
  const wrong = differences(output, texts)
  if (wrong !== '') throw new Error(`${about}\n${wrong}`)
  return left
}

/** The differences of all files, one below the other. */
export function differences(expected: Texts, actual: Texts): string {
  return Object.entries(expected)
    .filter(([file, text]) => actual[file] !== text)
    .map(([file, text]) => difference(file === CHAPTER ? 'the chapter' : file, text, actual[file] ?? ''))
    .join('\n')
}

async function expectVariant(name: VariantName, tried: Tried): Promise<void> {
  const { says, of } = VARIANTS[name]
  const setting = { ...tried.setting, place: '' }
  for (const pair of of(tried))
    await expectPair({ ...tried, ...pair, setting }, `variant ${name} (${says}): it comes out otherwise`)
}

/** Layouts that are none to a reader: no transform is about them. */
const BYTES = new Set<VariantName>(['bom', 'crlf'])

/** A word in that layout, and nothing in a fence: what a transform does there it does to the layout. */
async function changesLayout(name: VariantName, { transforms, setting }: Tried): Promise<boolean> {
  if (BYTES.has(name)) return false
  const input = { [CHAPTER]: name === 'in-fence' ? '' : 'Rain.\n' }
  const plain = await runTexts(input, transforms, setting).catch(() => undefined)
  // A transform that fails on a word alone says nothing about the layout.
  if (!plain) return false
  try {
    const { texts: output } = plain
    await expectVariant(name, { input, output, transforms, setting })
    return false
  } catch {
    return name !== 'twice'
  }
}
