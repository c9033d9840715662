/** What a list changes in households that are there, and what is left of it when it is taken back. */
import fc from 'fast-check'
import { sql } from 'kysely'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Actor } from '../../src/domain/permission.ts'
import { inTransaction } from '../../src/server/db/transaction.ts'
import { dayInThailand } from '../../src/domain/time.ts'
import { newId } from '../../src/server/ids.ts'
import { insertCentre, responsibleCentre } from '../../src/server/queries/centres.ts'
import { insertFactChanges } from '../../src/server/queries/fact-changes.ts'
import { recount } from '../../src/server/queries/recount.ts'
import { practiceId } from '../http/_imports.ts'
import { createWorld, engine, type World } from '../_world.ts'
import { bring, clear, decide, undo, type ListRow } from './_lists.ts'

interface Row {
  /** Who it is: one id, one house code. */
  person: number
  first: number
  last: number
  house: number
  title: number
  phone: number | null
}

const firstNames = ['สมชาย', 'สมชัย', 'นางลักษณ์', 'เก่งกล้า', 'Mary-Ann', 'ว่าที่ ร.ต. เอก']
const lastNames = [null, 'ใจดี', 'น้อยใจ', 'ณ อยุธยา', 'Smith-Jones', 'แก้ว๑', 'ก๊ก.ก']
const houseNumbers = [null, '12', '๐๑๒/๓', '7 ก', '27/1 ม.5', 'ซอย 3-4.']
const titles = [null, 'นาย', 'นาง', 'Mr', 'ด.ช.']

const rowArbitrary: fc.Arbitrary<Row> = fc.record({
  person: fc.integer({ min: 1, max: 5 }),
  first: fc.nat(firstNames.length - 1),
  last: fc.nat(lastNames.length - 1),
  house: fc.nat(houseNumbers.length - 1),
  title: fc.nat(titles.length - 1),
  phone: fc.option(fc.integer({ min: 0, max: 3 }), { freq: 3 }),
})

const listArbitrary = fc.uniqueArray(rowArbitrary, { minLength: 1, maxLength: 5, selector: ({ person }) => person })

function listRow(row: Row): ListRow {
  return {
    household: {
      areaCode: '31010101',
      houseCode: `3101000000${row.person}`,
      houseNumber: houseNumbers[row.house]!,
      phone: row.phone === null ? null : `081111111${row.phone}`,
    },
    member: {
      title: titles[row.title]!,
      firstName: firstNames[row.first]!,
      lastName: lastNames[row.last]!,
      nationalId: practiceId(row.person),
    },
  }
}

const derived = ['listSet', 'memberCount', 'headName', 'sortKey', 'searchText', 'houseNumberKey', 'place']

/** What the registry derived otherwise than the domain would from the same facts. */
async function wrong(world: World): Promise<string[]> {
  const { differences } = await recount(world.database.kysely)
  return differences.map(({ kind }) => kind).filter((kind) => derived.includes(kind))
}

/** All that the registry says, without ids and moments. */
async function everything(world: World): Promise<string[]> {
  const { rows } = await sql<{ text: string }>`
    select concat_ws(' | ', h.area_code, h.house_code, h.house_number, h.house_number_key, h.phone, h.head_name, h.sort_key,
      h.search_text, h.member_count, h.list_set, h.as_of, h.trust,
      (select string_agg(concat_ws(' ', l.list_code, l.list_date), ', ' order by l.list_code) from listing l
        where l.province_code = h.province_code and l.household_id = h.id and l.state = 'active'),
      (select string_agg(concat_ws(' ', m.title, m.first_name, m.last_name, m.name_key, m.national_id_hash), ', ' order by m.id)
        from member m where m.province_code = h.province_code and m.household_id = h.id and m.state = 'active')) as text
    from household h where h.state = 'active' order by 1`.execute(world.database.kysely)
  return rows.map(({ text }) => text)
}

const optionsArbitrary = fc.record({
  list: fc.constantFrom('tpmap-2565', 'thaiqm-2'),
  listDate: fc.constantFrom('2022-06-30', '2022-12-31', '2023-06-30'),
  trust: fc.constantFrom(40, 50, 60),
})

const runs = Number(process.env['PROPERTY_RUNS'] ?? 25)

