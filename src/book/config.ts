/** What a book's people decided: the nearest configuration file, loaded and checked. */
import path from 'node:path'
import picomatch from 'picomatch'
import { type Checked, type Failure, failure, ok } from '../failure.ts'
import { labelId } from '../label-id.ts'
import { DEFAULT_SETTINGS, type GrammarSettings, type Settings } from '../model.ts'
import { toPosix } from '../posix.ts'
import { isCode, loadConfigFile } from './config-file.ts'
import { configSchema, type UserConfig } from './config-schema.ts'
import { type Config, DEFAULT_CONFIG, type NamedPack, type Switch } from './config-values.ts'
import { named, problemsOf } from './issues.ts'
import type { KeyPath, Placed, Problem } from './json-text.ts'
import { DEFAULT_LIMITS, type Limits, MEGABYTE } from './limits.ts'
import { nearestConfigFiles } from './nearest-config.ts'
import type { OwnFolder } from './own-migrations.ts'

/**
 * Reads the configuration of a folder: the nearest file upwards.
 *
 * @param folder absolute
 * @param isSafe whether nothing may be run for it
 * @returns the defaults where there is none; an `MDS003` for everything that is wrong with one
 */
export async function configOf(
  folder: string,
  isSafe = false,
  unknown?: UnknownMigrations,
): Promise<Checked<Config>> {
  const [file, ...others] = nearestConfigFiles(folder)
  if (file === undefined) return ok(DEFAULT_CONFIG)
  if (others.length === 0) return readConfig(file, isSafe, unknown)
  const names = [file, ...others].map((one) => path.basename(one)).join(' and ')
  return refused([{ message: `${names} are in one folder; keep one of them`, place: path.dirname(file) }])
}

/**
 * Reads one configuration file.
 *
 * @param isSafe whether nothing may be run for it
 */
export async function readConfig(
  file: string,
  isSafe = false,
  unknown?: UnknownMigrations,
): Promise<Checked<Config>> {
  if (isSafe && isCode(file))
    return { ok: false, failures: [failure('MDS084', 'the configuration is code', file)] }
  const loaded = await loadConfigFile(file)
  return 'value' in loaded ? checkConfig(loaded, file, unknown) : refused(loaded)
}

/**
 * Checks what a configuration file says.
 *
 * @param source its value, and the place of each part
 * @param file absolute
 * @param unknown what to say of names of migrations, where something else is wrong too
 */
export function checkConfig(
  source: Placed,
  file: string,
  unknown: UnknownMigrations = () => [],
): Checked<Config> {
  const parsed = configSchema.safeParse(source.value)
  if (!parsed.success)
    return refused(
      problemsOf(parsed.error.issues, configSchema, source),
      unknown(migrationsNamed(source.value).map((name) => placedName(source, name))),
    )
  const { data } = parsed
  const labels = new Map(Object.entries(data.labels ?? {}))
  const problems = [
    ...problemsOfLabels(labels).map(({ label, message }) => ({ path: ['labels', label], message })),
    ...headingProblems(data),
    ...wordsTwice(data),
    ...bundledAlone(data),
  ].map(({ path: keys, message }: KeyProblem) => ({
    message: `${named(keys)}: ${message}`,
    place: source.placeOfKey(keys),
  }))
  const { names, own, pack } = migrationsOf(data, source, file)
  if (problems.length > 0)
    return refused(problems, own || pack ? [] : unknown(names.map(([name]) => placedName(source, name))))
  return ok({
    file,
    settings: {
      labels,
      headingIds: new Map(
        Object.entries(data.headingIds ?? {}).map(([chapter, ids]) => [
          path.resolve(path.dirname(file), chapter),
          new Map(Object.entries(ids)),
        ]),
      ),
      html: data.html ?? DEFAULT_SETTINGS.html,
      grammar: grammarOf(data),
    },
    extensions: data.extensions ?? DEFAULT_CONFIG.extensions,
    include: data.include ?? [],
    ignore: data.ignore ?? [],
    residue: data.residue ?? [],
    limits: limitsOf(data),
    migrations: names.map(([name, on]) => ({ ...placedName(source, name), on })),
    ...(own ? { own } : {}),
    ...(pack ? { pack } : {}),
  })
}

/** The failures of names that are no migration's; this room knows none. */
export type UnknownMigrations = (names: readonly Pick<Switch, 'name' | 'place'>[]) => readonly Failure[]

function placedName(source: Placed, name: string): Pick<Switch, 'name' | 'place'> {
  return { name, place: source.placeOfKey(['migrations', name]) }
}

/** The switches of `migrations`, and the folder or the pack: a name without a slash is that of a pack. */
function migrationsOf(
  { migrations = {} }: UserConfig,
  source: Placed,
  file: string,
): {
  readonly names: readonly (readonly [string, boolean])[]
  readonly own?: OwnFolder
  readonly pack?: NamedPack
} {
  const {
    from,
    bundled = false,
    ...switches
  } = typeof migrations === 'string' ? { from: migrations, bundled: undefined } : migrations
  const names = Object.entries(switches).filter(
    (entry): entry is [string, boolean] => typeof entry[1] === 'boolean',
  )
  if (from === undefined) return { names }
  const place = source.placeOf(typeof migrations === 'string' ? ['migrations'] : ['migrations', 'from'])
  if (/^(?!\.+$)[^/]+$/.test(from)) return { names, pack: { name: from, place, bundled } }
  return { names, own: { folder: path.resolve(path.dirname(file), from), place, bundled } }
}

/** Without a folder, what mdshift brings is all that there is. */
function bundledAlone({ migrations }: UserConfig): KeyProblem[] {
  if (typeof migrations !== 'object' || migrations.bundled === undefined || migrations.from !== undefined)
    return []
  return [{ path: ['migrations', 'bundled'], message: 'says nothing without "from"' }]
}

