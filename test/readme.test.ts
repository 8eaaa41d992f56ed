import fs from 'node:fs'
import { fileURLToPath } from 'node:url'
import { expect, it } from 'vitest'
import { mdshift } from './support/program.ts'

const ROOT = fileURLToPath(new URL('..', import.meta.url))
const README = fs.readFileSync(`${ROOT}/README.md`, 'utf8')

const blocks = (language: string) =>
  [...README.matchAll(new RegExp(`^\`\`\`${language}\\n(.*?)^\`\`\``, 'gms'))].map((match) => match[1] ?? '')

it('shows what a dry run of the sample book prints', () => {
  const { stdout } = mdshift(['migrate', '--dry-run', '__fixtures__/book'], ROOT)
  for (const excerpt of blocks('diff')) expect(stdout).toContain(excerpt)
})

it('shows lines that a check of the sample book prints', () => {
  const { stdout } = mdshift(['check'], `${ROOT}/__fixtures__/book`)
  const lines = blocks('text')
    .flatMap((block) => block.split('\n'))
    .filter((line) => line !== '')
  expect(lines.length).toBeGreaterThan(0)
  for (const line of lines) expect(stdout.split('\n')).toContain(line)
})

it('names commands that there are', () => {
  const commands = [...README.matchAll(/^mdshift (\w+)/gm)].map((match) => match[1] ?? '')
  expect(commands.length).toBeGreaterThan(3)
  for (const command of commands)
    expect(mdshift([command, '--help'], ROOT).stdout).toContain(`mdshift ${command}`)
})
