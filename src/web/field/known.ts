/**
 * What the forms need beside the households: names of the chosen places, the province's choices of the 4ท analysis, and
 * whether every household is invented. No secret and nothing personal, so that it lies in the clear on this device, and goes
 * with its data.
 */
import { useSyncExternalStore } from 'react'
import { ruleList } from '../../contract/rules.ts'
import { sessionShow } from '../../contract/session.ts'
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
  isPractice: boolean
}

const storageKey = 'kaejon.field.known'
const nothing: Known = { areas: [], fourT: { version: 0, choices: defaultFourT }, isPractice: false }
const listeners = new Set<() => void>()

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
  for (const listener of listeners) listener()
}

/** All but what the sign-in page shows again at once. */
export function forgetKnown(): void {
  keepKnown({ ...nothing, isPractice: known().isPractice })
}

/** Whether every household here is invented: told on every screen, with a line or without. */
export function useIsPractice(): boolean {
  return useSyncExternalStore(
    (listener) => {
      listeners.add(listener)
      return () => listeners.delete(listener)
    },
    () => known().isPractice,
  )
}

export async function fetchPractice(): Promise<void> {
  try {
    const { practice } = await ask(sessionShow)
    if (practice !== known().isPractice) keepKnown({ isPractice: practice })
  } catch {
    // No line: what was told last stands.
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
