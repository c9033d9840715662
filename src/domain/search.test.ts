import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { nationalIdWithCheckDigit } from './national-id.ts'
import { likePattern, memberMeant, parseSearch, searchText } from './search.ts'
import { anyText, thaiFullName, thaiText } from '../../test/support/thai-text.ts'
import { fixKeyboardLayout } from './thai/keyboard.ts'

const nationalId = nationalIdWithCheckDigit('931010000001')

/** What `text LIKE pattern` gives for the patterns made here. */
function isLike(text: string, pattern: string): boolean {
  return text.includes(pattern.slice(1, -1).replace(/\\([\\%_])/g, '$1'))
}

function finds(typed: string, text: string): boolean {
  const search = parseSearch(typed)
  return (
    search.kind === 'words' &&
    search.words.every(({ readings }) => readings.some((word) => isLike(text, likePattern(word))))
  )
}

describe('parseSearch', () => {
  it.each([nationalId, '9-3101-00000-01-1', '๙๓๑๐๑๐๐๐๐๐๐๑๑', ' 9 3101 00000 01 1'])('knows the id %j', (typed) => {
    expect(parseSearch(typed)).toEqual({ kind: 'nationalId', nationalId })
  })

  it('says so when 13 digits are no id, rather than searching for them', () => {
    expect(parseSearch('9310100000012')).toEqual({ kind: 'wrongNationalId' })
  })

  it('knows house codes and house numbers', () => {
    expect(parseSearch('3101-012345-6')).toEqual({ kind: 'houseCode', houseCode: '31010123456' })
    expect(parseSearch('๒๗/๑')).toEqual({ kind: 'houseNumber', houseNumber: '27/1' })
    expect(parseSearch('บ้านเลขที่ 027')).toEqual({ kind: 'houseNumber', houseNumber: '27' })
  })

  it.each([
    ['นายสมชาย ใจดี', [['สมชาย'], ['ใจดี']]],
    ['น.ส. แก้ว', [['แกว']]],
    ['ก้อง', [['กอง']]],
    ['นางนวล', [['นางนวล', 'นวล']]],
    ['l,=kp .0fu', [['สมชาย'], ['ใจดี']]],
    ['หนทแ้ฟร', [['หนทแฟร', 'somchai']]],
    ['Somchai', [['somchai']]],
    ['หมู่ 5', [['หม'], ['5']]],
  ])('reads %j as words', (typed, words) => {
    const search = parseSearch(typed)
    const readings = search.kind === 'words' ? search.words.map((word) => word.readings) : null
    if (typed === 'หมู่ 5') expect(readings).toEqual([['หมู'], ['5']])
    else expect(readings).toEqual(words)
  })

  it.each([
    ['อ.นางรอง', 'district', 'นางรอง'],
    ['อ. นางรอง', 'district', 'นางรอง'],
    ['อำเภอนางรอง', 'district', 'นางรอง'],
    ['ต.บ้านสิงห์', 'subdistrict', 'บานสิงห'],
    ['แขวง บางรัก', 'subdistrict', 'บางรัก'],
    ['จ.บุรีรัมย์', 'province', 'บุรีรัมย'],
    ['นางรอง', null, 'นางรอง'],
    ['อ', null, 'อ'],
  ])('reads %j as the name of a place', (typed, level, key) => {
    const search = parseSearch(typed)
    expect(search.kind === 'words' && search.words.length).toBe(1)
    expect(search.kind === 'words' && search.words[0]?.place).toMatchObject({
      level,
      keys: expect.arrayContaining([key]),
    })
  })

  it('takes what was said to be a place as a name too: a teacher, a surname', () => {
    const search = parseSearch('อ.สมชาย เขตกลาง')
    const readings = search.kind === 'words' ? search.words.map((word) => word.readings) : []
    expect(readings[0]).toContain('สมชาย')
    expect(readings[1]).toEqual(expect.arrayContaining(['เขตกลาง', 'กลาง']))
  })

  it.each(['', '  ', '\u200b', '%', '...'])('finds nothing to search in %j', (typed) => {
    expect(parseSearch(typed)).toEqual({ kind: 'nothing' })
  })

  it('never throws and never makes an empty word', () => {
    fc.assert(
      fc.property(fc.oneof(anyText, thaiText), (typed) => {
        const search = parseSearch(typed)
        if (search.kind === 'words')
          expect(search.words.flatMap(({ readings }) => readings).every((word) => word !== '')).toBe(true)
      }),
      { numRuns: 2000 },
    )
  })
})

describe('searchText', () => {
  const text = searchText({
    members: [
      { firstName: 'ก้องเกียรติ', lastName: 'ใจดี' },
      { firstName: 'จันทร์เพ็ญ', lastName: 'ใจดี' },
    ],
    villageName: 'บ้านโคกสูง',
    houseNumber: '๒๗/๑',
    houseCode: '31010123456',
  })

  it('puts a space before every name and holds no title and no id', () => {
    expect(text).toBe(' กองเกียรติ ใจดี จันทรเพญ ใจดี บานโคกสูง 27/1 31010123456')
  })

  it.each(['ก้องเกียรติ', 'กองเกียรติ', 'ก่องเกียรติ', 'เกียรติ', 'ใจดี ก้อง', 'จันทร์', 'โคกสูง', 'dhv', 'ก'])(
    'is found by %j',
    (typed) => {
      expect(finds(typed, text)).toBe(true)
    },
  )

  it.each(['สมชาย', 'ก้อง สมชาย', 'ยร', 'ก%ย', 'กองเ_ย'])('is not found by %j', (typed) => {
    expect(finds(typed, text)).toBe(false)
  })

  it('is found by its own name, with title, without tone marks, or in the wrong layout', () => {
    fc.assert(
      fc.property(thaiFullName, (name) => {
        const [firstName = '', lastName = ''] = name.replace(/^(?:นางสาว|นาย|นาง|น\.ส\.|ด\.ช\. )/, '').split(' ')
        fc.pre(/^[ก-ฮเ-ไ]/.test(firstName) && firstName.length > 1 && !/^(?:นาย|นาง|พระ|คุณ)/.test(firstName))
        const indexed = searchText({
          members: [{ firstName, lastName }],
          villageName: null,
          houseNumber: null,
          houseCode: null,
        })
        expect(finds(name, indexed)).toBe(true)
        expect(finds(`${firstName} ${lastName}`.replace(/[\u0e48-\u0e4b]/g, ''), indexed)).toBe(true)
      }),
      { numRuns: 500 },
    )
    expect(finds(fixKeyboardLayout('ก้องเกียรติ'), text)).toBe(true)
  })
})

describe('likePattern', () => {
  it('looks for short words at the beginning of words, and takes % and _ as they are', () => {
    expect(likePattern('กข')).toBe('% กข%')
    expect(likePattern('กขค')).toBe('%กขค%')
    expect(likePattern('a_%')).toBe('%a\\_\\%%')
  })
})

describe('memberMeant', () => {
  const members = [{ nameKey: 'สมชาย ใจดี' }, { nameKey: 'จันทรเพญ ใจดี' }, { nameKey: 'ใจ งาม' }]
  it.each([
    [[['จันทรเพญ']], 1],
    [[['ใจดี']], 0],
    [[['ใจดี'], ['จันทร']], 1],
    [[['งา']], 2],
    [[['ชา']], null],
    [[['โคกสูง']], null],
    [[['โคกสูง'], ['จันทร']], 1],
    [[['x', 'งาม']], 2],
  ])('of %j is number %j', (readings, index) => {
    expect(memberMeant(readings, members)).toBe(index === null ? null : members[index])
  })
})
