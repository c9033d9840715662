import { describe, expect, it } from 'vitest'
import { readHouseholdEntry, readMemberEntry } from './hand-entry.ts'

const rules = { today: '2023-01-15', acceptPractice: true }
const nobody = { title: null, lastName: null, nationalId: null, sex: null, birthDate: null }

describe('what a person types about a household', () => {
  it('keeps house numbers as people write them, whatever digits they used', () => {
    expect(readHouseholdEntry({ houseNumber: ' บ้านเลขที่ ๒๗ / ๑ ' }).facts.houseNumber).toBe('27/1')
    expect(readHouseholdEntry({ houseNumber: '-' }).facts.houseNumber).toBeNull()
  })

  it('leaves alone what was not sent', () => {
    expect(readHouseholdEntry({ note: ' ก ' })).toEqual({ facts: { note: 'ก' }, faults: [] })
  })

  it('masks a national id that was typed into a text', () => {
    const { facts, faults } = readHouseholdEntry({ note: 'บัตร 9310100000011', lane: '๙๓๑๐๑๐๐๐๐๐๐๑๑' })
    expect({ facts, faults }).toEqual({
      facts: { note: 'บัตร x-xxxx-xxxxx-01-1', lane: 'x-xxxx-xxxxx-01-1' },
      faults: [],
    })
  })

  it('refuses letters that were lost on the way', () => {
    expect(readHouseholdEntry({ note: 'à¸ªà¸¡' }).faults).toEqual([{ field: 'note', fault: 'encodingDamaged' }])
  })
})

describe('what a person types about a member', () => {
  it('takes the title off the name', () => {
    expect(readMemberEntry({ ...nobody, firstName: 'นายสมชาย', lastName: 'ใจดี' }, rules).facts).toMatchObject({
      title: 'นาย',
      firstName: 'สมชาย',
      lastName: 'ใจดี',
      sex: 'male',
    })
    expect(readMemberEntry({ ...nobody, title: 'น.ส.', firstName: 'น.ส.มาลี' }, rules).facts).toMatchObject({
      title: 'นางสาว',
    })
  })

  it('refuses an id with a wrong check digit, and a birth that has not happened', () => {
    const { faults } = readMemberEntry(
      { ...nobody, firstName: 'มาลี', nationalId: '1234567890123', birthDate: '2023-01-16' },
      rules,
      'members.0.',
    )
    expect(faults).toEqual([
      { field: 'members.0.nationalId', fault: 'nationalIdChecksum' },
      { field: 'members.0.birthDate', fault: 'dateInFuture' },
    ])
  })

  it('refuses a title without a name', () => {
    expect(readMemberEntry({ ...nobody, firstName: 'นาย' }, rules).faults).toEqual([
      { field: 'firstName', fault: 'nameMissing' },
    ])
  })
})
