import { describe, expect, it } from 'vitest'
import type { ImportRow } from '../../../contract/import-rows.ts'
import { compareHouseholds, type Member, pairMembers } from './comparison.ts'
import { filtersOf, nextWaiting } from './queue.ts'

const household: ImportRow['household'] = {
  areaCode: '31010104',
  areaName: 'หมู่ 4 บ้านโคกกลาง',
  villageName: null,
  houseCode: null,
  familyNumber: null,
  houseNumber: '27/1',
  lane: null,
  road: null,
  phone: null,
  memberCount: 3,
  note: null,
}

const member = (firstName: string, masked: string | null = null): Member => ({
  order: null,
  relation: null,
  title: null,
  firstName,
  lastName: 'ดี',
  nationalIdMasked: masked,
  sex: null,
  birthDate: null,
  birthPrecision: null,
  occupation: null,
  annualIncome: null,
})

const row = (changes: Partial<ImportRow>): ImportRow => ({
  rowNumber: 1,
  areaCode: '31010104',
  verdict: 'match',
  reason: 'likeness',
  score: 80,
  scoreTerms: [],
  waiting: true,
  decision: null,
  decidedBy: null,
  decidedAt: null,
  committed: false,
  duplicateOf: null,
  choices: ['accept', 'keep', 'separate', 'reject'],
  isCandidateHidden: false,
  household,
  members: [],
  faults: [],
  candidate: {
    householdId: '0198a000-0000-7000-8000-000000000001',
    household: { ...household, houseNumber: '27', phone: '044123456', memberCount: null },
    members: [],
    lists: [],
    asOf: '2022-01-01',
  },
  differences: [{ field: 'houseNumber', current: '27', incoming: '27/1', takes: true }],
  ...changes,
})

describe('comparing the two sides of a row', () => {
  it('says of every known fact whether it differs, agrees, or stands on one side only', () => {
    const byField = Object.fromEntries(compareHouseholds(row({})).map((line) => [line.field, line.agreement]))
    expect(byField).toEqual({
      areaCode: 'same',
      houseNumber: 'differs',
      phone: 'onlyRegistry',
      memberCount: 'onlyFile',
    })
  })

  it('tells what accepting would put', () => {
    expect(compareHouseholds(row({})).find(({ field }) => field === 'houseNumber')?.takes).toBe(true)
  })

  it('shows a difference that only the server knows of', () => {
    const differences = [{ field: 'firstName', current: 'ก', incoming: 'ข', takes: false }]
    expect(compareHouseholds(row({ differences })).at(-1)).toMatchObject({ field: 'firstName', agreement: 'differs' })
  })

  it('pairs members by id and first name, then by name, and leaves out nobody', () => {
    const pairs = pairMembers(
      [member('ปั้น', 'x-1'), member('แก้ว'), member('ใหม่', 'x-9')],
      [member('แก้ว', 'x-2'), member('ปั้น', 'x-1'), member('เก่า')],
    )
    expect(pairs.map(({ file, registry }) => [file?.firstName ?? null, registry?.firstName ?? null])).toEqual([
      ['ปั้น', 'ปั้น'],
      ['แก้ว', 'แก้ว'],
      ['ใหม่', null],
      [null, 'เก่า'],
    ])
  })
})

describe('walking the queue', () => {
  it('goes to the next row that waits, over those that are decided', () => {
    const rows = [row({}), row({ waiting: false }), row({})]
    expect(nextWaiting(rows, 0)).toBe(2)
    expect(nextWaiting(rows, 2)).toBe(2)
  })

  it('takes from the address only filters that it knows', () => {
    expect(filtersOf(new URLSearchParams('verdict=conflict&reason=nonsense&area=3101&waiting=true'))).toEqual({
      verdict: 'conflict',
      areaCode: '3101',
      waiting: true,
    })
    expect(filtersOf(new URLSearchParams('area=somewhere'))).toEqual({})
  })
})
