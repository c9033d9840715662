import { describe, expect, it } from 'vitest'
import { deriveHousehold, fullName } from './derive.ts'

const house = { houseNumber: '๒๗ / ๑', houseCode: '31010123456', villageName: 'บ้านโคกสูง' }

describe('what a household’s row says of its members', () => {
  it('is headed by the lowest position, with the title glued to the name', () => {
    const derived = deriveHousehold(house, [
      { position: 2, title: 'นาง', firstName: 'มาลี', lastName: 'ใจดี' },
      { position: 1, title: 'นาย', firstName: 'สมชาย', lastName: 'ใจดี' },
    ])
    expect(derived.headName).toBe('นายสมชาย ใจดี')
    expect(derived.memberCount).toBe(2)
    expect(derived.houseNumberKey).toBe('27/1')
    expect(derived.searchText).toContain(' สมชาย ใจดี')
    expect(derived.searchText).toContain('มาลี')
    expect(derived.searchText).not.toContain('นาย')
  })

  it('sorts by the name, not by the title', () => {
    const of = (title: string, firstName: string) =>
      deriveHousehold(house, [{ position: 1, title, firstName, lastName: null }]).sortKey
    expect(of('นางสาว', 'กานดา') < of('นาย', 'ขจร')).toBe(true)
    expect(of('นาย', 'เกษม') < of('นาย', 'ขจร')).toBe(true)
  })

  it('has no head when nobody is named', () => {
    const derived = deriveHousehold({ houseNumber: null, houseCode: null, villageName: null }, [])
    expect(derived).toEqual({ headName: null, sortKey: '', searchText: '', memberCount: 0, houseNumberKey: null })
  })

  it('keeps a space after a title in Latin letters', () => {
    expect(fullName({ title: 'Mr.', firstName: 'John', lastName: 'Doe' })).toBe('Mr. John Doe')
    expect(fullName({ title: 'ร.ต.', firstName: 'สมชาย', lastName: null })).toBe('ร.ต.สมชาย')
  })
})
