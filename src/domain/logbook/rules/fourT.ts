/**
 * The choices of the 4ท analysis (ทัศนคติ ทักษะ ทรัพยากร ทางออก). No official form is public; these are a start that a
 * province edits. An answer names the version of the choices that it was given from, so that it stays readable.
 */
import { z } from 'zod'
import { fourTSides } from '../entry.ts'

export type FourTSide = (typeof fourTSides)[number]

export const fourTChoiceSchema = z.object({
  code: z.string().regex(/^[a-zA-Z0-9][a-zA-Z0-9-]{0,59}$/),
  /** As it is written into the prose, after the side's heading. */
  th: z.string().trim().min(1).max(120),
  en: z.string().trim().min(1).max(120),
})
export type FourTChoice = z.infer<typeof fourTChoiceSchema>

const sideSchema = z
  .array(fourTChoiceSchema)
  .max(40)
  .refine((choices) => new Set(choices.map(({ code }) => code)).size === choices.length, 'codeTwice')

export const fourTRuleSchema = z.object({
  attitude: sideSchema,
  skill: sideSchema,
  resource: sideSchema,
  wayOut: sideSchema,
})
export type FourTRule = z.infer<typeof fourTRuleSchema>

type Row = readonly [code: string, th: string, en: string]
const choices = (rows: readonly Row[]): FourTChoice[] => rows.map(([code, th, en]) => ({ code, th, en }))

export const defaultFourT: FourTRule = {
  attitude: choices([
    ['confident', 'มั่นใจในตนเอง', 'Confident'],
    ['unsure', 'ยังไม่มั่นใจในตนเอง', 'Not yet confident'],
    ['hopeful', 'มองโลกในแง่ดี', 'Hopeful'],
    ['downcast', 'มองโลกในแง่ร้าย', 'Sees the dark side'],
    ['inventive', 'คิดริเริ่ม อยากลองทำสิ่งใหม่', 'Ready to try new things'],
    ['waiting', 'รอให้ผู้อื่นช่วยเริ่ม', 'Waits for others to begin'],
    ['keen', 'รักงานที่ทำ', 'Likes the work at hand'],
    ['discouraged', 'ท้อแท้', 'Discouraged'],
  ]),
  skill: choices([
    ['farming', 'ทำการเกษตร', 'Farming'],
    ['livestock', 'เลี้ยงสัตว์', 'Raising animals'],
    ['crafts', 'งานฝีมือ', 'Crafts'],
    ['trade', 'ค้าขาย', 'Trade'],
    ['money', 'จัดการเงิน', 'Handling money'],
    ['technology', 'ใช้เทคโนโลยี', 'Using technology'],
    ['care', 'ดูแลสุขภาพ', 'Caring for health'],
    ['speaking', 'สื่อสารกับผู้อื่น', 'Speaking with others'],
    ['building', 'งานช่าง', 'Building and repair'],
    ['none', 'ยังไม่มีทักษะอาชีพ', 'No skill for a living yet'],
  ]),
  resource: choices([
    ['land', 'มีที่ดินทำกิน', 'Has land to farm'],
    ['noLand', 'ไม่มีที่ดินทำกิน', 'Has no land to farm'],
    ['ownHouse', 'มีบ้านเป็นของตนเอง', 'Owns the house'],
    ['rentedHouse', 'เช่าบ้านหรืออาศัยผู้อื่น', 'Rents or stays with others'],
    ['tools', 'มีเครื่องมือประกอบอาชีพ', 'Has tools for a living'],
    ['vehicle', 'มีพาหนะ', 'Has a vehicle'],
    ['water', 'มีแหล่งน้ำ', 'Has a source of water'],
    ['capital', 'มีเงินทุน', 'Has capital'],
    ['noCapital', 'ไม่มีเงินทุน', 'Has no capital'],
    ['animals', 'มีสัตว์เลี้ยงไว้ทำกิน', 'Has animals for a living'],
    ['network', 'มีญาติหรือเพื่อนบ้านช่วยเหลือ', 'Has relatives or neighbours who help'],
  ]),
  wayOut: choices([
    ['capital', 'ทุนประกอบอาชีพ', 'Capital for a living'],
    ['training', 'ความรู้และทักษะอาชีพ', 'Knowledge and skills for work'],
    ['market', 'ตลาดขายสินค้า', 'A market for goods'],
    ['welfare', 'สวัสดิการของรัฐ', 'State welfare'],
    ['water', 'แหล่งน้ำ', 'A source of water'],
    ['tools', 'เครื่องมือประกอบอาชีพ', 'Tools for a living'],
    ['land', 'ที่ดินทำกิน', 'Land to farm'],
    ['advice', 'คำปรึกษา', 'Advice'],
    ['treatment', 'การรักษาพยาบาล', 'Medical treatment'],
    ['schooling', 'การศึกษาของบุตรหลาน', 'Schooling for the children'],
    ['housing', 'ที่อยู่อาศัย', 'Housing'],
    ['technology', 'เทคโนโลยี', 'Technology'],
  ]),
}
