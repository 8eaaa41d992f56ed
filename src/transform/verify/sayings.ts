/**
 * What a stretch of a chapter says, as a list of words and marks: the one form in which a tree and what a renderer
 * makes of its text are held against each other. White space counts as in a browser; code and raw HTML count as they
 * are written.
 */

type Piece =
  | { readonly kind: 'block' | 'code' | 'html' | 'inline' | 'text'; readonly said: string }
  | { readonly kind: 'paragraph'; readonly said: '' }

/** Takes what is said, in order. */
export interface Sayings {
  text(said: string): void
  /** A mark between inlines, `<em>`. */
  inline(said: string): void
  /** A mark that ends any text before it, `<li>`. */
  block(said: string): void
  /** The beginning of a paragraph: it counts where another inline stands right before it. */
  paragraph(): void
  code(said: string): void
  html(said: string): void
  /** What a footnote says, wherever it stands. */
  note(label: string): Sayings
  /** All that was said: what is beside the footnotes, and then each of those that is shown, by label. */
  list(isShown?: (note: string) => boolean): string[]
}

export function sayings(): Sayings {
  const pieces: Piece[] = []
  const notes = new Map<string, Sayings>()
  return {
    text: (said) => void pieces.push({ kind: 'text', said }),
    inline: (said) => void pieces.push({ kind: 'inline', said }),
    block: (said) => void pieces.push({ kind: 'block', said }),
    paragraph: () => void pieces.push({ kind: 'paragraph', said: '' }),
    code: (said) => void pieces.push({ kind: 'code', said }),
    html: (said) => void pieces.push({ kind: 'html', said }),
    note(label) {
      const own = sayings()
      if (!notes.has(label)) notes.set(label, own)
      return own
    },
    list: (isShown = () => true) => [
      ...folded(pieces),
      ...[...notes]
        .filter(([label]) => isShown(label))
        .toSorted(([a], [b]) => (a < b ? -1 : 1))
        .flatMap(([label, note]) => [`<note ${label}>`, ...note.list()]),
    ],
  }
}

/** Paragraphs told apart, then texts joined, their white space folded, and none left beside a block. */
function folded(pieces: readonly Piece[]): string[] {
  const joined: { kind: Exclude<Piece['kind'], 'paragraph'>; said: string }[] = []
  for (const { kind, said } of withBreaks(pieces)) {
    const last = joined.at(-1)
    if (last?.kind === kind && (kind === 'text' || kind === 'html')) last.said += said
    else joined.push({ kind, said })
  }
  return joined.flatMap(({ kind, said }, index) => {
    if (kind === 'html') return [`html ${said.replace(/\s+/g, ' ').trim()}`]
    if (kind !== 'text') return [said]
    const text = said.replace(/[ \t\r\n]+/g, ' ')
    const isFirst = (joined[index - 1]?.kind ?? 'block') === 'block'
    const isLast = (joined[index + 1]?.kind ?? 'block') === 'block'
    const shown =
      isFirst && isLast ? text.trim() : isFirst ? text.trimStart() : isLast ? text.trimEnd() : text
    return shown === '' ? [] : [shown]
  })
}

function* withBreaks(pieces: readonly Piece[]) {
  let inline = false
  for (const { kind, said } of pieces) {
    if (kind === 'paragraph') {
      if (inline) yield { kind: 'block' as const, said: '<p>' }
      inline = false
      continue
    }
    if (kind === 'block') inline = false
    else if (kind !== 'text' || said.trim() !== '') inline = true
    yield { kind, said }
  }
}

/** A link's address as it is compared: renderers encode what addresses have. */
export function decoded(address: string): string {
  try {
    return decodeURIComponent(address)
  } catch {
    return address
  }
}

/** A tag's attributes, in an order of their own; what is empty is not given. */
export function tag(name: string, attributes: Readonly<Record<string, string | undefined>>): string {
  const given = Object.entries(attributes)
    .filter(([, value]) => value !== undefined && value !== '')
    .toSorted(([a], [b]) => (a < b ? -1 : 1))
    .map(([key, value]) => ` ${key}=${JSON.stringify(value)}`)
  return `<${name}${given.join('')}>`
}
