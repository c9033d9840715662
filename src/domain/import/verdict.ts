/** What becomes of a household of a list, why, and what a person may decide about it. */

export const verdicts = ['new', 'same', 'update', 'match', 'duplicate', 'conflict', 'invalid'] as const
export type Verdict = (typeof verdicts)[number]

/** Why a row has its verdict; the sentences stand with the screens. */
export const verdictReasons = [
  // new
  'nothingAlike',
  // same, update, match: how it was recognised
  'nationalId',
  'houseCode',
  'nameAndHouseNumber',
  'likeness',
  // duplicate
  'nationalIdInFile',
  'houseCodeInFile',
  'nameInFile',
  // conflict
  'standsElsewhere',
  'twoHouseholds',
  'differentName',
  'otherNationalId',
  'fieldAsks',
  'houseCodeOtherHead',
  'likenessDoubtful',
  // invalid
  'faults',
] as const
export type VerdictReason = (typeof verdictReasons)[number]

/**
 * accept: it is the candidate, and the file's values stand; keep: it is the candidate, and the registry's values stay;
 * separate: a household of its own; reject: left out.
 */
export const decisions = ['accept', 'keep', 'separate', 'reject'] as const
export type Decision = (typeof decisions)[number]

export const decisionOutcomes = ['decided', 'notFound', 'alreadyCommitted', 'notPossible'] as const
export type DecisionOutcome = (typeof decisionOutcomes)[number]

/** The decisions that make sense for a row. A household that stands outside one's reach cannot be taken for one's own. */
export function choicesOf(verdict: Verdict, reason: VerdictReason): readonly Decision[] {
  switch (verdict) {
    case 'invalid':
      return []
    case 'new':
      return ['reject']
    case 'same':
      return []
    case 'duplicate':
      return ['separate', 'reject']
    case 'update':
      return ['accept', 'keep', 'reject']
    case 'match':
      return ['accept', 'keep', 'separate', 'reject']
    case 'conflict':
      return reason === 'standsElsewhere' ? ['separate', 'reject'] : ['accept', 'keep', 'separate', 'reject']
  }
}
