/**
 * The proof of a run, before anything is written: every file gives what its edits ask for, and every assembled
 * chapter is shown as it was by a renderer that shares no code with the parser, with links that lead where they
 * led.
 */
import { assemble, sourceAt } from '../book/assemble.ts'
import { type Failure, failure } from '../failure.ts'
import { groupBy } from '../group-by.ts'
import type { FileFacts } from '../model.ts'
import { positionAt } from '../position.ts'
import { applyEdits, mergeEdits } from '../transform/edits.ts'
import type { Effect } from '../transform/verify/effect.ts'
import { type Comparison, compareRendered, type LinkPair } from '../transform/verify/rendered.ts'
import { verifyFile } from '../transform/verify.ts'
import { touches } from '../within.ts'
import {
  type ChapterForms,
  type FileChanges,
  type Forms,
  formsOf,
  renderedOf,
  type State,
  stateOf,
} from './proof/chapter-forms.ts'
import { findCulprit, type Suspect, suspectText } from './proof/culprit.ts'
import { compareLink, type PageAnchors, pageAnchors, pagesOfLink } from './proof/links.ts'
import type { FileReport, Proof } from './report.ts'

/** Why files may not be written. */
export interface Breach {
  readonly failure: Failure
  /** The files that stay as they were. */
  readonly paths: readonly string[]
}

/** A book, and what a run would make of it. */
export interface ProvenRun {
  readonly root: string
  /** All texts before, by path, and their facts. */
  readonly texts: ReadonlyMap<string, string>
  readonly facts: ReadonlyMap<string, FileFacts>
  readonly files: readonly FileReport[]
  /** Tells for a text whether a label counts as defined although nothing defines it. */
  isPresumed(text: string): (id: string) => boolean
  /** Whether raw HTML may be edited. */
  readonly html: boolean
}

/** With the proof, what is known of the texts that were proven. */
export type Verdict =
  | { readonly proof: Proof; readonly facts: ReadonlyMap<string, FileFacts> }
  | { readonly breaches: readonly Breach[] }

/** Proves a run, or says what is wrong with it. */
export function proveRun(run: ProvenRun): Verdict {
  const before = stateOf(run.texts, run.root, run.facts)
  const changed = run.files.filter(({ edits }) => edits.length > 0)
  const effects = new Map<string, readonly Effect[]>()
  const breaches: Breach[] = []
  for (const file of changed) {
    const proven = proveFile(file, run, before)
    if ('failure' in proven) breaches.push(proven)
    else effects.set(file.path, proven.effects)
  }
  if (breaches.length > 0) return { breaches }
  return proveChapters({ run, before, changed, effects })
}

function proveFile(
  file: FileReport,
  run: ProvenRun,
  { scopesAround, find }: State,
): Breach | { readonly effects: readonly Effect[] } {
  const isPresumed = run.isPresumed(file.before)
  const around = scopesAround(file.path)
  const isKnown = (id: string) => around.some((scope) => find(scope, id) !== undefined)
  const { breach, effects } = verifyFile(file, { isKnown, isPresumed, html: run.html })
  if (!breach) return { effects }
  const blame = breach.edit ? `${suspectText({ file, edit: breach.edit })}: ` : ''
  const place = placeIn(file.before, file.path, breach.at)
  return { failure: failure('MDS012', `${blame}${breach.message}`, place), paths: [file.path] }
}

function placeIn(text: string, path: string, offset: number): string {
  const { line, column } = positionAt(text, offset)
  return `${path}:${line}:${column}`
}

interface Proving {
  readonly run: ProvenRun
  readonly before: State
  readonly changed: readonly FileReport[]
  readonly effects: ReadonlyMap<string, readonly Effect[]>
}

/** What is wrong with how a chapter is shown: at an offset of its assembled text, before. */
interface Flaw {
  readonly path: string
  readonly at: number
  readonly message: string
  /** Pages whose ids it depends on. */
  readonly pages: readonly string[]
  /** Whether it is there too with other forms of the chapter, and other ids of pages. */
  isIn(forms: Forms, pageOf: PageOf): boolean
}

