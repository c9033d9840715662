import { describe, expect, it } from 'vitest'
import { alikeHouseholds, type Held, metresBetween, searchHouseholds, todayOf } from './caseload.ts'

const today = '2026-11-24'

/** A household with what these rules look at; the rest is not theirs. */
function household(changes: {
  id: string
  headName?: string
  dueOn?: string | null
  visitedMonths?: string[]
  holdUntil?: string
  doneHere?: boolean
  at?: [number, number]
  houseNumber?: string
  members?: string[]
}): Held {
  const { id, headName = 'นายบุญมา ทองดี', dueOn = null, visitedMonths = [], holdUntil, doneHere = false, at } = changes
  return {
    id,
    state: 'active',
    headName,
    houseNumber: changes.houseNumber ?? '9',
    phone: null,
    place: { areaCode: '31040101', moo: 1, village: 'หนองมน', subdistrict: 'นางรอง', district: null, province: null },
    latitude: at?.[0] ?? null,
    longitude: at?.[1] ?? null,
    members: (changes.members ?? []).map((firstName) => ({ firstName, lastName: 'ทองดี' })),
    duty: { dueOn, areaHolds: [] },
    case: { visitedMonths, hold: holdUntil ? { untilOn: holdUntil } : null },
    doneHere,
  } as unknown as Held
}

const groups = (households: Held[]) =>
  Object.fromEntries(todayOf(households, today, null).rows.map((row) => [row.household.id, row.group]))

describe('the work of today', () => {
  it('is what is overdue, due by the end of the month, or done; days that passed without a line count', () => {
    const all = [
      household({ id: 'past', dueOn: '2026-10-31' }),
      household({ id: 'month', dueOn: '2026-11-30' }),
      household({ id: 'later', dueOn: '2026-12-31' }),
      household({ id: 'visited', dueOn: '2026-12-31', visitedMonths: ['2026-11'] }),
      household({ id: 'none' }),
    ]
    expect(groups(all)).toEqual({ past: 'overdue', month: 'due', later: 'other', visited: 'done', none: 'other' })
  })

  it('counts what this phone recorded although the server has not heard of it', () => {
    const list = todayOf(
      [household({ id: 'a', dueOn: '2026-10-31', doneHere: true }), household({ id: 'b', dueOn: '2026-11-30' })],
      today,
      null,
    )
    expect([list.done, list.all]).toEqual([1, 2])
  })

  it('leaves out what is on hold until the hold is over', () => {
    expect(groups([household({ id: 'held', dueOn: '2026-11-30', holdUntil: '2026-11-24' })])).toEqual({ held: 'other' })
    expect(groups([household({ id: 'over', dueOn: '2026-11-30', holdUntil: '2026-11-23' })])).toEqual({ over: 'due' })
  })

  it('puts the longest overdue first, and the nearest first once the place is known', () => {
    const near = household({ id: 'near', dueOn: '2026-10-31', at: [14.63, 102.79] })
    const far = household({ id: 'far', dueOn: '2026-09-30', at: [14.73, 102.79] })
    const nowhere = household({ id: 'nowhere', dueOn: '2026-08-31' })
    const order = (position: { latitude: number; longitude: number } | null) =>
      todayOf([near, far, nowhere], today, position).rows.map((row) => row.household.id)
    expect(order(null)).toEqual(['nowhere', 'far', 'near'])
    expect(order({ latitude: 14.63, longitude: 102.79 })).toEqual(['near', 'far', 'nowhere'])
  })

  it('measures as the crow flies: one minute of latitude is 1,853 metres', () => {
    const metres = metresBetween({ latitude: 14, longitude: 102 }, { latitude: 14 + 1 / 60, longitude: 102 })
    expect(metres).toBe(1853)
    expect(metresBetween({ latitude: 14, longitude: 102 }, { latitude: null, longitude: null })).toBeNull()
  })
})

describe('searching on the phone', () => {
  const all = [
    household({ id: 'a', headName: 'นายบุญมา ทองดี', houseNumber: '27/1', members: ['มาลี'] }),
    household({ id: 'b', headName: 'นางคำปัน ศรีสุข', houseNumber: '27' }),
  ]
  const found = (typed: string) => searchHouseholds(all, typed).map(({ id }) => id)

  it('finds by parts of words, in any order, without tone marks, in any member’s name', () => {
    expect(found('ทอง บุญ')).toEqual(['a'])
    expect(found('มาล')).toEqual(['a'])
    expect(found('ศรี')).toEqual(['b'])
    expect(found('หนองมน')).toEqual(['a', 'b'])
    expect(found('ไม่มี')).toEqual([])
    expect(found('   ')).toEqual([])
  })

  it('finds by house number as it is written', () => {
    expect(found('27/1')).toEqual(['a'])
    expect(found('27')).toEqual(['a', 'b'])
  })

  it('understands the wrong keyboard', () => {
    expect(found('[6P,k')).toEqual(['a'])
  })

  it('names those who may be the same as somebody found, whatever the title', () => {
    const alike = (firstName: string, lastName: string) => alikeHouseholds(all, { firstName, lastName })
    expect(alike('บุญมา', 'ทองดี').map(({ id }) => id)).toEqual(['a'])
    expect(alike('มาลี', 'ทองดี').map(({ id }) => id)).toEqual(['a'])
    expect(alike('บุญมา', 'คนอื่น')).toEqual([])
    expect(alike('', '')).toEqual([])
  })
})
