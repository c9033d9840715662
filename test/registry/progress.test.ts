import { sql } from 'kysely'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { progressHouseholds, progressOverview } from '../../src/contract/progress.ts'
import type { OutputOf } from '../../src/contract/route.ts'
import { ruleSave } from '../../src/contract/rules.ts'
import { defaultFacts } from '../../src/domain/logbook/rules/facts.ts'
import { defaultOutcomes } from '../../src/domain/logbook/rules/outcomes.ts'
import type { Db } from '../../src/server/db/database.ts'
import { inTransaction } from '../../src/server/db/transaction.ts'
import { rollUpAll } from '../../src/server/jobs/progress.ts'
import { readProgress } from '../../src/server/queries/progress.ts'
import { rebuildProgress } from '../../src/server/queries/progress-figures.ts'
import { recount } from '../../src/server/queries/recount.ts'
import { createRandom } from '../../src/practice/random.ts'
import { runJobs } from '../http/_imports.ts'
import { createWorld, engine, type World } from '../_world.ts'
import { countByHand, sumByHand, type CountedByHand } from './_count-by-hand.ts'
import { liveAYear, type History } from './_random-history.ts'

const seed = Number(process.env['TEST_HISTORY_SEED'] ?? 2565)
const steps = Number(process.env['TEST_HISTORY_STEPS'] ?? 260)
const deepRecount = (db: Db) => recount(db, 200, undefined, { deep: true })
const lists = ['thaiqm-2', 'tpmap-2565', 'vulnerable', 'found']

