/** What phones send: recorded under its author's name, whoever carries it, and kept where a rule stands against it. */
import { randomBytes } from 'node:crypto'
import { describe, expect, it } from 'vitest'
import { deviceRevoke } from '../../src/contract/devices.ts'
import { householdShow } from '../../src/contract/households.ts'
import { syncPush, syncRescue, syncUnfiledList } from '../../src/contract/sync.ts'
import { newId } from '../../src/server/ids.ts'
import { engine } from '../_world.ts'
import { draft, inventedId, person } from './_households.ts'
import { employ, entryItem, getPhone, householdItem, seal } from './_phones.ts'
import {
  openSync,
  audits,
  corrects,
  decide,
  farVillage,
  fresh,
  household,
  isSound,
  mentor,
  merge,
  move,
  nextHouseNumber,
  phone,
  province,
  reason,
  show,
  story,
  today,
  unfiled,
  unfiledOf,
  village,
  visit,
  world,
} from './_sync.ts'

openSync()

describe(`an item of a phone (${engine})`, () => {
  it('is recorded under its author’s name; sent again it is already there, and nothing is doubled', async () => {
    const ref = await household()
    const entry = visit()
    const sealed = phone.seal(entryItem(ref, entry))
    const [first] = await phone.push([sealed])
    expect(first).toEqual({
      itemId: entry.id,
      outcome: 'recorded',
      household: ref,
      recordedAt: `${today}T03:00:00.000Z`,
    })
    world.setNow(`${today}T05:00:00Z`)
    expect(await phone.push([sealed, sealed])).toEqual([
      { ...first, outcome: 'alreadyThere' },
      { ...first, outcome: 'alreadyThere' },
    ])
    const { entries } = await story(ref)
    expect(entries).toMatchObject([{ id: entry.id, by: { id: mentor.userId } }])
    const rows = (await audits('sync.push')).filter((row) => JSON.stringify(row.detail).includes(entry.id))
    expect(rows).toMatchObject([{ account_id: mentor.userId, subject_id: phone.id, detail: { recorded: [entry.id] } }])
    await isSound()
  })

  it('twice in one message is stored once', async () => {
    const ref = await household()
    const sealed = phone.seal(entryItem(ref, visit()))
    const outcomes = await phone.push([sealed, sealed])
    expect(outcomes.map(({ outcome }) => outcome)).toEqual(['recorded', 'alreadyThere'])
    expect((await story(ref)).entries).toHaveLength(1)
  })

  it('sent many times at the same moment, by the phone and by those who carry it, is stored once', async () => {
    const refs = [await household(), await household()]
    const found = householdItem(draft(village, ['พร้อมกัน หลายทาง'], { houseNumber: '88/8' }))
    const [first, second] = [entryItem(refs[0]!, visit()), entryItem(refs[1]!, visit())]
    const wrong = visit('2023-06-28')
    const items = [found, first, second, entryItem(refs[0]!, wrong)].map((item) => phone.seal(item))
    const senders = [mentor, province, mentor, province]
    const answers = await Promise.all(
      senders.map((by, index) => phone.push(index % 2 ? items.toReversed() : items, by)),
    )
    for (const itemId of items.map((item) => item.itemId)) {
      const told = answers.flat().filter((one) => one.itemId === itemId)
      const recorded = told.filter(({ outcome }) => outcome === 'recorded').length
      const again = told.filter(({ outcome }) => outcome === 'alreadyThere').length
      expect([recorded, again]).toEqual(itemId === wrong.id ? [0, 0] : [1, 3])
    }
    for (const ref of refs) expect((await story(ref)).entries).toHaveLength(1)
    expect((await unfiled()).filter(({ itemId }) => itemId === wrong.id)).toHaveLength(1)
    await isSound()
  })

  it('that a rule stands against does not spoil the others, and is kept whole', async () => {
    const ref = await household()
    const [good, future, late] = [visit(), visit('2023-06-20', { words: 'วันหน้าจะมาใหม่' }), visit('2023-06-02')]
    const stranger = seal(randomBytes(32), phone.id, newId(), '{}')
    const outcomes = await phone.push([
      phone.seal(entryItem(ref, good)),
      phone.seal(entryItem(ref, future)),
      stranger,
      phone.seal(entryItem(ref, late)),
    ])
    expect(outcomes).toMatchObject([
      { itemId: good.id, outcome: 'recorded' },
      { itemId: future.id, outcome: 'unfiled', problem: 'futureDay', code: 422.4 },
      { itemId: stranger.itemId, outcome: 'unreadable' },
      { itemId: late.id, outcome: 'recorded' },
    ])
    const item = await unfiledOf(future.id)
    expect(item).toMatchObject({ kind: 'entry', household: ref, areaCode: village, problem: 'futureDay' })
    expect(item).toMatchObject({ by: { id: mentor.userId }, item: { entry: { content: { words: 'วันหน้าจะมาใหม่' } } } })
    const stored = await world.database.kysely.selectFrom('unfiled_item').selectAll().execute()
    for (const row of stored) {
      expect(Buffer.from(row.content ?? []).includes(Buffer.from('วันหน้า'))).toBe(false)
      expect(JSON.stringify({ ...row, content: null })).not.toContain('วันหน้า')
    }
    await isSound()
  })

  it('kept because of its day is recorded once its author mended it, and leaves the list', async () => {
    const ref = await household()
    const wrong = visit('2023-06-20')
    const [first] = await phone.push([phone.seal(entryItem(ref, wrong))])
    expect(first).toMatchObject({ outcome: 'unfiled' })
    const [again] = await phone.push([phone.seal(entryItem(ref, { ...wrong, happenedOn: '2023-06-10' }))])
    expect(again).toMatchObject({ outcome: 'recorded' })
    expect(await unfiledOf(wrong.id)).toBeUndefined()
    expect((await story(ref)).entries).toMatchObject([{ id: wrong.id, happenedOn: '2023-06-10' }])
    // What lies on another phone since before it was mended changes nothing any more.
    const [old] = await phone.push([phone.seal(entryItem(ref, wrong))])
    expect(old).toMatchObject({ outcome: 'alreadyThere' })
    expect((await story(ref)).entries).toHaveLength(1)
  })

  it('of another phone’s seal passes for nothing', async () => {
    const ref = await household()
    const entry = visit()
    const second = await getPhone(world, mentor, ['3104'])
    const moved = { ...phone.seal(entryItem(ref, entry)), itemId: newId() }
    const exchanged = second.seal(entryItem(ref, entry))
    const outcomes = await phone.push([moved, exchanged])
    expect(outcomes.map(({ outcome }) => outcome)).toEqual(['unreadable', 'unreadable'])
  })

  it('that nobody understands is kept, as is one that a newer phone says more in', async () => {
    const ref = await household()
    const [odd, entry, known] = [newId(), visit(), visit('2023-06-03')]
    const newer = { ...entryItem(ref, entry), mood: 'glad' }
    const items = [
      phone.seal({ kind: 'song', household: ref, verse: 'ลมพัด' }, odd),
      phone.seal(newer, entry.id),
      phone.seal(entryItem(ref, known)),
    ]
    const message = { deviceId: phone.id, items, waiting: null }
    const answer = await world.ask(mentor, syncPush, { ...message, protocol: 7 })
    expect(answer.output.outcomes).toMatchObject([
      { itemId: odd, outcome: 'unfiled', problem: 'notUnderstood' },
      { itemId: entry.id, outcome: 'unfiled', problem: 'notUnderstood' },
      { itemId: known.id, outcome: 'recorded' },
    ])
    expect(await unfiledOf(odd)).toMatchObject({ kind: 'unknown', item: null, areaCode: village })
    expect((await decide(entry.id, { decision: 'record' })).problem).toBe('notUnderstood')
    // Of a phone of today the field that nobody knows is no reason to stop.
    const [today] = await phone.push([phone.seal(newer, entry.id)])
    expect(today).toMatchObject({ outcome: 'recorded' })
  })

  it('that is no JSON at all is kept too', async () => {
    const itemId = newId()
    const [outcome] = await phone.push([seal(phone.key, phone.id, itemId, Buffer.from([0xff, 0, 1, 2]))])
    expect(outcome).toMatchObject({ outcome: 'unfiled', problem: 'notUnderstood' })
    expect(await unfiledOf(itemId)).toMatchObject({ kind: 'unknown', item: null, areaCode: '3104' })
  })

  it('for a household that was merged meanwhile counts for the one that stayed', async () => {
    const [kept, other] = [await household(), await household()]
    const entry = visit()
    const sealed = phone.seal(entryItem(other, entry))
    await merge(kept, other)
    expect(await phone.push([sealed])).toMatchObject([{ outcome: 'recorded', household: kept }])
    expect((await story(kept)).entries).toMatchObject([{ id: entry.id, fromHouseholdId: other.id }])
    await isSound()
  })

  it('for a household that moved within reach arrives; one that moved out of reach asks the people there', async () => {
    const ref = await household()
    const [near, far] = [visit(), visit('2023-06-02')]
    await move(ref, '31040102')
    expect(await phone.push([phone.seal(entryItem(ref, near))])).toMatchObject([{ outcome: 'recorded' }])
    await move(ref, farVillage)
    const [outcome] = await phone.push([phone.seal(entryItem(ref, far))])
    expect(outcome).toMatchObject({ outcome: 'unfiled', problem: 'notFound', details: {} })
    const there = await world.person('district', '3105')
    const here = await world.person('district', '3104')
    expect(await unfiledOf(far.id, here)).toBeUndefined()
    expect(await unfiledOf(far.id, there)).toMatchObject({ household: ref, areaCode: farVillage })
    // The first one was recorded before the household moved away: its author is told so, whoever may see it now.
    expect(await phone.push([phone.seal(entryItem(ref, near))])).toMatchObject([{ outcome: 'alreadyThere' }])
    const decided = await decide(far.id, { decision: 'record' }, there)
    expect(decided.output.outcome).toMatchObject({ outcome: 'recorded', household: ref })
    const entries = (await story(ref)).entries
    expect(entries.find(({ id }) => id === far.id)).toMatchObject({ by: { id: mentor.userId } })
    expect(await phone.push([phone.seal(entryItem(ref, far))])).toMatchObject([{ outcome: 'alreadyThere' }])
    await isSound()
  })

  it('of somebody who was given another place, or none, is kept for the people of the old one', async () => {
    const ref = await household()
    const leaver = await world.person('mentor', '3104')
    const theirs = await getPhone(world, leaver, [village])
    Object.assign(leaver, { grants: [{ ...leaver.grants[0]!, areas: ['3105'] }] })
    const entry = visit()
    expect(await theirs.push([theirs.seal(entryItem(ref, entry))])).toMatchObject([{ problem: 'notFound' }])
    Object.assign(leaver, { grants: [] })
    const other = visit('2023-06-02')
    const sealed = [theirs.seal(entryItem(ref, other))]
    expect(await theirs.push(sealed)).toMatchObject([{ outcome: 'unfiled', problem: 'notPermitted' }])
    expect(await theirs.push(sealed, mentor)).toMatchObject([{ problem: 'notPermitted' }])
    expect(await unfiledOf(other.id)).toMatchObject({ areaCode: village, by: { id: leaver.userId } })
    expect((await decide(other.id, { decision: 'record' })).problem).toBeNull()
    expect((await story(ref)).entries).toMatchObject([{ id: other.id, by: { id: leaver.userId } }])
  })
})

