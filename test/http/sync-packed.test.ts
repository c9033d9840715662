/** Items that a phone compressed before it sealed them: opened within bounds, and kept where that does not work. */
import { gzipSync } from 'node:zlib'
import { describe, expect, it } from 'vitest'
import type { HouseholdRef } from '../../src/contract/households.ts'
import { mostBytesPerItem, packedProtocol, syncPush, type PhoneItem } from '../../src/contract/sync.ts'
import { digestOfContent, sealContent } from '../../src/server/actions/unfiled.ts'
import { newId } from '../../src/server/ids.ts'
import { engine } from '../_world.ts'
import { entryItem, seal } from './_phones.ts'
import { openSync, decide, household, isSound, phone, province, story, unfiledOf, visit, world } from './_sync.ts'

openSync()

describe(`an item that was compressed before it was sealed (${engine})`, () => {
  const json = (item: unknown) => JSON.stringify(item)
  const packed = (item: { entry?: { id: string } }, text = json(item), by = phone) =>
    seal(by.key, by.id, item.entry!.id, gzipSync(text))
  const entryOf = (ref: HouseholdRef, entry = visit()) => entryItem(ref, entry) as PhoneItem & { kind: 'entry' }
  const digest = (bytes: Buffer) => digestOfContent(world.deps.secrets, bytes).toString('hex')
  async function digestStored(id: string): Promise<string> {
    const rows = await world.database.kysely.selectFrom('unfiled_item').select('digest').where('id', '=', id).execute()
    return Buffer.from(rows[0]!.digest).toString('hex')
  }

  it('is recorded, by any hand, and is the same as one that was not; a pull says that such may come', async () => {
    const ref = await household()
    expect(await phone.pull(null)).toMatchObject({ protocol: packedProtocol })
    const [one, two] = [entryOf(ref), entryOf(ref, visit('2023-06-02'))]
    expect(await phone.push([packed(one), phone.seal(two)])).toMatchObject([
      { outcome: 'recorded', household: ref },
      { outcome: 'recorded' },
    ])
    expect(await phone.push([phone.seal(one), packed(two)], province)).toMatchObject([
      { outcome: 'alreadyThere' },
      { outcome: 'alreadyThere' },
    ])
    expect((await story(ref)).entries).toHaveLength(2)
    // Kept because of its day, and mended in the other form.
    const wrong = entryOf(ref, visit('2023-06-20'))
    expect(await phone.push([packed(wrong)])).toMatchObject([{ outcome: 'unfiled', problem: 'futureDay' }])
    expect(await unfiledOf(wrong.entry.id)).toMatchObject({
      kind: 'entry',
      household: ref,
      item: { entry: wrong.entry },
    })
    await decide(wrong.entry.id, { decision: 'setAside' })
    for (const again of [packed(wrong), phone.seal(wrong)])
      expect(await phone.push([again])).toMatchObject([{ outcome: 'unfiled', details: { decision: 'setAside' } }])
    // A carrier of an older app brings it: what counts is what lies in the seal.
    const last = entryOf(ref, visit('2023-06-03'))
    const message = { protocol: 1, deviceId: phone.id, items: [packed(last)], waiting: null }
    expect((await world.ask(province, syncPush, message)).output.outcomes).toMatchObject([{ outcome: 'recorded' }])
    await isSound()
  })

  it('may be as long as one that was not, and not longer: what swells without end is kept as it came', async () => {
    const ref = await household()
    const item = entryOf(ref)
    const filled = (bytes: number) => json(item) + ' '.repeat(bytes - Buffer.byteLength(json(item)))
    const bomb = gzipSync(Buffer.alloc(150_000_000, '{'))
    const bombId = newId()
    const outcomes = await phone.push([
      seal(phone.key, phone.id, bombId, bomb),
      packed(entryOf(ref, { ...visit(), id: item.entry.id }), filled(mostBytesPerItem + 1)),
    ])
    expect(outcomes).toMatchObject([
      { itemId: bombId, outcome: 'unfiled', problem: 'notUnderstood' },
      { itemId: item.entry.id, outcome: 'unfiled', problem: 'notUnderstood' },
    ])
    expect(await digestStored(bombId)).toBe(digest(bomb))
    expect(await phone.push([packed(item, filled(mostBytesPerItem))])).toMatchObject([{ outcome: 'recorded' }])
  })

  it('that is broken on its way into the seal spoils no other, and is kept as it came', async () => {
    const ref = await household()
    const good = entryOf(ref)
    const whole = gzipSync(json(entryOf(ref)))
    const turned = Buffer.from(whole)
    turned[30]! ^= 0xff
    const broken = [whole.subarray(0, -9), whole.subarray(0, 2), turned, gzipSync(''), gzipSync(gzipSync(json(good)))]
    const ids = broken.map(() => newId())
    const outcomes = await phone.push([
      ...broken.map((bytes, at) => seal(phone.key, phone.id, ids[at]!, bytes)),
      packed(good),
    ])
    expect(outcomes.map(({ outcome }) => outcome)).toEqual([...broken.map(() => 'unfiled'), 'recorded'])
    expect(await digestStored(ids[2]!)).toBe(digest(turned))
    expect((await unfiledOf(ids[0]!))!.item).toBeNull()
  })

  it('and was kept by a server that could not open it, is opened now, by its author and by those who decide', async () => {
    const ref = await household()
    const { secrets } = world.deps
    const [one, two, three] = [entryOf(ref), entryOf(ref, visit('2023-06-02')), entryOf(ref, visit('2023-06-03'))]
    const opaque = Buffer.from([0xff, 0, 1, 2])
    for (const { entry } of [one, two, three]) {
      await phone.push([seal(phone.key, phone.id, entry.id, opaque)])
      const bytes = gzipSync(json([one, two, three].find((item) => item.entry.id === entry.id)))
      const row = { content: sealContent(secrets, entry.id, bytes), digest: digestOfContent(secrets, bytes) }
      await world.database.kysely.updateTable('unfiled_item').set(row).where('id', '=', entry.id).execute()
    }
    expect(await unfiledOf(one.entry.id)).toMatchObject({ problem: 'notUnderstood', item: { entry: one.entry } })
    expect((await decide(one.entry.id, { decision: 'record' })).output.outcome).toMatchObject({ outcome: 'recorded' })
    expect(await phone.push([packed(one), packed(two)])).toMatchObject([
      { outcome: 'alreadyThere' },
      { outcome: 'recorded' },
    ])
    // What the district set aside unopened stays so, also for the phone that still has it.
    await decide(three.entry.id, { decision: 'setAside' })
    expect(await phone.push([packed(three)])).toMatchObject([{ outcome: 'unfiled', details: { decision: 'setAside' } }])
    expect((await story(ref)).entries).toHaveLength(2)
    await isSound()
  })
})
