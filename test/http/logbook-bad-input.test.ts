/**
 * Bad input to the logbook, clause by clause: each is refused by its number or has a rule, alone and among others, and what
 * was refused leaves nothing behind. What the form keeps of it stands in test/e2e/logbook.e2e.ts, what a phone keeps in sync.test.ts.
 */
import { describe, expect, it } from 'vitest'
import { householdEdit, householdWithdraw, type HouseholdRef } from '../../src/contract/households.ts'
import { logbookRecordMany } from '../../src/contract/logbook.ts'
import type { EntryDraft } from '../../src/domain/logbook/entry.ts'
import { problemCodes, type ProblemName } from '../../src/domain/problem.ts'
import { newId } from '../../src/server/ids.ts'
import { problem } from '../support/logbook.ts'
import { engine } from '../_world.ts'
import {
  corrects,
  elsewhere,
  found,
  fresh,
  household,
  isSound,
  mentor,
  merge,
  openLogbook,
  province,
  record,
  recorded,
  says,
  show,
  stored,
  story,
  today,
  visit,
  world,
} from './_logbook.ts'

openLogbook()

/** Refused alone, and among others that are taken; nothing of it stays. @returns the fields that are told */
async function refused(ref: HouseholdRef, entry: EntryDraft, name: ProblemName, by = mentor): Promise<string[]> {
  const before = await stored(ref)
  const answer = await record(ref, entry, by)
  expect([answer.problem, answer.status]).toEqual([name, Math.trunc(problemCodes[name])])
  expect(await stored(ref)).toEqual(before)
  const good = await household()
  const entries = [
    { ...good, entry: visit() },
    { ...ref, entry },
    { ...good, entry: visit('2023-06-02') },
  ]
  const many = await world.ask(by, logbookRecordMany, { entries })
  const told = many.output.outcomes.map((each) => (each.outcome === 'refused' ? each.problem : each.outcome))
  expect(told).toEqual(['recorded', name, 'recorded'])
  expect(await stored(ref)).toEqual(before)
  await isSound()
  return ((answer.details['fields'] ?? []) as { field: string }[]).map(({ field }) => field)
}

