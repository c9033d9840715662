/**
 * How fast each district of the practice province works through its households in 2023. All of it is our own choice, made
 * so that some districts reach the 75 % of March, some just miss it, and a few subdistricts lag.
 */
import { createRandom } from './random.ts'

export interface Pace {
  /** Shares of the households recorded in full by 31 March and by the end of November. */
  byMarch: number
  byYearEnd: number
  /** Shares of the recorded ones that are helped, and of the helped ones with the result written down. */
  helped: number
  withResult: number
  /** How much of the help lies before October, 0–1. */
  early: number
  /** Chance that a household with a monthly duty is visited in a month. */
  diligence: number
}

export function paceOf(areaCode: string, seed: number): Pace {
  const district = createRandom('pace231', seed, areaCode.slice(0, 4))
  const pace: Pace = {
    byMarch: 0.61 + 0.27 * district.next(),
    byYearEnd: 0.94 + 0.05 * district.next(),
    helped: 0.8 + 0.19 * district.next(),
    withResult: 0.82 + 0.17 * district.next(),
    early: 0.5 + 0.3 * district.next(),
    diligence: 0.5 + 0.33 * district.next(),
  }
  const subdistrict = createRandom('pace231', seed, areaCode.slice(0, 6))
  const isLaggard = subdistrict.chance(0.08)
  const shift = isLaggard ? -0.3 : 0.14 * (subdistrict.next() - 0.4)
  const share = (value: number) => Math.min(0.99, Math.max(0.05, value))
  return {
    byMarch: share(pace.byMarch + shift),
    byYearEnd: share(pace.byYearEnd + shift / 3),
    helped: share(pace.helped + shift / 2),
    withResult: share(pace.withResult + shift / 2),
    early: share(pace.early + shift / 2),
    diligence: share(pace.diligence + shift),
  }
}
