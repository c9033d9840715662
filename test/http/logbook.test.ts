/** Recording in the logbook through the door: what is stored once, what is refused and why, and what follows a household. */
import { sql } from 'kysely'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import {
  householdEdit,
  householdMerge,
  householdRestore,
  householdShow,
  householdUnmerge,
  householdWithdraw,
  type HouseholdRef,
} from '../../src/contract/households.ts'
import {
  logbookCase,
  logbookNewer,
  logbookRecord,
  logbookRecordMany,
  photoAdd,
  photoShow,
} from '../../src/contract/logbook.ts'
import type { ContentOf, EntryDraft } from '../../src/domain/logbook/entry.ts'
import { maskNationalId } from '../../src/domain/national-id.ts'
import { problemCodes, type ProblemName } from '../../src/domain/problem.ts'
import type { Actor } from '../../src/domain/permission.ts'
import { newId } from '../../src/server/ids.ts'
import { sweepPhotos } from '../../src/server/jobs/photo-files.ts'
import { recount } from '../../src/server/queries/recount.ts'
import { householdOfEntry } from '../../src/web/pages/logbook/address.ts'
import { logbook, problem } from '../support/logbook.ts'
import { createWorld, engine, type World } from '../_world.ts'
import { add, draft, makePractice } from './_households.ts'
import { practiceId } from './_imports.ts'

let world: World
let mentor: Actor
let secretary: Actor
let province: Actor
const found = '2022-12-20'
const today = '2023-06-15'
const village = '31040101'
const elsewhere = '31050101'

beforeAll(async () => {
  world = await createWorld()
  await makePractice(world)
  mentor = await world.person('mentor', '3104')
  secretary = await world.person('district', '3104')
  province = await world.person('province', '31')
}, 120_000)
afterAll(() => world.close())

const { says, decides, corrects } = logbook()

let houseNumber = 100
/** A household of its own for each test, found half a year before anything is recorded. */
async function household(area = village): Promise<HouseholdRef> {
  world.setNow(`${found}T03:00:00Z`)
  houseNumber += 1
  const who = `สมชาย${houseNumber} ใจดี${houseNumber}`
  const ref = await add(world, province, draft(area, [who], { houseNumber: String(houseNumber) }))
  world.setNow(`${today}T03:00:00Z`)
  return ref
}

function fresh<Entry extends { id: string }>(entry: Entry): Entry {
  return { ...entry, id: newId() }
}
const visit = (day = '2023-06-01', content: Partial<ContentOf<'visit'>> = {}) => fresh(says('visit', day, content))
const record = (ref: HouseholdRef, entry: EntryDraft, by = mentor) => world.ask(by, logbookRecord, { ...ref, entry })
const story = async (ref: HouseholdRef, by = province) => (await world.ask(by, logbookCase, { ...ref })).output
const show = async (ref: HouseholdRef) => (await world.ask(province, householdShow, { ...ref })).output

async function recorded<Entry extends EntryDraft>(ref: HouseholdRef, entry: Entry, by = mentor): Promise<Entry> {
  const answer = await record(ref, entry, by)
  expect(answer.problem).toBeNull()
  return entry
}

async function merge(kept: HouseholdRef, other: HouseholdRef) {
  const [one, two] = [await show(kept), await show(other)]
  const input = { ...kept, version: one.version, otherId: other.id, otherVersion: two.version, reason: 'บ้านเดียวกัน' }
  const answer = await world.ask(province, householdMerge, input)
  expect(answer.problem).toBeNull()
  return answer.output.merges[0]!.id
}

async function stored(where: { id: string }) {
  const { kysely } = world.database
  const entries = await kysely.selectFrom('entry').selectAll().where('household_id', '=', where.id).execute()
  const spans = await kysely.selectFrom('fact_span').selectAll().where('household_id', '=', where.id).execute()
  return { entries, spans, open: spans.filter((span) => span.to_at === null).map((span) => span.fact) }
}

async function audited(action: string) {
  return world.database.kysely.selectFrom('audit_entry').selectAll().where('action', '=', action).execute()
}

const isSound = async () => expect((await recount(world.database.kysely)).differences).toEqual([])

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

