import { describe, expect, it } from 'vitest'
import { dimensions } from './entry.ts'
import {
  type AskedMember,
  dimensionPicture,
  editionOn,
  editions,
  findIndicator,
  type GivenAnswer,
  mayConcern,
} from './indicators.ts'

const fail = (number: number): GivenAnswer => ({ edition: 'bmn-2560', number, answer: 'fail' })
const pass = (number: number): GivenAnswer => ({ edition: 'bmn-2560', number, answer: 'pass' })
const nobody = (number: number): GivenAnswer => ({ edition: 'bmn-2560', number, answer: 'notApplicable' })
const unknown = { health: 'unknown', living: 'unknown', education: 'unknown', income: 'unknown', access: 'unknown' }

describe('an indicator that asks about persons', () => {
  const day = '2023-06-15'
  const born = (birthDate: string | null, more: Partial<AskedMember> = {}): AskedMember => ({
    birthDate,
    sex: null,
    health: null,
    ...more,
  })
  const fits = (number: number, member: AskedMember) =>
    mayConcern(findIndicator({ edition: 'bmn-2560', number })!.population, member, day)

  it('asks about those of the age on that very day, both ends included', () => {
    expect([fits(16, born('2017-06-16')), fits(16, born('2017-06-15'))]).toEqual([false, true])
    expect([fits(16, born('2008-06-16')), fits(16, born('2008-06-15'))]).toEqual([true, false])
    expect([fits(21, born('1963-06-16')), fits(21, born('1963-06-15')), fits(21, born('1920-01-01'))]).toEqual([
      false,
      true,
      true,
    ])
    expect([fits(27, born('1963-06-16')), fits(27, born('1963-06-15'))]).toEqual([false, true])
    expect([fits(1, born('2022-01-01')), fits(1, born('2020-01-01'))]).toEqual([true, false])
  })

  it('asks about those of the health that an assessment stated', () => {
    const health = (condition: 'normal' | 'disabled' | 'chronicallyIll', caresForSelf = true) =>
      born('1980-01-01', { health: { condition, caresForSelf } })
    expect([fits(28, health('disabled')), fits(28, health('normal')), fits(28, health('chronicallyIll'))]).toEqual([
      true,
      false,
      false,
    ])
    expect([fits(29, health('chronicallyIll')), fits(29, health('disabled'))]).toEqual([true, false])
    expect(mayConcern('bedridden', health('disabled', false), day)).toBe(true)
    expect(mayConcern('bedridden', health('disabled'), day)).toBe(false)
    expect(mayConcern('pregnant', born('1995-01-01', { sex: 'male' }), day)).toBe(false)
    expect(mayConcern('pregnant', born('1995-01-01', { sex: 'female' }), day)).toBe(true)
  })

  it('shuts out nobody of whom it is not known, and asks about no person where it asks about the house', () => {
    for (const number of [16, 21, 27, 28]) expect(fits(number, born(null))).toBe(true)
    for (const number of [8, 22]) expect(fits(number, born('1980-01-01'))).toBe(false)
  })
})

describe('the indicators', () => {
  it('are 31 until 2564 and 38 from 2565, of which number 37 is not known', () => {
    expect(editions['bmn-2560'].indicators.map(({ number }) => number)).toEqual(
      Array.from({ length: 31 }, (_, index) => index + 1),
    )
    expect(editions['bmn-2565'].indicators.map(({ number }) => number)).toEqual(
      Array.from({ length: 38 }, (_, index) => index + 1).filter((number) => number !== 37),
    )
    expect(findIndicator({ edition: 'bmn-2565', number: 37 })).toBeNull()
  })

  it('of the first edition feed the five dimensions of TPMAP with exactly 17', () => {
    const feeding = editions['bmn-2560'].indicators.filter(({ dimension }) => dimension !== null)
    const numbers = Object.fromEntries(
      dimensions.map((dimension) => [
        dimension,
        feeding.filter((each) => each.dimension === dimension).map(({ number }) => number),
      ]),
    )
    expect(numbers).toEqual({
      health: [1, 4, 5, 7],
      living: [8, 9, 10, 11],
      education: [15, 16, 17, 19],
      income: [20, 21, 22],
      access: [27, 28],
    })
    expect(feeding).toHaveLength(17)
  })

  it('ask about the same house under another number after the edition changed', () => {
    expect(findIndicator({ edition: 'bmn-2560', number: 8 })!.th).toBe(
      findIndicator({ edition: 'bmn-2565', number: 13 })!.th,
    )
    expect(editionOn('2021-12-31').code).toBe('bmn-2560')
    expect(editionOn('2022-01-01').code).toBe('bmn-2565')
  })

  it('never say one thing in two wordings', () => {
    const english = new Map<string, string>()
    for (const { th, en } of Object.values(editions).flatMap(({ indicators }) => indicators)) {
      expect(english.get(th) ?? en).toBe(en)
      english.set(th, en)
    }
  })
})

describe('the picture of the dimensions', () => {
  it('fails a dimension on one failed indicator, however many others pass', () => {
    expect(dimensionPicture([pass(8), pass(9), pass(10), fail(11), pass(20)], [])).toEqual({
      ...unknown,
      living: 'fail',
      income: 'pass',
    })
  })

  it('says nothing where nobody lives to whom the question applies', () => {
    expect(dimensionPicture([nobody(15), nobody(16)], [])).toEqual(unknown)
  })

  it('leaves indicators alone that TPMAP does not count', () => {
    expect(dimensionPicture([fail(24), fail(31), fail(12)], [])).toEqual(unknown)
  })

  it('fails the dimension of a stated problem, also when its indicators pass', () => {
    expect(dimensionPicture([pass(8)], [{ dimension: 'living' }, { dimension: 'access' }])).toEqual({
      ...unknown,
      living: 'fail',
      access: 'fail',
    })
  })

  it('takes a stated income for the answer, by the line of the edition of its day', () => {
    const of = (perPerson: number, on: string) => dimensionPicture([], [], { perPerson, on }).income
    expect(of(38_000, '2021-06-01')).toBe('pass')
    expect(of(37_999, '2021-06-01')).toBe('fail')
    expect(of(38_000, '2022-06-01')).toBe('fail')
    expect(of(40_000, '2022-06-01')).toBe('pass')
  })

  it('believes the answer itself before the stated income', () => {
    expect(dimensionPicture([pass(22)], [], { perPerson: 100, on: '2022-06-01' }).income).toBe('pass')
  })
})
