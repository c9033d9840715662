/** National ids at rest: whatever way they came in, no table holds one in clear, and no key of one can be guessed. */
import { sql } from 'kysely'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { householdShow } from '../../src/contract/households.ts'
import type { Actor } from '../../src/domain/permission.ts'
import { createSecrets } from '../../src/server/secrets.ts'
import { createWorld, type World } from '../_world.ts'
import { add, draft, inventedId, makePractice, person } from './_households.ts'
import { bringIn, listText } from './_imports.ts'

let world: World
let officer: Actor
const imported = inventedId(41)
const refused = `${inventedId(42).slice(0, 12)}${(Number(inventedId(42)[12]) + 1) % 10}`
const byHand = inventedId(43)
const inTexts = inventedId(44)

beforeAll(async () => {
  world = await createWorld()
  await makePractice(world)
  officer = await world.person('province', '31')
  await bringIn(
    world,
    officer,
    listText([
      { firstName: 'สมชาย', lastName: 'ใจดี', houseNumber: '1', nationalId: imported },
      { firstName: 'สมศรี', lastName: 'มีสุข', houseNumber: '2', nationalId: refused },
      { firstName: 'บุญมา', lastName: 'ทองดี', houseNumber: '3', phone: inTexts, village: `บ้านโคก ${inTexts}` },
    ]),
  )
})
afterAll(() => world.close())

it('no table holds a national id in clear: not of an import, not of a refused row, not typed by hand', async () => {
  const texts = { occupation: inTexts, relation: inTexts }
  const facts = { note: `บัตร ${inTexts}`, lane: inTexts, road: inTexts }
  const members = [person('บุญมี ศรีสุข', { nationalId: byHand, ...texts })]
  const mine = await add(world, officer, { ...draft('31010102', members), ...facts })
  await world.ask(officer, householdShow, mine)
  const { rows: tables } = await sql<{ name: string }>`
    select table_name as name from information_schema.tables where table_schema = 'public' and table_type = 'BASE TABLE'`.execute(
    world.database.kysely,
  )
  expect(tables.length).toBeGreaterThan(20)
  let read = 0
  for (const { name } of tables) {
    const { rows } = await sql<{ text: string }>`select t::text as text from ${sql.table(name)} t`.execute(
      world.database.kysely,
    )
    read += rows.length
    const text = rows.map((row) => row.text).join('\n')
    for (const id of [imported, refused, byHand, inTexts]) {
      expect(text.includes(id), name).toBe(false)
      // bytea is written in hex: the digits of an id as bytes must not stand there either.
      expect(text.includes(Buffer.from(id, 'latin1').toString('hex')), name).toBe(false)
    }
  }
  expect(read).toBeGreaterThan(100)
})

it('the same id is found under the same key and under no other', () => {
  const one = createSecrets(`1:${Buffer.alloc(32, 1).toString('base64')}`)
  const other = createSecrets(`1:${Buffer.alloc(32, 2).toString('base64')}`)
  expect(one.hashNationalId(imported)).toEqual(one.hashNationalId(imported))
  expect(one.hashNationalId(imported)).not.toEqual(other.hashNationalId(imported))
  const cipher = one.encryptNationalId(imported)
  expect(one.decryptNationalId(cipher, one.hashNationalId(imported))).toBe(imported)
  expect(() => one.decryptNationalId(cipher, one.hashNationalId(byHand))).toThrow()
  expect(() => other.decryptNationalId(cipher, other.hashNationalId(imported))).toThrow()
})
