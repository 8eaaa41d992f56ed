/** The cookbook's recipes, each with its own situations. */
import fs from 'node:fs'
import { testTransform } from 'mdshift/testing'

const COOKBOOK = new URL('../docs/cookbook/', import.meta.url)

/** Recipes that change what they made, if they are run again. */
const ONCE = new Set(['bump-headings'])

for (const name of fs.readdirSync(COOKBOOK)) {
  const folder = new URL(`${name}/`, COOKBOOK)
  await testTransform(new URL(`${name}.ts`, folder), new URL('fixtures/', folder), {
    idempotent: !ONCE.has(name),
  })
}
