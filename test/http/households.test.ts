import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import {
  householdFindByNationalId,
  householdList,
  householdShow,
  householdWithdraw,
  nationalIdReveal,
  type HouseholdRef,
} from '../../src/contract/households.ts'
import type { Actor } from '../../src/domain/permission.ts'
import { fixKeyboardLayout } from '../../src/domain/thai/keyboard.ts'
import { createWorld, engine, type World } from '../_world.ts'
import { add, draft, inventedId, makePractice, person } from './_households.ts'

let world: World
let secretary: Actor
let villageHead: Actor
let neighbour: Actor
const refs: Record<string, HouseholdRef> = {}

const list = async (actor: Actor, input: Record<string, unknown> = {}) => {
  const answer = await world.ask(actor, householdList, input)
  expect(answer.status).toBe(200)
  return answer.output
}
const heads = async (actor: Actor, input: Record<string, unknown> = {}) =>
  (await list(actor, input)).rows.map((row) => row.headName)
const audits = (action: string) =>
  world.database.kysely.selectFrom('audit_entry').selectAll().where('action', '=', action).execute()

beforeAll(async () => {
  world = await createWorld()
  world.setNow('2023-01-15T03:00:00Z')
  await makePractice(world)
  secretary = await world.person('district', '3104')
  villageHead = await world.person('mentor', '31040105')
  neighbour = await world.person('district', '3105')
  const province = await world.person('province', '31')
  refs['somchai'] = await add(
    world,
    province,
    draft(
      '31040105',
      [
        person('สมชาย ใจดี', { title: 'นาย', nationalId: inventedId(1) }),
        person('จันทร์เพ็ญ ใจดี', { title: 'นาง', nationalId: inventedId(2) }),
      ],
      { houseNumber: '27/1', villageName: 'โคกสูง', houseCode: '31040012345' },
    ),
  )
  refs['kesorn'] = await add(world, province, draft('31040105', ['เกษร บุญมี'], { houseNumber: '3' }))
  refs['khachon'] = await add(world, province, draft('31040105', ['ขจร ทองดี'], { houseNumber: '12' }))
  refs['kanda'] = await add(world, province, draft('31040106', ['กานดา ศรีสุข'], { houseNumber: '1' }))
  refs['prasert'] = await add(world, province, draft('31040501', ['ประเสริฐ พันธ์ดี'], { houseNumber: '9' }))
  refs['outside'] = await add(
    world,
    province,
    draft('31050101', [person('สมชาย นอกพื้นที่', { nationalId: inventedId(3) })], { houseNumber: '27' }),
  )
}, 120_000)

afterAll(() => world.close())