describe(`bad input (${engine})`, () => {
  it('future days: of the entry and in a correction; the day itself is today’s in Thailand', async () => {
    const ref = await household()
    expect(await refused(ref, visit('2023-06-16'), 'futureDay')).toEqual(['entry.happenedOn'])
    const seen = await recorded(ref, visit())
    const later = fresh(corrects(seen, { ...seen, kind: 'visit', happenedOn: '2024-06-01' }, {}, 'ผิดวัน', today))
    expect(await refused(ref, later, 'futureDay')).toEqual(['entry.content.replacement.happenedOn'])
    // Half past midnight in Thailand is still the day before in Greenwich.
    world.setNow('2023-06-15T17:30:00Z')
    await recorded(ref, visit('2023-06-16'))
  })

  it('days before the list: of the entry and in a correction; help may be older, but not by a lifetime', async () => {
    const ref = await household()
    expect(await refused(ref, visit('2022-12-19'), 'dayBeforeList')).toEqual(['entry.happenedOn'])
    const seen = await recorded(ref, visit(found))
    const earlier = fresh(corrects(seen, { ...seen, kind: 'visit', happenedOn: '2022-12-01' }, {}, 'ผิดวัน', today))
    expect(await refused(ref, earlier, 'dayBeforeList')).toEqual(['entry.content.replacement.happenedOn'])
    await recorded(ref, fresh(says('assistance', '2013-01-05')))
    await refused(ref, fresh(says('assistance', '2012-12-19')), 'dayBeforeList')
  })

  it('Buddhist years typed as common ones: in every day that an entry says, with the day that was meant', async () => {
    const ref = await household()
    expect(await refused(ref, visit('2566-06-01'), 'buddhistYear')).toEqual(['entry.happenedOn'])
    expect(await refused(ref, visit('2023-06-01', { nextOn: '2566-07-01' }), 'buddhistYear')).toEqual([
      'entry.content.nextOn',
    ])
    const hold = fresh(says('hold', '2023-06-01', { untilOn: '2566-07-01' }))
    expect(await refused(ref, hold, 'buddhistYear')).toEqual(['entry.content.untilOn'])
    const step = { ...says('plan', '2023-06-01').content.steps[0]!, dueOn: '2566-08-01' }
    const plan = fresh(says('plan', '2023-06-01', { steps: [step] }))
    expect(await refused(ref, plan, 'buddhistYear')).toEqual(['entry.content.steps.0.dueOn'])
    const seen = await recorded(ref, visit())
    const typed = fresh(corrects(seen, { ...seen, kind: 'visit', happenedOn: '2566-06-02' }, {}, 'ผิดวัน', today))
    const told = await record(ref, typed)
    expect([told.problem, told.details['suggestion']]).toEqual(['buddhistYear', '2023-06-02'])
    // 2567 has no 29 February that a common year 2567 could have; 2024 has one.
    expect((await record(ref, visit('2567-02-29'))).problem).toBe('malformedInput')
    expect((await record(ref, visit('2023-02-30'))).problem).toBe('malformedInput')
  })

  it('entries for a household that was merged: they count for the one that stayed, whatever they build on', async () => {
    const [kept, gone] = [await household(), await household()]
    await recorded(gone, fresh(says('assessment', '2023-06-01', { problems: [problem(1)] })))
    await merge(kept, gone)
    const results = [{ problemId: problem(1).id, result: 'solved' as const, words: null }]
    const answer = await record(gone, fresh(says('result', '2023-06-03', { results })))
    expect(answer.output).toMatchObject({ outcome: 'recorded', household: kept, isMerged: true })
    expect((await story(kept)).state.problems).toMatchObject([{ state: 'solved' }])
    await refused(gone, visit('2023-06-16'), 'futureDay')
  })

  it('entries for a household that moved: as if there were none, to who is out of reach of it', async () => {
    const ref = await household()
    const before = await recorded(ref, visit())
    const { version } = await show(ref)
    await world.ask(province, householdEdit, { ...ref, version, facts: { areaCode: elsewhere }, reason: 'ย้ายบ้าน' })
    await refused(ref, visit(), 'notFound')
    await refused(ref, fresh(corrects(before, null, {}, 'ผิดบ้าน', today)), 'notFound')
    await recorded(ref, visit(), province)
  })

  it('entries for a household that was withdrawn: by the state, and those sent again are still there', async () => {
    const ref = await household()
    const before = await recorded(ref, visit())
    const { version } = await show(ref)
    await world.ask(province, householdWithdraw, { ...ref, version, reason: 'บันทึกผิด' })
    await refused(ref, visit(), 'wrongState')
    expect((await record(ref, before)).output.outcome).toBe('alreadyThere')
  })

  it('results without a problem: of none that was stated, nor of one of another household, nor of one taken back', async () => {
    const [ref, other] = [await household(), await household()]
    const mine = problem(7)
    const stated = await recorded(ref, fresh(says('assessment', '2023-06-01', { problems: [mine] })))
    const solved = (problemId: string) =>
      fresh(says('result', '2023-06-02', { results: [{ problemId, result: 'solved' as const, words: null }] }))
    expect(await refused(ref, solved(newId()), 'unknownProblem')).toEqual(['entry.content.results.0.problemId'])
    await refused(other, solved(mine.id), 'unknownProblem')
    await recorded(ref, fresh(corrects(stated, null, {}, 'คนละบ้าน', today)))
    await refused(ref, solved(mine.id), 'unknownProblem')
  })

  it('corrections of corrections: of the last version, with its kind, and not past what somebody else said', async () => {
    const ref = await household()
    const seen = await recorded(ref, visit())
    const at = (happenedOn: string) => ({ kind: 'visit' as const, happenedOn, content: seen.content })
    const first = await recorded(ref, fresh(corrects(seen, at('2023-06-02'), {}, 'ผิดวัน', today)))
    await refused(ref, fresh(corrects(seen, at('2023-06-03'), {}, 'ผิดวัน', today)), 'correctedMeanwhile')
    const hold = {
      kind: 'hold' as const,
      happenedOn: '2023-06-01',
      content: { untilOn: '2023-07-01', reason: 'น้ำท่วม' },
    }
    await refused(ref, fresh(corrects(first, hold, {}, 'ผิดชนิด', today)), 'otherKind')
    const second = await recorded(ref, fresh(corrects(first, at('2023-06-03'), {}, 'ผิดอีก', today)))
    await refused(ref, fresh(corrects(first, null, {}, 'ผิดวัน', today)), 'correctedMeanwhile')
    const third = await recorded(ref, fresh(corrects(second, null, {}, 'คนละบ้าน', today)))
    await recorded(ref, fresh(corrects(third, at('2023-06-04'), {}, 'บ้านนี้จริง', today)))
    expect((await story(ref)).state).toMatchObject({ visits: 1, lastVisitOn: '2023-06-04' })
    await refused(ref, fresh(corrects({ id: newId() }, null, {}, 'ไม่มีจริง', today)), 'unknownEntry')
  })

  it('replays of an id with other content: of an entry and of a correction, at its household and at another', async () => {
    const [ref, other] = [await household(), await household()]
    const seen = await recorded(ref, visit())
    await refused(ref, { ...seen, happenedOn: '2023-06-02' }, 'sameIdOtherContent')
    await refused(ref, { ...fresh(says('hold', '2023-06-01')), id: seen.id }, 'sameIdOtherContent')
    await refused(other, seen, 'sameIdOtherContent')
    const correction = await recorded(ref, fresh(corrects(seen, null, {}, 'คนละบ้าน', today)))
    const changed = { ...correction, content: { ...correction.content, reason: 'ผิดวัน' } } as EntryDraft
    await refused(ref, changed, 'sameIdOtherContent')
    expect((await record(ref, seen)).output.outcome).toBe('alreadyThere')
    expect((await record(ref, correction)).output.outcome).toBe('alreadyThere')
  })
})