describe(`phones of others (${engine})`, () => {
  it('are carried: their items stand under their authors, the trace names who brought them, and the carrier learns nothing', async () => {
    const ref = await household()
    const supervisor = await world.person('operations', '3105')
    const [entry, future] = [visit(), visit('2023-06-20')]
    const outcomes = await phone.push(
      [phone.seal(entryItem(ref, entry)), phone.seal(entryItem(ref, future))],
      supervisor,
    )
    expect(outcomes).toMatchObject([{ outcome: 'recorded' }, { outcome: 'unfiled', problem: 'futureDay', details: {} }])
    expect((await story(ref)).entries).toMatchObject([{ by: { id: mentor.userId } }])
    const row = (await audits('sync.push')).at(-1)!
    expect(row).toMatchObject({ account_id: supervisor.userId, subject_id: phone.id })
    expect(row.detail).toMatchObject({ collected: true, author: mentor.userId, recorded: [entry.id] })
  })

  it('that nobody registered are unknown', async () => {
    const message = { protocol: 1, deviceId: newId(), items: [], waiting: null }
    expect((await world.ask(mentor, syncPush, message)).problem).toBe('deviceUnknown')
  })

  it('that were revoked rescue what they have by their secret, and by whoever collected it', async () => {
    const ref = await household()
    const lost = await getPhone(world, mentor, [village])
    const [own, carried] = [visit(), visit('2023-06-02')]
    const items = [lost.seal(entryItem(ref, own))]
    await world.ask(mentor, deviceRevoke, { deviceId: lost.id, reason: 'ทำหาย' })
    expect((await lost.pushed(items)).problem).toBe('deviceRevoked')
    const message = { protocol: 1, deviceId: lost.id, items }
    const wrong = { ...message, secret: randomBytes(32).toString('base64') }
    expect((await world.ask(null, syncRescue, wrong)).problem).toBe('deviceUnknown')
    const rescued = await world.ask(null, syncRescue, { ...message, secret: lost.secret })
    expect(rescued.output.outcomes).toMatchObject([{ outcome: 'recorded', household: ref }])
    expect(await lost.push([lost.seal(entryItem(ref, carried))], province)).toMatchObject([{ outcome: 'recorded' }])
    expect((await audits('sync.rescue')).at(-1)).toMatchObject({ account_id: mentor.userId, subject_id: lost.id })
  })

  it('of a disabled account keep what they said, unfiled', async () => {
    const ref = await household()
    const gone = await world.person('mentor', '3104')
    await employ(world, gone)
    const theirs = await getPhone(world, gone, [village])
    const { kysely } = world.database
    await kysely.updateTable('account').set({ disabled_at: new Date() }).where('id', '=', gone.userId).execute()
    const [outcome] = await theirs.push([theirs.seal(entryItem(ref, visit()))], mentor)
    expect(outcome).toMatchObject({ outcome: 'unfiled', problem: 'notPermitted' })
  })
})

