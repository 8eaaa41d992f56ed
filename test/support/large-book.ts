/** Books of any size on the disk, in folders of a hundred chapters that share their definitions. */
import fs from 'node:fs'
import path from 'node:path'

const PER_FOLDER = 100

/** Writes a book with as many chapters, each of about as many lines; what each migration asks for is in all of them. */
export function writeLargeBook(root: string, chapters: number, lines = 4): void {
  fs.mkdirSync(path.join(root, 'src'), { recursive: true })
  fs.writeFileSync(path.join(root, 'book.toml'), '')
  for (let number = 0; number < chapters; number++) {
    const part = Math.floor(number / PER_FOLDER)
    const folder = path.join(root, 'src', `part-${part}`)
    if (number % PER_FOLDER === 0) {
      fs.mkdirSync(folder)
      fs.writeFileSync(path.join(folder, 'refs.md'), `[c-slab-${part}]: https://docs.rs/slab${part}\n`)
    }
    fs.writeFileSync(path.join(folder, `chapter-${number}.md`), chapter(number, part, lines))
  }
}

function chapter(number: number, part: number, lines: number): string {
  const body = Array.from({ length: lines }, (_, line) =>
    line % 4 === 0
      ? `Rain ${line} on the [slab][c-slab-${part}]⮳, and wind.\n`
      : `No ${line} *weather* of note.\n`,
  )
  return `# Chapter ${number}\n\n${body.join('\n')}\n{{#include refs.md}}\n`
}
