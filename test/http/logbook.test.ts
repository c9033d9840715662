/** Recording in the logbook through the door: what is stored once, what is refused and why, what a correction leaves. */
import { sql } from 'kysely'
import { describe, expect, it } from 'vitest'
import { householdEdit, householdWithdraw, type HouseholdRef } from '../../src/contract/households.ts'
import { logbookCase, logbookRecord } from '../../src/contract/logbook.ts'
import type { EntryDraft } from '../../src/domain/logbook/entry.ts'
import { maskNationalId } from '../../src/domain/national-id.ts'
import { problemCodes, type ProblemName } from '../../src/domain/problem.ts'
import { newId } from '../../src/server/ids.ts'
import { problem } from '../support/logbook.ts'
import { engine } from '../_world.ts'
import { practiceId } from './_imports.ts'
import {
  audited,
  corrects,
  decides,
  elsewhere,
  found,
  fresh,
  household,
  mentor,
  openLogbook,
  province,
  record,
  recorded,
  says,
  secretary,
  show,
  stored,
  story,
  today,
  village,
  visit,
  world,
} from './_logbook.ts'

openLogbook()

describe(`an entry (${engine})`, () => {
  it('is stored, counts at once, and tells who and when beside the day on which it happened', async () => {
    const ref = await household()
    const assessment = fresh(says('assessment', '2023-06-01', { problems: [problem(1)] }))
    const answer = await world.ask(mentor, logbookRecord, { ...ref, entry: assessment, withCase: true })
    expect(answer.output).toMatchObject({ outcome: 'recorded', household: ref, isMerged: false, version: 1 })
    expect(answer.output.recordedAt).toBe(`${today}T03:00:00.000Z`)
    expect(answer.output.case?.state.problems).toMatchObject([{ id: problem(1).id, state: 'open' }])
    expect(answer.output.case?.entries).toMatchObject([
      { id: assessment.id, happenedOn: '2023-06-01', by: { name: 'mentor 3104' }, latestId: assessment.id },
    ])
    expect((await stored(ref)).open.toSorted()).toEqual(['recorded', 'target'])
    const rows = (await audited('logbook.record')).filter((row) => row.subject_id === ref.id)
    expect(rows).toHaveLength(1)
    expect(rows[0]).toMatchObject({ area_code: village, account_id: mentor.userId })
    expect(JSON.stringify(rows[0]!.detail)).not.toContain('หลังคา')
  })

  it('sent twice is stored once, and each sending leaves its trace', async () => {
    const ref = await household()
    const entry = visit()
    const first = (await record(ref, entry)).output
    world.setNow(`${today}T09:00:00Z`)
    // The sender may write its fields in another order.
    const turned = Object.fromEntries(Object.entries(entry.content).toReversed()) as typeof entry.content
    const again = (await record(ref, { ...entry, content: turned })).output
    expect(again).toEqual({ ...first, outcome: 'alreadyThere' })
    expect((await stored(ref)).entries).toHaveLength(1)
    const rows = (await audited('logbook.record')).filter((row) => row.subject_id === ref.id)
    const repeated = rows.filter((row) => (row.detail as { again?: boolean }).again === true)
    expect([rows.length, repeated.length]).toEqual([2, 1])
  })

  it('is not refused a second time because of what became of the household since', async () => {
    const ref = await household()
    const entry = await recorded(ref, visit())
    const { version } = await show(ref)
    await world.ask(province, householdWithdraw, { ...ref, version, reason: 'บันทึกผิด' })
    expect((await record(ref, entry)).output.outcome).toBe('alreadyThere')
    expect((await record(ref, visit())).problem).toBe('wrongState')
  })

  it('loses what no database keeps, and nothing else', async () => {
    const ref = await household()
    const words = 'บรรทัดแรก\nบรรทัด\u0000สอง \ud83d ยิ้ม 😀'
    await recorded(ref, visit('2023-06-01', { words }))
    const [view] = (await story(ref)).entries
    expect(view?.said).toMatchObject({ content: { words: 'บรรทัดแรก\nบรรทัดสอง  ยิ้ม 😀' } })
  })

  it('keeps no national id that stands in its words, and is the same entry when it is sent again', async () => {
    const ref = await household()
    const id = practiceId(31)
    const entry = visit('2023-06-01', { words: `บัตร ${id} หาย`, met: [{ memberId: null, name: `นายดี ${id}` }] })
    await recorded(ref, entry)
    const { kysely } = world.database
    const rows = await kysely.selectFrom('entry').select('content').where('household_id', '=', ref.id).execute()
    expect(JSON.stringify(rows)).not.toContain(id)
    const [view] = (await story(ref)).entries
    expect(view?.said).toMatchObject({
      content: { words: `บัตร ${maskNationalId(id)} หาย`, met: [{ name: `นายดี ${maskNationalId(id)}` }] },
    })
    expect((await record(ref, entry)).output.outcome).toBe('alreadyThere')

    // An entry that was stored before ids were masked is still known by what a phone sends again.
    const unmasked = JSON.stringify({ ...entry.content })
    await sql`update entry set content = ${unmasked}::text::jsonb where id = ${entry.id}::uuid`.execute(kysely)
    expect((await record(ref, entry)).output.outcome).toBe('alreadyThere')
    await recorded(ref, fresh(corrects(entry, null, {}, `ใส่เลข ${id} ผิด`, today)))
    expect(JSON.stringify((await story(ref)).entries)).not.toContain(`ใส่เลข ${id}`)
  })

  it('with an id in capitals is the same entry', async () => {
    const ref = await household()
    const entry = await recorded(ref, visit())
    expect((await record(ref, { ...entry, id: entry.id.toUpperCase() })).output.outcome).toBe('alreadyThere')
  })
})