describe(`a household found without a line (${engine})`, () => {
  const found = (name: string, more = {}) =>
    householdItem(draft(village, [name], { houseNumber: nextHouseNumber() }), more)

  it('comes in with the entries that name it, in whatever order they were saved', async () => {
    const item = found('บุญมี ตกสำรวจ')
    const entry = visit('2023-06-14')
    const sealed = [phone.seal(entryItem(item.household, entry)), phone.seal(item)]
    const outcomes = await phone.push(sealed)
    expect(outcomes.map(({ outcome }) => outcome)).toEqual(['recorded', 'recorded'])
    expect((await show(item.household)).headName).toBe('บุญมี ตกสำรวจ')
    expect((await phone.push(sealed)).map(({ outcome }) => outcome)).toEqual(['alreadyThere', 'alreadyThere'])
    expect((await story(item.household)).entries).toHaveLength(1)
    const rows = await audits('household.add')
    expect(rows.at(-1)).toMatchObject({ account_id: mentor.userId, subject_id: item.household.id })
    await isSound()
  })

  it('that resembles one of the registry asks, with the one that its author may see, and its entries wait for it', async () => {
    const item = found('ทองใบ คล้ายกัน')
    await phone.push([phone.seal(item)])
    const same = householdItem(draft(village, ['ทองใบ คล้ายกน'], { houseNumber: item.draft.houseNumber }))
    const entry = visit('2023-06-14')
    const [asked, waiting] = await phone.push([phone.seal(same), phone.seal(entryItem(same.household, entry))])
    expect(asked).toMatchObject({ outcome: 'unfiled', problem: 'looksAlike' })
    const candidates = [{ household: { id: item.household.id } }]
    expect(asked).toMatchObject({ details: { candidates } })
    expect(waiting).toMatchObject({
      outcome: 'unfiled',
      problem: 'notFound',
      details: { waitsFor: same.household.id },
    })
    const listed = await unfiledOf(same.household.id)
    expect(listed).toMatchObject({ kind: 'household', headName: 'ทองใบ คล้ายกน', household: null })
    expect(listed?.details).toMatchObject({ candidates: [{ household: { id: item.household.id } }] })
    // Its author says why it is another one: it comes in, and the entry follows by itself.
    const [added] = await phone.push([phone.seal({ ...same, separateReason: 'คนละครอบครัว' })])
    expect(added).toMatchObject({ outcome: 'recorded' })
    expect((await story(same.household)).entries).toMatchObject([{ id: entry.id, by: { id: mentor.userId } }])
    expect(await unfiledOf(entry.id)).toBeUndefined()
    await isSound()
  })

  it('that turned out to be one of the registry takes its entries there, also those that come later', async () => {
    const known = found('คำปุ่น มีแล้ว')
    await phone.push([phone.seal(known)])
    const same = householdItem(draft(village, ['คำปุ่น มีแลว'], { houseNumber: known.draft.houseNumber }))
    const [early, later] = [visit('2023-06-14'), visit('2023-06-15')]
    await phone.push([phone.seal(same), phone.seal(entryItem(same.household, early))])
    const decided = await decide(same.household.id, { decision: 'record', householdId: known.household.id })
    expect(decided.output.outcome).toMatchObject({ household: known.household })
    const [outcome] = await phone.push([phone.seal(entryItem(same.household, later))])
    expect(outcome).toMatchObject({ outcome: 'recorded', household: known.household })
    expect((await story(known.household)).entries.map(({ id }) => id).toSorted()).toEqual(
      [early.id, later.id].toSorted(),
    )
    expect(await phone.push([phone.seal(same)])).toMatchObject([
      { outcome: 'alreadyThere', household: known.household },
    ])
    expect((await world.ask(province, householdShow, { ...same.household })).problem).toBe('notFound')
    await isSound()
  })

  it('shows no national id to those who decide, and none lies in clear', async () => {
    const nationalId = inventedId(77)
    const item = householdItem(
      draft('31050102', [person('นิรนาม ข้ามเขต', { nationalId })], { houseNumber: '9/9', note: 'พบที่ศาลา' }),
    )
    expect(await phone.push([phone.seal(item)])).toMatchObject([{ outcome: 'unfiled', problem: 'notFound' }])
    const answer = await world.ask(province, syncUnfiledList, {})
    expect(JSON.stringify(answer.output)).not.toContain(nationalId)
    expect(answer.output.items.find(({ itemId }) => itemId === item.household.id)).toMatchObject({
      areaCode: '31050102',
      headName: 'นิรนาม ข้ามเขต',
    })
    const rows = await world.database.kysely.selectFrom('unfiled_item').selectAll().execute()
    expect(rows.some((row) => Buffer.from(row.content ?? []).includes(Buffer.from(nationalId)))).toBe(false)
    const decided = await decide(item.household.id, { decision: 'record' })
    expect(decided.output.outcome).toMatchObject({ outcome: 'recorded' })
    expect((await show(item.household)).members[0]?.nationalId?.masked).toMatch(/^x/)
    await isSound()
  })
})

