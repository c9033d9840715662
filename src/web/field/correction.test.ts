import { describe, expect, it } from 'vitest'
import { typedCorrection } from '../pages/logbook/typed.ts'
import { readCorrection, type CorrectDraft } from './correction.ts'

const id = '01890000-0000-7000-8000-000000000009'
function correcting(happenedOn: string): CorrectDraft {
  const content = { met: [], seen: 'หลังคารั่ว', words: null, place: null, photos: [], skipped: null, nextOn: null }
  const how = { happenedOn, latestId: id, id, fourTVersion: 0 }
  const typed = { ...typedCorrection({ kind: 'visit', content }, how), reason: 'พิมพ์ผิด' } as CorrectDraft['typed']
  return { typed, isTakenBack: false, before: [] }
}

describe('a correction', () => {
  it('is dated today, and nothing in it may be later', () => {
    const today = { day: '2026-03-02', isSure: true }
    expect(readCorrection(correcting('2026-02-01'), today).draft).toMatchObject({
      happenedOn: '2026-03-02',
      content: { replacement: { happenedOn: '2026-02-01' } },
    })
    expect(readCorrection(correcting('2026-03-03'), today).faults).toEqual(new Map([['happenedOn', 'inFuture']]))
  })

  it('takes any day where the clock is not to be trusted, and is dated with it', () => {
    // A phone that was away for long: the last day that it knows is earlier than the true one.
    const today = { day: '2026-01-10', isSure: false }
    expect(readCorrection(correcting('2026-03-02'), today)).toMatchObject({
      draft: { happenedOn: '2026-03-02', content: { replacement: { happenedOn: '2026-03-02' } } },
      faults: null,
    })
    const takenBack = { ...correcting('2026-03-02'), isTakenBack: true }
    expect(readCorrection(takenBack, today).draft).toMatchObject({ happenedOn: '2026-03-02' })
  })
})
