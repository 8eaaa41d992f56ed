/**
 * The built program under strace: what it does to the disk, call by call, and one call at which something happens to
 * it.
 *
 * strace counts the calls of a name thread by thread, and `when=N` is for whichever comes first. So the program is
 * stopped when it makes its first folder, which is where the store begins; from there on, strace is put on the one
 * thread that makes the call. Its number is the same in every run, since libuv's pool has one thread here. What was
 * hit is read from the log afterwards, and not believed.
 */
import { type ChildProcessByStdio, spawn } from 'node:child_process'
import fs from 'node:fs'
import os from 'node:os'
import path from 'node:path'
import type { Readable } from 'node:stream'
import { setTimeout as delay } from 'node:timers/promises'
import { fileURLToPath } from 'node:url'
import { type Call, callsIn } from './calls.ts'

const BIN = fileURLToPath(new URL('../../../bin/mdshift.js', import.meta.url))

/** All by which a program changes what a disk holds, or opens what it is about to change. */
const TRACED =
  'open,openat,openat2,creat,write,writev,pwrite64,pwritev,pwritev2,copy_file_range,sendfile,fsync,fdatasync,' +
  'sync_file_range,rename,renameat,renameat2,unlink,unlinkat,link,linkat,symlink,symlinkat,mkdir,mkdirat,rmdir,' +
  'ftruncate,truncate,fallocate,chmod,fchmod,fchmodat,chown,fchown,lchown,fchownat,utimensat,ioctl,pread64'

/** What happens at a call, in strace's words: `error=EIO`. With `signal=STOP` the call is made first. */
export interface Injection {
  readonly call: Pick<Call, 'thread' | 'name' | 'nth'>
  readonly what: string
}

export interface Traced {
  readonly status: number | null
  readonly signal: NodeJS.Signals | null
  readonly stdout: string
  readonly stderr: string
  /** From the first `mkdir` on, in the order in which they began; of one thread alone where something was injected. */
  readonly calls: readonly Call[]
  /** Whether it came as far as the store. */
  readonly reached: boolean
}

/**
 * Runs `mdshift COMMAND…` in a book, under strace.
 *
 * @param whenStopped what to do where the injection has stopped it, and how it goes on
 */
export async function traced(
  command: readonly string[],
  root: string,
  injection?: Injection,
  whenStopped: () => NodeJS.Signals = () => 'SIGKILL',
): Promise<Traced> {
  const folder = fs.mkdtempSync(path.join(os.tmpdir(), 'mdshift-strace-'))
  const [gateLog, log] = [path.join(folder, 'gate'), path.join(folder, 'log')]
  fs.writeFileSync(gateLog, '')
  fs.writeFileSync(log, '')
  const child = startedAtGate(command, root, gateLog)
  const ended = endOf(child)
  const pid = child.pid ?? 0
  try {
    const reached = await until(() => isStopped(gateLog), ended)
    if (reached) {
      await released(gateLog)
      const threads = threadsIn(gateLog, pid)
      const logged = await attached(log, injection ? threads[injection.call.thread] : pid, injection)
      process.kill(pid, 'SIGCONT')
      if (injection?.what.startsWith('signal=STOP') && (await until(() => isStopped(log), ended)))
        process.kill(pid, whenStopped())
      await logged.ended
    }
    const end = await ended
    const calls = callsIn(fs.readFileSync(log, 'utf8'), root, pid, injection?.call.thread)
    return { ...end, calls, reached }
  } finally {
    child.kill('SIGKILL')
    fs.rmSync(folder, { recursive: true, force: true })
  }
}

type Child = ChildProcessByStdio<null, Readable, Readable>
type End = Pick<Traced, 'status' | 'signal' | 'stdout' | 'stderr'>

/** With -D the program is our own child, and strace a process beside it. The thread beside
 * the main one that opens files, modules at least, is the pool. */
function startedAtGate(command: readonly string[], root: string, log: string): Child {
  const options = ['-D', '-f', '-o', log, '-e', 'trace=mkdir,openat', '-e', 'inject=mkdir:signal=STOP:when=1']
  return spawn('strace', [...options, process.execPath, BIN, ...command], {
    cwd: root,
    env: { ...process.env, UV_THREADPOOL_SIZE: '1', NO_COLOR: '1', FORCE_COLOR: undefined },
    stdio: ['ignore', 'pipe', 'pipe'],
  })
}

function endOf(child: Child): Promise<End> {
  const texts = { stdout: '', stderr: '' }
  for (const name of ['stdout', 'stderr'] as const)
    child[name].setEncoding('utf8').on('data', (part: string) => {
      texts[name] += part
    })
  return new Promise((resolve, reject) => {
    child.on('error', reject)
    child.on('close', (status, signal) => resolve({ status, signal, ...texts }))
  })
}

function isStopped(log: string): boolean {
  return fs.readFileSync(log, 'latin1').includes('--- SIGSTOP {')
}

function threadsIn(log: string, pid: number): Record<Call['thread'], number> {
  const threads = [...fs.readFileSync(log, 'latin1').matchAll(/^(\d+) +openat\(/gm)].map(([, tid]) =>
    Number(tid),
  )
  return { main: pid, pool: threads.find((tid) => tid !== pid) ?? pid }
}

/** Takes the first strace away; the program stays stopped. */
async function released(gateLog: string): Promise<void> {
  const [, pid] = /^(\d+) +--- SIGSTOP/m.exec(fs.readFileSync(gateLog, 'latin1')) ?? []
  const tracer = () =>
    Number(/TracerPid:\s*(\d+)/.exec(fs.readFileSync(`/proc/${pid}/status`, 'latin1'))?.[1])
  process.kill(tracer(), 'SIGKILL')
  while (tracer() !== 0) await delay(5)
}

/** Puts strace on a thread, or on all of a process where nothing is injected; its log is whole when it has ended. */
async function attached(
  log: string,
  target: number,
  injection: Injection | undefined,
): Promise<{ readonly ended: Promise<void> }> {
  const inject = injection
    ? ['-e', `inject=${injection.call.name}:${injection.what}:when=${injection.call.nth}`]
    : ['-f']
  const options = ['-y', '-s', '0', '-o', log, '-e', `trace=${TRACED}`, ...inject, '-p', String(target)]
  const strace = spawn('strace', options, { stdio: ['ignore', 'ignore', 'pipe'] })
  let told = ''
  strace.stderr.setEncoding('utf8').on('data', (part: string) => {
    told += part
  })
  const ended = new Promise<void>((resolve) => {
    strace.on('close', () => resolve())
  })
  if (!(await until(() => told.includes('attached'), ended)))
    throw new Error(`strace could not attach: ${told}`)
  return { ended }
}

/** Waits; no longer than the program runs. */
async function until(condition: () => boolean, ended: Promise<unknown>): Promise<boolean> {
  let over = false
  void ended.finally(() => {
    over = true
  })
  while (!condition()) {
    if (over) return condition()
    await delay(5)
  }
  return true
}
