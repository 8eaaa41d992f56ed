/**
 * The proof of a run, before anything is written: every file gives what its edits ask for, and every assembled
 * chapter is shown as it was by a renderer that shares no code with the parser, with links that lead where they
 * led.
 */
import { sourceAt } from '../book/assemble.ts'
import { type Breathe, unhurried } from '../breathe.ts'
import { type Failure, failure } from '../failure.ts'
import { groupBy } from '../group-by.ts'
import type { Edit, FileFacts } from '../model.ts'
import { positionAt } from '../position.ts'
import { applyEdits, mergeEdits } from '../transform/edits.ts'
import { compareRendered, type LinkPair } from '../transform/verify/rendered.ts'
import { definitionsOf } from '../transform/verify/said.ts'
import { type Surroundings, verifyFile } from '../transform/verify.ts'
import { touches } from '../within.ts'
import { type Forms, formsOf, renderedOf, type State, stateOf } from './proof/chapter-forms.ts'
import { compareForms } from './proof/compare-forms.ts'
import { findCulprit, findGuiltyMigration, type Suspect, suspectText } from './proof/culprit.ts'
import { type FileChanges, isMade, provenChanges } from './proof/file-changes.ts'
import { detachedAnchors, isMoved, openLinks } from './proof/kept.ts'
import { compareLink, type PageAnchors, pageAnchors, pagesOfLink, resolveLink } from './proof/links.ts'
import { piecesIn } from './proof/shown-chapter.ts'
import type { FileReport, Proof, Step } from './report.ts'
import { textsAlong } from './texts-along.ts'

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
  /** The ids of the migrations, in order. */
  readonly migrations: readonly string[]
  /** Tells for a text whether a label counts as defined although nothing defines it. */
  isPresumed(text: string): (id: string) => boolean
  /** Whether raw HTML may be edited. */
  readonly html: boolean
  /** Chapters that cannot be rendered; no file is changed that they are made of. */
  readonly unshown: ReadonlySet<string>
}

/** With the proof, what is known of the texts that were proven. */
export type Verdict =
  | { readonly proof: Proof; readonly facts: ReadonlyMap<string, FileFacts> }
  | { readonly breaches: readonly Breach[] }

/** Proves a run, or says what is wrong with it. */
export async function proveRun(run: ProvenRun, breathe: Breathe = unhurried): Promise<Verdict> {
  const before = stateOf(run.texts, run.root, run.facts, run.unshown)
  const changed = run.files.filter((file) => file.edits.length > 0 || isMade(file))
  const after = stateAfter(
    run,
    changed.map((file) => [file, file.after] as const),
  )
  const changes = new Map<string, FileChanges>()
  const proving: Proving = { run, before, after, changed, changes, breathe }
  const breaches: Breach[] = []
  for (const file of changed) {
    await breathe()
    const proven = proveFile(file, proving)
    if ('failure' in proven) breaches.push(proven)
    else changes.set(file.path, proven.changes)
  }
  if (breaches.length > 0) return { breaches }
  return proveChapters(proving)
}

function proveFile(file: FileReport, proving: Proving): Breach | { readonly changes: FileChanges } {
  const surroundings = surroundingsOf(file, proving)
  if (isMade(file)) {
    const proven = provenChanges(file, file.steps ?? [], surroundings)
    return 'changes' in proven ? proven : breachOfFile(file, proven.breach)
  }
  const { breach, effects } = verifyFile(file, surroundings)
  return breach ? breachOfFile(file, breach) : { changes: { edits: file.edits, effects } }
}

interface FileBreach {
  readonly message: string
  readonly at: number
  readonly edit: Edit | undefined
  readonly migration?: string | undefined
}

function breachOfFile(file: FileReport, { message, at, edit, migration }: FileBreach): Breach {
  const suspect = edit ? suspectText({ file, edit }) : ''
  const by = migration === undefined || suspect.startsWith(migration) ? '' : migration
  const blame = [by, suspect].filter((part) => part !== '').join(' ')
  const place = placeIn(file.before, file.path, at)
  return {
    failure: failure('MDS012', `${blame}${blame === '' ? '' : ': '}${message}`, place),
    paths: [file.path],
  }
}

