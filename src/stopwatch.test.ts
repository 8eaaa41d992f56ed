import { afterEach, describe, expect, it, vi } from 'vitest'
import { startStopwatch, stopStopwatch, timed, timedUntilDone } from './stopwatch.ts'

/** A clock that only goes on when it is told to. */
function clockOf() {
  let now = 1000
  vi.spyOn(performance, 'now').mockImplementation(() => now)
  return (milliseconds: number) => {
    now += milliseconds
  }
}

afterEach(() => {
  stopStopwatch()
  vi.restoreAllMocks()
})

describe('the stopwatch', () => {
  it('counts a stage without those within it', () => {
    const pass = clockOf()
    startStopwatch()
    pass(3)
    timed('transform', () => {
      pass(10)
      timed('parse', () => pass(40), 'é\n')
      pass(5)
    })
    timed('parse', () => pass(2), 'x')
    const timings = stopStopwatch()
    expect(timings?.stages.get('transform')).toEqual({ milliseconds: 15, times: 1, bytes: 0 })
    expect(timings?.stages.get('parse')).toEqual({ milliseconds: 42, times: 2, bytes: 4 })
    expect(timings).toMatchObject({ startUp: 1000, all: 1060 })
  })

  it('counts what is waited for, and what is done meanwhile apart', async () => {
    const pass = clockOf()
    startStopwatch()
    await timedUntilDone('write', async () => {
      pass(7)
      await null
      timed('read', () => pass(4))
      await null
      pass(1)
    })
    const timings = stopStopwatch()
    expect(timings?.stages.get('write')?.milliseconds).toBe(8)
    expect(timings?.stages.get('read')?.milliseconds).toBe(4)
  })

  it('of stages that overlap, ends the one that is done', async () => {
    const pass = clockOf()
    startStopwatch()
    let end = () => {}
    const long = timedUntilDone('write', () => new Promise<void>((resolve) => (end = resolve)))
    const inner = timedUntilDone('read', async () => {
      pass(2)
      await null
      pass(2)
    })
    end()
    await long
    await inner
    pass(100)
    const timings = stopStopwatch()
    const counted = [...(timings?.stages.values() ?? [])].reduce((sum, one) => sum + one.milliseconds, 0)
    expect(counted).toBe(4)
  })

  it('hands on what is thrown, and what is given back', async () => {
    startStopwatch()
    expect(timed('index', () => 5)).toBe(5)
    expect(() =>
      timed('index', () => {
        throw new Error('rain')
      }),
    ).toThrow('rain')
    await expect(timedUntilDone('read', () => Promise.reject(new Error('wind')))).rejects.toThrow('wind')
    expect(stopStopwatch()?.stages.get('index')?.times).toBe(2)
  })

  it('does nothing where nobody has started it', () => {
    expect(timed('parse', () => 'x', 'text')).toBe('x')
    expect(stopStopwatch()).toBeUndefined()
  })
})
