/** Which of two statements about the same field stands, when lists disagree. Rules are data that a province may edit. */
import type { HouseholdFacts } from './household.ts'
import type { MemberFacts } from './member.ts'

/** newest: the later list; trusted: the list that ranks higher; fill: only where nothing is known; ask: a person decides. */
export const survivorshipRules = ['newest', 'trusted', 'fill', 'ask'] as const
export type SurvivorshipRule = (typeof survivorshipRules)[number]

export type SurvivingField = keyof HouseholdFacts | keyof MemberFacts

/** A value with where it comes from. */
export interface Statement {
  value: string | number | null
  /** Day of the list, `YYYY-MM-DD`; null sorts before every day. */
  listDate: string | null
  /** Rank of the list: 1 is trusted most. */
  trustRank: number
}

/** Our default, an assumption. What identifies a household or a person is never changed without a person's word. */
export const defaultSurvivorship: Readonly<Record<SurvivingField, SurvivorshipRule>> = {
  areaCode: 'ask',
  villageName: 'newest',
  houseCode: 'ask',
  familyNumber: 'fill',
  houseNumber: 'newest',
  lane: 'newest',
  road: 'newest',
  phone: 'newest',
  latitude: 'fill',
  longitude: 'fill',
  memberCount: 'newest',
  note: 'fill',
  order: 'newest',
  relation: 'newest',
  title: 'newest',
  firstName: 'ask',
  lastName: 'newest',
  nationalId: 'ask',
  sex: 'trusted',
  birthDate: 'trusted',
  birthPrecision: 'trusted',
  occupation: 'newest',
  annualIncome: 'newest',
}

/** Judges one field. An empty statement never wipes out a known value, whatever the rule. */
export function survive(
  field: SurvivingField,
  current: Statement,
  incoming: Statement,
  rule: SurvivorshipRule = defaultSurvivorship[field],
): 'keep' | 'take' | 'ask' {
  if (incoming.value === null || incoming.value === current.value) return 'keep'
  if (current.value === null) return 'take'
  if (rule === 'fill') return 'keep'
  if (rule === 'ask') return 'ask'
  if (rule === 'trusted' && incoming.trustRank !== current.trustRank)
    return incoming.trustRank < current.trustRank ? 'take' : 'keep'
  return isNewer(incoming, current) ? 'take' : 'keep'
}

function isNewer(a: Statement, b: Statement): boolean {
  return a.listDate !== null && (b.listDate === null || a.listDate > b.listDate)
}
