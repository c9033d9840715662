import { describe, expect, it } from 'vitest'
import { phoneItemSchema, type PhoneHousehold } from '../../../contract/sync.ts'
import { newId } from '../../new-id.ts'
import { beginHelp, beginVisit, readVisit, skippedSteps, stepsOf, type VisitDraft, visitSteps } from './draft.ts'

const today = '2026-11-24'
const problemId = newId()
const memberId = newId()

function household(hasProblem: boolean): PhoneHousehold {
  const problem = { id: problemId, dimension: 'living', indicator: null, memberId: null, problem: 'หลังคารั่ว' }
  return {
    province: '31',
    id: newId(),
    case: {
      problems: hasProblem ? [{ ...problem, need: 'ซ่อม', solution: null, state: 'open' }] : [],
      fourT: null,
      incomePerPerson: null,
    },
  } as unknown as PhoneHousehold
}

const words = { nobodySeen: 'ไม่พบใคร', stepNames: Object.fromEntries(visitSteps.map((step) => [step, step])) as never }
const begin = (hasProblem = true, day: string | null = today) =>
  beginVisit({ household: household(hasProblem), today: day, fourTVersion: 0, newId })
const met = (draft: VisitDraft): VisitDraft => ({
  ...draft,
  visit: { ...draft.visit, met: { memberIds: [memberId], others: '' } },
})
const kinds = (draft: VisitDraft) =>
  readVisit(draft, today, words).items.map((item) => (item.kind === 'entry' ? item.entry.kind : item.kind))

describe('a visit on the phone', () => {
  it('is one entry where nothing but the visit was recorded, and the server’s schema takes it', () => {
    const { items, faults } = readVisit(met(begin()), today, words)
    expect(faults).toEqual([])
    expect(items).toHaveLength(1)
    for (const item of items) expect(phoneItemSchema.safeParse(item).success).toBe(true)
  })

  it('asks for a result only where there is a problem', () => {
    expect(stepsOf(begin(true))).toContain('result')
    expect(stepsOf(begin(false))).not.toContain('result')
  })

  it('becomes visit, assessment, assistance and result in the order in which they are recorded', () => {
    const draft = met(begin())
    const help = beginHelp({ household: household(true), today, fourTVersion: 0, newId })
    const whole: VisitDraft = {
      ...draft,
      sameProblems: true,
      help: { ...help, what: 'ข้าวสาร', givers: [{ kind: 'community', name: 'ชมรม' }] },
      result: { results: [{ problemId, result: 'partly', words: '' }] },
    }
    expect(kinds(whole)).toEqual(['visit', 'assessment', 'assistance', 'result'])
    const { items } = readVisit(whole, today, words)
    for (const item of items) expect(phoneItemSchema.safeParse(item).success).toBe(true)
    expect(readVisit(whole, today, words)).toEqual(readVisit(whole, today, words))
  })

  it('restates the problems when they were asked and are the same, and not when nobody asked', () => {
    expect(kinds(met(begin()))).toEqual(['visit'])
    expect(kinds({ ...met(begin()), sameProblems: true })).toEqual(['visit', 'assessment'])
  })

  it('says what was skipped and why; nothing is skipped where nobody was at home', () => {
    const draft = { ...met(begin()), why: 'รีบไปนา' }
    expect(skippedSteps(draft)).toEqual(['changed', 'problems', 'fourT', 'result', 'words'])
    const [item] = readVisit(draft, today, words).items
    expect(item).toMatchObject({
      entry: { content: { skipped: 'changed, problems, fourT, result, words – รีบไปนา' } },
    })
    const [empty] = readVisit({ ...begin(), nobodyHome: true }, today, words).items
    expect(empty).toMatchObject({ entry: { content: { met: [], seen: 'ไม่พบใคร', skipped: null } } })
  })

  it('names the screen to mend: who was met, the day, the giver', () => {
    const steps = (draft: VisitDraft) => readVisit(draft, today, words).faults.map(({ step }) => step)
    expect(steps(begin())).toEqual(['met'])
    expect(steps(met(begin(true, null)))).toEqual(['met'])
    const help = beginHelp({ household: household(true), today, fourTVersion: 0, newId })
    expect(steps({ ...met(begin()), help })).toEqual(['help'])
    expect(readVisit({ ...met(begin()), help }, today, words).items).toEqual([])
  })

  it('records the health of those who were asked about, also where nothing else was said of problems', () => {
    const draft = met(begin(false))
    const health = [{ memberId, condition: 'chronicallyIll', caresForSelf: false } as const]
    const asked = { ...draft, assessment: { ...draft.assessment, health } }
    expect(kinds(asked)).toEqual(['visit', 'assessment'])
    expect(skippedSteps(asked)).not.toContain('problems')
    const { items } = readVisit(asked, today, words)
    expect(items[1]).toMatchObject({ entry: { content: { health, problems: [] } } })
    expect(phoneItemSchema.safeParse(items[1]).success).toBe(true)
    // Asked by mistake, and taken back.
    expect(kinds({ ...draft, assessment: { ...draft.assessment, health: undefined } })).toEqual(['visit'])
  })

  it('survives being kept as JSON', () => {
    const draft = met(begin())
    expect(JSON.parse(JSON.stringify(draft))).toEqual(draft)
  })
})