describe(`a household that was merged, moved or withdrawn (${engine})`, () => {
  it('takes entries for the household that stayed, and each has its own again when the merge is taken back', async () => {
    const [kept, other] = [await household(), await household(elsewhere)]
    await recorded(kept, visit('2023-05-01'))
    await recorded(other, visit('2023-05-02'), province)
    const mergeId = await merge(kept, other)
    expect(await story(kept)).toMatchObject({ version: 2, state: { visits: 2, visitedMonths: ['2023-05'] } })
    expect((await stored(other)).open).toEqual([])

    const late = visit('2023-06-03')
    const answer = await record(other, late, province)
    expect(answer.output).toMatchObject({ outcome: 'recorded', household: kept, isMerged: true, version: 3 })
    expect((await stored(other)).entries.map(({ id }) => id)).toContain(late.id)
    const seen = (await story(kept, secretary)).entries.find(({ id }) => id === late.id)
    expect(seen).toMatchObject({ fromHouseholdId: other.id })
    expect((await stored(kept)).open.toSorted()).toEqual(['target', 'visited-2023-05', 'visited-2023-06'])
    await isSound()
    // Corrected where it was recorded, as a desk sends it, so that the correction goes along when the merge is taken back.
    const at = householdOfEntry(kept, seen!)
    const takenBack = corrects(late, null, {}, 'ผิดบ้าน', today)
    expect((await record(at, takenBack, province)).output).toMatchObject({ outcome: 'recorded', household: kept })
    expect((await story(kept)).state.visits).toBe(2)
    const again = corrects(
      takenBack,
      { kind: 'visit', happenedOn: late.happenedOn, content: late.content },
      {},
      'ถูกบ้าน',
      today,
    )
    await recorded(at, again, province)
    expect((await story(kept)).state.visits).toBe(3)

    world.setNow(`${today}T05:00:00Z`)
    const undone = await world.ask(province, householdUnmerge, { ...kept, mergeId, reason: 'คนละบ้าน' })
    expect(undone.problem).toBeNull()
    expect((await story(kept)).state.visits).toBe(1)
    expect((await story(other)).state.visits).toBe(2)
    expect((await record(other, late, province)).output).toMatchObject({ outcome: 'alreadyThere', household: other })
    await isSound()
  })

  it('goes on counting when its double is merged into it, and the double is one again when that is taken back', async () => {
    const [kept, double] = [await household(), await household()]
    const outcome = await recorded(double, fresh(says('outcome', '2023-06-01', { outcome: 'duplicate' })))
    await recorded(double, fresh(decides(outcome.id, 'approve', today)), secretary)
    expect((await stored(double)).open).toEqual(['left'])
    const mergeId = await merge(kept, double)
    expect((await stored(kept)).open).toEqual(['target'])
    expect((await story(kept)).state.outcome).toMatchObject({ outcome: 'duplicate', state: 'undone' })
    // Somebody who had not heard of the merge says it again.
    const late = fresh(says('outcome', '2023-06-02', { outcome: 'duplicate' }))
    await recorded(double, late)
    expect((await story(kept)).state.outcome).toMatchObject({ entryId: late.id, state: 'undone' })
    await isSound()
    world.setNow(`${today}T05:00:00Z`)
    const undone = await world.ask(province, householdUnmerge, { ...kept, mergeId, reason: 'คนละบ้าน' })
    expect(undone.problem).toBeNull()
    expect((await stored(double)).open).toEqual(['left'])
    await isSound()
  })

  it('brings its logbook along when it moves: who is in charge there reads it, who was is not asked any more', async () => {
    const ref = await household()
    await recorded(ref, visit())
    const neighbour = await world.person('district', '3105')
    const { version } = await show(ref)
    const moved = await world.ask(province, householdEdit, { ...ref, version, facts: { areaCode: elsewhere } })
    expect(moved.problem).toBeNull()
    expect((await story(ref, neighbour)).entries).toHaveLength(1)
    expect((await record(ref, visit())).problem).toBe('notFound')
    await recorded(ref, visit(), neighbour)
    const { spans } = await stored(ref)
    expect(spans.filter(({ to_at }) => to_at === null).every(({ area_code }) => area_code === elsewhere)).toBe(true)
    expect(spans.filter(({ to_at }) => to_at !== null).every(({ area_code }) => area_code === village)).toBe(true)
    await isSound()
  })

  it('does not count while it is withdrawn, and counts again as before when it is back', async () => {
    const ref = await household()
    await recorded(ref, visit())
    const before = (await stored(ref)).open.toSorted()
    const withdrawn = await world.ask(province, householdWithdraw, {
      ...ref,
      version: (await show(ref)).version,
      reason: 'บันทึกผิด',
    })
    expect(withdrawn.problem).toBeNull()
    expect((await stored(ref)).open).toEqual([])
    await world.ask(province, householdRestore, { ...ref, version: (await show(ref)).version, reason: 'ไม่ผิด' })
    expect((await stored(ref)).open.toSorted()).toEqual(before)
    await isSound()
  })
})

