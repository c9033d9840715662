import { describe, expect, it } from 'vitest'
import { dimensions } from './entry.ts'
import { dimensionPicture, editionOn, editions, findIndicator, type GivenAnswer } from './indicators.ts'

const fail = (number: number): GivenAnswer => ({ edition: 'bmn-2560', number, answer: 'fail' })
const pass = (number: number): GivenAnswer => ({ edition: 'bmn-2560', number, answer: 'pass' })
const nobody = (number: number): GivenAnswer => ({ edition: 'bmn-2560', number, answer: 'notApplicable' })
const unknown = { health: 'unknown', living: 'unknown', education: 'unknown', income: 'unknown', access: 'unknown' }

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