describe(`the list of households (${engine})`, () => {
  it('shows a district secretary the district in Thai order, and nothing of the next one', async () => {
    expect(await heads(secretary)).toEqual(['กานดา ศรีสุข', 'เกษร บุญมี', 'ขจร ทองดี', 'ประเสริฐ พันธ์ดี', 'นายสมชาย ใจดี'])
    const page = await list(secretary)
    expect(page.total).toEqual({ count: 5, atLeast: false })
    expect(page.rows.at(-1)).toMatchObject({
      houseNumber: '27/1',
      memberCount: 2,
      lists: ['found'],
      place: { moo: 5, village: 'โคกสูง', subdistrict: expect.any(String), district: 'นางรอง', province: 'บุรีรัมย์' },
      centre: expect.stringContaining('นางรอง'),
    })
  })

  it('shows a village head the village only, whatever area is asked for', async () => {
    expect(await heads(villageHead)).toEqual(['เกษร บุญมี', 'ขจร ทองดี', 'นายสมชาย ใจดี'])
    expect(await heads(villageHead, { area: '31' })).toHaveLength(3)
    expect(await heads(villageHead, { area: '3105' })).toEqual([])
    expect((await list(villageHead, { area: '3105' })).total.count).toBe(0)
  })

  it('sorts by address: village by village, then house number by number', async () => {
    expect(await heads(secretary, { sort: 'address' })).toEqual([
      'เกษร บุญมี',
      'ขจร ทองดี',
      'นายสมชาย ใจดี',
      'กานดา ศรีสุข',
      'ประเสริฐ พันธ์ดี',
    ])
  })

  it.each(['name', 'address', 'updated'])('pages through everything once, sorted by %s', async (sort) => {
    const whole = await heads(secretary, { sort })
    const paged: (string | null)[] = []
    let cursor: string | null = null
    do {
      const page = await list(secretary, { sort, limit: 2, cursor })
      expect(page.total.count).toBe(5)
      paged.push(...page.rows.map((row) => row.headName))
      cursor = page.next
    } while (cursor)
    expect(paged).toEqual(whole)
  })

  it('takes no cursor of somebody else, of another question, or made up', async () => {
    const { next } = await list(secretary, { limit: 2 })
    expect(next).not.toContain('กานดา')
    expect((await world.ask(neighbour, householdList, { cursor: next, limit: 2 })).problem).toBe('malformedInput')
    expect((await world.ask(secretary, householdList, { cursor: next, sort: 'address' })).problem).toBe(
      'malformedInput',
    )
    expect((await world.ask(secretary, householdList, { cursor: `${next}x` })).problem).toBe('malformedInput')
    expect((await world.ask(secretary, householdList, { cursor: 'AAAA' })).problem).toBe('malformedInput')
  })

  it('filters by list, by set of lists, by subdistrict and by state', async () => {
    expect(await heads(secretary, { list: 'found', area: '310401' })).toHaveLength(4)
    expect(await heads(secretary, { list: 'tpmap-2565' })).toEqual([])
    expect(await heads(secretary, { listSet: 'found' })).toHaveLength(5)
    expect(await heads(secretary, { list: 'none' })).toEqual([])
    expect(await heads(secretary, { listSet: '' })).toEqual([])
    expect(await heads(secretary, { state: 'withdrawn' })).toEqual([])
  })
})