describe(`those who decide (${engine})`, () => {
  it('give the day that was meant, or another household, and nobody decides twice', async () => {
    const [ref, right] = [await household(), await household()]
    const [day, place] = [visit('2023-06-20'), visit('2023-06-21')]
    await phone.push([phone.seal(entryItem(ref, day)), phone.seal(entryItem(ref, place))])
    expect((await decide(day.id, { decision: 'record' })).problem).toBe('futureDay')
    const mended = await decide(day.id, { decision: 'record', happenedOn: '2023-06-12' })
    expect(mended.output.outcome).toMatchObject({ outcome: 'recorded', household: ref })
    const moved = await decide(place.id, { decision: 'record', happenedOn: '2023-06-13', householdId: right.id })
    expect(moved.output.outcome).toMatchObject({ household: right })
    expect((await decide(place.id, { decision: 'record' })).problem).toBe('wrongState')
    expect((await story(ref)).entries).toMatchObject([{ happenedOn: '2023-06-12', by: { id: mentor.userId } }])
    expect((await story(right)).entries).toMatchObject([{ id: place.id }])
    // The phone asks again with what it has, and learns that it was recorded.
    expect(await phone.push([phone.seal(entryItem(ref, place))])).toMatchObject([
      { outcome: 'alreadyThere', household: right },
    ])
    const rows = await audits('sync.unfiledDecide')
    expect(rows.at(-1)).toMatchObject({ account_id: province.userId, subject_id: place.id })
    expect(JSON.stringify(rows)).not.toContain(reason)
    await isSound()
  })

  it('put a correction’s day right as well', async () => {
    const ref = await household()
    const seen = visit()
    await phone.push([phone.seal(entryItem(ref, seen))])
    const replacement = { kind: 'visit' as const, happenedOn: '2023-06-30', content: seen.content }
    const correction = fresh(corrects(seen, replacement, {}, 'ผิดวัน', today))
    expect(await phone.push([phone.seal(entryItem(ref, correction))])).toMatchObject([{ problem: 'futureDay' }])
    await decide(correction.id, { decision: 'record', happenedOn: '2023-06-05' })
    expect((await story(ref)).entries).toMatchObject([{ id: seen.id, happenedOn: '2023-06-05' }])
  })

  it('set an item aside: nobody is asked any more, its author is told why, and may still mend it', async () => {
    const ref = await household()
    const entry = visit('2023-06-25')
    const sealed = phone.seal(entryItem(ref, entry))
    await phone.push([sealed])
    expect((await decide(entry.id, { decision: 'setAside' })).output.outcome).toBeNull()
    expect(await unfiledOf(entry.id)).toBeUndefined()
    const [told] = await phone.push([sealed])
    expect(told).toMatchObject({ outcome: 'unfiled', details: { decision: 'setAside', reason } })
    expect(await unfiledOf(entry.id)).toBeUndefined()
    const [mended] = await phone.push([phone.seal(entryItem(ref, { ...entry, happenedOn: '2023-06-11' }))])
    expect(mended).toMatchObject({ outcome: 'recorded' })
  })

  it('reach no further than their own places, and not into others by naming a household there', async () => {
    const ref = await household()
    const entry = visit('2023-06-25')
    await phone.push([phone.seal(entryItem(ref, entry))])
    const there = await world.person('district', '3105')
    const here = await world.person('district', '3104')
    const outside = await household(farVillage)
    expect((await decide(entry.id, { decision: 'setAside' }, there)).problem).toBe('notFound')
    expect((await decide(newId(), { decision: 'setAside' }, there)).problem).toBe('notFound')
    const input = { decision: 'record', householdId: outside.id, happenedOn: '2023-06-10' }
    expect((await decide(entry.id, input, here)).problem).toBe('notFound')
    expect((await world.ask(mentor, syncUnfiledList, {})).problem).toBe('notPermitted')
  })
})

