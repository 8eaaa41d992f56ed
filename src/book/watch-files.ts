/** Tells when files that people edit change. Their folders are watched: editors put new files in place of old ones. */
import fs from 'node:fs'
import path from 'node:path'

export interface Watched {
  /** Waits until something has changed since it was last asked, and nothing more follows; or until it is closed. */
  changed(): Promise<void>
  close(): void
}

/** Milliseconds without a change: one save is several events. */
const SETTLED = 60

/**
 * Watches files, and the code beside others.
 *
 * @param files absolute
 * @param modules absolute: all code in their folders counts, since they may import it
 * @throws where a folder cannot be watched
 */
export function watchFiles(files: readonly string[], modules: readonly string[]): Watched {
  const folders = new Set([...files, ...modules].map((file) => path.dirname(file)))
  const withCode = new Set(modules.map((file) => path.dirname(file)))
  const watchers: fs.FSWatcher[] = []
  let timer: NodeJS.Timeout | undefined
  let isChanged = false
  let tell: (() => void) | undefined
  const settle = (): void => {
    isChanged = true
    tell?.()
  }
  const notice = (): void => {
    clearTimeout(timer)
    timer = setTimeout(settle, SETTLED)
  }
  const close = (): void => {
    clearTimeout(timer)
    for (const watcher of watchers) watcher.close()
    settle()
  }
  try {
    for (const folder of folders) {
      const counts = (name: string | null) =>
        name === null ||
        files.includes(path.join(folder, name)) ||
        (withCode.has(folder) && /\.(?:[mc]?[jt]s|json)$/.test(name))
      const watcher = fs.watch(folder, (_, name) => {
        if (counts(name)) notice()
      })
      // A folder that is taken away: what is in it cannot be read, and the next run says so.
      watcher.on('error', notice)
      watchers.push(watcher)
    }
  } catch (cause) {
    close()
    throw cause
  }
  return {
    async changed() {
      if (!isChanged)
        await new Promise<void>((resolve) => {
          tell = resolve
        })
      tell = undefined
      isChanged = false
    },
    close,
  }
}

/** Whether there is a file of that path. */
export function isFile(file: string): boolean {
  return fs.statSync(file, { throwIfNoEntry: false })?.isFile() ?? false
}
