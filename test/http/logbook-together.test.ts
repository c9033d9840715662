/** What follows a household in the logbook when it is merged or moved, and when several people or entries come at once. */
import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { sql } from 'kysely'
import { describe, expect, it } from 'vitest'
import {
  householdEdit,
  householdRestore,
  householdUnmerge,
  householdWithdraw,
  type HouseholdRef,
} from '../../src/contract/households.ts'
import { logbookNewer, logbookRecordMany } from '../../src/contract/logbook.ts'
import { jobHandlers } from '../../src/server/jobs/handlers.ts'
import { recount } from '../../src/server/queries/recount.ts'
import { householdOfEntry } from '../../src/web/pages/logbook/address.ts'
import { problem } from '../support/logbook.ts'
import { engine } from '../_world.ts'
import {
  audited,
  corrects,
  decides,
  elsewhere,
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
    // As an earlier version of the program left it: settled anew after the upgrade.
    await sql`update household_case set state = jsonb_set(state, '{outcomes,0,state}', '"approved"'), standing = 'left'
      where household_id = ${kept.id}`.execute(world.database.kysely)
    expect((await recount(world.database.kysely)).differences).toMatchObject([{ kind: 'case', subject: kept.id }])
    const migration = join(import.meta.dirname, '../../migrations/0016_merged_duplicates.sql')
    await world.database.script(readFileSync(migration, 'utf8'))
    // The job that it leaves is due by the clock of the database.
    world.setNow(new Date(Date.now() + 60_000).toISOString())
    await world.deps.jobs.exhaust(jobHandlers(world.deps))
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

/** One after the other: each sets the clock back. */
async function households(count: number): Promise<HouseholdRef[]> {
  const refs: HouseholdRef[] = []
  while (refs.length < count) refs.push(await household())
  return refs
}

describe(`many people at the same moment (${engine})`, () => {
  it('share transactions, and each has an answer and a trace of their own', async () => {
    const refs = await households(20)
    const known = await recorded(refs[0]!, visit())
    const before = (await audited('logbook.record')).length
    const sent = refs.map((ref, index) => ({ ref, entry: visit(), by: index % 2 === 0 ? mentor : secretary }))
    const far = await household(elsewhere)
    const [answers, again, elsewhereToo, future] = await Promise.all([
      Promise.all(sent.map(({ ref, entry, by }) => record(ref, entry, by))),
      record(refs[0]!, known),
      record(far, visit()),
      record(refs[1]!, visit('2023-06-16')),
    ])
    expect(answers.map(({ output }) => output.outcome)).toEqual(sent.map(() => 'recorded'))
    expect(answers.map(({ output }) => output.household)).toEqual(refs)
    expect([again.output.outcome, elsewhereToo.problem, future.problem]).toEqual([
      'alreadyThere',
      'notFound',
      'futureDay',
    ])
    const rows = (await audited('logbook.record')).slice(before)
    expect(rows.map(({ detail }) => (detail as { entry: string }).entry).toSorted()).toEqual(
      [known, ...sent.map(({ entry }) => entry)].map(({ id }) => id).toSorted(),
    )
    for (const { entry, by } of sent)
      expect(rows.find(({ detail }) => (detail as { entry: string }).entry === entry.id)).toMatchObject({
        account_id: by.userId,
      })
    expect(new Set(rows.map(({ request_id }) => request_id)).size).toBe(rows.length)
    const { rows: written } = await sql<{ transactions: number }>`
      select count(distinct xmin::text)::int as transactions from entry
      where id = any(${sent.map(({ entry }) => entry.id)}::uuid[])`.execute(world.database.kysely)
    expect(written[0]!.transactions).toBeLessThan(10)
    await isSound()
  })

  it.runIf(engine === 'postgres')('do not wait for one whose household somebody else holds', async () => {
    const [held, ...others] = await households(9)
    let release = (): void => {}
    const released = new Promise<void>((resolve) => (release = resolve))
    let holding: Promise<void> | undefined
    await new Promise<void>((isHeld, failed) => {
      holding = world.database.kysely.transaction().execute(async (tx) => {
        await sql`select 1 from household where id = ${held!.id} for update`.execute(tx)
        isHeld()
        await released
      })
      holding.catch(failed)
    })
    let isAnswered = false
    let slow: ReturnType<typeof record>
    try {
      slow = record(held!, visit()).finally(() => (isAnswered = true))
      const quick = await Promise.all(others.map((ref) => record(ref, visit())))
      expect(quick.map(({ problem: name }) => name)).toEqual(others.map(() => null))
      expect(isAnswered).toBe(false)
    } finally {
      // A transaction that stays open keeps the cursors of every phone on this server back.
      release()
      await holding
    }
    expect((await slow).output.outcome).toBe('recorded')
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
