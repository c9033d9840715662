/**
 * Milliseconds of the whole progress of an area through the HTTP door, at every level, today and on past days, for those
 * who see everything and for those who see totals only. Beside each the raw GROUP BY over the ledger that the page would
 * need without figures kept: one day's target and done of the area. Then what keeping the figures costs per entry.
 */
import { sql } from 'kysely'
import { progressOverview } from '../../src/contract/progress.ts'
import { addDays } from '../../src/domain/days.ts'
import type { EntryDraft } from '../../src/domain/logbook/entry.ts'
import type { Actor, Role } from '../../src/domain/permission.ts'
import { recordEntries } from '../../src/server/actions/logbook.ts'
import { createActionRun } from '../../src/server/actions/context.ts'
import { inTransaction } from '../../src/server/db/transaction.ts'
import { createApp } from '../../src/server/http/app.ts'
import { endpoints } from '../../src/server/http/endpoints.ts'
import { newId } from '../../src/server/ids.ts'
import { rollUpAll } from '../../src/server/jobs/progress.ts'
import { createRegistry, isQuick, percentile, print, runs, time, wanted, type BenchRegistry } from './_common.ts'
import { fillLogbook } from './_logbook.ts'
import { fillRegistry } from './_registry.ts'

const cases = isQuick
  ? [{ engine: 'postgres', size: 20_000, province: '31' } as const]
  : [
      { engine: 'embedded', size: 20_000, province: '31' } as const,
      { engine: 'postgres', size: 114_310, province: '31' } as const,
      { engine: 'postgres', size: 2_500_000, province: null } as const,
    ]
const levels = { nation: 0, province: 2, district: 4, subdistrict: 6, village: 8 } as const
const writes = 300
const rawRuns = 5

for (const { engine, size, province } of cases.filter(wanted)) {
  const registry = await createRegistry(engine, `progress_${size}`)
  try {
    if (!registry.isFilled) await fill(registry, engine, size, province)
    await measureReading(registry, engine, size)
    await measureWriting(registry, engine, size)
  } finally {
    await registry.close()
  }
}

async function fill(
  registry: BenchRegistry,
  engine: 'embedded' | 'postgres',
  size: number,
  province: string | null,
): Promise<void> {
  const startedAt = performance.now()
  await fillRegistry(registry.deps.database, size, province)
  const filled = await fillLogbook(registry.deps.database, registry.accountId)
  if (filled.differences.length > 0)
    throw new Error(`the recount found ${filled.differences.length}: ${JSON.stringify(filled.differences[0])}`)
  await registry.markFilled()
  const line = { bench: 'progress', engine, size, limit: null }
  const seconds = (performance.now() - startedAt) / 1000
  print({ ...line, case: 'filled, recount of a sample found nothing', figure: seconds, unit: 's' })
  print({ ...line, case: 'entries', figure: filled.entries, unit: 'entries' })
  print({ ...line, case: 'spans of the ledger', figure: filled.spans, unit: 'spans' })
}

async function measureReading(registry: BenchRegistry, engine: 'embedded' | 'postgres', size: number): Promise<void> {
  const { deps } = registry
  let actor: Actor = actorOf(registry, 'province')
  deps.auth.identify = async () => actor
  const app = createApp(deps, endpoints, () => false)
  const ask = async (area: string, asOf: string | null) => {
    const query = new URLSearchParams({ area, ...(asOf === null ? {} : { asOf }) })
    const response = await app.request(`${progressOverview.path}?${query.toString()}`)
    if (!response.ok) throw new Error(`progress.overview answered ${response.status}`)
    await response.json()
  }
  for (const [level, digits] of Object.entries(levels)) {
    const areas = await someAreas(registry, digits)
    const raw = await time(rawRuns, (run) => groupBy(registry, areas[run % areas.length]!))
    const rounds = areas.length * Math.ceil(runs / areas.length)
    for (const [who, role] of [
      ['', 'province'],
      [', totals only', 'nation'],
    ] as const) {
      actor = actorOf(registry, role)
      await time(areas.length, (run) => ask(areas[run]!, null))
      const asked = {
        today: await time(rounds, (run) => ask(areas[run % areas.length]!, null)),
        'a past day': await time(rounds, (run) =>
          ask(areas[run % areas.length]!, addDays('2023-02-01', (run * 7) % 330)),
        ),
      }
      for (const [when, milliseconds] of Object.entries(asked))
        for (const [name, share] of [
          ['p50', 0.5],
          ['p95', 0.95],
        ] as const)
          print({
            bench: 'progress',
            case: `${level}, ${when}${who}, ${name}`,
            engine,
            size,
            figure: percentile(milliseconds, share),
            unit: 'ms',
            limit: percentile(raw, share),
          })
    }
  }
}

/** Areas of a level that hold households, spread over all of them. */
async function someAreas({ deps }: BenchRegistry, digits: number): Promise<string[]> {
  if (digits === 0) return ['']
  const { rows } = await sql<{ area: string }>`
    select area_code as area from household_figure where length(area_code) = ${digits} group by 1 order by md5(area_code)
    limit 40`.execute(deps.database.kysely)
  return rows.map(({ area }) => area)
}

function groupBy({ deps }: BenchRegistry, area: string) {
  return sql`select fact, list_set, count(*) from fact_span
    where area_code >= ${area} and area_code < ${`${area}~`} and fact in ('target', 'helpedWithResult') and to_at is null
    group by 1, 2`.execute(deps.database.kysely)
}

/** An entry that begins a span, beside one that changes no fact: visits of a month, the first and the second. */
async function measureWriting(registry: BenchRegistry, engine: 'embedded' | 'postgres', size: number): Promise<void> {
  const { deps } = registry
  const actor = actorOf(registry, 'province')
  const { rows } = await sql<{ province_code: number; id: string }>`
    select province_code, id from household order by md5(id::text || ${newId()}::text) limit ${writes}`.execute(
    deps.database.kysely,
  )
  const visit = (run: number) =>
    inTransaction(deps.database, 'program', async (tx) => {
      const now = deps.now()
      const { context } = createActionRun({ tx, actor, now, secrets: deps.secrets, requestId: null })
      const content = { met: [], seen: null, words: null, place: null, photos: [], skipped: null, nextOn: null }
      const entry: EntryDraft = { id: newId(), kind: 'visit', happenedOn: now.toISOString().slice(0, 10), content }
      const { province_code, id } = rows[run]!
      const [recorded] = await recordEntries(context, [{ key: { provinceCode: province_code, id }, entry }])
      if (recorded?.outcome !== 'recorded') throw new Error('the visit was refused')
    })
  const first = await time(rows.length, visit)
  const rolling = await time(1, () => rollUpAll(deps.database))
  const second = await time(rows.length, visit)
  const line = { bench: 'progress', engine, size }
  for (const [name, share] of [
    ['p50', 0.5],
    ['p95', 0.95],
  ] as const)
    print({
      ...line,
      case: `entry that begins a span, beside one that changes no fact, ${name}`,
      figure: percentile(first, share),
      unit: 'ms',
      limit: percentile(second, share),
    })
  print({
    ...line,
    case: `taking ${rows.length} changes over into the figures, each`,
    figure: rolling[0]! / rows.length,
    unit: 'ms',
    limit: null,
  })
}

function actorOf({ accountId }: BenchRegistry, role: Role): Actor {
  const grant = { role, areas: [''], centreId: null, teamId: null, agencyId: null }
  return { userId: accountId, name: 'bench', sessionId: '', grants: [grant], secondFactor: true }
}
