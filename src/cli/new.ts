/** `mdshift new`: a transform, its fixtures and its test, ready to run. */
import path from 'node:path'
import { configOf } from '../book/config.ts'
import { nextNumber } from '../book/own-migrations.ts'
import { isInstalled, projectOf } from '../book/project.ts'
import { failure } from '../failure.ts'
import { visible } from '../report/terminal.ts'
import { createFolder } from '../store/create.ts'
import type { Io } from './io.ts'
import { nameFrom } from './name-from.ts'
import { scaffold } from './scaffold.ts'
import { type ExitStatus, giveUp } from './status-codes.ts'

export interface NewArguments {
  readonly name: string
  /** JavaScript instead of TypeScript. */
  readonly js: boolean
  /** jscodeshift's form instead of `defineTransform`. */
  readonly plain: boolean
  /** Where the new folder is made; else among the project's own migrations, or here. */
  readonly dir?: string | undefined
}

export async function newTransform(args: NewArguments, io: Io): Promise<ExitStatus> {
  const { name, js, plain, dir } = args
  if (!/^[\p{L}_][\p{L}\p{N}_-]*$/u.test(name))
    return giveUp([failure('MDS009', `${JSON.stringify(name)} is no name: letters, digits, - and _`)], io)
  const config = await configOf(io.cwd, io.isSafe)
  if (!config.ok) return giveUp(config.failures, io)
  const own = config.value.own?.folder
  const parent = dir === undefined ? (own ?? io.cwd) : path.resolve(io.cwd, dir)
  const isMigration = parent === own
  const id = isMigration ? `${await nextNumber(parent)}-${name}` : name
  const { isModule, hasVitest } = await projectOf(parent)
  const { files, transform, test } = scaffold({
    id,
    file: isMigration ? 'index' : name,
    language: js ? 'js' : 'ts',
    form: plain ? 'plain' : 'defined',
    runner: hasVitest ? 'vitest' : 'node',
    isModule,
  })
  const folder = path.join(parent, id)
  const failed = await createFolder(folder, files, nameFrom(io.cwd, folder))
  if (failed) return giveUp([failed], io)
  const shown = (file: string) => visible(nameFrom(io.cwd, path.join(folder, file)))
  io.stdout.lines([...files.keys()].map(shown))
  const runsTests = hasVitest ? 'npx vitest run' : 'node --test'
  io.stderr.lines([
    'Next:',
    ...((await isInstalled(parent, 'mdshift')) ? [] : ['  npm install --save-dev mdshift']),
    `  ${runsTests} ${word(shown(test))}`,
    `  npx mdshift run -t ${word(shown(transform))} --watch CHAPTER.md`,
    isMigration
      ? '  npx mdshift migrate --dry-run'
      : `  npx mdshift run -t ${word(shown(transform))} --dry-run`,
  ])
  return 0
}

/** A path as a shell takes it for one word. */
function word(file: string): string {
  return /^[\p{L}\p{N}_./@-]+$/u.test(file) ? file : `'${file.replaceAll("'", "'\\''")}'`
}