/** Of a value that is no configuration. What a folder has is not known here. */
function migrationsNamed(value: unknown): string[] {
  const isObject = (one: unknown): one is object => typeof one === 'object' && one !== null
  const table = isObject(value) && 'migrations' in value ? value.migrations : undefined
  return isObject(table) && !Array.isArray(table) && !('from' in table) ? Object.keys(table) : []
}

/** The settings of one book: paths start from its root. */
export function settingsIn({ settings }: Config, root: string): Settings {
  const headingIds = new Map(
    [...settings.headingIds].map(([file, ids]) => [toPosix(path.relative(root, file)), ids]),
  )
  return { ...settings, headingIds }
}

/**
 * Whether a file is a chapter as far as `include` and `ignore` go; what stands beside the project's migrations, as
 * their examples do, is none.
 */
export function chapterFilter({ file: config, include, ignore, own }: Config): (file: string) => boolean {
  if (include.length === 0 && ignore.length === 0 && !own) return () => true
  const isIncluded = include.length === 0 ? () => true : picomatch([...include], { dot: true, flags: 's' })
  const isIgnored = ignore.length === 0 ? () => false : picomatch([...ignore], { dot: true, flags: 's' })
  return (file) => {
    const name = toPosix(path.relative(path.dirname(config), file))
    return isIncluded(name) && !isIgnored(name) && !file.startsWith(`${own?.folder}${path.sep}`)
  }
}

/**
 * Labels by hand must be settled in one step: two of one old label, or a chain, would never be.
 *
 * @param labels old → new
 * @returns the old labels that stand in the way
 */
export function problemsOfLabels(labels: ReadonlyMap<string, string>): { label: string; message: string }[] {
  const twins = secondOf([...labels.keys()], labelId).map(([label, first]) => ({
    label,
    message: `${JSON.stringify(first)} and ${JSON.stringify(label)} are one label`,
  }))
  const first = new Map([...labels.keys()].reverse().map((old) => [labelId(old), old]))
  const chains = [...labels].flatMap(([old, label]) => {
    const further = first.get(labelId(label))
    const last = further === undefined ? undefined : labels.get(further)
    if (further === undefined || further === old || labelId(last ?? '') === labelId(further)) return []
    const step = `${JSON.stringify(old)} becomes ${JSON.stringify(label)}`
    return [{ label: old, message: `${step}, which is to become another itself` }]
  })
  return [...twins, ...chains]
}

/** Words of the grammar have no case: two that differ in nothing else are one. */
function wordsTwice({ grammar }: UserConfig): KeyProblem[] {
  const tables = { namespaces: grammar?.namespaces, resources: grammar?.resources }
  return Object.entries(tables).flatMap(([table, words]) => {
    const keys = words === undefined || Array.isArray(words) ? [] : Object.keys(words)
    return secondOf(keys, (word) => word.toLowerCase()).map(([word, first]) => ({
      path: ['grammar', table, word],
      message: `${JSON.stringify(first)} and ${JSON.stringify(word)} are one word`,
    }))
  })
}

/** A chapter is named once, and its headings have ids of their own. */
function headingProblems({ headingIds = {} }: UserConfig): KeyProblem[] {
  const files = secondOf(Object.keys(headingIds), path.normalize).map(([file, first]) => ({
    path: ['headingIds', file],
    message: `${JSON.stringify(first)} and ${JSON.stringify(file)} are one file`,
  }))
  const absolute = Object.keys(headingIds)
    .filter((file) => path.isAbsolute(file) || file.includes('\\'))
    .map((file) => ({ path: ['headingIds', file], message: 'is no path relative to this file, with /' }))
  const ids = Object.entries(headingIds).flatMap(([file, headings]) =>
    secondOf(Object.keys(headings), (text) => headings[text] ?? '').map(([text, first]) => ({
      path: ['headingIds', file, text],
      message: `${JSON.stringify(first)} has that id already`,
    })),
  )
  return [...files, ...absolute, ...ids]
}

/** Values that are alike with one before them, and that one. */
function secondOf(values: readonly string[], alike: (value: string) => string): [string, string][] {
  const first = new Map<string, string>()
  return values.flatMap((value): [string, string][] => {
    const known = first.get(alike(value))
    if (known === undefined) first.set(alike(value), value)
    return known === undefined ? [] : [[value, known]]
  })
}

interface KeyProblem {
  readonly path: KeyPath
  readonly message: string
}

function grammarOf({ grammar }: UserConfig): GrammarSettings {
  const namespaces = Object.entries(grammar?.namespaces ?? {}).map(
    ([word, division]) =>
      [
        word.toLowerCase(),
        typeof division === 'object' ? { site: division.site.toLowerCase().replace(/^www\./, '') } : division,
      ] as const,
  )
  const resources = switchedOn(grammar?.resources).map(([word, on]) => [word.toLowerCase(), on] as const)
  return { namespaces: new Map(namespaces), resources: new Map(resources) }
}

function limitsOf({ limits = {} }: UserConfig): Limits {
  const { fileSize, seconds = DEFAULT_LIMITS.seconds } = limits
  return { fileSize: fileSize === undefined ? DEFAULT_LIMITS.fileSize : fileSize * MEGABYTE, seconds }
}

function switchedOn(words: string[] | Record<string, boolean> = []): [string, boolean][] {
  return Array.isArray(words) ? words.map((word) => [word, true]) : Object.entries(words)
}

function refused(problems: readonly Problem[], others: readonly Failure[] = []): Checked<Config> {
  const own = problems.map(({ message, place }) => failure('MDS003', message, place))
  return { ok: false, failures: [...own, ...others] }
}
