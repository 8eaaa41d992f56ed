/** Books to break runs on. */
import fs from 'node:fs'
import path from 'node:path'

/** Five chapters, one in a folder of its own; each changes, and the ledger is new. Modes differ on purpose. */
export function writeSmallBook(root: string): void {
  fs.mkdirSync(path.join(root, 'src/deep'), { recursive: true })
  fs.writeFileSync(path.join(root, 'book.toml'), '[book]\ntitle = "Rain"\n')
  const names = ['rain.md', 'wind.md', 'snow.md', 'hail.md', 'deep/fog.md']
  names.forEach((name, index) => {
    const file = path.join(root, 'src', name)
    fs.writeFileSync(file, chapter(index, index === 2 ? '\r\n' : '\n'))
    fs.chmodSync(file, [0o644, 0o600, 0o755, 0o664, 0o640][index] ?? 0o644)
  })
}

/** Chapters in folders of twelve, of three sizes; three of four change. */
export function writeLargeBook(root: string, chapters: number, paragraphs = 12): void {
  fs.mkdirSync(root, { recursive: true })
  fs.writeFileSync(path.join(root, 'book.toml'), '[book]\ntitle = "Weather"\n')
  for (let index = 0; index < chapters; index++) {
    const folder = path.join(root, 'src', `part-${Math.floor(index / 12)}`)
    fs.mkdirSync(folder, { recursive: true })
    const text =
      index % 4 === 3 ? '# Calm\n\nNothing to do.\n' : chapter(index, '\n', 1 + (index % 3) * paragraphs)
    fs.writeFileSync(path.join(folder, `chapter-${index}.md`), text)
  }
}

function chapter(index: number, end: string, paragraphs = 2): string {
  const lines = [`# Weather ${index} {#skip}`, '']
  for (let n = 0; n < paragraphs; n++)
    lines.push(`Gauge ${n}: see [slab][c-slab-${index}]⮳ and [\`gix\`][gix-${index}-website]⮳{{hi:gix}}.`, '')
  lines.push(`[c-slab-${index}]: https://docs.rs/slab-${index}`)
  lines.push(`[gix-${index}-website]: https://gix${index}.example.org`)
  return lines.join(end) + end
}
