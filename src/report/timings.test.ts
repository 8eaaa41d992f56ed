import { expect, it } from 'vitest'
import { timingsLines } from './timings.ts'

it('timings are told stage by stage, in the order of a run, with what was not counted', () => {
  const stages = new Map([
    ['write', { milliseconds: 100, times: 1, bytes: 0 }],
    ['parse', { milliseconds: 500, times: 1088, bytes: 2_700_000 }],
    ['render', { milliseconds: 50, times: 9, bytes: 0 }],
  ] as const)
  expect(timingsLines({ stages, startUp: 150, all: 1000 })).toEqual([
    'Timings:',
    '  start-up            150.0 ms  15 %',
    '  parse               500.0 ms  50 %  1088 texts, 2.7 MB, 5.4 MB/s',
    '  prove: render        50.0 ms   5 %',
    '  write               100.0 ms  10 %',
    '  the rest            200.0 ms  20 %',
    '  all                1000.0 ms 100 %',
  ])
})
