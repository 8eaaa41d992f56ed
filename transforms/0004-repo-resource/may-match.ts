/** Which texts are looked at, told without a parser: labels are looked for in the source, wherever they stand. */
import type { Settings } from 'mdshift'
import { grammarOf } from '../0002-label-separators/grammar.ts'

export function mayMatch(text: string): boolean {
  return /~github/i.test(text)
}

/** A label that ends so; `p~github` is the page of that name, and stays. */
export function mayStart(text: string, { labels, grammar }: Settings): boolean {
  if (!mayMatch(text)) return false
  if (labels.size > 0) return true
  const { namespaces } = grammarOf(grammar)
  for (const [, subject = ''] of text.matchAll(ENDING)) {
    const division = namespaces.get(subject.toLowerCase())
    if (division === undefined || division === 'site') return true
  }
  return false
}

const ENDING = /(?:(?<=(?<!\\)\[)([^\s[\]~\\>]+))?~github(?:~badge)?[\s>]*\]/gi
