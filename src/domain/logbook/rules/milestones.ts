/** Milestones (เป้าหมายร้อยละ): which lists, which fact, what share, by when, and the document and clause that say so. */
import { z } from 'zod'
import { factCodeSchema, letter } from './facts.ts'

const listCode = z.string().regex(/^[a-zA-Z0-9][a-zA-Z0-9-]{0,59}$/)

export const milestoneSchema = z
  .object({
    code: z.string().regex(/^[a-z0-9][a-z0-9-]{0,59}$/),
    th: z.string().trim().min(1).max(200),
    en: z.string().trim().min(1).max(200),
    /** The denominator: households on any of these lists, each once. */
    lists: z.array(listCode).min(1).max(20),
    /** Code of a fact; for a monthly milestone `visited`, of the month that is looked at. */
    fact: factCodeSchema,
    /** Per cent; reached when 100 × done >= share × target. */
    share: z.number().int().min(1).max(100),
    from: z.iso.date(),
    /** The last day, included; null for a monthly milestone, which falls due at the end of every month. */
    dueOn: z.iso.date().nullable(),
    monthly: z.boolean(),
    document: z.string().trim().min(1).max(200),
    clause: z.string().trim().max(200).nullable(),
    /** What the document leaves open and is decided here, such as the lists of the denominator. */
    isAssumption: z.boolean(),
  })
  .refine((rule) => rule.monthly === (rule.dueOn === null), { path: ['dueOn'], message: 'monthlyHasNoDay' })
  .refine((rule) => rule.dueOn === null || rule.from <= rule.dueOn, { path: ['dueOn'], message: 'beforeStart' })
  .refine((rule) => rule.monthly === (rule.fact === monthlyFact), { path: ['fact'], message: 'monthlyCountsVisits' })

/** What a monthly milestone counts: the fact of the month itself is made by `visitedFact`. */
export const monthlyFact = 'visited'

export const milestonesRuleSchema = z
  .array(milestoneSchema)
  .max(40)
  .refine((rules) => new Set(rules.map(({ code }) => code)).size === rules.length, 'codeTwice')
export type MilestonesRule = z.infer<typeof milestonesRuleSchema>

/** The second phase: ThaiQM, the vulnerable, and those found in the area. */
const phaseTwo = ['thaiqm-2', 'vulnerable', 'found']
const letterDay = '2022-12-09'
const rest = { from: letterDay, document: letter, monthly: false, isAssumption: false }

export const defaultMilestones: MilestonesRule = [
  {
    ...rest,
    code: 'recorded-thaiqm',
    th: 'บันทึกข้อมูลครัวเรือน ThaiQM ไม่น้อยกว่าร้อยละ 75',
    en: 'At least 75 % of the ThaiQM households recorded',
    lists: ['thaiqm-2'],
    fact: 'recorded',
    share: 75,
    dueOn: '2023-03-31',
    clause: 'หนังสือนำ ข้อ ๒.๒ (๑)',
    // The letter gives the month without its year; the guideline says 2566.
  },
  {
    ...rest,
    code: 'recorded-phase-2',
    th: 'บันทึกข้อมูลครัวเรือนระยะที่ 2 ทุกแหล่ง ไม่น้อยกว่าร้อยละ 75',
    en: 'At least 75 % of all households of phase 2 recorded',
    lists: phaseTwo,
    fact: 'recorded',
    share: 75,
    dueOn: '2023-03-31',
    clause: 'แนวทาง ข้อ ๒.๓ (๑)',
  },
  {
    ...rest,
    code: 'result-half',
    th: 'ช่วยเหลือและบันทึกผลแล้ว ไม่น้อยกว่าร้อยละ 50',
    en: 'At least 50 % helped, with the result recorded',
    lists: phaseTwo,
    fact: 'helpedWithResult',
    share: 50,
    dueOn: '2023-09-30',
    clause: 'แนวทาง ข้อ ๒.๓ (๒)',
    isAssumption: true,
  },
  {
    ...rest,
    code: 'result-all',
    th: 'ช่วยเหลือและบันทึกผลแล้ว ครบร้อยละ 100',
    en: 'All helped, with the result recorded',
    lists: phaseTwo,
    fact: 'helpedWithResult',
    share: 100,
    dueOn: '2023-12-31',
    clause: 'หนังสือนำ ข้อ ๒.๒ (๒)',
    isAssumption: true,
  },
  {
    ...rest,
    code: 'visited-monthly',
    th: 'ติดตามครัวเรือน TPMAP ทุกเดือน',
    en: 'Every TPMAP household followed each month',
    lists: ['tpmap-2565'],
    fact: monthlyFact,
    share: 100,
    dueOn: null,
    monthly: true,
    clause: 'แนวทาง ข้อ ๑.๒ และแผนภาพ',
  },
]
