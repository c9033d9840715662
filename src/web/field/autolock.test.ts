import { describe, expect, it } from 'vitest'
import { Absence, hiddenMs, idleMs } from './autolock.ts'

function phoneClock() {
  const clock = { wall: 1_000_000, running: 0 }
  const absence = new Absence([() => clock.wall, () => clock.running])
  return { clock, absence }
}

describe('an app that nobody touches', () => {
  it('locks after a while, sooner when it is out of sight', () => {
    const { clock, absence } = phoneClock()
    clock.wall += hiddenMs
    expect(absence.isTooLong(true)).toBe(true)
    expect(absence.isTooLong(false)).toBe(false)
    clock.wall += idleMs - hiddenMs
    expect(absence.isTooLong(false)).toBe(true)
  })

  it('begins anew with each touch', () => {
    const { clock, absence } = phoneClock()
    clock.wall += idleMs - 1
    absence.touch()
    clock.wall += idleMs - 1
    expect(absence.isTooLong(false)).toBe(false)
  })

  it('also locks where the clock was set back, or one of the two stood still', () => {
    const { clock, absence } = phoneClock()
    clock.wall -= 86_400_000
    clock.running += idleMs
    expect(absence.isTooLong(false)).toBe(true)
    absence.touch()
    clock.wall += idleMs
    expect(absence.isTooLong(false)).toBe(true)
  })
})
