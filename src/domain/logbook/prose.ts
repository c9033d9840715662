/**
 * The paragraph that officers paste into TPMAP Logbook, written in Thai from what was recorded: who lives there, what
 * the trouble is, and the 4ท analysis in the province's choices and the household's own words. The same record always
 * gives the same text; what was not recorded is not mentioned.
 */
import { fourTSides } from './entry.ts'
import { dimensionNames } from './indicators.ts'
import type { FourTRule, FourTSide } from './rules/fourT.ts'
import type { CaseState } from './state.ts'

export interface ProseFacts {
  /** Those who live there; no names. */
  members: readonly { age: number | null; occupation: string | null; needsCare?: boolean }[]
  state: Pick<CaseState, 'fourT' | 'problems' | 'noProblem' | 'incomePerPerson'>
  /** The choices of the version that the analysis names. */
  choices: FourTRule
}

const headings: Record<FourTSide, string> = {
  attitude: 'ทัศนคติ',
  skill: 'ทักษะ',
  resource: 'ทรัพยากร',
  wayOut: 'ทางออก (ความต้องการ)',
}

/** One paragraph per line: household, problems, then the four sides; '' when nothing at all was recorded. */
export function proseOf(facts: ProseFacts): string {
  const lines = [household(facts), ...problems(facts), ...fourTSides.map((side) => sideLine(facts, side))]
  return lines.filter((line) => line !== '').join('\n')
}

const workFrom = 15
const elderlyFrom = 60

function household({ members, state }: ProseFacts): string {
  const parts: string[] = []
  if (members.length > 0) {
    parts.push(`มีสมาชิกในครัวเรือน ${members.length} คน`)
    const groups: readonly (readonly [string, number])[] = [
      ['เด็ก', count(members, (age) => age < workFrom)],
      ['วัยแรงงาน', count(members, (age) => age >= workFrom && age < elderlyFrom)],
      ['ผู้สูงอายุ', count(members, (age) => age >= elderlyFrom)],
      ['ไม่ทราบอายุ', members.filter(({ age }) => age === null).length],
      ['ผู้ที่ต้องมีคนดูแล', members.filter(({ needsCare }) => needsCare).length],
    ]
    for (const [name, number] of groups) if (number > 0) parts.push(`${name} ${number} คน`)
  }
  const occupations = [...new Set(members.flatMap(({ occupation }) => tidy(occupation) || []))]
  if (occupations.length > 0) parts.push(`อาชีพของสมาชิก ได้แก่ ${listed(occupations)}`)
  if (state.incomePerPerson !== null) {
    parts.push(`รายได้เฉลี่ย ${withCommas(state.incomePerPerson)} บาทต่อคนต่อปี`)
  }
  return parts.join(' ')
}

function count(members: ProseFacts['members'], fits: (age: number) => boolean): number {
  return members.filter(({ age }) => age !== null && fits(age)).length
}

function problems({ state }: ProseFacts): string[] {
  if (state.problems.length === 0) return state.noProblem ? ['สภาพครัวเรือน ไม่พบปัญหาที่ต้องช่วยเหลือ'] : []
  const many = state.problems.length > 1
  return state.problems.map((problem, index) => {
    const parts = [
      `${index === 0 ? 'สภาพครัวเรือน ' : ''}${many ? `${index + 1}) ` : ''}ด้าน${dimensionNames[problem.dimension].th}`,
      tidy(problem.problem),
    ]
    if (tidy(problem.need)) parts.push(`ความต้องการคือ ${tidy(problem.need)}`)
    if (tidy(problem.solution)) parts.push(`แนวทางการแก้ปัญหาคือ ${tidy(problem.solution)}`)
    return parts.join(' ')
  })
}

function sideLine({ state, choices }: ProseFacts, side: FourTSide): string {
  const given = state.fourT?.[side]
  if (!given) return ''
  // A code that its version does not hold is shown as it is rather than lost.
  const labels = given.choices.map((code) => choices[side].find((choice) => choice.code === code)?.th ?? code)
  const words = tidy(given.words)
  if (labels.length === 0 && words === '') return ''
  const parts = [headings[side]]
  if (labels.length > 0) parts.push(listed(labels))
  if (words !== '') parts.push(`ครัวเรือนเล่าว่า “${words}”`)
  return parts.join(' ')
}

/** As Thai joins a list: spaces between, and และ before the last. */
function listed(items: readonly string[]): string {
  if (items.length <= 1) return items.join('')
  return `${items.slice(0, -1).join(' ')} และ${items.at(-1)}`
}

function tidy(text: string | null): string {
  return (text ?? '').replaceAll(/\s+/g, ' ').trim()
}

function withCommas(number: number): string {
  return String(number).replaceAll(/\B(?=(?:[0-9]{3})+$)/g, ',')
}
