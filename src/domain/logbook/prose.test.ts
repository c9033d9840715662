import { describe, expect, it } from 'vitest'
import { proseOf, type ProseFacts } from './prose.ts'
import { defaultFourT } from './rules/fourT.ts'
import type { ProblemCase } from './state.ts'

const roof: ProblemCase = {
  id: '01890000-0000-7000-8000-000000000001',
  dimension: 'living',
  indicator: null,
  memberId: null,
  problem: 'หลังคารั่ว  ฝนสาด\nเข้าห้องนอน',
  need: 'ซ่อมหลังคา',
  solution: 'เสนอ อบต. และกองช่างร่วมซ่อม',
  entryId: '01890000-0000-7000-8000-000000000002',
  statedOn: '2023-01-10',
  assistance: [],
  result: null,
  relapsedOn: null,
  state: 'open',
}
const work: ProblemCase = { ...roof, dimension: 'income', problem: 'ไม่มีงานประจำ', need: null, solution: null }
const side = (choices: string[], words: string | null = null) => ({ choices, words })

const facts: ProseFacts = {
  members: [
    { age: 72, occupation: null },
    { age: 44, occupation: 'ทำนา' },
    { age: 41, occupation: 'รับจ้าง' },
    { age: 12, occupation: null },
    { age: null, occupation: 'ทำนา' },
  ],
  state: {
    problems: [roof, work],
    noProblem: false,
    incomePerPerson: 24500,
    fourT: {
      entryId: roof.entryId,
      on: '2023-01-10',
      version: 0,
      attitude: side(['confident', 'inventive'], 'อยากปลูกผักขาย ไม่อยากรอ'),
      skill: side(['farming', 'livestock', 'trade']),
      resource: side(['noLand', 'ownHouse']),
      wayOut: side(['capital'], null),
    },
  },
  choices: defaultFourT,
}

describe('the prose for TPMAP Logbook', () => {
  it('tells the household, its problems and the four sides in the words of the choices', () => {
    expect(proseOf(facts)).toBe(
      [
        'มีสมาชิกในครัวเรือน 5 คน เด็ก 1 คน วัยแรงงาน 2 คน ผู้สูงอายุ 1 คน ไม่ทราบอายุ 1 คน อาชีพของสมาชิก ได้แก่ ทำนา และรับจ้าง รายได้เฉลี่ย 24,500 บาทต่อคนต่อปี',
        'สภาพครัวเรือน 1) ด้านความเป็นอยู่ หลังคารั่ว ฝนสาด เข้าห้องนอน ความต้องการคือ ซ่อมหลังคา แนวทางการแก้ปัญหาคือ เสนอ อบต. และกองช่างร่วมซ่อม',
        '2) ด้านรายได้ ไม่มีงานประจำ',
        'ทัศนคติ มั่นใจในตนเอง และคิดริเริ่ม อยากลองทำสิ่งใหม่ ครัวเรือนเล่าว่า “อยากปลูกผักขาย ไม่อยากรอ”',
        'ทักษะ ทำการเกษตร เลี้ยงสัตว์ และค้าขาย',
        'ทรัพยากร ไม่มีที่ดินทำกิน และมีบ้านเป็นของตนเอง',
        'ทางออก (ความต้องการ) ทุนประกอบอาชีพ',
      ].join('\n'),
    )
  })

  it('says the same for the same record, and does not mention what was not recorded', () => {
    expect(proseOf(facts)).toBe(proseOf(structuredClone(facts)))
    const state = { problems: [], noProblem: false, incomePerPerson: null, fourT: null }
    expect(proseOf({ members: [], state, choices: defaultFourT })).toBe('')
    expect(proseOf({ members: [], state: { ...state, noProblem: true }, choices: defaultFourT })).toBe(
      'สภาพครัวเรือน ไม่พบปัญหาที่ต้องช่วยเหลือ',
    )
  })

  it('speaks with the choices of the version that the answer names, and loses no choice', () => {
    const older = { ...defaultFourT, skill: [{ code: 'farming', th: 'ปลูกพืชผัก', en: 'Growing' }] }
    expect(proseOf({ ...facts, choices: older })).toContain('ทักษะ ปลูกพืชผัก livestock และtrade')
  })
})
