/** Values that have a meaning to Markdown, or would have one in the wrong place. */
import type { Dice } from './dice.ts'

type Pool = readonly [string, ...string[]]

const WORDS: Pool = [
  'rain',
  'a b',
  ' ',
  '*',
  '**wet**',
  '_',
  '__',
  '`',
  '``c``',
  '~~',
  '~',
  '[',
  ']',
  '[rain]',
  '[^1]',
  '![',
  '](/x)',
  '<',
  '<b>',
  '<!--',
  '<https://example.org>',
  'https://example.org',
  '&',
  '&amp;',
  '&#35;',
  '\\',
  '\\*',
  '|',
  '{{',
  '{{hi:x}}',
  '{#id}',
  '{.c}',
  '}}',
  '[[wind]]',
  '#',
  '## x',
  '>',
  '-',
  '- x',
  '+ x',
  '1. x',
  '7) x',
  '===',
  '---',
  '***',
  '```',
  '~~~',
  '    code',
  '[ ] x',
  ': x',
  '[x]: /y',
  '|---|',
  '!',
  '(',
  ')',
  '"',
  "'",
  '$$',
  'é⮳',
  '😀',
  '\u00a0',
]

const BETWEEN: Pool = ['', ' ', '\n', '', ' ', '  ', '\t', ' \n', '\n\n', '\n ']

const EDGE: Pool = ['', '', '', '', ' ', '\n', '\t']

/** A text of up to five words, side by side, or with white space of all kinds between and around them. */
export function hostileText(dice: Dice): string {
  let text = dice.pick(WORDS)
  for (let left = dice.roll(5); left > 0; left--) text += dice.pick(BETWEEN) + dice.pick(WORDS)
  return dice.pick(EDGE) + text + dice.pick(EDGE)
}

const ADDRESSES: Pool = [
  '/rain',
  '',
  'a b',
  '<x>',
  'a(b)c',
  'a)b(',
  'https://example.org/?a=1&amp;b#c',
  'a\\b\\*',
  '"t"',
  'a|b',
  'mailto:a@example.org',
  'a\nb',
  '{{x}}',
  '&copy;',
  '*a*_b_',
]

export function hostileAddress(dice: Dice): string {
  return dice.pick(ADDRESSES)
}

const TITLES: Pool = [
  'Gauge',
  '"quoted"',
  "it's",
  '(in) parens)',
  '"\'()',
  'a\nb',
  'a\\',
  '&amp;',
  'a|b',
  '*x* `y` [z]',
  ' a ',
]

/** A title, or none. */
export function hostileTitle(dice: Dice): string | null {
  return dice.roll(4) === 0 ? null : dice.pick(TITLES)
}

const CODE: Pool = [
  'let rain = 3;',
  '`',
  '```',
  '~~~',
  '``` ` `` ~~~~',
  ' a',
  '\ta',
  'a\n\nb',
  '\n',
  '\na\n',
  'a\n',
  '    a\n  b',
  '> a\n- b',
  '[x]: /y',
  '{{#include a.md}}',
  '| a |\n|---|',
  '<!--',
]

/** What a block of code may say; it may be empty. */
export function hostileCode(dice: Dice): string {
  return dice.roll(8) === 0 ? '' : dice.pick(CODE)
}

const SPANS: Pool = [
  'x',
  '`',
  '``',
  ' x ',
  ' ',
  ' `x',
  'x`',
  'a|b',
  'a\\|b',
  '\\',
  '*x*',
  '{{x}}',
  '&amp;',
  '<b>',
  '[x]',
]

export function hostileCodeSpan(dice: Dice): string {
  return dice.pick(SPANS)
}

const LANGUAGES: Pool = ['rust', 'rust,ignore', 'c++', 'a`b', '~x', 'a\\*b', '&amp;', '{{x}}', 'é']

export function hostileLanguage(dice: Dice): string | null {
  return dice.roll(4) === 0 ? null : dice.pick(LANGUAGES)
}

const META: Pool = ['title="x"', 'a  b', '`', '~~~', '\\*', '{1,2}', '&amp;', 'a|b']

export function hostileMeta(dice: Dice): string | null {
  return dice.roll(4) === 0 ? null : dice.pick(META)
}

const TAGS: Pool = ['<b>', '</b>', '<br>', '<i class="x">', '<!-- note -->', '<a\nhref="x">', '<?php x ?>']

/** Raw HTML within a line. */
export function inlineHtml(dice: Dice): string {
  return dice.pick(TAGS)
}

const HTML: Pool = [
  '<div>\nrain\n</div>',
  '<!-- note -->',
  '<!--\nnote\n\nlonger\n-->',
  '<pre>\n\na\n\n</pre>',
  '<details>\n<summary>*a*</summary>',
  '<b>\nrain\n</b>',
  '<script>\n> a\n\n- b\n</script>',
  '<?php\n\nx ?>',
  '</div>',
]

/** A block of raw HTML. */
export function blockHtml(dice: Dice): string {
  return dice.pick(HTML)
}

/** Labels as they are written in brackets. */
export const LABELS: Pool = [
  'rain',
  'Wind Speed',
  'c~slab~repo',
  '*x*',
  'a\\]b',
  '`c`',
  'ẞ',
  'a_b_c',
  'x|y',
  '!',
  '&amp;',
  '{{a}}',
  'a\\\\b',
  '1',
]

export const FOOTNOTES: Pool = ['1', 'note', 'rain-gauge', 'a_b', '*x*', 'É']

export const NAMES: Pool = ['rain', 'Wind', 'skip', 'a-b_c', 'é', '1', 'x:y']
