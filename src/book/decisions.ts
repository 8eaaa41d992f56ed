/**
 * What a person decided in a file that `migrate --decide` wrote: read, checked, and made a part of the
 * settings. A decision is a label, or a heading's id, by hand.
 */
import fs from 'node:fs/promises'
import path from 'node:path'
import { type Checked, codeOf, failure, messageOf, ok } from '../failure.ts'
import { labelId } from '../label-id.ts'
import type { Settings } from '../model.ts'
import { problemsOfLabels } from './config.ts'
import { DECISIONS_VERSION, decisionsSchema, KEEP } from './decisions-schema.ts'
import { named, problemsOf } from './issues.ts'
import { type Placed, type Problem, readJsonText } from './json-text.ts'
import { decodeSource, type SourceText } from './source-text.ts'

export interface Decisions {
  /** Absolute. */
  readonly file: string
  /** As the user named it. */
  readonly name: string
  /** What was read; nothing where the file is not there yet. */
  readonly source: SourceText | undefined
  /** In the order of the file. */
  readonly labels: readonly LabelDecision[]
  readonly headings: readonly HeadingDecision[]
}

export interface Decided {
  /** What it becomes; `keep`; `null` where nobody decided. */
  readonly decision: string | null
  /** Where the decision stands. */
  readonly place: string
  /** Where what it is about stands. */
  readonly about: string
}

export interface LabelDecision extends Decided {
  readonly label: string
}

interface HeadingDecision extends Decided {
  /** The chapter, absolute. */
  readonly chapter: string
  readonly heading: string
}

/**
 * Reads the decisions of a file.
 *
 * @param file absolute
 * @param name as the user gave it, for places
 * @returns none where the file is not there; `MDS020` for everything that is wrong, `MDS021` for another version
 */
export async function readDecisions(file: string, name: string): Promise<Checked<Decisions>> {
  let bytes: Uint8Array
  try {
    bytes = await fs.readFile(file)
  } catch (cause) {
    if (codeOf(cause) === 'ENOENT') return ok({ file, name, source: undefined, labels: [], headings: [] })
    return refused([{ message: messageOf(cause), place: name }])
  }
  const source = decodeSource(bytes, name)
  if (!source.ok) return { ok: false, failures: [source.failure] }
  const json = readJsonText(source.value.text, name)
  return 'value' in json ? checkDecisions(json, source.value, file, name) : refused(json)
}

function checkDecisions(json: Placed, source: SourceText, file: string, name: string): Checked<Decisions> {
  const version = versionOf(json.value)
  if (version !== undefined && version !== DECISIONS_VERSION) {
    const what = `this mdshift knows version ${DECISIONS_VERSION}, and it is ${JSON.stringify(version)}`
    return { ok: false, failures: [failure('MDS021', what, json.placeOf(['version']))] }
  }
  const parsed = decisionsSchema.safeParse(json.value)
  if (!parsed.success) return refused(problemsOf(parsed.error.issues, decisionsSchema, json))
  const labels = (parsed.data.labels ?? []).map(({ label, decision }, index) => ({
    label,
    decision,
    place: json.placeOf(['labels', index, 'decision']),
    about: json.placeOf(['labels', index, 'label']),
  }))
  const headings = (parsed.data.headings ?? []).map(({ chapter, heading, decision }, index) => ({
    chapter: path.resolve(path.dirname(file), chapter),
    heading,
    decision,
    place: json.placeOf(['headings', index, 'decision']),
    about: json.placeOf(['headings', index, 'heading']),
  }))
  const twins = [
    ...secondOf(labels, ({ label }) => labelId(label)).map(([index, { label, about }]) => ({
      message: `${named(['labels', index, 'label'])}: an entry before it is about ${JSON.stringify(label)} too`,
      place: about,
    })),
    ...secondOf(headings, headingKey).map(([index, { heading, about }]) => ({
      message: `${named(['headings', index])}: an entry before it is about ${JSON.stringify(heading)} too`,
      place: about,
    })),
  ]
  return twins.length > 0 ? refused(twins) : ok({ file, name, source, labels, headings })
}

/**
 * Makes decisions a part of what a configuration says.
 *
 * @param settings of one book
 * @param decisions of the run
 * @param root of the book, absolute
 * @returns `MDS020` where decisions contradict the configuration, or each other
 */
export function withDecisions(settings: Settings, decisions: Decisions, root: string): Checked<Settings> {
  const labels = new Map(settings.labels)
  const keys = new Map([...labels.keys()].map((label) => [labelId(label), label]))
  const problems: Problem[] = []
  for (const { label, decision, place } of decisions.labels) {
    if (decision === null) continue
    const key = keys.get(labelId(label))
    const wanted = decision === KEEP ? label : decision
    if (key === undefined) labels.set(label, wanted)
    else if (labelId(labels.get(key) ?? '') !== labelId(wanted)) {
      const other = `the configuration makes ${JSON.stringify(labels.get(key))} of ${JSON.stringify(key)}`
      problems.push({ message: other, place })
    }
  }
  for (const { label, message } of problemsOfLabels(labels)) {
    const own = decisions.labels.find((entry) => entry.label === label)
    problems.push({ message, place: own?.place ?? decisions.name })
  }
  const headingIds = withHeadings(settings.headingIds, decisions, root, problems)
  return problems.length > 0 ? refused(problems) : ok({ ...settings, labels, headingIds })
}

function withHeadings(
  known: Settings['headingIds'],
  { headings }: Decisions,
  root: string,
  problems: Problem[],
): Settings['headingIds'] {
  const ids = new Map([...known].map(([file, texts]) => [file, new Map(texts)]))
  for (const { chapter, heading, decision, place } of headings) {
    if (decision === null) continue
    const wanted = decision === KEEP ? null : decision
    const file = path.relative(root, chapter).split(path.sep).join('/')
    const texts = ids.get(file) ?? new Map<string, string | null>()
    const given = texts.get(heading)
    const twin = [...texts].find(([text, id]) => id !== null && id === wanted && text !== heading)?.[0]
    if (given !== undefined && given !== wanted)
      problems.push({
        message: `the configuration gives ${JSON.stringify(heading)} the id ${JSON.stringify(given)}`,
        place,
      })
    else if (twin !== undefined)
      problems.push({ message: `${JSON.stringify(twin)} of the same chapter has that id`, place })
    ids.set(file, texts.set(heading, wanted))
  }
  return ids
}

/** What two entries about one heading have in common. */
export function headingKey({ chapter, heading }: { chapter: string; heading: string }): string {
  return `${chapter}\0${heading}`
}

function versionOf(value: unknown): unknown {
  return typeof value === 'object' && value !== null && 'version' in value ? value.version : undefined
}

/** Values that are alike with one before them, and their places in the list. */
function secondOf<Value>(values: readonly Value[], keyOf: (value: Value) => string): [number, Value][] {
  const keys = values.map(keyOf)
  return values.flatMap((value, index): [number, Value][] =>
    keys.indexOf(keys[index] ?? '') === index ? [] : [[index, value]],
  )
}

function refused(problems: readonly Problem[]): Checked<never> {
  return { ok: false, failures: problems.map(({ message, place }) => failure('MDS020', message, place)) }
}