describe(`finding a household (${engine})`, () => {
  const somchai = ['นายสมชาย ใจดี']
  it.each([
    ['a part of a name', 'มชา'],
    ['the name of a member who is not the head', 'จันทร์เพ็ญ'],
    ['the name without tone marks', 'จันทรเพญ'],
    ['a name with a title', 'นางจันทร์เพ็ญ ใจดี'],
    ['the beginning of a word of two letters', 'สม'],
    ['a name typed in the wrong keyboard layout', fixKeyboardLayout('สมชาย')],
    ['name and village together', 'สมชาย โคกสูง'],
    ['a house number in Thai digits', '๒๗'],
    ['a house number with its part', '27/1'],
    ['a house code', '31040012345'],
    ['a house code with dashes', '3104-001234-5'],
  ])('finds by %s', async (_, search) => {
    const page = await list(secretary, { search })
    expect(page.rows.map((row) => row.headName)).toEqual(somchai)
    expect(page).toMatchObject({ outcome: 'exact', total: { count: 1, atLeast: false } })
  })

  it('finds the village by its name', async () => {
    expect(await heads(secretary, { search: 'โคกสูง' })).toHaveLength(3)
  })

  it('says which member was found, where it is not the head', async () => {
    const found = async (search: string) => (await list(secretary, { search })).rows.map((row) => row.matchedMember)
    expect(await found('จันทร์เพ็ญ')).toEqual(['นางจันทร์เพ็ญ ใจดี'])
    expect(await found('นางจันทร์เพ็ญ ใจดี')).toEqual(['นางจันทร์เพ็ญ ใจดี'])
    expect(await found('จันทร์เพ็ญ โคกสูง')).toEqual(['นางจันทร์เพ็ญ ใจดี'])
    expect(await found('สมชาย')).toEqual([null])
    expect(await found('ใจดี')).toEqual([null])
    expect(await found('27/1')).toEqual([null])
    expect(await found('')).toEqual([null, null, null, null, null])
    const similar = await list(secretary, { search: 'จันเพ็ญ' })
    expect([similar.outcome, similar.rows[0]?.matchedMember]).toEqual(['similar', 'นางจันทร์เพ็ญ ใจดี'])
  })

  it('finds by district and subdistrict, alone and beside a name', async () => {
    const province = await world.person('province', '31')
    const everyone = await heads(province)
    expect(everyone).toHaveLength(6)
    expect(await heads(province, { search: 'หนองกี่' })).toEqual(['สมชาย นอกพื้นที่'])
    for (const search of ['อ.หนองกี่', 'อ. หนองกี่', 'อำเภอหนองกี', 'ต.หนองกี่ จ.บุรีรัมย์'])
      expect([search, await heads(province, { search })]).toEqual([search, ['สมชาย นอกพื้นที่']])
    expect(await heads(province, { search: 'สมชาย นางรอง' })).toEqual(somchai)
    expect(await heads(province, { search: 'สมชาย อ.นางรอง' })).toEqual(somchai)
    expect(await heads(province, { search: 'ประเสริฐ ชุมแสง' })).toEqual(['ประเสริฐ พันธ์ดี'])
    expect((await list(province, { search: 'สมชาย ชุมแสง' })).outcome).toBe('similar')
    expect(await heads(province, { search: fixKeyboardLayout('ชุมแสง') })).toEqual(['ประเสริฐ พันธ์ดี'])
    expect(await heads(province, { search: 'ต.ชุมแสง' })).toEqual(['ประเสริฐ พันธ์ดี'])
    expect(await heads(province, { search: 'ต.ชุมแสง อ.หนองกี่' })).toEqual([])
    expect(await heads(province, { search: 'จ.บุรีรัมย์' })).toEqual(everyone)
    expect((await list(province, { search: 'อ.นางรอง' })).total).toEqual({ count: 5, atLeast: false })
  })

  it('finds nothing outside the person’s area by the name of a district', async () => {
    expect(await heads(secretary, { search: 'อ.หนองกี่' })).toEqual([])
    expect(await list(secretary, { search: 'สมชาย หนองกี่' })).toMatchObject({
      outcome: 'similar',
      rows: [{ headName: 'นายสมชาย ใจดี' }],
    })
    expect(await heads(secretary, { search: 'สมชาย นางรอง' })).toEqual(somchai)
    expect(await heads(villageHead, { search: 'อ.นางรอง' })).toHaveLength(3)
    expect(await heads(villageHead, { search: 'ต.ชุมแสง' })).toEqual([])
  })

  it('does not find two letters in the middle of a word', async () => {
    expect(await heads(secretary, { search: 'ชา' })).toEqual([])
  })

  it('offers what sounds alike when nothing is found, and says so', async () => {
    for (const search of ['ประเสริด', 'ปะเสริฐ']) {
      const page = await list(secretary, { search })
      expect([search, page.outcome, page.rows[0]?.headName]).toEqual([search, 'similar', 'ประเสริฐ พันธ์ดี'])
    }
    expect((await list(secretary, { search: 'กขคงจฉช' })).rows).toEqual([])
  })

  it('does not search a citizen by id in the list, and tells a mistyped id', async () => {
    expect(await list(secretary, { search: inventedId(1) })).toMatchObject({ outcome: 'nationalId', rows: [] })
    expect(await list(secretary, { search: '1234567890123' })).toMatchObject({ outcome: 'wrongNationalId', rows: [] })
  })

  it('takes patterns as text', async () => {
    for (const search of ['%', '_', '%%%', '\\', "'; drop table household"])
      expect((await world.ask(secretary, householdList, { search })).status).toBe(200)
    expect(await heads(secretary, { search: 'ส_ชาย' })).toEqual([])
  })
})

