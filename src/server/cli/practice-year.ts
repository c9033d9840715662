/**
 * A made-up year for a practice registry: `--households FILE` writes down whom it is for, and `--record FILE` records what
 * the generator made of that, through the action that records what people send.
 */
import { randomBytes } from 'node:crypto'
import { createReadStream, createWriteStream } from 'node:fs'
import { once } from 'node:events'
import { createInterface } from 'node:readline'
import { entrySchema } from '../../domain/logbook/entry.ts'
import type { Actor } from '../../domain/permission.ts'
import { recordEntries, type EntryToRecord } from '../actions/logbook.ts'
import { createPerson } from '../actions/people.ts'
import type { Deps } from '../deps.ts'
import { newId } from '../ids.ts'
import { findAccountByUsername } from '../queries/people.ts'
import { beginLedgerAt, practiceHouseholds } from '../queries/practice.ts'
import { rebuildProgress } from '../queries/progress-figures.ts'
import { readSettings } from '../queries/settings.ts'
import { act, actorFor, CommandStopped } from './registry.ts'

/** The letter's day: the lists of a practice registry count from here, so that a year can follow. */
const ledgerBegins = new Date('2022-12-09T02:00:00Z')
const householdsAtOnce = 1_000

/** One line of the generator's file: somebody who records, or a household with its entries in order. */
type Line =
  | { person: { username: string; name: string; role: 'mentor' | 'operations' | 'district'; areaCode: string } }
  | { household: { province: number; id: string }; entries: { at: number; by: string; entry: unknown }[] }
type HouseholdLine = Extract<Line, { household: unknown }>

/** Writes every household on a list as a line of JSON. @returns how many */
export async function writePracticeHouseholds(deps: Deps, file: string): Promise<number> {
  await requirePractice(deps)
  const out = createWriteStream(file, { mode: 0o600 })
  let count = 0
  let after = { province: 0, id: '00000000-0000-0000-0000-000000000000' }
  for (;;) {
    const rows = await practiceHouseholds(deps.database.kysely, after, 5_000)
    for (const row of rows) {
      const { province_code: province, id, area_code: areaCode, lists, list_date: listDate, members } = row
      if (!out.write(`${JSON.stringify({ province, id, areaCode, lists, listDate, members })}\n`))
        await once(out, 'drain')
    }
    count += rows.length
    const last = rows.at(-1)
    if (!last) break
    after = { province: last.province_code, id: last.id }
  }
  out.end()
  await once(out, 'finish')
  return count
}

/**
 * Records the generator's file. What is there already is not recorded again, so that it can be stopped and run again.
 *
 * @returns how many entries were recorded, and how many were refused
 */
export async function recordPracticeYear(
  deps: Deps,
  file: string,
  tell: (entries: number) => void,
): Promise<{ recorded: number; refused: number }> {
  await requirePractice(deps)
  const operator = await actorFor(deps, undefined)
  const provinces = await act(deps, operator, async ({ tx, audit }) => {
    const found = await beginLedgerAt(tx, ledgerBegins)
    await audit({ action: 'setting.practiceYear', subjectKind: 'setting' })
    return found
  })
  const people = new Map<string, Actor>()
  const counts = { recorded: 0, refused: 0 }
  let waiting: HouseholdLine[] = []
  const record = async () => {
    for (const wave of wavesOf(waiting, people)) {
      const results = await act(deps, operator, async (context) => {
        const recorded = await recordEntries(context, wave)
        await context.audit({
          action: 'setting.practiceYear',
          subjectKind: 'setting',
          detail: { entries: wave.length },
        })
        return recorded
      })
      for (const { outcome } of results) counts[outcome === 'refused' ? 'refused' : 'recorded'] += 1
      tell(counts.recorded + counts.refused)
    }
    waiting = []
  }
  // The shape of a hash, of no password: these people have recorded, but nobody signs in as them.
  const nobodysPassword = `${randomBytes(16).toString('hex')}:${randomBytes(64).toString('hex')}`
  for await (const text of createInterface({ input: createReadStream(file), crlfDelay: Infinity })) {
    const line = JSON.parse(text) as Line
    if ('person' in line)
      people.set(line.person.username, await makePerson(deps, operator, line.person, nobodysPassword))
    else if (waiting.push(line) === householdsAtOnce) await record()
  }
  await record()
  for (const province of provinces)
    await act(deps, operator, async ({ tx, audit }) => {
      await rebuildProgress(tx, province)
      await audit({ action: 'setting.practiceYear', subjectKind: 'setting' })
    })
  return counts
}

/** The first moment of each household, then the second, …: what one call records of a household has one moment. */
function* wavesOf(lines: readonly HouseholdLine[], people: ReadonlyMap<string, Actor>): Generator<EntryToRecord[]> {
  const queues = lines.map(({ household, entries }) => ({
    key: { provinceCode: household.province, id: household.id },
    entries: entries.map(({ at, by, entry }) => ({ at, actor: people.get(by)!, entry: entrySchema.parse(entry) })),
  }))
  for (;;) {
    const wave = queues.flatMap(({ key, entries }) => {
      const moment = entries[0]?.at
      const next = entries.findIndex(({ at }) => at !== moment)
      const own = entries.splice(0, next === -1 ? entries.length : next)
      return own.map(({ at, actor, entry }): EntryToRecord => ({ key, entry, actor, at: new Date(at) }))
    })
    if (wave.length === 0) return
    yield wave
  }
}

async function makePerson(
  deps: Deps,
  operator: Actor,
  { username, name, role, areaCode }: Extract<Line, { person: unknown }>['person'],
  passwordHash: string,
): Promise<Actor> {
  const known = await findAccountByUsername(deps.database.kysely, username)
  const make = () =>
    act(deps, operator, (context) =>
      createPerson(
        { ...context, hashPassword: async () => passwordHash, forgetIdentified: () => undefined },
        { name, username, grants: [{ role, place: { kind: 'area', areaCode } }] },
      ),
    )
  return {
    userId: known?.id ?? (await make()).personId,
    name,
    sessionId: newId(),
    grants: [{ role, areas: [areaCode], centreId: null, teamId: null, agencyId: null }],
    secondFactor: false,
  }
}

async function requirePractice(deps: Deps): Promise<void> {
  if (!(await readSettings(deps.database.kysely)).practice)
    throw new CommandStopped('ทะเบียนนี้ไม่ใช่ทะเบียนฝึกหัด\nThis is not a practice registry.')
}
