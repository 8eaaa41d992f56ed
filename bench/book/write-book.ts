/** A generated book on the disk. */
import fs from 'node:fs'
import path from 'node:path'
import type { Texts } from './generate.ts'

/**
 * Writes a book, into a folder that is not there yet.
 *
 * @param times how often all of it is to be there: each in a folder of its own, and all of them one book
 * @returns how many Markdown files there are, and how many bytes
 */
export function writeBook(root: string, texts: Texts, times = 1): { files: number; bytes: number } {
  let [files, bytes] = [0, 0]
  const folders = new Set<string>()
  for (let copy = 1; copy <= times; copy++) {
    for (const [file, text] of texts) {
      const isChapter = file.endsWith('.md')
      if (!isChapter && copy > 1) continue
      const name = isChapter && times > 1 ? file.replace(/^src\//, `src/copy-${copy}/`) : file
      const place = path.join(root, name)
      const folder = path.dirname(place)
      if (!folders.has(folder)) fs.mkdirSync(folder, { recursive: true })
      folders.add(folder)
      fs.writeFileSync(place, text)
      if (isChapter) [files, bytes] = [files + 1, bytes + Buffer.byteLength(text)]
    }
  }
  return { files, bytes }
}
