import * as fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import {
  checkNationalId,
  formatNationalId,
  isNationalId,
  maskIdsInText,
  maskNationalId,
  nationalIdKind,
  nationalIdWithCheckDigit,
} from './national-id.ts'
import { toThaiDigits } from './thai/digits.ts'

const practice = { acceptPractice: true }
const id = '9310100000011'

const anyId = fc.integer({ min: 0, max: 999_999_999_999 }).map((number) => {
  const first12 = String(number).padStart(12, '0')
  return nationalIdWithCheckDigit(`9${first12.slice(1)}`)
})

describe('checkNationalId', () => {
  it.each([
    id,
    Number(id),
    '9-3101-00000-01-1',
    ' 9 3101 00000 01 1 ',
    '๙๓๑๐๑๐๐๐๐๐๐๑๑',
    '9\u00a03101\u00a000000\u00a001\u00a01',
    "'9310100000011",
  ])('reads %j', (cell) => {
    expect(checkNationalId(cell, practice)).toEqual({ id, kind: 'practice' })
  })

  it('reads it back however it is written', () => {
    fc.assert(
      fc.property(anyId, (made) => {
        for (const cell of [made, Number(made), formatNationalId(made), toThaiDigits(made)])
          expect(checkNationalId(cell, practice)).toEqual({ id: made, kind: 'practice' })
        expect(isNationalId(made)).toBe(true)
      }),
    )
  })

  it('refuses any single wrong digit', () => {
    fc.assert(
      fc.property(anyId, fc.integer({ min: 1, max: 11 }), fc.integer({ min: 1, max: 9 }), (made, place, step) => {
        const digit = (Number(made[place]) + step) % 10
        const wrong = made.slice(0, place) + String(digit) + made.slice(place + 1)
        // The rule of eleven ends in two digits that share a remainder (0 and 10), so a rare slip stays unseen.
        fc.pre(nationalIdWithCheckDigit(wrong.slice(0, 12)) !== wrong)
        expect(checkNationalId(wrong, practice)).toEqual({ fault: 'nationalIdChecksum' })
      }),
    )
  })

  it.each(['1.10037E+12', '1,10037E+12', '9.31010000001E12', '9e+12', 9310100000000, 1100370000000])(
    'refuses %j, which lost digits in scientific notation',
    (cell) => {
      expect(checkNationalId(cell, practice)).toEqual({ fault: 'nationalIdScientific' })
    },
  )

  it.each([
    '931010000001',
    '93101000000111',
    'abc',
    '93101-0000',
    12345,
    1.5,
    true,
    { date: '2022-01-01', format: null },
  ])('says that %j has not 13 digits', (cell) => {
    expect(checkNationalId(cell, practice)).toEqual({ fault: 'nationalIdLength' })
  })

  it.each([null, '', '-', '0', 0, '0000000000000', 'ไม่มีบัตร', 'ไม่ทราบ', 'N/A', ' '])('takes %j for no id', (cell) => {
    expect(checkNationalId(cell, practice)).toEqual({ fault: 'nationalIdMissing' })
  })

  it('gives back the leading 0 that a spreadsheet dropped, when the check digit agrees', () => {
    const stateless = nationalIdWithCheckDigit('031010000001')
    expect(checkNationalId(Number(stateless), practice)).toEqual({ id: stateless, kind: 'noStatus' })
    expect(checkNationalId(Number(stateless) + 1, practice)).toEqual({ fault: 'nationalIdLength' })
    expect(checkNationalId(stateless.slice(1), practice)).toEqual({ fault: 'nationalIdLength' })
  })

  it('keeps practice ids out of a real registry', () => {
    expect(checkNationalId(id, { acceptPractice: false })).toEqual({ fault: 'nationalIdPractice' })
  })

  it('knows the classes by their first digit', () => {
    expect(['0', '1', '5', '6', '7', '8', '9'].map((digit) => nationalIdKind(`${digit}000000000000`))).toEqual([
      'noStatus',
      'national',
      'national',
      'temporary',
      'bornToTemporary',
      'resident',
      'practice',
    ])
  })

  it('never throws and never gives back anything but 13 digits', () => {
    fc.assert(
      fc.property(fc.oneof(fc.string(), fc.double(), fc.constant(null), fc.boolean()), (cell) => {
        const result = checkNationalId(cell, practice)
        if ('id' in result) expect(result.id).toMatch(/^[0-9]{13}$/)
      }),
    )
  })
})

describe('in a text', () => {
  it('an id is masked however it is written, and what stands around it stays', () => {
    const card = formatNationalId(id)
    for (const written of [id, card, card.replaceAll('-', ' '), toThaiDigits(id), toThaiDigits(card)])
      expect(maskIdsInText(`เลข ${written} โทร 0812345678`)).toBe('เลข x-xxxx-xxxxx-01-1 โทร 0812345678')
    expect(maskIdsInText(`${id}/${id}`)).toBe('x-xxxx-xxxxx-01-1/x-xxxx-xxxxx-01-1')
  })

  it('other numbers stay: telephones side by side, longer numbers, a wrong check digit', () => {
    const wrong = `${id.slice(0, 12)}${(Number(id[12]) + 1) % 10}`
    for (const text of ['๐๘๑-๒๓๔-๕๖๗๘ 089-123-4567', `${id}0`, `1${id}`, wrong, '31010123456', ''])
      expect(maskIdsInText(text)).toBe(text)
  })

  it('nothing that is read as an id is left', () => {
    fc.assert(
      fc.property(fc.stringMatching(/^[0-9]{12}$/), fc.string(), (digits, word) => {
        const one = nationalIdWithCheckDigit(digits)
        expect(maskIdsInText(`${word} ${one} ${word}`)).not.toContain(` ${one} `)
      }),
    )
  })
})

describe('on screens', () => {
  it('an id is masked but for its last three digits', () => {
    expect(maskNationalId('9234567890123')).toBe('x-xxxx-xxxxx-12-3')
    expect(formatNationalId(id)).toBe('9-3101-00000-01-1')
  })
})
