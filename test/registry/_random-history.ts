/** A year of a small registry, made by chance from a seed through the same doors as everybody: good and bad input alike. */
import { importUndo } from '../../src/contract/imports.ts'
import {
  householdEdit,
  householdMerge,
  householdRestore,
  householdShow,
  householdUnmerge,
  householdWithdraw,
  type HouseholdRef,
} from '../../src/contract/households.ts'
import { logbookRecord } from '../../src/contract/logbook.ts'
import { specialOutcomes, type EntryDraft } from '../../src/domain/logbook/entry.ts'
import { addDays } from '../../src/domain/days.ts'
import type { Actor } from '../../src/domain/permission.ts'
import { dayInThailand } from '../../src/domain/time.ts'
import { createRandom } from '../../src/practice/random.ts'
import { newId } from '../../src/server/ids.ts'
import { rollUpAll } from '../../src/server/jobs/progress.ts'
import { add, draft } from '../http/_households.ts'
import { allowPractice, bringIn, listText, practiceId, runJobs, type Line } from '../http/_imports.ts'
import type { World } from '../_world.ts'

const start = Date.parse('2022-12-20T02:00:00Z')
const hour = 3_600_000
const places = [
  { subdistrict: '310401', moo: '1' },
  { subdistrict: '310401', moo: '2' },
  { subdistrict: '310403', moo: '1' },
  { subdistrict: '310101', moo: '4' },
]

export interface History {
  officer: Actor
  /** How often each kind of thing was done, and refused. */
  done: Record<string, number>
  refused: Record<string, number>
}

/**
 * @param onDayEnd called for each day on which something happened, before anything of a later day does
 */