describe(`many entries at once (${engine})`, () => {
  it('each is stored or refused by itself, in the order sent, with one trace for all', async () => {
    const [one, two, far] = [await household(), await household(), await household(elsewhere)]
    const [stating, help] = [
      fresh(says('assessment', '2023-06-01', { problems: [problem(1)] })),
      fresh(says('assistance', '2023-06-02', { problemIds: [problem(1).id] })),
    ]
    const taken = await recorded(two, visit())
    const shared = visit()
    const entries = [
      { ...one, entry: stating },
      { ...one, entry: help },
      { ...one, entry: stating },
      { ...two, entry: visit('2023-06-16') },
      { ...two, entry: { ...taken, happenedOn: '2023-06-02' } },
      { ...far, entry: visit() },
      { ...one, entry: taken },
      { ...one, entry: shared },
      { ...two, entry: shared },
      { ...two, entry: visit('2023-06-14') },
    ]
    const answer = await world.ask(mentor, logbookRecordMany, { entries })
    expect(answer.problem).toBeNull()
    const told = answer.output.outcomes.map((each) => (each.outcome === 'refused' ? each.problem : each.outcome))
    expect(told).toEqual([
      'recorded',
      'recorded',
      'alreadyThere',
      'futureDay',
      'sameIdOtherContent',
      'notFound',
      'sameIdOtherContent',
      'recorded',
      'sameIdOtherContent',
      'recorded',
    ])
    expect(answer.output.outcomes.map(({ entryId }) => entryId)).toEqual(entries.map(({ entry }) => entry.id))
    expect((await story(one)).state.problems).toMatchObject([{ state: 'helped' }])
    const [row] = await audited('logbook.recordMany')
    expect(row).toMatchObject({ detail: { again: 1, refused: 5 } })
    expect((row!.detail as { recorded: string[] }).recorded).toHaveLength(4)
    await isSound()
  })

  it('by two people at two households, each in the other order, never wait in a circle', async () => {
    const [one, two] = [await household(), await household()]
    const answers = await Promise.all(
      Array.from({ length: 8 }, (_, index) => {
        const refs = index % 2 === 0 ? [one, two] : [two, one]
        return world.ask(mentor, logbookRecordMany, { entries: refs.map((ref) => ({ ...ref, entry: visit() })) })
      }),
    )
    expect(answers.map(({ problem: name }) => name)).toEqual(Array.from({ length: 8 }, () => null))
    expect(await story(one)).toMatchObject({ version: 8, state: { visits: 8 } })
    await isSound()
  })
})

describe(`two people at one household (${engine})`, () => {
  it('see what the other recorded, and only that', async () => {
    const ref = await household()
    await recorded(ref, visit())
    const seen = await story(ref, secretary)
    const look = { ...ref, version: seen.version, householdVersion: seen.householdVersion }
    expect((await world.ask(secretary, logbookNewer, look)).output).toEqual({ version: 1, reload: false, entries: [] })
    const entry = await recorded(ref, visit('2023-04-01', { words: 'ขอบคุณ' }))
    const newer = (await world.ask(secretary, logbookNewer, look)).output
    expect(newer).toMatchObject({ version: 2, reload: false })
    expect(newer.entries).toMatchObject([{ id: entry.id, by: { name: 'mentor 3104' }, corrects: null }])
    expect((await audited('logbook.newer')).length).toBe(0)
  })

  it('both at the same moment lose nothing, and every entry is newer than some look before it', async () => {
    const ref = await household()
    let version = 0
    const seen: string[] = []
    const { householdVersion } = await story(ref)
    const look = async () => {
      const newer = await world.ask(secretary, logbookNewer, { ...ref, version, householdVersion })
      seen.push(...newer.output.entries.map(({ id }) => id))
      version = newer.output.version
    }
    const entries = Array.from({ length: 12 }, () => visit())
    const writing = entries.map((entry, index) => record(ref, entry, index % 2 === 0 ? mentor : secretary))
    for (let round = 0; round < 6; round += 1) await look()
    expect((await Promise.all(writing)).every(({ status }) => status === 200)).toBe(true)
    await look()
    expect(seen.toSorted()).toEqual(entries.map(({ id }) => id).toSorted())
    const moments = (await stored(ref)).entries.map(({ recorded_at }) => recorded_at.getTime())
    expect(new Set(moments).size).toBe(12)
    await isSound()
  })

  it('are told to read anew when the household itself changed', async () => {
    const [kept, other] = [await household(), await household()]
    const { version, householdVersion } = await story(kept)
    await merge(kept, other)
    const newer = await world.ask(secretary, logbookNewer, { ...kept, version, householdVersion })
    expect(newer.output.reload).toBe(true)
  })

  it('one records while the other merges: nothing is refused and nothing is lost', async () => {
    for (let round = 0; round < 3; round += 1) {
      const [kept, other] = [await household(), await household()]
      const writing = Array.from({ length: 8 }, () => record(other, visit()))
      await merge(kept, other)
      const answers = await Promise.all(writing)
      expect(answers.map(({ problem: name }) => name)).toEqual(Array.from({ length: 8 }, () => null))
      expect((await story(kept)).state.visits).toBe(8)
    }
    await isSound()
  }, 60_000)
})

