/** Where folders lie: which is in which, and what stands above. */
import fs from 'node:fs'
import path from 'node:path'

/** Whether a path lies below a folder; both are absolute. */
export function isWithin(folder: string, file: string): boolean {
  const relative = path.relative(folder, file)
  return relative !== '' && relative.split(path.sep)[0] !== '..' && !path.isAbsolute(relative)
}

/** From `top` down to `folder`, both in; only `folder` where it does not lie below `top`. */
function foldersBetween(top: string, folder: string): string[] {
  if (!isWithin(top, folder) && top !== folder) return [folder]
  const folders = [top]
  for (const name of path.relative(top, folder).split(path.sep)) {
    if (name !== '') folders.push(path.join(folders.at(-1) ?? top, name))
  }
  return folders
}

/** The nearest folder upwards that holds an entry of that name. */
export function nearest(folder: string, name: string): string | undefined {
  return foldersBetween(path.parse(folder).root, folder).findLast((directory) => holds(directory, name))
}

/** The book around a folder, itself included: the nearest that holds `book.toml`. */
export const bookAround: (folder: string) => string | undefined = remembered((folder) => {
  if (holds(folder, 'book.toml')) return folder
  const above = path.dirname(folder)
  return above === folder ? undefined : bookAround(above)
})

function holds(folder: string, name: string): boolean {
  try {
    return fs.lstatSync(path.join(folder, name), { throwIfNoEntry: false }) !== undefined
  } catch {
    return false
  }
}

/** Asks once for each folder. */
export function remembered<Answer>(ask: (folder: string) => Answer): (folder: string) => Answer {
  const answers = new Map<string, { readonly answer: Answer }>()
  return (folder) => {
    const known = answers.get(folder) ?? { answer: ask(folder) }
    answers.set(folder, known)
    return known.answer
  }
}
