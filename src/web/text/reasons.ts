/** Why a household has its class, and why help of the catalogue may fit it. */
import type { ClassReason } from '../../domain/logbook/classes.ts'
import type { HelpQuestion, HelpReason } from '../../domain/logbook/eligibility.ts'
import { dimensionNames } from '../../domain/logbook/indicators.ts'
import { defineText, useText } from './dictionary.ts'
import { entryText } from './entry.ts'
import { useFormat } from './format.ts'

export const reasonText = defineText({
  th: {
    judged: 'ผู้สำรวจเป็นผู้ระบุ',
    workers: (count: string) => `มีวัยแรงงาน ${count} คน`,
    noWorkers: 'ไม่มีวัยแรงงาน',
    dependents: (count: string) => `มีผู้พึ่งพิง ${count} คน`,
    noDependents: 'ไม่มีผู้พึ่งพิง',
    lowIncome: (baht: string, limit: string) => `รายได้ ${baht} บาทต่อคนต่อปี ไม่เกิน ${limit}`,
    incomeBelow: (baht: string, limit: string) => `รายได้ ${baht} บาทต่อคนต่อปี ต่ำกว่า ${limit}`,
    incomeReached: (baht: string, limit: string) => `รายได้ ${baht} บาทต่อคนต่อปี ถึง ${limit} แล้ว`,
    dimensionFails: (dimension: string) => `ตกมิติ${dimension}`,
    housingProblem: 'มีปัญหาที่อยู่อาศัย',
    problemsUnsolved: (count: string) => `ยังมีปัญหาที่ไม่ได้แก้ ${count} เรื่อง`,
    noSigns: 'ไม่พบสัญญาณความเปราะบาง',
    agesUnknown: (count: string) => `ไม่ทราบอายุ ${count} คน`,
    incomeUnknown: 'ไม่ทราบรายได้',
    health: { disabled: 'มีความพิการ', bedridden: 'ติดเตียง', chronicallyIll: 'ป่วยเรื้อรัง' },
    age: (years: string) => `อายุ ${years} ปี`,
    problem: (dimension: string) => `มีปัญหาด้าน${dimension}`,
    class: (name: string) => `เป็นครัวเรือน${name}`,
    vulnerability: (level: string) => `เปราะบางระดับ ${level}`,
    neverGiven: 'ยังไม่เคยได้รับ',
    givenLongAgo: (day: string) => `ได้รับครั้งล่าสุด ${day}`,
    ask: (what: string) => `ต้องถามก่อน: ${what}`,
    questions: {
      disabled: 'พิการหรือไม่',
      bedridden: 'ติดเตียงหรือไม่',
      chronicallyIll: 'ป่วยเรื้อรังหรือไม่',
      pregnant: 'ตั้งครรภ์หรือไม่',
      fosterChild: 'เป็นเด็กในความอุปการะหรือไม่',
      studying: 'กำลังเรียนอยู่หรือไม่',
      outOfSchool: 'หลุดจากระบบการศึกษาหรือไม่',
      noWelfareCard: 'ยังไม่มีบัตรสวัสดิการแห่งรัฐหรือไม่',
      noAllowance: 'ยังไม่ได้รับเบี้ยหรือไม่',
      noNationalId: 'ไม่มีเลขประจำตัวประชาชนหรือไม่',
      houseUnsafe: 'บ้านไม่ปลอดภัยหรือไม่',
      ownsHouse: 'เป็นเจ้าของบ้านหรือไม่',
      inDebt: 'มีหนี้สินหรือไม่',
      noLand: 'ไม่มีที่ดินทำกินหรือไม่',
      disaster: 'ประสบภัยพิบัติหรือไม่',
      urgent: 'เดือดร้อนเร่งด่วนหรือไม่',
      income: 'รายได้เท่าใด',
      class: 'ประเภทครัวเรือน',
    },
    double: {
      sameItem: 'รายการเดียวกันของเมนูแก้จน',
      alike: 'ข้อความใกล้เคียงกัน',
      acrossGivers: 'จากผู้ให้ต่างกัน',
    },
    times: (count: string, first: string, last: string) => `${count} ครั้ง ระหว่าง ${first} ถึง ${last}`,
    sameDay: (count: string, day: string) => `${count} ครั้งใน ${day}`,
  },
  en: {
    judged: 'As judged in the assessment',
    workers: (count) => `${count} of working age`,
    noWorkers: 'Nobody of working age',
    dependents: (count) => `${count} who depend on others`,
    noDependents: 'Nobody who depends on others',
    lowIncome: (baht, limit) => `Income of ${baht} baht per person and year, at most ${limit}`,
    incomeBelow: (baht, limit) => `Income of ${baht} baht per person and year, below ${limit}`,
    incomeReached: (baht, limit) => `Income of ${baht} baht per person and year has reached ${limit}`,
    dimensionFails: (dimension) => `Fails the dimension: ${dimension}`,
    housingProblem: 'A problem with the house',
    problemsUnsolved: (count) => `${count} problems not solved yet`,
    noSigns: 'No sign of vulnerability',
    agesUnknown: (count) => `Age not known: ${count}`,
    incomeUnknown: 'Income not known',
    health: { disabled: 'disabled', bedridden: 'bedridden', chronicallyIll: 'chronically ill' },
    age: (years) => `Age ${years}`,
    problem: (dimension) => `Has a problem: ${dimension}`,
    class: (name) => `The household is of this class: ${name}`,
    vulnerability: (level) => `Vulnerable, level ${level}`,
    neverGiven: 'Never given before',
    givenLongAgo: (day) => `Last given ${day}`,
    ask: (what) => `Ask first: ${what}`,
    questions: {
      disabled: 'disabled?',
      bedridden: 'bedridden?',
      chronicallyIll: 'chronically ill?',
      pregnant: 'pregnant?',
      fosterChild: 'a foster child?',
      studying: 'still at school?',
      outOfSchool: 'out of school?',
      noWelfareCard: 'no welfare card yet?',
      noAllowance: 'no allowance yet?',
      noNationalId: 'no national id?',
      houseUnsafe: 'is the house unsafe?',
      ownsHouse: 'owns the house?',
      inDebt: 'in debt?',
      noLand: 'no land to farm?',
      disaster: 'hit by a disaster?',
      urgent: 'in urgent need?',
      income: 'how much income?',
      class: 'class of household',
    },
    double: {
      sameItem: 'The same item of the catalogue',
      alike: 'Words that say much the same',
      acrossGivers: 'from different givers',
    },
    times: (count, first, last) => `${count} times, ${first} to ${last}`,
    sameDay: (count, day) => `${count} times on ${day}`,
  },
})

