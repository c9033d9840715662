/**
 * Facts that are counted: each is a combination of what a case says (predicates). Kept apart on purpose: visited is not
 * helped, and helped is not out of poverty.
 */
import { z } from 'zod'
import { predicates, type Predicate } from '../state.ts'

/** Holds for every active household that has not left; the registry's own denominator. Not a rule: nobody edits it. */
export const targetFact = 'target'
/** What it asks is a rule; that there is one is not: the work list of those who are not recorded hangs on it. */
export const recordedFact = 'recorded'
const visitedPrefix = 'visited-'

/** The fact that somebody visited in a month (YYYY-MM) of Thailand. */
export function visitedFact(month: string): string {
  return visitedPrefix + month
}

export function isVisitedFact(fact: string): boolean {
  return fact.startsWith(visitedPrefix)
}

export const factCodeSchema = z.string().regex(/^[a-z][a-zA-Z0-9]{0,39}$/)

export const factRuleSchema = z
  .object({
    /** Letters and digits only, so that it is never mistaken for a fact of a month. */
    code: factCodeSchema.refine((code) => code !== targetFact, 'reserved'),
    th: z.string().trim().min(1).max(120),
    en: z.string().trim().min(1).max(120),
    /** Every one of these holds … */
    all: z.array(z.enum(predicates)).max(predicates.length),
    /** … and none of these. */
    none: z.array(z.enum(predicates)).max(predicates.length),
    /** What it is read from. */
    document: z.string().trim().max(200).nullable(),
    clause: z.string().trim().max(200).nullable(),
    isAssumption: z.boolean(),
  })
  .refine((rule) => rule.all.length + rule.none.length > 0, { path: ['all'], message: 'empty' })
export type FactRule = z.infer<typeof factRuleSchema>

export const factsRuleSchema = z
  .array(factRuleSchema)
  .min(1)
  .max(40)
  .refine((rules) => new Set(rules.map(({ code }) => code)).size === rules.length, 'codeTwice')
  .refine((rules) => rules.some(({ code }) => code === recordedFact), 'recordedMissing')
export type FactsRule = z.infer<typeof factsRuleSchema>

export const letter = 'บร ๐๐๑๙/ว ๒๘๗๓ ลงวันที่ ๙ ธันวาคม ๒๕๖๕'

const fact = (
  code: string,
  th: string,
  en: string,
  all: Predicate[],
  clause: string | null,
  none: Predicate[] = ['left'],
): FactRule => ({
  code,
  th,
  en,
  all,
  none,
  document: clause === null ? null : letter,
  clause,
  isAssumption: clause === null,
})

export const defaultFacts: FactsRule = [
  fact(recordedFact, 'บันทึกข้อมูลครบแล้ว', 'Recorded in full', ['complete'], 'แนวทาง ข้อ ๒.๓ (๑)'),
  fact('helped', 'ได้รับความช่วยเหลือแล้ว', 'Helped', ['assisted'], 'แนวทาง ข้อ ๒.๓'),
  fact(
    'helpedWithResult',
    'ได้รับความช่วยเหลือและบันทึกผลแล้ว',
    'Helped, with the result recorded',
    ['assisted', 'resultRecorded'],
    'แนวทาง ข้อ ๒.๓',
  ),
  fact('allResults', 'บันทึกผลครบทุกปัญหา', 'Every problem has a result', ['allResults'], null),
  fact('solved', 'แก้ไขได้ทุกปัญหา', 'Every problem is solved', ['allSolved'], null),
  fact('relapsed', 'กลับมาประสบปัญหาซ้ำ', 'The trouble came back', ['relapsed'], null),
  fact('left', 'พ้นจากกลุ่มเป้าหมาย', 'No longer a target', ['left'], null, []),
]