describe(`progress after a random year (${engine})`, () => {
  let world: World
  let history: History
  const days = new Map<string, CountedByHand>()
  beforeAll(async () => {
    world = await createWorld()
    let isStricter = false
    const rules: Parameters<typeof liveAYear>[4] = {
      [Math.floor(steps / 2)]: async (officer) => {
        const content = defaultFacts.map((rule) =>
          rule.code === 'helped' ? { ...rule, all: [...rule.all, 'visited'] } : rule,
        )
        const saved = { kind: 'facts', area: '31', after: 0, reason: 'นับเมื่อได้ลงพื้นที่แล้ว', content }
        expect((await world.ask(officer, ruleSave, saved)).problem).toBeNull()
        await runJobs(world)
        isStricter = true
      },
      // Changes what a case says, of withdrawn households too, and nothing that is counted.
      [Math.floor(steps / 3)]: async (officer) => {
        const content = defaultOutcomes.map((rule) => ({ ...rule, needsApproval: rule.effect === 'leaves' }))
        const saved = { kind: 'outcomes', area: '31', after: 0, reason: 'ไม่ต้องอนุมัติ', content }
        expect((await world.ask(officer, ruleSave, saved)).problem).toBeNull()
        await runJobs(world)
      },
    }
    const remember = async (day: string) => void days.set(day, await countByHand(world.database, isStricter))
    history = await liveAYear(world, seed, steps, remember, rules)
  }, 240_000)
  afterAll(() => world.close())

  const overview = async (area: string, asOf: string): Promise<OutputOf<typeof progressOverview>> => {
    const answer = await world.ask(history.officer, progressOverview, { area, asOf })
    expect(answer.problem).toBeNull()
    return answer.output
  }
  const someDays = (count: number) => {
    const random = createRandom('days', seed)
    return random
      .shuffle([...days.keys()])
      .slice(0, count)
      .toSorted()
  }
  const differences = async () => (await recount(world.database.kysely)).differences

  it('has done and refused a bit of everything', () => {
    const kinds = ['assessment', 'visit', 'assistance', 'result', 'correction', 'approve', 'undo', 'merge', 'unmerge']
    for (const kind of [...kinds, 'move', 'household.withdraw', 'household.restore', 'import', 'import.undo'])
      expect(history.done[kind] ?? 0, kind).toBeGreaterThan(0)
    expect(days.size).toBeGreaterThan(60)
  })

  it('finds no difference between the logbook and anything that is stored', async () => {
    expect(await differences()).toEqual([])
  })

  it('replays the history of a good share of the households, and finds every span as it must be', async () => {
    const { differences: found, history: replay } = await deepRecount(world.database.kysely)
    expect(found).toEqual([])
    const { replayed, leftOut } = replay!
    const all = await world.database.kysely.selectFrom('household').select('id').execute()
    expect(replayed + Object.values(leftOut).reduce((sum, count) => sum + count)).toBe(all.length)
    expect(replayed).toBeGreaterThan(all.length / 6)
  })

  it('gives for ten past days, at every level, the figures that were counted by hand on those days', async () => {
    let compared = 0
    for (const day of someDays(10)) {
      const counted = days.get(day)!
      for (const area of ['31', '3104', '310401', '31040101', '31010104']) {
        const shown = await overview(area, day)
        for (const { fact, value } of shown.figures.all.filter((figure) => isCounted(figure.fact)))
          expect([day, area, fact, value]).toEqual([day, area, fact, sumByHand(counted, area, fact, null)])
        for (const { list, figures } of shown.figures.byList)
          for (const { fact, value } of figures.filter((figure) => isCounted(figure.fact))) {
            expect([day, area, list, fact, value]).toEqual([
              day,
              area,
              list,
              fact,
              sumByHand(counted, area, fact, [list]),
            ])
            compared += value === 0 ? 0 : 1
          }
        for (const milestone of shown.milestones) {
          const { fact, lists: of, done, registry, missing } = milestone
          const byHand = (code: string) => sumByHand(counted, area, code, of)
          expect([day, area, milestone.code, done.value]).toEqual([day, area, milestone.code, byHand(fact)])
          expect(registry.target.value).toBe(byHand('target'))
          expect(missing.value).toBe(byHand('target') - byHand(fact))
        }
        const measured = shown.measure
        for (const child of shown.children) {
          expect(child.done.value).toBe(sumByHand(counted, child.area.code, measured.fact, measured.lists))
          expect(child.target.value).toBe(sumByHand(counted, child.area.code, 'target', measured.lists))
        }
      }
      const reading = await readProgress(world.database.kysely, {
        areas: [{ area: '', asked: ['target', 'recorded', 'helped'].map((fact) => ({ fact, day })) }],
        childrenOf: null,
        villagesOf: [],
      })
      for (const fact of ['target', 'recorded', 'helped']) {
        const total = [...reading.counts('', fact, day).values()].reduce((sum, count) => sum + count, 0)
        expect(total).toBe(sumByHand(counted, '', fact, null))
      }
    }
    expect(compared).toBeGreaterThan(100)
  })

  it('draws every point of the curve where it was on that day', async () => {
    const last = [...days.keys()].at(-1)!
    for (const area of ['31', '310401', '31040101']) {
      const { curve, measure } = await overview(area, last)
      const known = curve.points.filter(({ day }) => days.has(day))
      expect(known.length).toBeGreaterThan(3)
      expect(curve.points.length).toBeLessThanOrEqual(70)
      for (const { day, done, target } of known) {
        expect([area, day, done.value]).toEqual([
          area,
          day,
          sumByHand(days.get(day)!, area, measure.fact, measure.lists),
        ])
        expect([area, day, target.value]).toEqual([area, day, sumByHand(days.get(day)!, area, 'target', measure.lists)])
      }
    }
  })

  it('never follows more households in a month than there were, whatever moved, joined or was recorded since', async () => {
    const last = [...days.keys()].at(-1)!
    let seen = 0
    for (const area of ['31', '3104', '310401', '31040101', '31040102', '31010104']) {
      const { months, monthLists: of } = await overview(area, last)
      for (const { month, visited, target, percent, withLater } of months) {
        expect([area, month, visited.value! <= target.value!]).toEqual([area, month, true])
        expect(Number(percent ?? 0)).toBeLessThanOrEqual(100)
        const end = [...days.keys()].filter((day) => day.startsWith(month)).at(-1)
        if (end === undefined) continue
        const counted = days.get(end)!
        expect([area, month, visited.value]).toEqual([area, month, sumByHand(counted, area, `visited-${month}`, of)])
        expect([area, month, target.value]).toEqual([area, month, sumByHand(counted, area, 'target', of)])
        seen += visited.value === withLater.value ? 0 : 1
      }
    }
    // Otherwise nothing above was put to the test.
    expect(seen).toBeGreaterThan(0)
  })

  it('opens every figure to exactly its households', async () => {
    let opened = 0
    for (const day of someDays(3)) {
      const shown = await overview('3104', day)
      const figures = [
        ...shown.figures.all,
        ...shown.figures.byList.flatMap((row) => row.figures),
        ...shown.milestones.flatMap(({ done, missing, left }) => [done, missing, left]),
        ...shown.children.flatMap(({ done, target, missing }) => [done, target, missing]),
        // The curve has up to 70 points: its ends are opened.
        ...[shown.curve.points[0]!, shown.curve.points.at(-1)!].flatMap(({ done, target }) => [done, target]),
        ...shown.months.flatMap(({ visited, target, withLater }) => [visited, target, withLater]),
      ]
      for (const { filter, value } of figures) {
        const page = await world.ask(history.officer, progressHouseholds, { ...filter, limit: 100 })
        expect(page.problem).toBeNull()
        expect([filter, page.output.total, page.output.rows.length]).toEqual([filter, value, value])
        opened += 1
      }
      // The gap is how many of those that are missing have to follow: it opens them.
      for (const { gap, missing } of shown.children) {
        expect(gap.filter).toEqual(missing.filter)
        expect(gap.value!).toBeLessThanOrEqual(missing.value!)
      }
    }
    expect(opened).toBeGreaterThan(100)
  })

  it('turns the pages of the households one after another, each once', async () => {
    const day = someDays(1)[0]!
    const filter = { area: '31', asOf: day, fact: 'target' }
    const whole = (await world.ask(history.officer, progressHouseholds, { ...filter, limit: 100 })).output
    const seen: string[] = []
    for (let cursor: string | null = null; ;) {
      const page: OutputOf<typeof progressHouseholds> = (
        await world.ask(history.officer, progressHouseholds, { ...filter, limit: 7, cursor })
      ).output
      seen.push(...page.rows.map(({ id }) => id))
      cursor = page.next
      if (cursor === null) break
    }
    expect(seen).toEqual(whole.rows.map(({ id }) => id))
    expect(new Set(seen).size).toBe(seen.length)
  })

  it('counts the same while changes wait, once they are taken over, and when all is made anew', async () => {
    const { database } = world
    const last = [...days.keys()].at(-1)!
    const before = await overview('31', last)
    await rollUpAll(database)
    const waiting = await database.kysely.selectFrom('progress_pending').select('id').execute()
    expect(waiting).toEqual([])
    expect(await overview('31', last)).toEqual(before)
    await inTransaction(database, 'program', (tx) => rebuildProgress(tx, 31))
    expect(await overview('31', last)).toEqual(before)
    expect(await differences()).toEqual([])
  })

  it('finds whatever is put wrong in the case, the ledger, the places and the figures', async () => {
    const { database } = world
    const wrongs: Record<string, ReturnType<typeof sql>> = {
      case: sql`update household_case set state = jsonb_set(state, '{visits}', '77') where household_id = (
        select household_id from household_case where standing = 'target' order by 1 limit 1)`,
      facts: sql`delete from fact_span where ctid = (
        select ctid from fact_span where to_at is null and fact = 'target' order by household_id limit 1)`,
      spans: sql`update fact_span set to_at = from_at where ctid = (
        select ctid from fact_span where to_at is not null order by household_id limit 1)`,
      entryPlace: sql`update entry set area_code = '31990101' where id = (
        select e.id from entry e join household h on h.id = e.household_id where h.state = 'active' order by 1 limit 1)`,
      progress: sql`update progress_figure set counts = counts || '{"found": 3}' where ctid = (
        select ctid from progress_figure where area_code = '3104' order by day limit 1)`,
    }
    for (const [kind, wrong] of Object.entries(wrongs)) {
      await inTransaction(database, 'program', async (tx) => {
        await wrong.execute(tx)
        const found = await recount(tx)
        expect(found.differences.map((one) => one.kind)).toContain(kind)
        throw new Planted()
      }).catch((error: unknown) => {
        if (!(error instanceof Planted)) throw error
      })
    }
    // The nation's own rows, and a change that never reached the figures.
    for (const wrong of [
      sql`delete from progress_figure where province_code = 0 and fact = 'target'`,
      sql`insert into progress_pending (province_code, id, area_code, list_set, fact, day, delta)
        values (31, gen_random_uuid(), '310401', '', 'helped', '2023-01-01', 1)`,
    ])
      await inTransaction(database, 'program', async (tx) => {
        await wrong.execute(tx)
        expect((await recount(tx)).differences.map((one) => one.kind)).toContain('progress')
        throw new Planted()
      }).catch((error: unknown) => {
        if (!(error instanceof Planted)) throw error
      })
    expect(await differences()).toEqual([])
  })

  it('finds by replaying what stands wrong in the ledger and its figures alike', async () => {
    const { database } = world
    const spans = await replayableSpans(database.kysely)
    const closed = spans.find(({ to_at, fact, is_first }) => to_at !== null && fact !== 'target' && is_first)!
    const open = spans.find(({ to_at, fact, is_first }) => to_at === null && fact !== 'target' && is_first)!
    const at = (span: typeof closed) => sql`province_code = 31 and household_id = ${span.household_id}
      and fact = ${span.fact} and from_at = ${span.from_at}`
    const wrongs: [typeof closed, ReturnType<typeof sql>][] = [
      [closed, sql`update fact_span set from_at = from_at - interval '1 day' where ${at(closed)}`],
      [closed, sql`update fact_span set list_set = 'found,vulnerable' where ${at(closed)}`],
      [closed, sql`delete from fact_span where ${at(closed)}`],
      [open, sql`update fact_span set from_at = from_at - interval '1 day' where ${at(open)}`],
    ]
    for (const [{ household_id, fact }, wrong] of wrongs)
      await inTransaction(database, 'program', async (tx) => {
        await wrong.execute(tx)
        await rebuildProgress(tx, 31)
        expect((await recount(tx)).differences).toEqual([])
        const { differences: found } = await deepRecount(tx)
        expect(found.map(({ kind, subject }) => [kind, subject])).toEqual([['history', `${household_id} ${fact}`]])
        throw new Planted()
      }).catch((error: unknown) => {
        if (!(error instanceof Planted)) throw error
      })
    expect((await deepRecount(database.kysely)).differences).toEqual([])
  })

  it('does not look into the future, and knows no milestone or list that there is not', async () => {
    const { officer } = history
    const ask = (more: object) => world.ask(officer, progressOverview, { area: '31', ...more })
    expect((await ask({ asOf: '2099-01-01' })).problem).toBe('futureDay')
    expect((await ask({ milestone: 'no-such' })).problem).toBe('malformedInput')
    expect((await ask({ list: 'no-such' })).problem).toBe('malformedInput')
    const all = (await ask({ list: 'all', milestone: 'recorded-thaiqm' })).output
    expect(all.measure).toMatchObject({ fact: 'recorded', share: 75, lists: null })
    expect(all.lists.map(({ code }) => code)).toEqual(expect.arrayContaining(lists))
  })
})

