/** The texts that a file was on its way: made anew from its edits, since to keep them all would take much memory. */
import { applyEdits } from '../transform/edits.ts'
import type { Step } from './report.ts'

/** @returns the text that each step begins with, and behind them the one that the last has left */
export function textsAlong(before: string, steps: readonly Pick<Step, 'edits'>[]): readonly string[] {
  const texts = [before]
  let text = before
  for (const { edits } of steps) {
    text = applyEdits(text, edits)
    texts.push(text)
  }
  return texts
}
