/** A project of an author's: the packed package is installed in it, and its tests are run as anyone runs them. */
import { execFileSync, spawnSync } from 'node:child_process'
import fs from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import { fileURLToPath } from 'node:url'
import { createFixture, type FileTree } from 'fs-fixture'
import type { Ended } from './program.ts'

const ROOT = fileURLToPath(new URL('../..', import.meta.url))

let packed: string | undefined

/** Makes a folder with files, in which `mdshift` is installed as npm would do it, and what tests need besides. */
export async function createProject(files: FileTree) {
  const folder = await createFixture(files)
  const modules = path.join(folder.path, 'node_modules')
  fs.mkdirSync(modules)
  fs.cpSync(packedFolder(), path.join(modules, 'mdshift'), { recursive: true })
  for (const name of fs.readdirSync(path.join(ROOT, 'node_modules')))
    if (name !== 'mdshift' && !name.startsWith('.vite'))
      fs.symlinkSync(path.join(ROOT, 'node_modules', name), path.join(modules, name))
  return folder
}

/** What `npm pack` puts into the package; the build is there already. */
function packedFolder(): string {
  if (packed !== undefined) return packed
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'mdshift-packed-'))
  process.once('exit', () => fs.rmSync(folder, { recursive: true, force: true }))
  execFileSync('npm', ['pack', '--ignore-scripts', '--silent', '--pack-destination', folder], { cwd: ROOT })
  const [tarball = ''] = fs.readdirSync(folder)
  execFileSync('tar', ['-xzf', tarball], { cwd: folder })
  packed = path.join(folder, 'package')
  return packed
}

/** Runs a program of Node's in a project; it does not know that a test runs it. */
export function inProject(cwd: string, args: readonly string[], env: NodeJS.ProcessEnv = {}): Ended {
  const { status, stdout, stderr } = spawnSync(process.execPath, args, {
    cwd,
    encoding: 'utf8',
    env: { ...outerEnvironment(), ...env },
  })
  return { status, stdout, stderr }
}

/** The environment without what vitest, node:test and CI put into it. */
export function outerEnvironment(): NodeJS.ProcessEnv {
  const own = /^(?:VITEST|VITE|NODE_TEST|TEST$|CI$|UPDATE$|NODE_ENV$|FORCE_COLOR$)/
  const kept = Object.entries(process.env).filter(([name]) => !own.test(name))
  return { ...Object.fromEntries(kept), NO_COLOR: '1' }
}

export const VITEST: readonly string[] = ['node_modules/vitest/vitest.mjs', 'run']
export const MDSHIFT = 'node_modules/mdshift/bin/mdshift.js'
