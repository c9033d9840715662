/** Made-up names of people and villages, put together from the word lists in data/practice/. */
import { cell, readTable } from '../server/areas/areas.ts'
import type { Random } from './random.ts'

export type Sex = 'male' | 'female'
type Generation = 'old' | 'middle' | 'young'

export interface Names {
  given(random: Random, sex: Sex, birthYear: number): string
  /** The surnames of one village: neighbours share them. */
  surnamesOf(random: Random, province: string, count: number): string[]
  /** A village's name without บ้าน. */
  village(random: Random): string
}

const lastOldBirth = 1962
const lastMiddleBirth = 1992

export function loadNames(): Names {
  const given = new Map<string, string[]>()
  for (const row of readTable('practice/given-names.tsv')) {
    const key = `${cell(row, 'sex')} ${cell(row, 'generation')}`
    given.set(key, [...(given.get(key) ?? []), cell(row, 'name')])
  }
  const surname = readParts('practice/surname-parts.tsv')
  const village = readParts('practice/village-parts.tsv')

  function surnameOf(random: Random, province: string): string {
    for (;;) {
      const first = random.pick(surname.first)
      // Half of Buriram seems to be called …รัมย์.
      const last = province === '31' && random.chance(0.12) ? 'รัมย์' : random.pick(surname.last)
      if (first !== last && first.length + last.length >= 6) return first + last
    }
  }

  return {
    given(random, sex, birthYear) {
      const own: Generation = birthYear <= lastOldBirth ? 'old' : birthYear <= lastMiddleBirth ? 'middle' : 'young'
      // Fashions overlap: some are named after a grandparent's time.
      const generation = random.chance(0.12) ? (own === 'young' ? 'middle' : own === 'middle' ? 'old' : 'middle') : own
      return random.pick(given.get(`${sex} ${generation}`) ?? [])
    },
    surnamesOf: (random, province, count) => Array.from({ length: count }, () => surnameOf(random, province)),
    village: (random) => {
      const first = random.pick(village.first)
      const last = random.pick(village.last)
      return first + last
    },
  }
}

function readParts(file: string): { first: string[]; last: string[] } {
  const rows = readTable(file)
  const parts = (place: string): string[] =>
    rows.filter((row) => cell(row, 'place') === place).map((row) => cell(row, 'part'))
  return { first: parts('first'), last: parts('last') }
}
