import { expect, it } from 'vitest'
import { isLaborious } from './laborious-globs.ts'

it.each([
  'src/**',
  '**/CHANGELOG.md',
  'src/*-*-*.md',
  '**/a/**/b/**/*.md',
  '*/*/*/*/*.md',
  'src/{*foo*,*bar*,{*a*,*b*}}/*.md',
  'src/@(*a|*b)/*.md',
  '[*][*][*][*].md',
  'part-+([0-9]).md',
  'c++/notes.md',
  'notes (old)/*.{md,mdx}',
])('is matched at once: %s', (glob) => expect(isLaborious(glob)).toBe(false))

it.each([
  'src/*a*a*a*a*a*a*a*a*a*a*b*c',
  '*a*a*a*',
  'src/{x,*a{*a,b}*a*}',
  '**/a/**/a/**/a/**/b',
  '+(a|aa)c',
  '*(a|?a|*a)c',
  '(a*)+c',
  '{a,aa}+c',
  '!(a)!(a)!(a)!(a)',
  '+(+(a)|b)c',
  '?!((,aa))+@',
  '([a]a)+(*)',
  '*(a)+(a*)',
  '**a*!(@a)+/!',
  'a*a*[a]+*@',
  '[a]|)!a|[a]}|?[a]|+)+@+(',
  `src/${'a'.repeat(5000)}.md`,
])('may take long: %.40s', (glob) => expect(isLaborious(glob)).toBe(true))
