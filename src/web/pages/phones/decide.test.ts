import { describe, expect, it } from 'vitest'
import type { DeviceView } from '../../../contract/devices.ts'
import { syncUnfiledDecide, type Unfiled } from '../../../contract/sync.ts'
import { decisionOf, isCrossed, missingOf, nothingTyped, standingOf } from './decide.ts'
import { daysSince, isClockWrong, isSilent, phonesAddress, readPhoneView } from './view.ts'

const id = '0193b000-0000-7000-8000-000000000001'
const hold = {
  itemId: id,
  province: '31',
  item: {
    kind: 'entry',
    household: { province: '31', id },
    entry: { id, kind: 'hold', happenedOn: '2026-11-20', content: { untilOn: '2026-12-01', reason: 'น้ำท่วม' } },
  },
} as unknown as Unfiled
const row = { province: '31', id: '0193b000-0000-7000-8000-000000000002' } as never

describe('deciding about an item', () => {
  it('sends no household and no day that the author had named already', () => {
    const typed = { ...nothingTyped(hold), reason: ' ถามแล้ว ' }
    const sent = decisionOf('record', hold, typed)
    expect(sent).toMatchObject({ householdId: null, happenedOn: null, reason: 'ถามแล้ว' })
    expect(syncUnfiledDecide.input.safeParse(sent).success).toBe(true)
  })

  it('sends another household and another day where they were chosen', () => {
    const typed = { ...nothingTyped(hold), isOther: true, chosen: row, reason: 'ผิดบ้าน' }
    const day = { date: '2026-11-19', precision: 'day' } as const
    expect(decisionOf('record', hold, { ...typed, day })).toMatchObject({
      householdId: '0193b000-0000-7000-8000-000000000002',
      happenedOn: '2026-11-19',
    })
    // What was chosen before somebody thought better of it is not sent.
    expect(decisionOf('record', hold, { ...typed, isOther: false }).householdId).toBeNull()
    expect(decisionOf('setAside', hold, { ...typed, day })).toMatchObject({ householdId: null, happenedOn: null })
  })

  it('asks for no day when a found household is in the registry already', () => {
    const found = { ...hold, item: { kind: 'household', foundOn: '2026-11-20' } } as unknown as Unfiled
    const typed = { ...nothingTyped(found), day: null, reason: 'คนเดียวกัน' }
    expect(missingOf('record', found, typed).day).toBe(true)
    expect(missingOf('record', found, { ...typed, isOther: true, chosen: row }).day).toBe(false)
    const other = { ...typed, isOther: true, chosen: row, day: { date: '2026-11-01', precision: 'day' } as const }
    expect(decisionOf('record', found, other).happenedOn).toBeNull()
    expect(decisionOf('record', found, { ...other, isOther: false }).happenedOn).toBe('2026-11-01')
  })

  it('asks for what is missing, and for no day of what cannot be read', () => {
    const typed = nothingTyped(hold)
    const missing = missingOf('record', hold, { ...typed, isOther: true, day: 'unreadable' })
    expect(missing).toEqual({ household: true, day: true, reason: true })
    expect(missingOf('setAside', hold, { ...typed, day: null, reason: 'ซ้ำกัน' })).toEqual({
      household: false,
      day: false,
      reason: false,
    })
    const unread = { ...hold, item: null }
    expect(missingOf('record', unread, { ...nothingTyped(unread), reason: 'ลองใหม่' }).day).toBe(false)
  })
})

describe('a correction that came second', () => {
  const content = { corrects: 'a', reason: 'พิมพ์ผิด', replacement: null }
  const item = { kind: 'entry', entry: { id, kind: 'correction', happenedOn: '2026-11-20', content } }
  const mine = { ...hold, item, problem: 'correctedMeanwhile' } as unknown as Unfiled
  const version = (versionId: string, counts: boolean) => ({ id: versionId, counts })
  const entries = [
    { versions: [version('x', true)] },
    { versions: [version('a', false), version('b', false), version('c', true)] },
  ] as never

  it('is laid beside the version that counts of the entry that it corrects', () => {
    expect(standingOf(entries, mine.item)).toEqual(version('c', true))
    expect(standingOf([], mine.item)).toBeNull()
    expect(standingOf(entries, hold.item)).toBeNull()
  })

  it('names the version that the person saw when it is put over it, and none when it is set aside', () => {
    const typed = { ...nothingTyped(mine), reason: 'ถามแล้ว' }
    const seen = { id: '0193b000-0000-7000-8000-00000000000c' }
    const sent = decisionOf('record', mine, typed, seen)
    expect(sent).toMatchObject({ overVersion: seen.id, householdId: null })
    expect(syncUnfiledDecide.input.parse(sent)).toMatchObject({ overVersion: seen.id })
    expect(decisionOf('setAside', mine, typed, seen)).toMatchObject({ overVersion: null })
  })

  it('is known by the problem that came with it, or that was told when somebody tried', () => {
    expect(isCrossed(mine)).toBe(true)
    expect(isCrossed({ ...mine, problem: 'futureDay' })).toBe(false)
    expect(isCrossed({ ...mine, problem: 'futureDay' }, 'correctedMeanwhile')).toBe(true)
    expect(isCrossed({ ...hold, problem: 'correctedMeanwhile' })).toBe(false)
  })
})

describe('the address of the phones', () => {
  it('brings back the view, and reads nothing into what it does not understand', () => {
    const view = { tab: 'unfiled', area: '3104', silentDays: 10, sort: 'waiting' } as const
    expect(readPhoneView(new URLSearchParams(phonesAddress(view).split('?')[1]))).toEqual(view)
    expect(phonesAddress(readPhoneView(new URLSearchParams('tab=x&area=บ้าน&silent=-1&sort=1')))).toBe('/phones')
    expect(readPhoneView(new URLSearchParams('silent=999')).silentDays).toBe(0)
  })
})

describe('a phone', () => {
  const now = new Date('2026-11-24T03:00:00Z')
  const phone = { state: 'active', registeredAt: '2026-11-01T03:00:00Z', lastSyncAt: null } as DeviceView

  it('is silent after seven days, also when it never sent anything, and not once it was revoked', () => {
    expect(isSilent(phone, now)).toBe(true)
    expect(isSilent({ ...phone, lastSyncAt: '2026-11-17T04:00:00Z' }, now)).toBe(false)
    expect(isSilent({ ...phone, lastSyncAt: '2026-11-17T02:59:00Z' }, now)).toBe(true)
    expect(isSilent({ ...phone, state: 'revoked' }, now)).toBe(false)
  })

  it('was heard of so many days ago by the calendar of Thailand', () => {
    expect(daysSince('2026-11-23T16:59:00Z', now)).toBe(1)
    expect(daysSince('2026-11-23T17:00:00Z', now)).toBe(0)
    expect(daysSince('2027-01-01T00:00:00Z', now)).toBe(0)
  })

  it('has a wrong clock when it is off by more than people’s watches are', () => {
    expect([null, 0, 600, -600].some((clockOffset) => isClockWrong({ clockOffset }))).toBe(false)
    expect([601, -601, 63_072_000].every((clockOffset) => isClockWrong({ clockOffset }))).toBe(true)
  })
})