export async function liveAYear(
  world: World,
  seed: number,
  steps: number,
  onDayEnd: (day: string) => Promise<void>,
  /** Things that a test does besides, by the number of the step. */
  besides: Readonly<Record<number, (officer: Actor) => Promise<void>>> = {},
): Promise<History> {
  const random = createRandom('history', seed)
  let now = start
  const today = () => dayInThailand(new Date(now))
  world.setNow(new Date(now).toISOString())
  await allowPractice(world)
  const officer = await world.person('province', '31')
  const second = await world.person('district', '31')
  const neighbour = await world.person('province', '30')
  const done: Record<string, number> = {}
  const refused: Record<string, number> = {}

  const lines = (from: number, count: number): Line[] =>
    Array.from({ length: count }, (_, index) => ({
      ...places[(from + index) % places.length],
      houseNumber: String(from + index),
      firstName: `สมชาย${'กขคงจฉชซฌญ'[(from + index) % 10]!}`,
      lastName: `ใจดี${from + index}`,
      nationalId: practiceId(from + index),
    }))
  await bringIn(world, officer, listText(lines(1, 16)), { list: 'thaiqm-2' })
  await bringIn(world, officer, listText(lines(10, 14)), { list: 'tpmap-2565' })
  await bringIn(world, neighbour, listText(lines(900, 3).map((line) => ({ ...line, subdistrict: '300101' }))), {
    list: 'thaiqm-2',
    area: '30',
  })
  const refs: HouseholdRef[] = (
    await world.database.kysely
      .selectFrom('household')
      .select(['id'])
      .where('province_code', '=', 31)
      .orderBy('id')
      .execute()
  ).map(({ id }) => ({ province: '31', id }))
  const problems = new Map<string, string[]>()
  const merges: { kept: HouseholdRef; mergeId: string }[] = []
  const batches: string[] = []
  const versions: { ref: HouseholdRef; entry: Exclude<EntryDraft, { kind: 'correction' }>; version: string }[] = []
  const proposals: { ref: HouseholdRef; version: string }[] = []
  const approved: typeof proposals = []
  let brought = 30

  const note = (what: string, status: number) => {
    const to = status === 200 ? done : refused
    to[what] = (to[what] ?? 0) + 1
    return status === 200
  }
  const pick = () => random.pick(refs)
  const show = async (ref: HouseholdRef) => (await world.ask(officer, householdShow, { ...ref })).output
  const someDay = () => addDays(today(), -random.below(random.chance(0.3) ? 90 : 8))

  async function record(what: string, ref: HouseholdRef, entry: EntryDraft, by: Actor = officer): Promise<boolean> {
    return note(what, (await world.ask(by, logbookRecord, { ...ref, entry })).status)
  }

  function content(kind: 'assessment' | 'visit' | 'assistance' | 'result' | 'followUp' | 'relapse', ref: HouseholdRef) {
    const known = problems.get(ref.id) ?? []
    const some = known.length === 0 ? newId() : random.pick(known)
    const seen = { met: [], words: null, photos: [], nextOn: null }
    if (kind === 'visit') return { ...seen, seen: 'พบที่บ้าน', place: null, skipped: null }
    if (kind === 'followUp') return { ...seen, condition: 'better' as const }
    if (kind === 'relapse') return { problemIds: [some], words: 'กลับมาเดือดร้อนอีก' }
    if (kind === 'result') return { results: [{ problemId: some, result: 'solved' as const, words: null }] }
    if (kind === 'assistance')
      return {
        problemIds: known.length > 0 && random.chance(0.8) ? [some] : [],
        memberId: null,
        item: null,
        what: 'ซ่อมบ้าน',
        givers: [{ kind: 'agency' as const, name: 'อบต.' }],
        value: 1000,
        source: 'local' as const,
        quantity: null,
        evidence: null,
        photos: [],
      }
    const noProblem = random.chance(0.15)
    const stated = noProblem
      ? []
      : Array.from({ length: 1 + random.below(2) }, () => (random.chance(0.4) ? some : newId()))
    problems.set(ref.id, [...new Set([...known, ...stated])])
    return {
      problems: [...new Set(stated)].map((id) => ({
        id,
        dimension: 'living' as const,
        indicator: null,
        memberId: null,
        problem: 'บ้านทรุดโทรม',
        need: random.chance(0.75) ? 'ซ่อมบ้าน' : null,
        solution: random.chance(0.75) ? 'ขอช่างอาสา' : null,
      })),
      noProblem,
      answers: [],
      fourT: null,
      incomePerPerson: null,
      path: null,
      stage: null,
      words: null,
    }
  }

  async function recordSomething(): Promise<void> {
    const ref = pick()
    const kind = random.pick([
      'assessment',
      'assessment',
      'visit',
      'visit',
      'assistance',
      'result',
      'followUp',
      'relapse',
    ] as const)
    const entry = {
      id: newId(),
      kind,
      happenedOn: someDay(),
      content: content(kind, ref),
    } as never as (typeof versions)[number]['entry']
    if (await record(kind, ref, entry)) versions.push({ ref, entry, version: entry.id })
  }

  async function correctSomething(): Promise<void> {
    if (versions.length === 0) return
    const found = random.pick(versions)
    const id = newId()
    const { kind } = found.entry
    const replacement =
      random.chance(0.35) || kind === 'outcomeDecision'
        ? null
        : kind === 'outcome'
          ? { kind, happenedOn: someDay(), content: { ...found.entry.content } }
          : { kind, happenedOn: someDay(), content: content(kind as 'visit', found.ref) }
    // Somebody who had not seen the latest version is refused.
    const corrects = random.chance(0.1) ? found.entry.id : found.version
    const entry = { id, kind: 'correction', happenedOn: today(), content: { corrects, reason: 'จดผิด', replacement } }
    if (await record('correction', found.ref, entry as never)) {
      found.version = id
      if (kind === 'outcome') proposals.push({ ref: found.ref, version: id })
    }
  }

  async function propose(): Promise<void> {
    const ref = pick()
    const outcome = random.pick(specialOutcomes)
    const entry = {
      id: newId(),
      kind: 'outcome' as const,
      happenedOn: someDay(),
      content: { outcome, evidence: 'ผู้ใหญ่บ้านยืนยัน', photos: [] },
    }
    if (await record('outcome', ref, entry)) {
      proposals.push({ ref, version: entry.id })
      versions.push({ ref, entry, version: entry.id })
    }
  }

  async function decide(): Promise<void> {
    const isUndo = approved.length > 0 && random.chance(0.3)
    if (!isUndo && proposals.length === 0) return
    const { ref, version } = random.pick(isUndo ? approved : proposals)
    const decision = isUndo ? 'undo' : random.pick(['approve', 'approve', 'refuse'] as const)
    const content = { outcomeId: version, decision, reason: null } as const
    const entry = { id: newId(), kind: 'outcomeDecision' as const, happenedOn: today(), content }
    if ((await record(decision, ref, entry, second)) && decision === 'approve') approved.push({ ref, version })
  }

  async function merge(): Promise<void> {
    const [kept, other] = [await show(pick()), await show(pick())]
    const ref = { province: kept.province, id: kept.id }
    const answer = await world.ask(officer, householdMerge, {
      ...ref,
      version: kept.version,
      otherId: other.id,
      otherVersion: other.version,
      reason: 'เป็นครัวเรือนเดียวกัน',
    })
    if (note('merge', answer.status)) merges.push({ kept: ref, mergeId: answer.output.merges[0]!.id })
  }

  async function unmerge(): Promise<void> {
    const found = merges.pop()
    if (!found) return
    const answer = await world.ask(officer, householdUnmerge, {
      ...found.kept,
      mergeId: found.mergeId,
      reason: 'คนละครัวเรือน',
    })
    note('unmerge', answer.status)
  }

  async function move(): Promise<void> {
    const household = await show(pick())
    const { subdistrict, moo } = random.pick(places)
    const answer = await world.ask(officer, householdEdit, {
      province: household.province,
      id: household.id,
      version: household.version,
      facts: { areaCode: `${subdistrict}0${moo}` },
      reason: 'ย้ายบ้าน',
    })
    note('move', answer.status)
  }

  async function withdrawOrRestore(): Promise<void> {
    const household = await show(pick())
    const definition = household.state === 'active' && random.chance(0.5) ? householdWithdraw : householdRestore
    const input = { province: household.province, id: household.id, version: household.version, reason: 'ลองดูก่อน' }
    note(definition.name, (await world.ask(officer, definition, input)).status)
  }

  async function bringMore(): Promise<void> {
    // Some are known from another list, some are new.
    const from = random.chance(0.6) ? 1 + random.below(20) : (brought += 4)
    const list = random.pick(['vulnerable', 'tpmap-2565', 'thaiqm-2'])
    // Another edition: the same household stands elsewhere now.
    const moved = lines(from, 4).map((line, index) =>
      index === 0 && random.chance(0.5) ? { ...line, moo: '2' } : line,
    )
    const listDate = random.chance(0.5) ? today() : undefined
    const options = { list, ...(listDate ? { listDate } : {}) }
    const batch = await bringIn(world, officer, listText(moved), options).catch((error: Error) => {
      // All of it waits for a person, or nothing of it is new.
      if (/importNeedsDecision|importGuard/.test(error.message)) return null
      throw error
    })
    if (batch === null) return void note('import', 422)
    batches.push(batch.id)
    note('import', 200)
    const rows = await world.database.kysely
      .selectFrom('household')
      .select('id')
      .where('province_code', '=', 31)
      .orderBy('id')
      .execute()
    for (const { id } of rows) if (!refs.some((ref) => ref.id === id)) refs.push({ province: '31', id })
  }

  async function takeBack(): Promise<void> {
    const batchId = batches.pop()
    if (batchId === undefined) return
    const answer = await world.ask(officer, importUndo, { batchId, reason: 'นำเข้าผิดบัญชี' })
    note('import.undo', answer.status)
    await runJobs(world)
  }

  async function find(): Promise<void> {
    brought += 1
    const { subdistrict, moo } = random.pick(places)
    refs.push(await add(world, officer, draft(`${subdistrict}0${moo}`, [`มาลี พบใหม่${brought}`])))
    note('household.add', 200)
  }

  const actions: [number, () => Promise<void>][] = [
    [60, recordSomething],
    [14, correctSomething],
    [7, propose],
    [8, decide],
    [4, merge],
    [3, unmerge],
    [5, move],
    [5, withdrawOrRestore],
    [3, bringMore],
    [2, takeBack],
    [2, find],
    [8, () => rollUpAll(world.database)],
  ]
  const total = actions.reduce((sum, [weight]) => sum + weight, 0)
  for (let step = 0; step < steps; step += 1) {
    const before = today()
    now += random.below(random.chance(0.1) ? 20 * 24 * hour : 20 * hour)
    if (today() !== before) await onDayEnd(before)
    world.setNow(new Date(now).toISOString())
    await besides[step]?.(officer)
    let drawn = random.below(total)
    const [, act] = actions.find(([weight]) => (drawn -= weight) < 0)!
    await act()
  }
  await onDayEnd(today())
  return { officer, done, refused }
}
