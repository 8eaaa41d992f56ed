/** A chapter of a generated book, and the table of its recipes that it includes. */
import type { Draws } from './draws.ts'
import { RESOURCES } from './library.ts'
import type { Label, Spelling } from './spelling.ts'
import { ADJECTIVES, CODE, DEEDS, THINGS, TIMES, VERBS } from './words.ts'

export interface Topic {
  readonly folder: string
  readonly topic: string
  readonly libraries: readonly [string, ...string[]]
}

export interface MadeChapter {
  readonly title: string
  readonly chapter: string
  readonly table: string
  /** Lines of definitions, for the folder's own file of them. */
  readonly definitions: readonly string[]
}

interface Recipe {
  readonly title: string
  readonly id: string
  readonly libraries: readonly string[]
}

export function chapterOf(
  { folder, topic, libraries }: Topic,
  draws: Draws,
  spelling: Spelling,
): MadeChapter {
  const title = capitalized(topic.replaceAll('_', ' '))
  const recipes = Array.from({ length: 1 + draws.below(4) }, (_, index): Recipe => {
    const name = `${draws.of(DEEDS)} the ${draws.of(ADJECTIVES)} ${draws.of(THINGS)} ${index + 1}`
    const count = 1 + draws.below(2)
    return {
      title: name,
      id: slugOf(name),
      libraries: Array.from({ length: count }, () => draws.of(libraries)),
    }
  })
  const label = (recipe: Recipe): Label => ({ namespace: 'ex', subject: folder, recipe: recipe.id })
  const page = `${folder}/${topic}.md`
  const sections = recipes.map((recipe) => section(recipe, folder, draws, spelling))
  return {
    title,
    chapter: [
      `# ${title}\n\n{{#include ${topic}.incl.md}}\n`,
      ...sections,
      related(title, folder, libraries, draws, spelling),
      `{{#include refs.incl.md}}\n{{#include ../refs/link-refs.md}}\n`,
    ].join('\n'),
    table: table(
      recipes.map((recipe) => [recipe, spelling.label(label(recipe))] as const),
      folder,
      spelling,
    ),
    definitions: recipes.map((recipe) => `[${spelling.label(label(recipe))}]: # "${page}#${recipe.id}"`),
  }
}

function table(rows: readonly (readonly [Recipe, string])[], folder: string, spelling: Spelling): string {
  const category: Label = { namespace: 'cat', subject: folder }
  const lines = rows.map(([recipe, label]) => {
    const badges = recipe.libraries.map((name) =>
      badge({ namespace: 'c', subject: name, resource: 'docs' }, spelling),
    )
    return `| [${recipe.title}][${label}] | ${badges.join(' ')} | ${badge(category, spelling)} |`
  })
  return ['| Recipe | Crates | Categories |', '|--------|--------|------------|', ...lines, ''].join('\n')
}

function badge(label: Label, { label: written, alt }: Spelling): string {
  return `[![${alt(label)}][${written({ ...label, badge: true })}]][${written(label)}]`
}

function section(recipe: Recipe, folder: string, draws: Draws, spelling: Spelling): string {
  const rows = recipe.libraries.map((name) => {
    const resources = RESOURCES.filter((resource) => resource === 'docs' || draws.percent(35))
    const badges = resources.map((resource) => badge({ namespace: 'c', subject: name, resource }, spelling))
    return `${badges.join(' ')}{{hi:${name}}}`
  })
  const parts = [
    `## ${recipe.title} {#${recipe.id}}`,
    ...rows,
    ...(draws.percent(50) ? [badge({ namespace: 'cat', subject: folder }, spelling)] : []),
    paragraph(recipe, draws, spelling),
    ...(draws.percent(50) ? [list(recipe, draws, spelling)] : []),
    ...(draws.percent(65) ? [fence(draws)] : []),
    ...(draws.percent(30) ? [paragraph(recipe, draws, spelling)] : []),
    ...(draws.percent(8) ? [note(draws)] : []),
  ]
  return `${parts.join('\n\n')}\n`
}

function paragraph({ libraries }: Recipe, draws: Draws, spelling: Spelling): string {
  const sentences = Array.from({ length: 2 + draws.below(3) }, () => sentence(draws))
  if (draws.percent(3)) sentences.push(`It doesn${spelling.damagedApostrophe}t matter.`)
  const subject = libraries[draws.below(libraries.length)] ?? ''
  const label = spelling.label({ namespace: 'c', subject, resource: draws.of(['docs', 'repo', 'website']) })
  const arrow = draws.percent(2) ? spelling.damagedArrow : spelling.arrow
  sentences.push(
    `See [\`${subject}\`][${label}]${arrow}{{hi:${subject}}} for *${draws.of(ADJECTIVES)}* cases.`,
  )
  return sentences.join(' ')
}

function sentence(draws: Draws): string {
  const [first, second] = [draws.of(ADJECTIVES), draws.of(THINGS)]
  const clause = `the ${first} ${second} ${draws.of(VERBS)} the ${draws.of(ADJECTIVES)} ${draws.of(THINGS)} ${draws.of(TIMES)}`
  if (draws.percent(15)) return capitalized(`${clause}, and \`${draws.of(THINGS)}()\` ${draws.of(VERBS)} it.`)
  if (draws.percent(10)) return capitalized(`**${clause}**.`)
  return capitalized(`${clause}.`)
}

function list({ libraries }: Recipe, draws: Draws, spelling: Spelling): string {
  const items = Array.from({ length: 2 + draws.below(4) }, () => {
    const deed = `- ${draws.of(DEEDS)} the ${draws.of(THINGS)} ${draws.of(TIMES)}.`
    if (!draws.percent(30)) return deed
    const subject = libraries[0] ?? ''
    const label = spelling.label({ namespace: 'c', subject, resource: 'crates.io' })
    return `${deed}\n  - Rather by [${subject}][${label}]${spelling.arrow}.`
  })
  return items.join('\n')
}

function fence(draws: Draws): string {
  const lines = Array.from({ length: 4 + draws.below(10) }, () => draws.of(CODE))
  return ['```rust,editable', ...lines, '```'].join('\n')
}

function note(draws: Draws): string {
  return `> ${sentence(draws)}\n> ${sentence(draws)}`
}

/** The heading that the contents leave out, and what leads to other chapters. */
function related(
  title: string,
  folder: string,
  libraries: Topic['libraries'],
  draws: Draws,
  spelling: Spelling,
): string {
  const heading = `Beside ${title}`
  const id = slugOf(heading)
  const links = Array.from({ length: 2 + draws.below(3) }, () => {
    const thing = draws.of(THINGS)
    return `- [[${thing} | ${capitalized(thing)}]]: ${sentence(draws)}`
  })
  const above = draws.percent(10) ? `\nMore is [said here](${spelling.skippedAnchor(id)}).\n` : ''
  const subject = draws.of(libraries)
  const outside = draws.percent(25)
    ? `\nSomebody asks at <https://forum.example/t/${slugOf(subject)}>, and in \`[brackets]\`.\n`
    : ''
  const page = spelling.label({ namespace: 'p', subject: folder })
  return `## ${heading} ${spelling.skipped(id)}\n\n${links.join('\n')}\n- All [of this folder][${page}].\n${above}${outside}`
}

function slugOf(text: string): string {
  return text.toLowerCase().replaceAll(/[^a-z0-9]+/g, '-')
}

function capitalized(text: string): string {
  return text.replace(/[a-z]/, (letter) => letter.toUpperCase())
}