describe(`finding a citizen by national id (${engine})`, () => {
  it('finds the household, written with dashes, and writes the search down', async () => {
    const before = (await audits('household.findByNationalId')).length
    const id = inventedId(2)
    const written = `${id[0]}-${id.slice(1, 5)}-${id.slice(5, 10)}-${id.slice(10, 12)}-${id[12]}`
    const answer = await world.ask(secretary, householdFindByNationalId, { nationalId: written })
    expect(answer.output.rows).toMatchObject([{ id: refs['somchai']!.id, memberName: 'นางจันทร์เพ็ญ ใจดี' }])
    const after = await audits('household.findByNationalId')
    expect(after).toHaveLength(before + 1)
    expect(JSON.stringify(after)).not.toContain(id)
  })

  it('finds nobody outside the person’s area', async () => {
    const answer = await world.ask(secretary, householdFindByNationalId, { nationalId: inventedId(3) })
    expect(answer.output.rows).toEqual([])
  })

  it('is not for mentors, and refuses a wrong check digit', async () => {
    expect((await world.ask(villageHead, householdFindByNationalId, { nationalId: inventedId(1) })).problem).toBe(
      'notPermitted',
    )
    expect((await world.ask(secretary, householdFindByNationalId, { nationalId: '1234567890123' })).problem).toBe(
      'invalidFacts',
    )
  })

  it('ends after too many searches in an hour, and goes on in the next', async () => {
    const curious = await world.person('district', '3104')
    for (let search = 0; search < 60; search += 1)
      await world.ask(curious, householdFindByNationalId, { nationalId: inventedId(1000 + search) })
    expect((await world.ask(curious, householdFindByNationalId, { nationalId: inventedId(1) })).problem).toBe(
      'tooManyTries',
    )
    world.setNow('2023-01-15T04:00:01Z')
    expect((await world.ask(curious, householdFindByNationalId, { nationalId: inventedId(1) })).status).toBe(200)
    world.setNow('2023-01-15T03:00:00Z')
  })
})

describe(`a household’s page (${engine})`, () => {
  it('shows address, members with masked ids and where each listing came from, and is written down', async () => {
    const before = (await audits('household.show')).length
    const { output } = await world.ask(villageHead, householdShow, refs['somchai']!)
    expect(output).toMatchObject({
      version: 1,
      state: 'active',
      headName: 'นายสมชาย ใจดี',
      facts: { houseNumber: '27/1', houseCode: '31040012345', areaCode: '31040105' },
      may: { edit: false, merge: false, reveal: false },
    })
    const id = inventedId(1)
    expect(output.members[0]!.nationalId).toEqual({
      masked: `x-xxxx-xxxxx-${id.slice(10, 12)}-${id[12]}`,
      kind: 'practice',
    })
    expect(JSON.stringify(output)).not.toContain(id)
    expect(output.listings).toMatchObject([{ list: 'found', listDate: '2023-01-15', batch: null, by: 'province 31' }])
    const after = await audits('household.show')
    expect(after).toHaveLength(before + 1)
    expect(after.at(-1)).toMatchObject({ subject_id: refs['somchai']!.id, account_id: villageHead.userId })
  })

  it('is not there for people of the next district', async () => {
    expect((await world.ask(neighbour, householdShow, refs['somchai']!)).problem).toBe('notFound')
  })

  it('shows an id in clear to those who may, with the reason written down', async () => {
    const { output } = await world.ask(secretary, householdShow, refs['somchai']!)
    const asked = { ...refs['somchai']!, memberId: output.members[0]!.id, reason: 'ตรวจสอบสิทธิเบี้ยยังชีพ' }
    expect((await world.ask(secretary, nationalIdReveal, asked)).output.nationalId).toBe(inventedId(1))
    expect((await world.ask(villageHead, nationalIdReveal, asked)).problem).toBe('notPermitted')
    expect((await world.ask(neighbour, nationalIdReveal, asked)).problem).toBe('notFound')
    expect((await world.ask(secretary, nationalIdReveal, { ...asked, reason: '' })).problem).toBe('malformedInput')
    const rows = await audits('nationalId.reveal')
    expect(rows).toHaveLength(1)
    expect(rows[0]!.detail).toMatchObject({ reason: 'ตรวจสอบสิทธิเบี้ยยังชีพ' })
  })

  it('keeps a withdrawn household off the list, and shows it among the withdrawn', async () => {
    const asked = { ...refs['kanda']!, version: 1, reason: 'บันทึกผิดหมู่บ้าน' }
    expect((await world.ask(secretary, householdWithdraw, asked)).output.state).toBe('withdrawn')
    expect((await list(secretary)).total.count).toBe(4)
    expect(await heads(secretary, { search: 'กานดา' })).toEqual([])
    expect(await heads(secretary, { state: 'withdrawn' })).toEqual(['กานดา ศรีสุข'])
    expect(await heads(secretary, { state: 'withdrawn', search: 'กานดา' })).toEqual(['กานดา ศรีสุข'])
  })
})
