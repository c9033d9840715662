/**
 * Indicators (ตัวชี้วัด) of the basic minimum needs (จปฐ.), by edition, and TPMAP's rule of dimensions: whoever fails one
 * indicator of a dimension fails the dimension. The weighted 26 % cut-off belongs to another index and is never used here.
 * Names are short forms, not the official texts. What is assumed stands in docs/decisions/0011-rules-as-data.md.
 */
import { ageAt } from '../date.ts'
import type { answers, Dimension, healthConditions, IndicatorRef, indicatorEditions } from './entry.ts'

export type IndicatorEdition = (typeof indicatorEditions)[number]
export type IndicatorAnswer = (typeof answers)[number]

/** The chapters (หมวด) of the survey; in 38 indicators as in 31. */
export const indicatorCategories = ['health', 'surroundings', 'education', 'work', 'values'] as const
export type IndicatorCategory = (typeof indicatorCategories)[number]

/** Whom an indicator asks about; ages in full years, both ends included, null for no upper end. */
export type IndicatorPopulation =
  | 'household'
  | 'newborns'
  | 'schoolLeavers'
  | 'bedridden'
  | 'elderly'
  | 'disabled'
  | 'chronicallyIll'
  | 'pregnant'
  | { from: number; to: number | null }

/** TPMAP's names of the dimensions. */
export const dimensionNames: Readonly<Record<Dimension, { th: string; en: string }>> = {
  health: { th: 'สุขภาพ', en: 'Health' },
  living: { th: 'ความเป็นอยู่', en: 'Living conditions' },
  education: { th: 'การศึกษา', en: 'Education' },
  income: { th: 'รายได้', en: 'Income' },
  access: { th: 'การเข้าถึงบริการรัฐ', en: 'Access to public services' },
}

export interface Indicator {
  number: number
  th: string
  en: string
  category: IndicatorCategory
  /** TPMAP's dimension; null for those that TPMAP does not count. */
  dimension: Dimension | null
  population: IndicatorPopulation
}

export interface Edition {
  code: IndicatorEdition
  /** The first common-era day of the survey years it belongs to. */
  from: string
  /** Baht per person and year that a household must reach. */
  incomeThreshold: number
  /** The number of the indicator that tests it. */
  incomeNumber: number
  indicators: readonly Indicator[]
}

type Row = readonly [
  number: number,
  th: string,
  en: string,
  category: IndicatorCategory,
  dimension: Dimension | null,
  population: IndicatorPopulation,
]
const toIndicator = ([number, th, en, category, dimension, population]: Row): Indicator => ({
  number,
  th,
  en,
  category,
  dimension,
  population,
})
const ages = (from: number, to: number | null = null): IndicatorPopulation => ({ from, to })

