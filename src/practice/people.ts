/** Made-up families: who lives in a house, how old they are, what they live on. */
import { nationalIdWithCheckDigit } from '../domain/national-id.ts'
import type { Names, Sex } from './names.ts'
import type { Random } from './random.ts'
import { rates } from './rates.ts'

export interface Person {
  /** 13 digits, first digit 9: no real person's id begins so. */
  id: string
  title: string
  sex: Sex
  firstName: string
  lastName: string
  /** Common-era ISO date. */
  birthDate: string
  /** Only the year is known to whoever wrote the list. */
  yearOnly: boolean
  age: number
  occupation: string
  /** Baht a year. */
  income: number
}

/** The day of both lists; ages count from it. */
export const listDate = '2022-09-30'

export interface PeopleMaker {
  /** A family of this size, the head first. */
  family(size: number): Person[]
  /** One more grown-up of a family. */
  relative(lastName: string): Person
}

/** Makes the people of one district; ids never repeat within it, and its code stands in them. */
export function createPeopleMaker(
  random: Random,
  names: Names,
  nextId: () => string,
): (surnames: readonly string[]) => PeopleMaker {
  function person(sex: Sex, age: number, lastName: string, married: boolean): Person {
    const birthDate = dayBefore(listDate, age, random.below(365))
    const birthYear = Number(birthDate.slice(0, 4))
    return {
      id: nextId(),
      title: titleOf(sex, age, married),
      sex,
      firstName: names.given(random, sex, birthYear),
      lastName,
      birthDate,
      yearOnly: birthYear < 1957 && random.chance(rates.yearOnlyBirth),
      age,
      occupation: occupationOf(random, age),
      income: incomeOf(random, age),
    }
  }
  const anySex = (): Sex => (random.chance(0.5) ? 'male' : 'female')
  // Women live longer and stay behind alone.
  const oldAge = (): number => 60 + Math.min(random.below(22), random.below(39))
  const grownAge = (): number => 27 + random.below(33)

  return (surnames) => {
    function family(size: number): Person[] {
      const lastName = random.pick(surnames)
      const otherName = (): string => (random.chance(0.8) ? lastName : random.pick(surnames))
      const isOld = random.chance(size === 1 ? 0.6 : 0.5)
      const age = isOld ? oldAge() : grownAge()
      const hasSpouse = size > 1 && random.chance(0.55)
      const headSex: Sex = hasSpouse
        ? random.chance(0.7)
          ? 'male'
          : 'female'
        : isOld && random.chance(0.62)
          ? 'female'
          : anySex()
      const members = [person(headSex, age, lastName, hasSpouse || (isOld && random.chance(0.7)))]
      if (hasSpouse)
        members.push(
          person(headSex === 'male' ? 'female' : 'male', Math.max(20, age - 6 + random.below(10)), otherName(), true),
        )
      while (members.length < size) {
        const younger =
          isOld && random.chance(0.45) ? age - 20 - random.below(16) : random.below(Math.min(24, age - 16))
        const kinAge = random.chance(0.08) ? oldAge() : Math.max(0, younger)
        members.push(person(anySex(), kinAge, otherName(), kinAge > 30 && random.chance(0.5)))
      }
      return members
    }
    return { family, relative: (lastName) => person(anySex(), grownAge(), lastName, random.chance(0.6)) }
  }
}

function titleOf(sex: Sex, age: number, married: boolean): string {
  if (sex === 'male') return age < 15 ? 'เด็กชาย' : 'นาย'
  return age < 15 ? 'เด็กหญิง' : married ? 'นาง' : 'นางสาว'
}

const works = [
  'ทำนา',
  'ทำนา',
  'ทำนา',
  'รับจ้างทั่วไป',
  'รับจ้างทั่วไป',
  'ทำไร่',
  'ทำสวนยาง',
  'เลี้ยงสัตว์',
  'ค้าขาย',
  'ทอผ้า',
  'ก่อสร้าง',
]

function occupationOf(random: Random, age: number): string {
  if (age < 6) return '-'
  if (age < 18) return 'นักเรียน'
  return random.chance(age >= 70 ? 0.7 : 0.15) ? 'ไม่ได้ประกอบอาชีพ' : random.pick(works)
}

/** Most stand below the 38,000 baht a year of the survey; the old live on an allowance of 600 to 1,000 a month. */
function incomeOf(random: Random, age: number): number {
  if (age < 18) return 0
  const allowance = age >= 60 ? 12 * (age >= 90 ? 1000 : age >= 80 ? 800 : age >= 70 ? 700 : 600) : 0
  const work = age >= 70 ? random.below(12) * 1000 : 5000 + Math.min(random.below(42), random.below(42)) * 1000
  return allowance + work + (random.chance(0.1) ? random.below(30) * 1000 : 0)
}

function dayBefore(day: string, years: number, days: number): string {
  const date = new Date(`${day}T00:00:00Z`)
  date.setUTCFullYear(date.getUTCFullYear() - years)
  date.setUTCDate(date.getUTCDate() - days)
  return date.toISOString().slice(0, 10)
}

/** The three who may make up people of one district without meeting each other's numbers. */
export type NumberSeries = 'lists' | 'vulnerable' | 'found'

/** First of the last seven digits of ids, how many there are, and the same of the five free digits of house codes. */
const seriesRanges: Readonly<Record<NumberSeries, { ids: [number, number]; codes: [number, number] }>> = {
  lists: { ids: [0, 9_000_000], codes: [0, 90_000] },
  vulnerable: { ids: [9_000_000, 500_000], codes: [90_000, 5000] },
  found: { ids: [9_500_000, 500_000], codes: [95_000, 5000] },
}

export interface Numbers {
  nextId(): string
  nextHouseCode(): string
}

/**
 * Gives out the ids and house codes of one district, each once. Ids are 9, the district and a number that jumps about.
 * House codes have a 9 where real registrars, who count up from 1, never came.
 */
export function createNumbers(random: Random, district: string, series: NumberSeries): Numbers {
  const range = seriesRanges[series]
  const nextOf = ([first, count]: readonly [number, number], step: number): (() => number) => {
    const start = random.below(count)
    let given = 0
    return () => {
      if (given >= count) throw new RangeError(`district ${district} has no numbers left at this scale`)
      given += 1
      return first + ((start + given * step) % count)
    }
  }
  // The steps share no factor with the counts, so that every number comes once.
  const ids = nextOf(range.ids, 7_368_787)
  const codes = nextOf(range.codes, 61_843)
  return {
    nextId: () => nationalIdWithCheckDigit(`9${district}${String(ids()).padStart(7, '0')}`),
    nextHouseCode: () => `${district}9${String(codes()).padStart(5, '0')}${random.below(10)}`,
  }
}
