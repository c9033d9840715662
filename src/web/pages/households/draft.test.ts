import { describe, expect, it } from 'vitest'
import { householdSchema, type HouseholdView } from '../../../contract/households.ts'
import { householdOf } from '../../../../test/e2e/_fake-households.ts'
import { newId } from '../../new-id.ts'
import {
  changesOf,
  conflictsOf,
  draftOf,
  emptyHousehold,
  emptyMember,
  faultsOf,
  isNothing,
  rebase,
  takeTheirs,
  typedFrom,
} from './draft.ts'

const household = householdSchema.parse(householdOf('0193a8f2-7c11-7abc-8def-000000000001'))
const [head, mother] = household.members

describe('a household that is being edited', () => {
  it('sends nothing when nothing was changed', () => {
    expect(isNothing(changesOf(household, typedFrom(household)))).toBe(true)
  })

  it('sends only the fields that were changed, and null for one that was emptied', () => {
    const typed = typedFrom(household)
    typed.texts.houseNumber = ' 28 '
    typed.texts.phone = ''
    expect(changesOf(household, typed).facts).toEqual({ houseNumber: '28', phone: null })
  })

  it('never sends a masked id, and null only when it was taken off', () => {
    const typed = typedFrom(household)
    typed.members[0]!.texts.lastName = 'ใหม่'
    expect(changesOf(household, typed).change).toEqual([{ id: head!.id, facts: { lastName: 'ใหม่' } }])
    typed.members[0]!.savedId = null
    expect(changesOf(household, typed).change[0]!.facts).toEqual({ lastName: 'ใหม่', nationalId: null })
    typed.members[0]!.nationalId = '9101234567124'
    expect(changesOf(household, typed).change[0]!.facts.nationalId).toBe('9101234567124')
  })

  it('tells who left, who is back and who is new', () => {
    const typed = typedFrom(household)
    typed.members[1]!.isHere = false
    typed.members[3]!.isHere = true
    const id = newId()
    typed.members.push({ ...emptyMember(id), texts: { ...emptyMember(id).texts, firstName: 'ใบบัว' } })
    const edit = changesOf(household, typed)
    expect(edit.left).toEqual([mother!.id])
    expect(edit.back).toEqual([household.formerMembers[0]!.id])
    expect(edit.add).toMatchObject([{ id, firstName: 'ใบบัว' }])
  })

  it('gives new places when somebody else becomes the head', () => {
    const typed = typedFrom(household)
    typed.members = [typed.members[1]!, typed.members[0]!, ...typed.members.slice(2)]
    expect(changesOf(household, typed).change).toEqual([
      { id: mother!.id, facts: { order: 1 } },
      { id: head!.id, facts: { order: 2 } },
    ])
  })

  it('keeps what was typed and takes what others changed meanwhile', () => {
    const typed = typedFrom(household)
    typed.texts.houseNumber = '28'
    typed.members[0]!.texts.occupation = 'ทำนา'
    const newest: HouseholdView = {
      ...household,
      version: 9,
      facts: { ...household.facts, phone: '089-999-9999', houseNumber: '29' },
      members: household.members.map((member, index) => (index === 0 ? { ...member, annualIncome: 50_000 } : member)),
    }
    const rebased = rebase(household, newest, typed)
    expect(rebased.texts).toMatchObject({ houseNumber: '28', phone: '089-999-9999' })
    expect(rebased.members[0]).toMatchObject({ annualIncome: 50_000, texts: { occupation: 'ทำนา' } })
    expect(changesOf(newest, rebased)).toMatchObject({
      facts: { houseNumber: '28' },
      change: [{ id: head!.id, facts: { occupation: 'ทำนา' } }],
    })
  })
})

describe('a conflict with what others changed', () => {
  const newest: HouseholdView = { ...household, facts: { ...household.facts, phone: '089', houseNumber: '29' } }

  it('names their value and mine, and which of them I typed', () => {
    const typed = typedFrom(household)
    typed.texts.houseNumber = '28'
    const conflicts = conflictsOf(household, newest, rebase(household, newest, typed))
    expect(conflicts).toMatchObject([
      { field: 'houseNumber', theirs: '29', mine: '28', isTouched: true },
      { field: 'phone', theirs: '089', isTouched: false },
    ])
    expect(takeTheirs(newest, typed, conflicts[0]!).texts.houseNumber).toBe('29')
  })
})

describe('a household that is being added', () => {
  it('needs a subdistrict and somebody with a name', () => {
    const typed = emptyHousehold('3101', 'm')
    expect([...faultsOf(typed, { needsMember: true })]).toEqual([
      ['areaCode', 'areaTooWide'],
      ['member m firstName', 'required'],
    ])
  })

  it('is refused with a wrong check digit, half a position or an impossible date, each at its field', () => {
    const typed = emptyHousehold('31010404', 'm')
    typed.latitude = '14.9'
    typed.members[0]!.texts.firstName = 'ใบบัว'
    typed.members[0]!.nationalId = '9101234567125'
    typed.members[0]!.birth = 'unreadable'
    expect([...faultsOf(typed, { needsMember: true }).keys()]).toEqual([
      'latitude',
      'member m nationalId',
      'member m birthDate',
    ])
  })

  it('stands in its subdistrict while the village is not known, the head first', () => {
    const typed = emptyHousehold('310104', 'm')
    typed.members[0]!.texts.firstName = ' ใบบัว '
    const draft = draftOf(typed)
    expect(draft.areaCode).toBe('31010400')
    expect(draft.members).toMatchObject([{ firstName: 'ใบบัว', order: 1, nationalId: null }])
  })
})

describe('a village that the registry does not have yet', () => {
  it('is made of the subdistrict and the number, with its name', () => {
    const typed = { ...emptyHousehold('310104', 'm'), moo: '๑๒', villageName: 'หนองใหญ่' }
    expect(draftOf(typed)).toMatchObject({ areaCode: '31010412', villageName: 'หนองใหญ่' })
    expect(faultsOf({ ...typed, moo: '123' }, { needsMember: false }).get('moo')).toBe('moo')
    expect(draftOf({ ...typed, areaCode: '31010404' })).toMatchObject({ areaCode: '31010404', villageName: null })
  })
})

describe('an id made by the browser', () => {
  it('is a UUIDv7 that sorts by its time', () => {
    expect(newId(0)).toMatch(/^00000000-0000-7[0-9a-f]{3}-[89ab][0-9a-f]{3}-[0-9a-f]{12}$/)
    expect(newId(1_000) < newId(2_000)).toBe(true)
  })
})
