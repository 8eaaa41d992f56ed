/** The alerts of mdBook, the kinds of mdbook-admonish, and which are alike. */

/** mdBook's alerts, and the titles that it shows for them; nothing can change those. */
export const ALERTS = {
  NOTE: 'Note',
  TIP: 'Tip',
  IMPORTANT: 'Important',
  WARNING: 'Warning',
  CAUTION: 'Caution',
} as const
export type Alert = keyof typeof ALERTS

interface Kind {
  /** What a reader sees above a block that has no title of its own. */
  readonly title: string
  /** The alert that says nearly the same; none where every alert says something else. */
  readonly nearest?: Alert
}

/** By the names that mdbook-admonish has for them, which have no capitals. */
export const KINDS: ReadonlyMap<string, Kind> = new Map<string, Kind>([
  ['note', { title: 'Note', nearest: 'NOTE' }],
  ['abstract', { title: 'Abstract' }],
  ['summary', { title: 'Summary' }],
  ['tldr', { title: 'TL;DR' }],
  ['info', { title: 'Info', nearest: 'NOTE' }],
  ['todo', { title: 'TODO' }],
  ['tip', { title: 'Tip', nearest: 'TIP' }],
  ['hint', { title: 'Hint', nearest: 'TIP' }],
  ['important', { title: 'Important', nearest: 'IMPORTANT' }],
  ['success', { title: 'Success' }],
  ['check', { title: 'Check' }],
  ['done', { title: 'Done' }],
  ['question', { title: 'Question' }],
  ['help', { title: 'Help' }],
  ['faq', { title: 'FAQ' }],
  ['warning', { title: 'Warning', nearest: 'WARNING' }],
  ['caution', { title: 'Caution', nearest: 'CAUTION' }],
  ['attention', { title: 'Attention', nearest: 'WARNING' }],
  ['failure', { title: 'Failure' }],
  ['fail', { title: 'Fail' }],
  ['missing', { title: 'Missing' }],
  ['danger', { title: 'Danger', nearest: 'CAUTION' }],
  ['error', { title: 'Error', nearest: 'CAUTION' }],
  ['bug', { title: 'Bug' }],
  ['example', { title: 'Example' }],
  ['quote', { title: 'Quote' }],
  ['cite', { title: 'Cite' }],
])