describe(`photographs (${engine})`, () => {
  const picture = (...rest: number[]) => new Uint8Array([0xff, 0xd8, 0xff, 0xe0, ...rest])

  it('are stored once, encrypted, and given back as they came, with a trace of each look', async () => {
    const ref = await household()
    const photoId = newId()
    const bytes = picture(...Array.from({ length: 100_000 }, (_, index) => index % 251))
    const first = await world.ask(mentor, photoAdd, { ...ref, photoId, bytes })
    expect(first.output).toEqual({ photoId, bytes: bytes.length, outcome: 'recorded' })
    expect((await world.ask(mentor, photoAdd, { ...ref, photoId, bytes })).output.outcome).toBe('alreadyThere')
    expect((await world.ask(mentor, photoAdd, { ...ref, photoId, bytes: picture(1) })).problem).toBe(
      'sameIdOtherContent',
    )
    const path = photoShow.path.replace(':province', ref.province).replace(':id', ref.id).replace(':photoId', photoId)
    const shown = await world.fetch(secretary, path)
    expect(shown.headers.get('content-type')).toBe('image/jpeg')
    expect(Buffer.from(await shown.arrayBuffer()).equals(Buffer.from(bytes))).toBe(true)
    expect((await audited('photo.show')).filter(({ subject_id }) => subject_id === ref.id)).toHaveLength(1)
    const { readFileSync } = await import('node:fs')
    expect(readFileSync(world.deps.photos.path(photoId)).includes(Buffer.from(bytes.subarray(0, 64)))).toBe(false)
    const outside = await world.person('district', '3105')
    expect((await world.fetch(outside, path)).status).toBe(404)
  })

  it('are refused when they are no pictures or too long, and none of another household is shown', async () => {
    const [ref, other] = [await household(), await household()]
    const add = (bytes: Uint8Array) => world.ask(mentor, photoAdd, { ...ref, photoId: newId(), bytes })
    expect((await add(new TextEncoder().encode('<svg onload="alert(1)">'))).problem).toBe('notAPhotograph')
    expect((await add(new Uint8Array())).problem).toBe('notAPhotograph')
    expect((await add(new Uint8Array(8 * 1024 * 1024 + 1).fill(0xff))).problem).toBe('tooLarge')
    const photoId = newId()
    await world.ask(mentor, photoAdd, { ...ref, photoId, bytes: picture(1, 2, 3) })
    const shown = await world.fetch(mentor, `/api/households/31/${other.id}/photos/${photoId}`)
    expect(shown.status).toBe(404)
  })

  it('leave no file behind when nothing was recorded, and lose none that was', async () => {
    const { photos } = world.deps
    const ref = await household()
    const send = (photoId: string) => world.ask(mentor, photoAdd, { ...ref, photoId, bytes: picture(1, 2, 3) })
    const [kept, unmoved, lost] = [newId(), newId(), newId()]
    const { keep, write } = photos
    photos.keep = async () => {}
    await send(unmoved)
    photos.keep = keep
    photos.write = async (...piece) => {
      await write(...piece)
      throw new Error('the program stopped')
    }
    expect((await send(lost)).status).toBe(500)
    photos.write = write
    await send(kept)
    const loose = async () => (await photos.list()).map(({ uploadId }) => uploadId).toSorted()
    // Moved after the answer, so a moment later.
    await expect.poll(loose).toEqual([unmoved, lost].toSorted())

    await sweepPhotos(world.deps)
    expect(await loose()).toEqual([lost])
    world.setNow(new Date(Date.now() + 31 * 24 * 60 * 60 * 1000).toISOString())
    await sweepPhotos(world.deps)
    expect(await loose()).toEqual([])
    expect(await photos.has(lost)).toBe(false)
    for (const id of [kept, unmoved]) {
      const shown = await world.fetch(mentor, `/api/households/31/${ref.id}/photos/${id}`)
      expect(new Uint8Array(await shown.arrayBuffer())).toEqual(picture(1, 2, 3))
    }
  })
})
