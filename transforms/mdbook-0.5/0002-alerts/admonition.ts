/** What the first line of an `admonish` fence says, as mdbook-admonish reads it. */
import { parse, type TomlTable } from 'smol-toml'

export interface Admonition {
  /** `warning`, as written; `note` where nothing is said. */
  readonly kind: string
  /** Empty where the block shall have no title bar; absent where it has the one of its kind. */
  readonly title: string | undefined
  readonly id: string | undefined
  readonly classes: readonly string[]
  readonly collapsible: boolean
  /** Options that mdbook-admonish does not know, and passes over. */
  readonly unknown: readonly string[]
}

/**
 * Reads the words behind `admonish`: a kind and the inside of a TOML table (`tip title="…", id="…"`), the same
 * without commas, or the oldest form (`tip.class "title"`), in that order.
 *
 * @returns `undefined` where mdbook-admonish shows an error
 * @example
 * readAdmonition('warning title="Data loss"')?.title // → 'Data loss'
 */
export function readAdmonition(words: string): Admonition | undefined {
  const trimmed = words.trim()
  return inTable(trimmed) ?? inLines(trimmed) ?? inOldForm(trimmed)
}

const KIND = /^[A-Za-z0-9_-]+$/

/** The inside of an inline table, behind one word or none. */
function inTable(words: string): Admonition | undefined {
  const read = (pairs: string) => optionsOf(tableIn(`config = { ${pairs} }`)?.['config'])
  const whole = read(words)
  if (whole) return whole
  const [kind = '', ...rest] = words.split(' ')
  return withKind(read(rest.join(' ').trim()), kind)
}

/** Pairs with white space between them: each is put on a line of its own. */
function inLines(words: string): Admonition | undefined {
  const lines = words.replace(/(?<![A-Za-z0-9_-])[A-Za-z0-9_-]+ *=/g, '\n$&').trim()
  const whole = optionsOf(tableIn(lines))
  if (whole) return whole
  const [kind = '', ...rest] = lines.split('\n')
  return withKind(optionsOf(tableIn(rest.join('\n'))), kind.trim())
}

/** `tip.class.other "A title"`: the title is a JSON string. */
function inOldForm(words: string): Admonition | undefined {
  const match =
    /^(?<kind>[a-z]+)?(?<classes>(?:\.(?:-?[_a-zA-Z][_a-zA-Z0-9-]*)?)*)(?: (?<title>".*"))?$/.exec(words)
  if (!match) return undefined
  const { kind = '', classes = '', title } = match.groups ?? {}
  const text = title === undefined ? undefined : stringIn(title)
  if (title !== undefined && text === undefined) return undefined
  return {
    kind: kind || 'note',
    title: text,
    id: undefined,
    classes: classes.split('.').filter((name) => name !== ''),
    collapsible: false,
    unknown: [],
  }
}

function withKind(options: Admonition | undefined, kind: string): Admonition | undefined {
  return options && KIND.test(kind) ? { ...options, kind } : undefined
}

/** The options of a table; none where one is of another type than it has to be. */
function optionsOf(table: unknown): Admonition | undefined {
  if (!isTable(table)) return undefined
  const { type, title, id, class: classes, collapsible = false, ...unknown } = table
  if (typeof collapsible !== 'boolean') return undefined
  if (!isText(type) || !isText(title) || !isText(id) || !isText(classes)) return undefined
  return {
    kind: type || 'note',
    title,
    id,
    classes: (classes ?? '').split(' ').filter((name) => name !== ''),
    collapsible,
    unknown: Object.keys(unknown),
  }
}

function isText(value: unknown): value is string | undefined {
  return value === undefined || typeof value === 'string'
}

function isTable(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}

function tableIn(toml: string): TomlTable | undefined {
  try {
    return parse(toml)
  } catch {
    return undefined
  }
}

function stringIn(json: string): string | undefined {
  try {
    const value: unknown = JSON.parse(json)
    return typeof value === 'string' ? value : undefined
  } catch {
    return undefined
  }
}
