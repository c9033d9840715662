/** The rules that are data: the program's own content is version 0 of each kind; a province's versions take its place. */
import { classesRuleSchema, defaultClasses, type ClassesRule } from './classes.ts'
import { defaultDuty, dutyRuleSchema, type DutyRule } from './duty.ts'
import { defaultFacts, factsRuleSchema, type FactsRule } from './facts.ts'
import { defaultFourT, fourTRuleSchema, type FourTRule } from './fourT.ts'
import { defaultMilestones, milestonesRuleSchema, monthlyFact, type MilestonesRule } from './milestones.ts'
import { defaultOutcomes, outcomesRuleSchema, type OutcomesRule } from './outcomes.ts'

export interface Rules {
  fourT: FourTRule
  outcomes: OutcomesRule
  facts: FactsRule
  milestones: MilestonesRule
  duty: DutyRule
  classes: ClassesRule
}
export const ruleKinds = ['fourT', 'outcomes', 'facts', 'milestones', 'duty', 'classes'] as const
export type RuleKind = (typeof ruleKinds)[number]

export const ruleSchemas = {
  fourT: fourTRuleSchema,
  outcomes: outcomesRuleSchema,
  facts: factsRuleSchema,
  milestones: milestonesRuleSchema,
  duty: dutyRuleSchema,
  classes: classesRuleSchema,
} as const satisfies Record<RuleKind, unknown>

export const defaultRules: Rules = {
  fourT: defaultFourT,
  outcomes: defaultOutcomes,
  facts: defaultFacts,
  milestones: defaultMilestones,
  duty: defaultDuty,
  classes: defaultClasses,
}

/** What does not fit together between kinds; `code` names the milestone or outcome. Empty when all is well. */
export interface RulesFault {
  kind: RuleKind
  code: string
  fault: 'factUnknown' | 'factCountsThoseWhoLeft'
}

/** A numerator must lie inside its denominator: what a milestone counts must not hold for households that left. */
export function rulesFaults(rules: Pick<Rules, 'facts' | 'milestones' | 'outcomes'>): RulesFault[] {
  const facts = new Map(rules.facts.map((fact) => [fact.code, fact]))
  const faults: RulesFault[] = []
  for (const { code, fact, monthly } of rules.milestones) {
    if (monthly && fact === monthlyFact) continue
    const rule = facts.get(fact)
    if (!rule) faults.push({ kind: 'milestones', code, fault: 'factUnknown' })
    else if (!rule.none.includes('left')) faults.push({ kind: 'milestones', code, fault: 'factCountsThoseWhoLeft' })
  }
  for (const { code, countsAs } of rules.outcomes)
    if (countsAs.some((fact) => !facts.has(fact))) faults.push({ kind: 'outcomes', code, fault: 'factUnknown' })
  return faults
}