type PageOf = (page: string) => PageAnchors | undefined

function proveChapters(proving: Proving): Verdict {
  const { before, changed } = proving
  const after = stateWith(proving, changed.flatMap(suspectsOf))
  const flaws: Flaw[] = []
  const pages = new Map<string, PageAnchors>()
  const links = new Map<string, readonly LinkPair[]>()
  const tally = { links: 0, images: 0, footnotes: 0, headings: 0, declared: 0 }
  for (const path of before.texts.keys()) {
    const forms = formsOf(path, before, after.state, after.changes)
    if (forms === 'same') continue
    if (forms === 'endless') {
      flaws.push(endless(path))
      continue
    }
    const comparison = compareForms(forms)
    for (const key of KINDS) tally[key] += comparison.tally[key]
    if (comparison.breach) flaws.push(shownFlaw(path, comparison.breach, forms.assembledAt))
    pages.set(path, pageAnchors(forms.before, forms.after))
    links.set(
      path,
      comparison.links.map((link) => ({ ...link, at: forms.assembledAt(link.at) })),
    )
  }
  if (flaws.length > 0) return { breaches: breachesOf(proving, flaws) }
  const led = compareLinks(before, pages, links)
  if (led.flaws.length > 0) return { breaches: breachesOf(proving, led.flaws) }
  const proof = { chapters: before.texts.size, rendered: links.size, ...tally, mended: led.mended }
  return { proof, facts: after.state.facts }
}

function compareForms({ before, after, effects, verbatimIn }: ChapterForms): Comparison {
  return compareRendered(before, after, effects, verbatimIn)
}

const KINDS = ['links', 'images', 'footnotes', 'headings', 'declared'] as const

function endless(path: string): Flaw {
  const message = 'its includes make it longer than can be proven'
  return { path, at: 0, message, pages: [path], isIn: (forms) => forms === 'endless' }
}

function shownFlaw(
  path: string,
  { message, at }: { message: string; at: number },
  assembledAt: (offset: number) => number,
): Flaw {
  const place = assembledAt(at)
  return {
    path,
    at: place,
    message,
    pages: [path],
    isIn(forms) {
      if (typeof forms === 'string') return false
      const { breach } = compareForms(forms)
      return breach !== undefined && forms.assembledAt(breach.at) <= place
    },
  }
}

/** Links are compared when all chapters are known; chapters that stay lead somewhere too. */
function compareLinks(
  before: State,
  pages: Map<string, PageAnchors>,
  links: ReadonlyMap<string, readonly LinkPair[]>,
): { readonly flaws: readonly Flaw[]; readonly mended: number } {
  const pageOf: PageOf = (page) => {
    const known = pages.get(page)
    if (known || !before.texts.has(page)) return known
    const rendered = renderedOf(page, before)
    const unchanged = pageAnchors(rendered, rendered)
    pages.set(page, unchanged)
    return unchanged
  }
  const flaws: Flaw[] = []
  let mended = 0
  const moved = [...pages.values()].some(isMoved)
  const all = moved ? [...before.texts.keys()] : [...links.keys()]
  for (const path of all) {
    for (const link of links.get(path) ?? linksThatStay(path, before)) {
      const result = compareLink(path, link, pageOf)
      if (result === 'mended') mended += 1
      if (result === 'elsewhere') flaws.push(linkFlaw(path, link, before))
    }
  }
  return { flaws, mended }
}

function isMoved({ before, after, older }: PageAnchors): boolean {
  return !sameAnchors(before, after) || (older !== undefined && isMoved(older))
}

function sameAnchors(old: ReadonlyMap<string, number>, current: ReadonlyMap<string, number>): boolean {
  return old.size === current.size && [...old].every(([id, element]) => current.get(id) === element)
}

function linksThatStay(path: string, state: State): readonly LinkPair[] {
  const rendered = renderedOf(path, state)
  return rendered ? compareRendered(rendered, rendered, []).links : []
}