describe(`what is refused (${engine})`, () => {
  const refused = async (ref: HouseholdRef, entry: EntryDraft, name: ProblemName, by = mentor) => {
    const before = await stored(ref)
    const { kysely } = world.database
    const audits = (await kysely.selectFrom('audit_entry').select('id').execute()).length
    const answer = await record(ref, entry, by)
    expect(answer.problem).toBe(name)
    expect(answer.status).toBe(Math.trunc(problemCodes[name]))
    expect(await stored(ref)).toEqual(before)
    expect((await kysely.selectFrom('audit_entry').select('id').execute()).length).toBe(audits)
    return answer.details
  }
  const fieldsOf = (details: Record<string, unknown>) =>
    (details['fields'] as { field: string; fault: string }[]).map(({ field }) => field)

  it('a day in the future, also in a correction', async () => {
    const ref = await household()
    expect(fieldsOf(await refused(ref, visit('2023-06-16'), 'futureDay'))).toEqual(['entry.happenedOn'])
    const seen = await recorded(ref, visit())
    const replacement = { kind: 'visit' as const, happenedOn: '2023-06-16', content: seen.content }
    expect(fieldsOf(await refused(ref, fresh(corrects(seen, replacement, {}, 'ผิดวัน', today)), 'futureDay'))).toEqual([
      'entry.content.replacement.happenedOn',
    ])
  })

  it('a Buddhist year typed as a common one, with the day that was meant', async () => {
    const ref = await household()
    expect(await refused(ref, visit('2566-06-01'), 'buddhistYear')).toMatchObject({ suggestion: '2023-06-01' })
    expect(await refused(ref, visit('2023-06-01', { nextOn: '2566-07-01' }), 'buddhistYear')).toMatchObject({
      suggestion: '2023-07-01',
    })
  })

  it('a day before the household was on any list, except for help that came earlier', async () => {
    const ref = await household()
    await refused(ref, visit('2022-12-19'), 'dayBeforeList')
    await recorded(ref, visit(found))
    await recorded(ref, fresh(says('assistance', '2021-05-01')))
  })

  it('results, help and relapses of a problem that nobody stated', async () => {
    const ref = await household()
    const results = [{ problemId: newId(), result: 'solved' as const, words: null }]
    await refused(ref, fresh(says('result', '2023-06-01', { results })), 'unknownProblem')
    await refused(ref, fresh(says('assistance', '2023-06-01', { problemIds: [newId()] })), 'unknownProblem')
    await refused(ref, fresh(says('relapse', '2023-06-01', { problemIds: [newId()] })), 'unknownProblem')
  })

  it('the same id with other content, at this household and at another', async () => {
    const [ref, other] = [await household(), await household()]
    const entry = await recorded(ref, visit())
    const changed = { ...entry, happenedOn: '2023-06-02' }
    await refused(ref, changed, 'sameIdOtherContent')
    await refused(other, entry, 'sameIdOtherContent')
  })

  it('a correction of nothing, of another kind, and one that had not seen the last', async () => {
    const ref = await household()
    const seen = await recorded(ref, visit())
    const replacement = { kind: 'visit' as const, happenedOn: '2023-06-02', content: seen.content }
    await refused(ref, fresh(corrects({ id: newId() }, replacement, {}, 'ผิดวัน', today)), 'unknownEntry')
    const other = {
      kind: 'hold' as const,
      happenedOn: '2023-06-01',
      content: { untilOn: '2023-07-01', reason: 'น้ำท่วม' },
    }
    await refused(ref, fresh(corrects(seen, other, {}, 'บันทึกผิด', today)), 'otherKind')
    await recorded(ref, fresh(corrects(seen, replacement, {}, 'ผิดวัน', today)), secretary)
    await refused(ref, fresh(corrects(seen, replacement, {}, 'ผิดวัน', today)), 'correctedMeanwhile')
  })

  it('a decision by who may not decide, by the proposer, of nothing, and twice', async () => {
    const ref = await household()
    const outcome = await recorded(ref, fresh(says('outcome', '2023-06-01', { outcome: 'moved' })), secretary)
    await refused(ref, fresh(decides(outcome.id, 'approve', today)), 'notPermitted')
    await refused(ref, fresh(decides(outcome.id, 'approve', today)), 'ownProposal', secretary)
    await refused(ref, fresh(decides(newId(), 'approve', today)), 'unknownOutcome', province)
    await refused(ref, fresh(decides(outcome.id, 'undo', today)), 'outcomeNotApproved', province)
    const decision = await recorded(ref, fresh(decides(outcome.id, 'approve', today)), province)
    await refused(ref, fresh(decides(outcome.id, 'refuse', today)), 'outcomeDecided', province)
    await refused(ref, fresh(corrects(decision, null, {}, 'ผิด', today)), 'decisionStands', province)
    expect((await stored(ref)).open).toEqual(['left'])
    await recorded(ref, fresh(decides(outcome.id, 'undo', today)), province)
    expect((await stored(ref)).open).toEqual(['target'])
  })

  it('a duplicate of a household that is out of reach, or of none, in the same words', async () => {
    const [ref, seen, far] = [await household(), await household(), await household(elsewhere)]
    const duplicateOf = (sameAs: string) => fresh(says('outcome', '2023-06-01', { outcome: 'duplicate', sameAs }))
    const told = await refused(ref, duplicateOf(far.id), 'unknownHousehold')
    expect(fieldsOf(told)).toEqual(['entry.content.sameAs'])
    expect(await refused(ref, duplicateOf(newId()), 'unknownHousehold')).toEqual(told)
    expect(await refused(ref, duplicateOf(ref.id), 'unknownHousehold')).toEqual(told)
    const named = await recorded(ref, duplicateOf(seen.id))
    expect((await story(ref)).state.outcome).toMatchObject({ outcome: 'duplicate', sameAs: seen.id })
    // Out of reach of the mentor since, which takes back nothing that was said.
    const { version } = await show(seen)
    await world.ask(province, householdEdit, { ...seen, version, facts: { areaCode: elsewhere } })
    expect((await record(ref, named)).output.outcome).toBe('alreadyThere')
    const evidence = { ...named.content, evidence: 'ตรวจทะเบียนบ้านแล้ว' }
    const replacement = { kind: 'outcome' as const, happenedOn: named.happenedOn, content: evidence }
    await recorded(ref, fresh(corrects(named, replacement, {}, 'หลักฐานใหม่', today)))
    await recorded(ref, duplicateOf(far.id), province)
    const bare = fresh(says('outcome', '2023-06-01', { outcome: 'moved' }))
    const moved = { ...bare, content: { ...bare.content, sameAs: seen.id } }
    expect((await record(ref, moved, province)).problem).toBe('malformedInput')
  })

  it('anything at a household that is out of reach, as if it did not exist', async () => {
    const ref = await household(elsewhere)
    expect((await record(ref, visit())).problem).toBe('notFound')
    expect((await record({ province: '31', id: newId() }, visit())).problem).toBe('notFound')
    expect((await stored(ref)).entries).toEqual([])
  })
})

