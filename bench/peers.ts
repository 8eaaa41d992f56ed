/**
 * The programs that mdshift is measured beside. They are no dependencies: the first run installs them in a cache folder,
 * and one that cannot be had is left out, and named.
 */
import { spawnSync } from 'node:child_process'
import fs from 'node:fs'
import path from 'node:path'
import { fileURLToPath } from 'node:url'

const HERE = fileURLToPath(new URL('peers', import.meta.url))
export const CACHE = fileURLToPath(new URL('../node_modules/.cache/mdshift-bench', import.meta.url))

/** A program that can be run. */
export interface Command {
  readonly file: string
  readonly args: readonly string[]
  /** What it may end with where all went well; 0, where nothing is said. */
  readonly statuses?: readonly number[]
}

/** What is looked for in place of a parser. */
const LEGACY = String.raw`⮳|â®³|â€™|\[(c|cat|ex|p|blog)-|-github(-badge)?\]|\{#skip\d*\}`

/** Five substitutions: what one would type in a hurry. */
const SUBSTITUTIONS = [
  's/⮳|â®³/↗/g',
  's/â€™/’/g',
  String.raw`s/\[(c|cat|ex|p|blog)-([^\]]+)\]/[$1~$2]/g`,
  String.raw`s/-github(-badge)?\]/~repo$1]/g`,
  String.raw`s/\{#skip\d*\}/{.skip}/g`,
].join(';')

/** Each is about the Markdown files of the current folder. */
const PEERS: Readonly<Record<string, () => Command | undefined>> = {
  'node -e 0': () => ({ file: process.execPath, args: ['-e', '0'] }),
  'rg -c': () => program(['rg', '@vscode/ripgrep-*/bin/rg'], ['-c', LEGACY, '.'], [0, 1]),
  'perl -pi': () =>
    onPath('perl') === undefined
      ? undefined
      : {
          file: 'sh',
          args: ['-c', `find . -name '*.md' -print0 | xargs -0 perl -pi -e "$0"`, SUBSTITUTIONS],
        },
  'ast-grep scan': () =>
    program(
      ['ast-grep', '@ast-grep/cli-*/ast-grep'],
      ['scan', '--rule', path.join(HERE, 'legacy.yml'), '--json=compact', '.'],
      [0, 1],
    ),
  'rumdl, one rule': () =>
    program(['rumdl', '@rumdl/cli-*/rumdl'], ['check', '--no-cache', '--enable', 'MD051', '.'], [0, 1]),
  'jscodeshift, no parsing': () =>
    script('jscodeshift/bin/jscodeshift.js', [
      ...['--extensions', 'md', '--no-babel', '--silent', '-t', path.join(HERE, 'substitute.mjs'), '.'],
    ]),
  'remark-cli, nothing written': () =>
    script('remark-cli/cli.js', ['--quiet', '--no-stdout', '--no-config', '.']),
  'markdownlint-cli2, one rule': () =>
    script(
      'markdownlint-cli2/markdownlint-cli2-bin.mjs',
      ['--config', path.join(HERE, '.markdownlint-cli2.jsonc'), '**/*.md'],
      [0, 1],
    ),
}

/** Those that are there, by their names in the tables; and the names of the others. */
export function findPeers(): { readonly peers: ReadonlyMap<string, Command>; readonly missing: string[] } {
  const found = Object.entries(PEERS).map(([name, find]) => [name, find()] as const)
  return {
    peers: new Map(found.flatMap(([name, command]) => (command ? [[name, command] as const] : []))),
    missing: found.flatMap(([name, command]) => (command ? [] : [name])),
  }
}

/** Installs what is not there yet. Without a registry, what is there has to do. */
export function installPeers(): void {
  fs.mkdirSync(CACHE, { recursive: true })
  const wanted = fs.readFileSync(path.join(HERE, 'package.json'), 'utf8')
  const list = path.join(CACHE, 'package.json')
  const done = path.join(CACHE, 'installed.json')
  if (fs.existsSync(done) && fs.readFileSync(done, 'utf8') === wanted) return
  fs.writeFileSync(list, wanted)
  console.error(`Installing what mdshift is measured beside in ${CACHE}`)
  const { status } = spawnSync('npm', ['install', '--no-audit', '--no-fund', '--loglevel=error'], {
    cwd: CACHE,
    stdio: ['ignore', 2, 2],
  })
  if (status === 0) fs.writeFileSync(done, wanted)
  else console.error('npm could not install them: what is missing is left out')
}

/** Of the places given: a name on the path, or a file of an installed package. */
function program(
  places: readonly string[],
  args: readonly string[],
  statuses: readonly number[],
): Command | undefined {
  for (const place of places) {
    const file = place.includes('/') ? installed(place) : onPath(place)
    if (file !== undefined) return { file, args, statuses }
  }
  return undefined
}

function script(
  place: string,
  args: readonly string[],
  statuses: readonly number[] = [0],
): Command | undefined {
  const file = installed(place)
  return file === undefined ? undefined : { file: process.execPath, args: [file, ...args], statuses }
}

/** A file of a package; `*` stands for the machine that it was built for. */
function installed(place: string): string | undefined {
  const [, scope = '', start = '', rest = ''] = /^(@[^/]+\/)?([^*/]*)\*?[^/]*\/(.*)$/.exec(place) ?? []
  const folder = path.join(CACHE, 'node_modules', scope)
  const names = fs.existsSync(folder) ? fs.readdirSync(folder) : []
  return names
    .filter((name) => (place.includes('*') ? name.startsWith(start) : name === start))
    .map((name) => path.join(folder, name, rest))
    .find((file) => fs.existsSync(file))
}

function onPath(name: string): string | undefined {
  return (process.env['PATH'] ?? '')
    .split(path.delimiter)
    .map((folder) => path.join(folder, name))
    .find((file) => fs.existsSync(file))
}