/** What counts as a label in a file: what is one before. Where a tree was changed, also what is one afterwards, or was on the way. */
function surroundingsOf(file: FileReport, { run, before, after, changed }: Proving): Surroundings {
  const { html } = run
  const around = before.scopesAround(file.path)
  const isKnown = (id: string) => around.some((scope) => before.find(scope, id) !== undefined)
  const isPresumed = run.isPresumed(file.before)
  if (!isMade(file)) return { isKnown, isPresumed, html }
  const isPresumedNow = run.isPresumed(file.after)
  const aroundNow = after.scopesAround(file.path)
  const beside = new Set(
    [...around, ...aroundNow].flatMap(({ sections }) => sections.map(({ path }) => path)),
  )
  const onTheWay = new Set(
    changed.flatMap(({ path, steps = [] }) => (beside.has(path) ? steps.flatMap(definedBy) : [])),
  )
  return {
    isKnown: (id) =>
      onTheWay.has(id) || isKnown(id) || aroundNow.some((scope) => after.find(scope, id) !== undefined),
    isPresumed: (id) => isPresumed(id) || isPresumedNow(id),
    html,
  }
}

/** The labels that a changed tree defines. */
function definedBy({ asked }: Step): string[] {
  return typeof asked === 'object' ? [...definitionsOf(asked).keys()] : []
}

function placeIn(text: string, path: string, offset: number): string {
  const { line, column } = positionAt(text, offset)
  return `${path}:${line}:${column}`
}

interface Proving {
  readonly run: ProvenRun
  readonly before: State
  readonly after: State
  readonly changed: readonly FileReport[]
  /** What was proven of each changed file, by path. */
  readonly changes: ReadonlyMap<string, FileChanges>
  readonly breathe: Breathe
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

async function proveChapters(proving: Proving): Promise<Verdict> {
  const { before, after, changes, breathe } = proving
  const flaws: Flaw[] = []
  const pages = new Map<string, PageAnchors>()
  const links = new Map<string, readonly LinkPair[]>()
  const tally = { links: 0, images: 0, footnotes: 0, headings: 0, declared: 0 }
  for (const path of before.texts.keys()) {
    await breathe()
    const forms = formsOf(path, before, after, changes)
    if (forms === 'same') continue
    if (forms === 'endless') {
      flaws.push(endless(path))
      continue
    }
    const comparison = compareForms(forms)
    for (const key of KINDS) tally[key] += comparison.tally[key]
    if (comparison.breach) flaws.push(shownFlaw(path, comparison.breach, forms.assembledAt))
    const { anchors } = comparison
    const moved = isMoved(anchors)
    // Where a tree was changed, elements have other numbers than those of the page that stays.
    if (moved || forms.regions.length > 0) pages.set(path, detachedAnchors(anchors))
    const open = openLinks(path, comparison.links, !moved)
    links.set(
      path,
      open.map((link) => ({ ...link, at: forms.assembledAt(link.at) })),
    )
  }
  if (flaws.length > 0) return { breaches: await breachesOf(proving, flaws) }
  const led = await compareLinks(proving, pages, links)
  if (led.flaws.length > 0) return { breaches: await breachesOf(proving, led.flaws) }
  const proof = { chapters: before.texts.size, rendered: links.size, ...tally, mended: led.mended }
  return { proof, facts: after.facts }
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
async function compareLinks(
  { before, breathe }: Proving,
  pages: Map<string, PageAnchors>,
  links: ReadonlyMap<string, readonly LinkPair[]>,
): Promise<{ readonly flaws: readonly Flaw[]; readonly mended: number }> {
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
    await breathe()
    for (const link of links.get(path) ?? linksThatStay(path, before)) {
      const result = compareLink(path, link, pageOf)
      if (result === 'mended') mended += 1
      if (result === 'elsewhere') flaws.push(linkFlaw(path, link, before, pageOf))
    }
  }
  return { flaws, mended }
}

function linksThatStay(path: string, state: State): readonly LinkPair[] {
  const form = renderedOf(path, state)
  if (!form) return []
  const { links } = compareRendered(form, form, [])
  return openLinks(path, links, true).map((link) => ({ ...link, at: form.assembledAt(link.at) }))
}

function linkFlaw(path: string, link: LinkPair, { texts }: State, pageOf: PageOf): Flaw {
  const { kind } = resolveLink(path, link.after, (page) => pageOf(page)?.after)
  const stays =
    kind === 'nothing'
      ? 'nothing would have that id (setHeadingId keeps one, whatever the heading says)'
      : `${link.before} is another place then`
  const to = link.after === link.before ? stays : `would lead to ${link.after}`
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
      return pair !== undefined && !pair.asked && compareLink(path, pair, pageOf) === 'elsewhere'
    },
  }
}

/** A book with other texts in some files. */
function stateAfter(
  { texts, root, facts, unshown }: ProvenRun,
  changed: readonly (readonly [file: FileReport, text: string])[],
): State {
  const [now, known] = [new Map(texts), new Map(facts)]
  for (const [{ path, before }, text] of changed) {
    if (text === before) continue
    now.set(path, text)
    known.delete(path)
  }
  return stateOf(now, root, known, unshown)
}