function linkFlaw(path: string, link: LinkPair, { texts }: State): Flaw {
  const to =
    link.after === link.before ? `${link.before} is another place then` : `would lead to ${link.after}`
  const pages = [link.before, link.after].flatMap((href) => pagesOfLink(path, href))
  return {
    path,
    at: link.at,
    message: `the link ${JSON.stringify(link.text)} leads to ${link.before}, and ${to}`,
    pages: [path, ...pages.filter((page) => texts.has(page))],
    isIn(forms, pageOf) {
      if (forms === 'endless') return false
      if (forms === 'same') {
        const stays = { ...link, after: link.before, declared: false }
        return compareLink(path, stays, pageOf) === 'elsewhere'
      }
      const compared = compareForms(forms)
      const pair = compared.links.find(({ at }) => forms.assembledAt(at) === link.at)
      return pair !== undefined && compareLink(path, pair, pageOf) === 'elsewhere'
    },
  }
}

function suspectsOf(file: FileReport): Suspect[] {
  return file.edits.map((edit) => ({ file, edit }))
}

/** The book with some of the edits made, and what those do. */
function stateWith(
  { run, before, effects }: Proving,
  suspects: readonly Suspect[],
): { state: State; changes: ReadonlyMap<string, FileChanges> } {
  const texts = new Map(before.texts)
  const facts = new Map(run.facts)
  const changes = new Map<string, FileChanges>()
  for (const [file, group] of groupBy(suspects, (suspect) => suspect.file)) {
    const edits = group.map(({ edit }) => edit)
    const merge = mergeEdits(edits)
    if (!merge.ok) continue
    texts.set(file.path, applyEdits(file.before, merge.edits))
    facts.delete(file.path)
    const isTheirs = (effect: Effect) => touches(merge.edits, effect)
    changes.set(file.path, { edits: merge.edits, effects: (effects.get(file.path) ?? []).filter(isTheirs) })
  }
  return { state: stateOf(texts, run.root, facts), changes }
}

/** To find who is to blame takes many renderings: that is done for some of many flaws, one of those that are alike. */
const BLAMED = 8

function breachesOf(proving: Proving, flaws: readonly Flaw[]): Breach[] {
  const told = new Set<string>()
  return flaws.map((flaw) => {
    const isNew = told.size < BLAMED && !told.has(flaw.message)
    if (isNew) told.add(flaw.message)
    return breachOf(proving, flaw, isNew)
  })
}

/** What a flaw is called, whose fault it is, and what must stay as it was for its sake. */
function breachOf(proving: Proving, flaw: Flaw, isBlamed: boolean): Breach {
  const { before, changed } = proving
  const around = new Set(
    flaw.pages.flatMap(
      (page) => assemble(before.texts, before.root, page)?.pieces.map(({ path }) => path) ?? [],
    ),
  )
  const concerned = changed.filter(({ path }) => around.has(path))
  const source = sourceOfFlaw(before, flaw)
  const culprit = isBlamed
    ? findCulprit(concerned, (suspects) => isWith(proving, flaw, suspects), source.path)
    : undefined
  const blame = culprit ? `${suspectText(culprit)}: ` : ''
  const shown = source.path === flaw.path ? '' : `in ${flaw.path}, `
  const place = placeIn(before.texts.get(source.path) ?? '', source.path, source.offset)
  const paths = new Set([...flaw.pages, ...concerned.map(({ path }) => path)])
  return { failure: failure('MDS013', `${blame}${shown}${flaw.message}`, place), paths: [...paths] }
}

/** Whether a flaw is there when only some of the edits are made. */
function isWith(proving: Proving, flaw: Flaw, suspects: readonly Suspect[]): boolean {
  const { before } = proving
  const { state, changes } = stateWith(proving, suspects)
  const pageOf: PageOf = (page) =>
    before.texts.has(page) ? pageAnchors(renderedOf(page, before), renderedOf(page, state)) : undefined
  return flaw.isIn(formsOf(flaw.path, before, state, changes), pageOf)
}

function sourceOfFlaw({ texts, root }: State, { path, at }: Flaw): { path: string; offset: number } {
  const assembled = assemble(texts, root, path)
  return (assembled && sourceAt(assembled, at)) ?? { path, offset: 0 }
}
