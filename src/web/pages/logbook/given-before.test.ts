import { describe, expect, it } from 'vitest'
import type { EntryView } from '../../../contract/logbook.ts'
import { idOf, logbook } from '../../../../test/support/logbook.ts'
import { givenBefore } from './given-before.ts'
import { type TypedContents, unreadableDay } from './typed.ts'

const { says } = logbook()
const by = { id: idOf(0xa1), name: 'สมศรี' }
function view(on: string, what: string, item: string | null = null, corrected: string | null = null): EntryView {
  const { id, kind, recordedAt, content } = says('assistance', on, { what, item })
  const latestId = corrected ?? id
  const said = { kind, content }
  return {
    id,
    kind,
    happenedOn: on,
    said,
    recordedAt,
    by,
    latestId,
    versions: [],
    fromHouseholdId: null,
    isLoose: false,
  }
}
const rice = view('2023-01-10', 'ข้าวสาร 5 กก.', null, idOf(0xc1))
const house = view('2013-01-10', 'สร้างบ้าน', 'house')
const found = {
  entries: [rice, house, { ...view('2023-02-01', 'ข้าวสาร'), said: null }],
  givenAgain: [{ item: 'house', onlyOnce: true, againAfterMonths: null }],
}
const typing = (content: Partial<TypedContents['assistance']>, happenedOn: string | null = '2023-03-01') => ({
  content: { what: '', item: null, memberId: null, ...content } as TypedContents['assistance'],
  corrects: null as string | null,
  happenedOn,
})
const ids = (typed: ReturnType<typeof typing>) => givenBefore(found, typed, '2023-03-01').map(({ id }) => id)

describe('help that is typed', () => {
  it('is told who recorded the same before, and when; help that was taken back was not given', () => {
    expect(givenBefore(found, typing({ what: 'ข้าวสาร' }), '2023-03-01')).toMatchObject([
      { id: rice.id, happenedOn: '2023-01-10', by: 'สมศรี', content: { givers: [{ name: 'อบต.' }] } },
    ])
    expect(ids(typing({ what: 'ซ่อมหลังคา' }))).toEqual([])
    expect(ids(typing({ what: 'บ้านใหม่', item: 'house' }))).toEqual([house.id])
  })

  it('is not held against the very help that it corrects', () => {
    expect(ids({ ...typing({ what: 'ข้าวสาร 10 กก.' }), corrects: idOf(0xc1) })).toEqual([])
  })

  it('is taken as given today while its day is half typed', () => {
    expect(ids(typing({ what: 'ข้าวสาร' }, unreadableDay))).toEqual([rice.id])
    expect(ids(typing({ what: 'ข้าวสาร' }, null))).toEqual([rice.id])
  })
})