/** A book on its way, and what led there. */
interface Middle {
  readonly state: State
  readonly changes: ReadonlyMap<string, FileChanges>
}

/** The book with some of the edits made, and what those do. */
function stateWith({ run, changes: all }: Proving, suspects: readonly Suspect[]): Middle {
  const changes = new Map<string, FileChanges>()
  const changed: (readonly [FileReport, string])[] = []
  for (const [file, group] of groupBy(suspects, (suspect) => suspect.file)) {
    const merge = mergeEdits(group.map(({ edit }) => edit))
    if (!merge.ok) continue
    const { edits } = merge
    changed.push([file, applyEdits(file.before, edits)])
    const effects = (all.get(file.path)?.effects ?? []).filter((effect) => touches(edits, effect))
    changes.set(file.path, { edits, effects })
  }
  return { state: stateAfter(run, changed), changes }
}

/** The book with the first of the migrations made, in some files. */
function stateThrough(proving: Proving, files: readonly FileReport[], migrations: readonly string[]): Middle {
  const changes = new Map<string, FileChanges>()
  const changed = files.map((file) => {
    const steps = (file.steps ?? []).filter(({ migration }) => migrations.includes(migration))
    const proven = provenChanges(file, steps, surroundingsOf(file, proving))
    if ('changes' in proven) changes.set(file.path, proven.changes)
    return [file, textsAlong(file.before, steps).at(-1) ?? file.before] as const
  })
  return { state: stateAfter(proving.run, changed), changes }
}

/** To find who is to blame takes many renderings: that is done for some of many flaws, one of those that are alike. */
const BLAMED = 8

async function breachesOf(proving: Proving, flaws: readonly Flaw[]): Promise<Breach[]> {
  const told = new Set<string>()
  const breaches: Breach[] = []
  for (const flaw of flaws) {
    const isNew = told.size < BLAMED && !told.has(flaw.message)
    if (isNew) told.add(flaw.message)
    breaches.push(await breachOf(proving, flaw, isNew))
  }
  return breaches
}

/** What a flaw is called, whose fault it is, and what must stay as it was for its sake. */
async function breachOf(proving: Proving, flaw: Flaw, isBlamed: boolean): Promise<Breach> {
  const { before, changed } = proving
  const around = new Set(
    flaw.pages.flatMap((page) => piecesIn(page, before)?.pieces.map(({ path }) => path) ?? []),
  )
  const concerned = changed.filter(({ path }) => around.has(path))
  const source = sourceOfFlaw(before, flaw)
  const blame = isBlamed ? await blameFor(proving, flaw, concerned, source) : ''
  const shown = source.path === flaw.path ? '' : `in ${flaw.path}, `
  const place = placeIn(before.texts.get(source.path) ?? '', source.path, source.offset)
  const paths = new Set([...flaw.pages, ...concerned.map(({ path }) => path)])
  return { failure: failure('MDS013', `${blame}${shown}${flaw.message}`, place), paths: [...paths] }
}

/** Where a tree was changed, edits cannot be told from each other: the migration is found, and its change that is nearest. */
async function blameFor(
  proving: Proving,
  flaw: Flaw,
  concerned: readonly FileReport[],
  { path, offset }: { readonly path: string; readonly offset: number },
): Promise<string> {
  if (!concerned.some(isMade)) {
    const culprit = await findCulprit(
      concerned,
      (suspects) => isWith(proving, flaw, () => stateWith(proving, suspects)),
      path,
    )
    return culprit ? `${suspectText(culprit)}: ` : ''
  }
  const guilty = await findGuiltyMigration(
    concerned,
    proving.run.migrations,
    (migrations) => isWith(proving, flaw, () => stateThrough(proving, concerned, migrations)),
    { path, offset },
  )
  return guilty === undefined ? '' : `${guilty}: `
}

/** Whether a flaw is there on the way. */
async function isWith({ before, breathe }: Proving, flaw: Flaw, middle: () => Middle): Promise<boolean> {
  await breathe()
  const { state, changes } = middle()
  const pageOf: PageOf = (page) => {
    if (!before.texts.has(page)) return undefined
    const forms = formsOf(page, before, state, changes)
    if (typeof forms === 'object') return compareForms(forms).anchors
    return pageAnchors(renderedOf(page, before), renderedOf(page, state))
  }
  return flaw.isIn(formsOf(flaw.path, before, state, changes), pageOf)
}

function sourceOfFlaw(state: State, { path, at }: Flaw): { path: string; offset: number } {
  const pieces = piecesIn(path, state)
  return (pieces && sourceAt(pieces, at)) ?? { path, offset: 0 }
}
