/** What the time of a run went to, as a table for people. */
import { STAGES, type TimedStage, type Timing, type Timings } from '../stopwatch.ts'

/** What each stage is called: those of the proof belong together. */
const NAMES: Readonly<Record<TimedStage, string>> = {
  discover: 'discover',
  read: 'read',
  index: 'index',
  scan: 'scan',
  parse: 'parse',
  transform: 'transform',
  assemble: 'prove: assemble',
  render: 'prove: render',
  compare: 'prove: compare',
  print: 'print',
  write: 'write',
}

/** One line a stage: milliseconds, share, and of texts how many, how much and how fast. */
export function timingsLines({ stages, startUp, all }: Timings): string[] {
  const counted = [...stages.values()].reduce((sum, { milliseconds }) => sum + milliseconds, startUp)
  const rows: [string, number, string][] = [
    ['start-up', startUp, ''],
    ...STAGES.flatMap((stage): [string, number, string][] => {
      const timing = stages.get(stage)
      return timing ? [[NAMES[stage], timing.milliseconds, textsOf(timing)]] : []
    }),
    ['the rest', Math.max(all - counted, 0), ''],
    ['all', all, ''],
  ]
  return [
    'Timings:',
    ...rows.map(([name, milliseconds, texts]) => {
      const time = `${milliseconds.toFixed(1)} ms`.padStart(12)
      const share = `${((milliseconds / all) * 100).toFixed(0)} %`.padStart(6)
      return `  ${name.padEnd(16)}${time}${share}${texts}`
    }),
  ]
}

function textsOf({ milliseconds, times, bytes }: Timing): string {
  if (bytes === 0) return ''
  const megabytes = bytes / 1e6
  return `  ${times} texts, ${megabytes.toFixed(1)} MB, ${(megabytes / (milliseconds / 1000)).toFixed(1)} MB/s`
}