const rows2560: readonly Row[] = [
  [1, 'เด็กแรกเกิดหนัก 2,500 กรัมขึ้นไป', 'Birth weight of 2,500 g or more', 'health', 'health', 'newborns'],
  [2, 'เด็กได้กินนมแม่อย่างเดียว 6 เดือนแรก', 'Breast milk only for the first 6 months', 'health', null, ages(0, 1)],
  [3, 'เด็กอายุไม่เกิน 12 ปีได้รับวัคซีนครบ', 'Children up to 12 fully vaccinated', 'health', null, ages(0, 12)],
  [4, 'กินอาหารถูกสุขลักษณะและปลอดภัย', 'Food is hygienic and safe', 'health', 'health', 'household'],
  [5, 'ใช้ยาบรรเทาอาการเบื้องต้นอย่างเหมาะสม', 'Simple medicines are used properly', 'health', 'health', 'household'],
  [6, 'อายุ 35 ปีขึ้นไปตรวจสุขภาพประจำปี', 'Yearly check-up from age 35', 'health', null, ages(35)],
  [7, 'อายุ 6 ปีขึ้นไปออกกำลังกายสม่ำเสมอ', 'Regular exercise from age 6', 'health', 'health', ages(6)],
  [8, 'ที่อยู่อาศัยมั่นคงและบ้านคงทนถาวร', 'A secure and lasting home', 'surroundings', 'living', 'household'],
  [9, 'มีน้ำสะอาดพอดื่มตลอดปี', 'Enough clean drinking water all year', 'surroundings', 'living', 'household'],
  [10, 'มีน้ำใช้เพียงพอตลอดปี', 'Enough water for use all year', 'surroundings', 'living', 'household'],
  [11, 'บ้านเรือนเป็นระเบียบและสะอาด', 'A tidy and clean house', 'surroundings', 'living', 'household'],
  [12, 'ไม่ถูกมลพิษรบกวน', 'Not troubled by pollution', 'surroundings', null, 'household'],
  [13, 'มีการป้องกันอุบัติภัยและภัยธรรมชาติ', 'Prepared for accidents and disasters', 'surroundings', null, 'household'],
  [14, 'ปลอดภัยในชีวิตและทรัพย์สิน', 'Safe in life and property', 'surroundings', null, 'household'],
  [15, 'เด็กอายุ 3–5 ปีได้รับการเตรียมก่อนวัยเรียน', 'Pre-school care at age 3–5', 'education', 'education', ages(3, 5)],
  [16, 'เด็กอายุ 6–14 ปีได้เรียนภาคบังคับ', 'Compulsory school at age 6–14', 'education', 'education', ages(6, 14)],
  [17, 'จบ ม.3 แล้วได้เรียนต่อ', 'Goes on after lower secondary', 'education', 'education', 'schoolLeavers'],
  [18, 'จบภาคบังคับแล้วไม่เรียนต่อ ได้ฝึกอาชีพ', 'Job training for those who leave school', 'education', null, 'schoolLeavers'],
  [
    19,
    'อายุ 15–59 ปีอ่านเขียนไทยและคิดเลขง่าย ๆ ได้',
    'Reads, writes and counts at age 15–59',
    'education',
    'education',
    ages(15, 59),
  ],
  [20, 'อายุ 15–59 ปีมีอาชีพและรายได้', 'Work and income at age 15–59', 'work', 'income', ages(15, 59)],
  [21, 'อายุ 60 ปีขึ้นไปมีอาชีพและรายได้', 'Work and income from age 60', 'work', 'income', ages(60)],
  [22, 'รายได้เฉลี่ยต่อคนต่อปีถึงเกณฑ์', 'Yearly income per person reaches the line', 'work', 'income', 'household'],
  [23, 'ครัวเรือนมีการเก็บออมเงิน', 'The household saves money', 'work', null, 'household'],
  [24, 'ไม่มีคนดื่มสุรา', 'Nobody drinks alcohol', 'values', null, 'household'],
  [25, 'ไม่มีคนสูบบุหรี่', 'Nobody smokes', 'values', null, 'household'],
  [26, 'อายุ 6 ปีขึ้นไปร่วมกิจกรรมทางศาสนา', 'Takes part in religious life from age 6', 'values', null, ages(6)],
  [27, 'ผู้สูงอายุได้รับการดูแล', 'Older persons are cared for', 'values', 'access', 'elderly'],
  [28, 'ผู้พิการได้รับการดูแล', 'Persons with disabilities are cared for', 'values', 'access', 'disabled'],
  [29, 'ผู้ป่วยเรื้อรังได้รับการดูแล', 'The chronically ill are cared for', 'values', null, 'chronicallyIll'],
  [30, 'มีส่วนร่วมในกิจกรรมสาธารณะ', 'Takes part in public activities', 'values', null, 'household'],
  [31, 'ครอบครัวอบอุ่น', 'A warm family', 'values', null, 'household'],
]