describe(`A list that changes what is known (${engine})`, () => {
  let world: World
  let account: Actor
  beforeAll(async () => {
    world = await createWorld()
    account = await world.person('province', '31')
  })
  afterAll(() => world.close())

  it('leaves every household in its place of the Thai order and found by its new name, also when it is taken back', async () => {
    await fc.assert(
      fc.asyncProperty(listArbitrary, listArbitrary, async (before, after) => {
        await clear(world)
        await bring(world, account, before.map(listRow), { list: 'tpmap-2565' })
        const newer = await bring(world, account, after.map(listRow), { list: 'thaiqm-2', listDate: '2023-01-31' })
        expect(await wrong(world)).toEqual([])
        await decide(world, account, newer, 'accept')
        expect(await wrong(world)).toEqual([])
        await undo(world, account, newer)
        expect(await wrong(world)).toEqual([])
      }),
      { numRuns: runs },
    )
  }, 240_000)

  it('is what it was when every list that came since is taken back, in whatever order', async () => {
    const cameArbitrary = fc.record({ rows: listArbitrary, options: optionsArbitrary, accepts: fc.boolean() })
    const baseArbitrary = fc.array(cameArbitrary, { maxLength: 1 })
    const laterArbitrary = fc.array(fc.record({ came: cameArbitrary, rank: fc.nat(9) }), { minLength: 1, maxLength: 3 })
    await fc.assert(
      fc.asyncProperty(baseArbitrary, laterArbitrary, async (base, later) => {
        await clear(world)
        const bringOne = async ({ rows, options, accepts }: (typeof base)[number]) => {
          const batch = await bring(world, account, rows.map(listRow), options)
          await decide(world, account, batch, accepts ? 'accept' : 'keep')
          return batch
        }
        for (const came of base) await bringOne(came)
        const before = await everything(world)
        const batches = []
        for (const { came, rank } of later) batches.push({ rank, batch: await bringOne(came) })
        for (const { batch } of batches.toSorted((a, b) => a.rank - b.rank)) await undo(world, account, batch)
        expect(await everything(world)).toEqual(before)
        expect(await wrong(world)).toEqual([])
      }),
      { numRuns: runs },
    )
  }, 240_000)

  it('is answered for by the centre that a hand save would choose, whenever coverage begins and ends', async () => {
    // All of it on one day, one moment after the other from noon on, so that no midnight comes in between.
    const noon = Date.parse(`${dayInThailand(new Date())}T05:00:00Z`)
    let moments = 0
    const now = () => new Date(noon + (moments += 1))
    const day = (after: number) => dayInThailand(new Date(noon + after * 24 * 60 * 60 * 1000))
    const spanArbitrary = fc.record({
      from: fc.constantFrom(-30, 0, 1),
      to: fc.constantFrom(null, -1, 0, 30),
    })
    const coverageArbitrary = fc.array(
      fc.record({
        town: fc.nat(1),
        area: fc.constantFrom('31', '3101', '310101', '31010101', '31010102'),
        span: spanArbitrary,
      }),
      { maxLength: 4 },
    )
    const towns = [newId(), newId()]
    await fc.assert(
      fc.asyncProperty(
        coverageArbitrary,
        spanArbitrary,
        spanArbitrary,
        listArbitrary,
        async (coverage, town, district, rows) => {
          await clear(world)
          const { kysely } = world.database
          await kysely.deleteFrom('centre_coverage').where('centre_id', 'in', towns).execute()
          await kysely.deleteFrom('centre').where('id', 'in', towns).execute()
          const dates = ({ from, to }: typeof town) => ({
            valid_from: day(from),
            valid_to: to === null ? null : day(Math.max(from, to)),
          })
          await kysely
            .updateTable('centre')
            .set(dates(district))
            .where('kind', '=', 'district')
            .where('area_code', '=', '3101')
            .execute()
          for (const [index, id] of towns.entries()) {
            const named = { kind: 'town', nameTh: 'x', shortNameTh: 'x', nameEn: 'x', provinceCode: 31, areaCode: '31' }
            const { valid_from: validFrom, valid_to: validTo } = dates(index === 0 ? town : { from: -30, to: null })
            await inTransaction(world.database, 'program', (tx) =>
              insertCentre(tx, { ...named, id, code: `TOWN-test${index}`, validFrom, validTo }),
            )
          }
          for (const { town: index, area, span } of coverage)
            await kysely
              .insertInto('centre_coverage')
              .values({ centre_id: towns[index]!, area_code: area, ...dates(span) })
              .onConflict((conflict) => conflict.doNothing())
              .execute()
          const check = async () => {
            const households = await kysely
              .selectFrom('household')
              .select(['area_code', 'centre_id'])
              .where('state', '=', 'active')
              .execute()
            for (const { area_code, centre_id } of households)
              expect(centre_id).toBe(await responsibleCentre(kysely, area_code, day(0)))
          }
          await bring(world, account, rows.map(listRow), { list: 'tpmap-2565', now: now() })
          await check()
          const moved = rows.map((row) => {
            const { household, member } = listRow(row)
            return { household: { ...household, areaCode: '31010102' }, member }
          })
          const batch = await bring(world, account, moved, { list: 'thaiqm-2', listDate: '2022-12-31', now: now() })
          await decide(world, account, batch, 'accept', now())
          await check()
          await undo(world, account, batch, now())
          await check()
        },
      ),
      { numRuns: runs },
    )
  }, 240_000)

  const known: ListRow = listRow({ person: 1, first: 0, last: 1, house: 1, title: 1, phone: 1 })
  const listings = () =>
    world.database.kysely.selectFrom('listing').select(['state', 'list_date', 'batch_id']).execute()

  it('keeps a household on the list while a later edition has it, and asks the corrected edition anew', async () => {
    await clear(world)
    const first = await bring(world, account, [known], { list: 'tpmap-2565', listDate: '2022-06-30' })
    const second = await bring(world, account, [known], { list: 'tpmap-2565', listDate: '2022-12-31' })
    await undo(world, account, first)
    expect(await listings()).toMatchObject([{ state: 'active', list_date: '2022-12-31' }])
    const corrected = await bring(world, account, [known], { list: 'tpmap-2565', listDate: '2022-06-30' })
    expect(await listings()).toMatchObject([{ state: 'active', list_date: '2022-12-31', batch_id: corrected.id }])
    await undo(world, account, second)
    expect(await listings()).toMatchObject([{ state: 'active', list_date: '2022-06-30' }])
    await undo(world, account, corrected)
    expect(await listings()).toMatchObject([{ state: 'withdrawn' }])
    expect(await everything(world)).toEqual([])
  })

  it('keeps what another edition of the list says too, in whatever order the editions came, until that goes as well', async () => {
    const changed: ListRow = { ...known, household: { ...known.household, phone: '0899999999' } }
    const state = async () => {
      const { kysely } = world.database
      const households = await kysely.selectFrom('household').select(['state', 'phone', 'list_set']).execute()
      return [households[0]!.state, households[0]!.phone, households[0]!.list_set]
    }
    const days = ['2022-06-30', '2022-12-31', '2022-12-31'] as const
    for (const [first, second] of [
      [days[0], days[1]],
      [days[1], days[2]],
      [days[1], days[0]],
    ] as const) {
      await clear(world)
      await bring(world, account, [known], { list: 'thaiqm-2', listDate: '2022-03-31' })
      const before = await everything(world)
      const one = await bring(world, account, [changed], { list: 'tpmap-2565', listDate: first, trust: 60 })
      const other = await bring(world, account, [changed], { list: 'tpmap-2565', listDate: second, trust: 60 })
      await undo(world, account, one)
      expect(await state(), `${first} ${second}`).toEqual(['active', '0899999999', 'thaiqm-2,tpmap-2565'])
      expect(await listings()).toContainEqual(expect.objectContaining({ state: 'active', list_date: second }))
      expect(await wrong(world)).toEqual([])
      await undo(world, account, other)
      expect(await everything(world), `${first} ${second}`).toEqual(before)
    }
  })

  it('keeps a household that the list itself brought while another edition of the same day has it', async () => {
    await clear(world)
    const one = await bring(world, account, [known], { list: 'tpmap-2565', listDate: '2022-12-31' })
    const other = await bring(world, account, [known], { list: 'tpmap-2565', listDate: '2022-12-31' })
    await undo(world, account, one)
    expect(await listings()).toMatchObject([{ state: 'active', list_date: '2022-12-31', batch_id: other.id }])
    expect(await everything(world)).toHaveLength(1)
    await undo(world, account, other)
    expect(await everything(world)).toEqual([])
  })

  it('moves a household to the edition of a row that a person decided', async () => {
    await clear(world)
    await bring(world, account, [known], { list: 'tpmap-2565', listDate: '2022-06-30' })
    const other = { ...known, member: { ...known.member, firstName: 'กัญญารัตน์', lastName: 'วงศ์พานิช' } }
    const second = await bring(world, account, [other], { list: 'tpmap-2565', listDate: '2022-12-31' })
    expect(await listings()).toMatchObject([{ list_date: '2022-06-30' }])
    await decide(world, account, second, 'keep')
    expect(await listings()).toMatchObject([{ list_date: '2022-12-31' }])
  })

  it('leaves what a person changed after the import, and whatever else it wrote goes back', async () => {
    await clear(world)
    await bring(world, account, [known], { list: 'tpmap-2565', listDate: '2022-06-30' })
    const newer = { ...known, household: { ...known.household, phone: '0899999999' } }
    const second = await bring(world, account, [newer], { list: 'thaiqm-2', listDate: '2022-12-31', trust: 60 })
    const [household] = await world.database.kysely.selectFrom('household').select(['id', 'as_of', 'trust']).execute()
    expect(household).toMatchObject({ as_of: '2022-12-31', trust: 60 })
    await insertDeskChange(world, account, household!.id)
    await undo(world, account, second)
    expect(await world.database.kysely.selectFrom('household').select(['phone', 'as_of', 'trust']).execute()).toEqual([
      { phone: '0899999999', as_of: '2022-06-30', trust: 50 },
    ])
  })
})

/** A person looked at the telephone number last. */
async function insertDeskChange(world: World, account: Actor, id: string): Promise<void> {
  const origin = {
    source: 'desk' as const,
    accountId: account.userId,
    reason: null,
    asOf: '2023-01-01',
    at: new Date(),
  }
  const change = { memberId: null, field: 'phone', oldValue: '0888888888', newValue: '0899999999' }
  await inTransaction(world.database, 'program', (tx) =>
    insertFactChanges(tx, { provinceCode: 31, id }, [change], origin),
  )
}
