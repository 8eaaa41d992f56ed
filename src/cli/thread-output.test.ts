import { expect, it } from 'vitest'
import { printedIn } from './thread-output.ts'

function printed(...texts: readonly string[]): string {
  let all = ''
  const log = printedIn({ raw: (text) => (all += text) })
  for (const text of texts) log(text)
  return all
}

it('what a transform prints is shown line by line', () => {
  expect(printed('a\tb\n', 'c\n')).toBe('a\tb\nc\n')
})

it('it steers no terminal', () => {
  expect(printed('\u001b[2J\u202ea\n')).toBe('\\u{1b}[2J\\u{202e}a\n')
})

it('it comes to an end', () => {
  const all = printed(...Array.from({ length: 30 }, () => 'line\n'.repeat(10_000)))
  expect(all.length).toBeLessThan(1_000_100)
  expect(all.trimEnd().split('\n').at(-1)).toBe('… What transforms print beyond this is not shown.')
})