/** Number 37 stands in no source that could be read, and is left out. */
const rows2565: readonly Row[] = [
  [1, 'หญิงตั้งครรภ์ได้รับการฝากครรภ์ที่มีคุณภาพ', 'Good care in pregnancy', 'health', null, 'pregnant'],
  [2, 'เด็กแรกเกิดหนัก 2,500 กรัมขึ้นไป', 'Birth weight of 2,500 g or more', 'health', 'health', 'newborns'],
  [3, 'เด็กได้กินนมแม่อย่างเดียว 6 เดือนแรก', 'Breast milk only for the first 6 months', 'health', null, ages(0, 1)],
  [4, 'เด็กอายุไม่เกิน 12 ปีได้รับวัคซีนครบ', 'Children up to 12 fully vaccinated', 'health', null, ages(0, 12)],
  [5, 'เด็กมีพัฒนาการสมวัย', 'Children develop as they should', 'health', null, ages(0, 5)],
  [6, 'กินอาหารถูกสุขลักษณะและปลอดภัย', 'Food is hygienic and safe', 'health', 'health', 'household'],
  [7, 'รู้และป้องกันปัจจัยเสี่ยงต่อสุขภาพ', 'Knows and avoids health risks', 'health', null, 'household'],
  [8, 'ดูแลตนเองได้เมื่อเจ็บป่วยเบื้องต้น', 'Cares for oneself in simple illness', 'health', 'health', 'household'],
  [9, 'อายุ 6 ปีขึ้นไปออกกำลังกายสม่ำเสมอ', 'Regular exercise from age 6', 'health', 'health', ages(6)],
  [10, 'ผู้ป่วยติดเตียงได้รับการดูแล', 'The bedridden are cared for', 'health', null, 'bedridden'],
  [11, 'มีสิทธิรักษาพยาบาล', 'Has the right to health care', 'health', null, ages(0)],
  [12, 'อายุ 35 ปีขึ้นไปตรวจสุขภาพประจำปี', 'Yearly check-up from age 35', 'health', null, ages(35)],
  [13, 'ที่อยู่อาศัยมั่นคงและบ้านคงทนถาวร', 'A secure and lasting home', 'surroundings', 'living', 'household'],
  [14, 'จัดบ้านเรียบร้อยและจัดการขยะ', 'A tidy house and its waste', 'surroundings', 'living', 'household'],
  [15, 'ไม่ถูกมลพิษรบกวน', 'Not troubled by pollution', 'surroundings', null, 'household'],
  [16, 'มีการป้องกันอุบัติภัยและภัยธรรมชาติ', 'Prepared for accidents and disasters', 'surroundings', null, 'household'],
  [17, 'ปลอดภัยในชีวิตและทรัพย์สิน', 'Safe in life and property', 'surroundings', null, 'household'],
  [18, 'มีน้ำดื่มน้ำใช้เพียงพอตลอดปี', 'Enough water to drink and use all year', 'surroundings', 'living', 'household'],
  [19, 'มีไฟฟ้าใช้', 'Has electricity', 'surroundings', null, 'household'],
  [20, 'มีโทรศัพท์หรืออินเทอร์เน็ตใช้', 'Has a telephone or the internet', 'surroundings', null, 'household'],
  [21, 'เข้าถึงขนส่งสาธารณะ', 'Can reach public transport', 'surroundings', null, 'household'],
  [22, 'เด็กอายุต่ำกว่า 6 ปีได้รับการเตรียมก่อนวัยเรียน', 'Pre-school care below age 6', 'education', 'education', ages(0, 5)],
  [23, 'เด็กอายุ 6–15 ปีได้เรียนภาคบังคับ', 'Compulsory school at age 6–15', 'education', 'education', ages(6, 15)],
  [24, 'จบ ม.3 แล้วได้เรียนต่อ', 'Goes on after lower secondary', 'education', 'education', 'schoolLeavers'],
  [
    25,
    'อายุ 15–59 ปีอ่านเขียนไทย อังกฤษ และคิดเลขได้',
    'Reads, writes (also English) and counts at age 15–59',
    'education',
    'education',
    ages(15, 59),
  ],
  [26, 'มีทักษะของศตวรรษที่ 21', 'Has skills of the 21st century', 'education', null, ages(15, 59)],
  [27, 'อายุ 15–59 ปีมีอาชีพและรายได้', 'Work and income at age 15–59', 'work', 'income', ages(15, 59)],
  [28, 'อายุ 60 ปีขึ้นไปมีอาชีพและรายได้', 'Work and income from age 60', 'work', 'income', ages(60)],
  [29, 'รายได้เฉลี่ยต่อคนต่อปีถึงเกณฑ์', 'Yearly income per person reaches the line', 'work', 'income', 'household'],
  [30, 'ครัวเรือนมีการเก็บออมเงิน', 'The household saves money', 'work', null, 'household'],
  [31, 'เด็กอายุ 0–6 ปีในบ้านรายได้น้อยได้เงินอุดหนุน', 'The child grant reaches low-income homes', 'values', null, ages(0, 6)],
  [32, 'ผู้มีรายได้น้อยได้บัตรสวัสดิการแห่งรัฐ', 'The welfare card reaches those with low income', 'values', null, 'household'],
  [33, 'ได้รับความคุ้มครองทางสังคม', 'Has social protection', 'values', null, ages(15, 59)],
  [34, 'ผู้สูงอายุได้รับการดูแล', 'Older persons are cared for', 'values', 'access', 'elderly'],
  [35, 'ผู้พิการได้รับการดูแล', 'Persons with disabilities are cared for', 'values', 'access', 'disabled'],
  [36, 'ครอบครัวอบอุ่น', 'A warm family', 'values', null, 'household'],
  [38, 'มีส่วนร่วมในกิจกรรมสาธารณะ', 'Takes part in public activities', 'values', null, 'household'],
]

