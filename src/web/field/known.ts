/**
 * What the forms need beside the households: names of the chosen places and the province's choices of the 4ท analysis. No
 * secret and nothing personal, so that it lies in the clear on this device, and goes with its data.
 */
import { ruleList } from '../../contract/rules.ts'
import { defaultFourT, type FourTRule } from '../../domain/logbook/rules/fourT.ts'
import { ask } from '../api.ts'

export interface KnownVillage {
  code: string
  nameTh: string
  nameEn: string | null
}

/** A place that was chosen, with its name: shown later without a line. */
export interface ChosenArea {
  code: string
  nameTh: string
  nameEn: string | null
  level: 'nation' | 'province' | 'district' | 'subdistrict' | 'village'
  /** Villages in it, for a household found there. */
  villages: KnownVillage[]
}

export interface FourTChoices {
  version: number
  choices: FourTRule
}

interface Known {
  areas: ChosenArea[]
  fourT: FourTChoices
}

const storageKey = 'kaejon.field.known'
const nothing: Known = { areas: [], fourT: { version: 0, choices: defaultFourT } }

/** The program's own choices until the province's came. */
export function known(): Known {
  try {
    return { ...nothing, ...(JSON.parse(localStorage.getItem(storageKey) ?? '{}') as Partial<Known>) }
  } catch {
    return nothing
  }
}

export function keepKnown(changes: Partial<Known>): void {
  try {
    localStorage.setItem(storageKey, JSON.stringify({ ...known(), ...changes }))
  } catch {
    // No room: the forms then offer the program's own choices, and ask for the number of a village.
  }
}

export function forgetKnown(): void {
  try {
    localStorage.removeItem(storageKey)
  } catch {
    // Where storage is forbidden there is nothing to remove.
  }
}

/** Asked now and then when there is a line; without one the last answer stands. */
export async function fetchChoices(province: string): Promise<void> {
  try {
    const { current, kinds } = await ask(ruleList, { area: province })
    const version = kinds.find(({ kind }) => kind === 'fourT')?.version ?? 0
    keepKnown({ fourT: { version, choices: current.fourT } })
  } catch {
    // No line, or nobody signed in.
  }
}