describe(`corrections (${engine})`, () => {
  it('put another version in the place of an entry, and keep every earlier one readable with its reason', async () => {
    const ref = await household()
    const seen = await recorded(ref, visit('2023-05-30'))
    const replacement = { kind: 'visit' as const, happenedOn: '2023-06-02', content: seen.content }
    const first = await recorded(ref, fresh(corrects(seen, replacement, {}, 'ผิดวัน', today)), secretary)
    const second = await recorded(ref, fresh(corrects(first, null, {}, 'คนละบ้าน', today)), province)
    const { entries, state } = await story(ref)
    expect(state.visits).toBe(0)
    expect((await stored(ref)).open).toEqual(['target'])
    expect(entries).toHaveLength(1)
    expect(entries[0]).toMatchObject({ id: seen.id, kind: 'visit', said: null, latestId: second.id })
    expect(
      entries[0]!.versions.map(({ id, reason, by, happenedOn, counts }) => [id, reason, by.name, happenedOn, counts]),
    ).toEqual([
      [seen.id, null, 'mentor 3104', '2023-05-30', false],
      [first.id, 'ผิดวัน', 'district 3104', '2023-06-02', false],
      [second.id, 'คนละบ้าน', 'province 31', today, true],
    ])
    await recorded(ref, fresh(corrects(second, replacement, {}, 'บ้านนี้จริง', today)))
    expect((await story(ref)).state).toMatchObject({ visits: 1, lastVisitOn: '2023-06-02' })
  })
})

describe(`the health of members (${engine})`, () => {
  it('is known from the newest assessment, decides about class, and stands in no stored case', async () => {
    const ref = await household()
    const { members } = await show(ref)
    const memberId = members[0]!.id
    const health = (caresForSelf: boolean) => ({ health: [{ memberId, condition: 'disabled' as const, caresForSelf }] })
    await recorded(ref, fresh(says('assessment', '2023-05-01', health(true))))
    await recorded(ref, fresh(says('assessment', '2023-06-01', health(false))))
    const found = await story(ref)
    expect(found.health).toEqual([{ memberId, condition: 'disabled', caresForSelf: false, on: '2023-06-01' }])
    const { state } = await world.database.kysely
      .selectFrom('household_case')
      .select('state')
      .where('household_id', '=', ref.id)
      .executeTakeFirstOrThrow()
    expect(JSON.stringify(state)).not.toContain('disabled')
    expect((await world.ask(await world.person('mentor', '3001'), logbookCase, { ...ref })).problem).toBe('notFound')
  })
})