describe(`what nobody foresaw (${engine})`, () => {
  it('fails by itself: the item is kept, the others are recorded, and the log tells nothing of what they say', async () => {
    const ref = await household()
    const { secrets, log } = world.deps
    const lines: unknown[] = []
    const kept = { encrypt: secrets.encryptNationalId, info: log.info, error: log.error }
    const note = (...told: unknown[]) => void lines.push(told)
    Object.assign(log, { info: note, error: note })
    secrets.encryptNationalId = () => {
      throw new Error('เลขของ สมหมาย เสียหาย')
    }
    const nationalId = inventedId(4321)
    const broken = householdItem(draft(village, [person('สมหมาย เสียหาย', { nationalId })], { houseNumber: '404' }))
    const entry = visit('2023-06-01', { words: 'ลูกสาวกลับมาแล้ว' })
    const future = visit('2023-07-01', { words: 'เรื่องลับของบ้านนี้' })
    const items = [broken, entryItem(ref, entry), entryItem(ref, future)].map((item) => phone.seal(item))
    const outcomes = await phone.push(items)
    Object.assign(log, { info: kept.info, error: kept.error })
    secrets.encryptNationalId = kept.encrypt
    expect(outcomes).toMatchObject([
      { outcome: 'unfiled', problem: 'unexpected' },
      { outcome: 'recorded' },
      { outcome: 'unfiled', problem: 'futureDay' },
    ])
    const text = JSON.stringify(lines)
    expect(text).toContain('an item could not be recorded')
    expect(text).toContain('sync.push')
    for (const word of ['สมหมาย', 'เสียหาย', 'ลูกสาว', 'เรื่องลับ', nationalId]) expect(text).not.toContain(word)
    // Nothing of it stayed half done; sent again when all is well, it comes in.
    expect((await world.ask(province, householdShow, { ...broken.household })).problem).toBe('notFound')
    expect(await phone.push([items[0]!])).toMatchObject([{ outcome: 'recorded' }])
    await isSound()
  })
})

describe(`a day’s work at once (${engine})`, () => {
  it('of fifty items of as many households is recorded whole', async () => {
    const refs = []
    for (let index = 0; index < 50; index += 1) refs.push(await household())
    const items = refs.map((ref) => phone.seal(entryItem(ref, visit())))
    const outcomes = await phone.push(items)
    expect(outcomes.every(({ outcome }) => outcome === 'recorded')).toBe(true)
    expect((await phone.push(items)).every(({ outcome }) => outcome === 'alreadyThere')).toBe(true)
    await isSound()
  }, 120_000)
})
