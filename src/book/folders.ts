/** Where folders lie: which is in which, and what stands above. */
import fs from 'node:fs/promises'
import path from 'node:path'

/** Whether a path lies below a folder; both are absolute. */
export function isWithin(folder: string, file: string): boolean {
  const relative = path.relative(folder, file)
  return relative !== '' && relative.split(path.sep)[0] !== '..' && !path.isAbsolute(relative)
}

/** From `top` down to `folder`, both in; only `folder` where it does not lie below `top`. */
export function foldersBetween(top: string, folder: string): string[] {
  if (!isWithin(top, folder) && top !== folder) return [folder]
  const folders = [top]
  for (const name of path.relative(top, folder).split(path.sep)) {
    if (name !== '') folders.push(path.join(folders.at(-1) ?? top, name))
  }
  return folders
}

/** The nearest folder upwards that holds an entry of that name. */
export async function nearest(folder: string, name: string): Promise<string | undefined> {
  for (const directory of foldersBetween(path.parse(folder).root, folder).reverse()) {
    if (
      await fs.lstat(path.join(directory, name)).then(
        () => true,
        () => false,
      )
    )
      return directory
  }
  return undefined
}

/** The book around a folder, itself included: the nearest that holds `book.toml`. */
export const bookAround = remembered((folder) => nearest(folder, 'book.toml'))

/** Asks once for each folder. */
export function remembered<Answer>(
  ask: (folder: string) => Promise<Answer>,
): (folder: string) => Promise<Answer> {
  const answers = new Map<string, Promise<Answer>>()
  return (folder) => {
    const known = answers.get(folder) ?? ask(folder)
    answers.set(folder, known)
    return known
  }
}