export const editions: Readonly<Record<IndicatorEdition, Edition>> = {
  'bmn-2560': {
    code: 'bmn-2560',
    from: '2017-01-01',
    incomeThreshold: 38_000,
    incomeNumber: 22,
    indicators: rows2560.map(toIndicator),
  },
  'bmn-2565': {
    code: 'bmn-2565',
    from: '2022-01-01',
    incomeThreshold: 40_000,
    incomeNumber: 29,
    indicators: rows2565.map(toIndicator),
  },
}

/** The edition that is asked on a common-era day. */
export function editionOn(day: string): Edition {
  return day >= editions['bmn-2565'].from ? editions['bmn-2565'] : editions['bmn-2560']
}

/** An indicator of an edition; null for a number that the edition does not have. */
export function findIndicator(reference: IndicatorRef): Indicator | null {
  return editions[reference.edition].indicators.find((each) => each.number === reference.number) ?? null
}

/** What is known of somebody who lives in the house; null where nobody said. */
export interface AskedMember {
  birthDate: string | null
  sex: 'male' | 'female' | null
  health: { condition: (typeof healthConditions)[number]; caresForSelf: boolean } | null
}

/** Ages of those whom the survey names by another word (assumed, docs/decisions/0011-rules-as-data.md). */
const agesOf = { newborns: [0, 1], schoolLeavers: [14, 24], elderly: [60, null], pregnant: [12, 55] } as const

/**
 * Whether an indicator may ask about this member on a day; false for all where it asks about the house. What nobody knows
 * of the member shuts nothing out: the person at the house sees it.
 */
export function mayConcern(
  population: IndicatorPopulation,
  { birthDate, sex, health }: AskedMember,
  day: string,
): boolean {
  if (population === 'household') return false
  if (population === 'disabled' || population === 'chronicallyIll')
    return (health?.condition ?? population) === population
  if (population === 'bedridden') return health === null || !health.caresForSelf
  if (population === 'pregnant' && sex === 'male') return false
  const [from, to] = typeof population === 'object' ? [population.from, population.to] : agesOf[population]
  const age = birthDate === null || birthDate > day ? null : ageAt(birthDate, day)
  return age === null || (age >= from && (to === null || age <= to))
}

export interface GivenAnswer extends IndicatorRef {
  answer: IndicatorAnswer
}

/**
 * How a household stands in each dimension by one assessment: any failed indicator or stated problem fails it; without
 * one, any passed indicator passes it; answers that apply to nobody say nothing. `income` (baht per person and year,
 * with the day it was stated) counts as the answer to the income indicator where that was not answered itself.
 */
export function dimensionPicture(
  given: readonly GivenAnswer[],
  problems: readonly { dimension: Dimension }[],
  income: { perPerson: number | null; on: string } = { perPerson: null, on: '' },
): Record<Dimension, 'pass' | 'fail' | 'unknown'> {
  const picture: Record<Dimension, 'pass' | 'fail' | 'unknown'> = {
    health: 'unknown',
    living: 'unknown',
    education: 'unknown',
    income: 'unknown',
    access: 'unknown',
  }
  for (const answer of [...given, ...answerOfIncome(given, income)]) {
    const dimension = answer.answer === 'notApplicable' ? null : findIndicator(answer)?.dimension
    if (dimension && picture[dimension] !== 'fail') picture[dimension] = answer.answer === 'fail' ? 'fail' : 'pass'
  }
  for (const { dimension } of problems) picture[dimension] = 'fail'
  return picture
}

function answerOfIncome(
  given: readonly GivenAnswer[],
  income: { perPerson: number | null; on: string },
): readonly GivenAnswer[] {
  if (income.perPerson === null) return []
  const answered = given.some((each) => each.number === editions[each.edition].incomeNumber)
  if (answered) return []
  const edition = editionOn(income.on)
  const answer = income.perPerson >= edition.incomeThreshold ? 'pass' : 'fail'
  return [{ edition: edition.code, number: edition.incomeNumber, answer }]
}