/** The sentence of each reason, with its numbers and names as people write them. */
export function useReasonWords(): {
  ofClass: (reason: ClassReason) => string
  ofHelp: (reason: HelpReason) => string
  question: (question: HelpQuestion) => string
} {
  const text = useText(reasonText)
  const words = useText(entryText)
  const format = useFormat()
  const dimension = (code: keyof typeof dimensionNames) => dimensionNames[code][format.locale]
  return {
    ofClass(reason) {
      switch (reason.code) {
        case 'workers':
        case 'dependents':
        case 'problemsUnsolved':
        case 'agesUnknown':
          return text[reason.code](format.number(reason.count))
        case 'lowIncome':
        case 'incomeBelow':
        case 'incomeReached':
          return text[reason.code](format.number(reason.baht), format.number(reason.limit))
        case 'dimensionFails':
          return text.dimensionFails(dimension(reason.dimension))
        case 'judged':
        case 'noWorkers':
        case 'noDependents':
        case 'housingProblem':
        case 'noSigns':
        case 'incomeUnknown':
          return text[reason.code]
      }
    },
    ofHelp(reason) {
      switch (reason.code) {
        case 'age':
          return text.age(format.number(reason.age))
        case 'health':
          return text.health[reason.condition]
        case 'income':
          return text.lowIncome(format.number(reason.baht), format.number(reason.limit))
        case 'problem':
          return text.problem(dimension(reason.dimension))
        case 'path':
          return text.class(words.paths[reason.path])
        case 'stage':
          return text.class(words.stages[reason.stage])
        case 'vulnerability':
          return text.vulnerability(format.number(reason.level))
        case 'neverGiven':
          return text.neverGiven
        case 'givenLongAgo':
          return text.givenLongAgo(format.date(reason.on))
      }
    },
    question: (question) => text.questions[question],
  }
}