class Planted extends Error {}

/** Spans of households that nobody moved, merged, withdrew, listed anew, or helped by either rule; the first of each fact. */
async function replayableSpans(db: Db) {
  const { rows } = await sql<{
    household_id: string
    fact: string
    from_at: Date
    to_at: Date | null
    is_first: boolean
  }>`
    select s.household_id, s.fact, s.from_at, s.to_at, not exists (select 1 from fact_span b
        where b.household_id = s.household_id and b.fact = s.fact and b.from_at < s.from_at) as is_first
    from fact_span s join household h on h.id = s.household_id
    where h.state = 'active'
      and not exists (select 1 from household_merge m where h.id in (m.kept_id, m.merged_id))
      and not exists (select 1 from fact_change f where f.household_id = h.id and f.field in ('state', 'areaCode', 'list'))
      and not exists (select 1 from listing l where l.household_id = h.id
        and (l.state <> 'active' or l.batch_id is distinct from h.created_batch))
      -- What counts as helped, and what needs approval, was changed in this history.
      and not exists (select 1 from entry e where e.household_id = h.id and (e.kind = 'outcome' or e.kind = 'assistance'
        and not exists (select 1 from entry v where v.household_id = h.id and v.kind = 'visit'
          and v.recorded_at < e.recorded_at and not exists (select 1 from entry c where c.corrects = v.id))))
    order by s.household_id, s.fact, s.from_at`.execute(db)
  return rows
}

/** Those that are counted by hand too. */
function isCounted(fact: string): boolean {
  return ['target', 'recorded', 'helped', 'helpedWithResult', 'left'].includes(fact) || fact.startsWith('visited-')
}
