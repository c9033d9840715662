/** A phone for tests: it keeps a key, seals what is said, and sends it as the field app does. */
import { createCipheriv, randomBytes } from 'node:crypto'
import { deviceRegister } from '../../src/contract/devices.ts'
import type { HouseholdDraft, HouseholdRef } from '../../src/contract/households.ts'
import {
  syncHouseholds,
  syncProtocol,
  syncPull,
  syncPush,
  type ItemOutcome,
  type PhoneItem,
  type Sealed,
} from '../../src/contract/sync.ts'
import type { EntryDraft } from '../../src/domain/logbook/entry.ts'
import type { Actor } from '../../src/domain/permission.ts'
import { newId } from '../../src/server/ids.ts'
import type { World } from '../_world.ts'

export interface TestPhone {
  id: string
  secret: string
  key: Buffer
  owner: Actor
  areas: readonly string[]
  seal(item: unknown, itemId?: string): Sealed
  /** Sends items, as its owner or as somebody who carries them. */
  push(items: readonly Sealed[], by?: Actor): Promise<ItemOutcome[]>
  pushed(items: readonly Sealed[], by?: Actor): ReturnType<World['ask']>
  pull(cursor: string | null, held?: string | null, areas?: readonly string[]): Promise<PullAnswer>
  households(ids: readonly string[], areas?: readonly string[]): ReturnType<World['ask']>
}
type PullAnswer = Awaited<ReturnType<typeof askPull>>

export const nothingWaits = { items: 0, photos: 0, since: null }

/** Without an answer there is nothing to look at: tests that expect a problem ask the route themselves. */
async function askPull(world: World, actor: Actor, input: Record<string, unknown>) {
  const answer = await world.ask(actor, syncPull, input)
  if (answer.problem !== null) throw new Error(`sync.pull: ${answer.problem}`)
  return answer.output
}

export function registration(areas: readonly string[], more: Record<string, unknown> = {}) {
  return {
    id: newId(),
    name: 'เครื่องของสมชาย',
    province: areas[0]!.slice(0, 2),
    areas,
    dataKey: randomBytes(32).toString('base64'),
    secret: randomBytes(32).toString('base64'),
    appVersion: '0.2.0',
    protocol: syncProtocol,
    ...more,
  }
}

export async function getPhone(world: World, owner: Actor, areas: readonly string[]): Promise<TestPhone> {
  const input = registration(areas)
  const answer = await world.ask(owner, deviceRegister, input)
  if (answer.problem !== null) throw new Error(`device.register: ${answer.problem}`)
  const key = Buffer.from(input.dataKey, 'base64')
  const { id, secret, province } = input
  const message = { protocol: syncProtocol, deviceId: id }
  const pushed: TestPhone['pushed'] = (items, by = owner) =>
    world.ask(by, syncPush, { ...message, items, waiting: by === owner ? nothingWaits : null })
  return {
    ...{ id, secret, key, owner, areas, pushed },
    seal: (item, itemId = idOf(item as PhoneItem)) => seal(key, id, itemId, JSON.stringify(item)),
    async push(items, by) {
      const sent = await pushed(items, by)
      if (sent.problem !== null) throw new Error(`sync.push: ${sent.problem}`)
      return (sent.output as { outcomes: ItemOutcome[] }).outcomes
    },
    pull: (cursor, held = null, of = areas) =>
      askPull(world, owner, {
        ...{ ...message, province, areas: of, cursor, held },
        waiting: nothingWaits,
        deviceTime: world.deps.now().toISOString(),
      }),
    households: (ids, of = areas) => world.ask(owner, syncHouseholds, { ...message, province, areas: of, ids }),
  }
}

export function seal(key: Buffer, deviceId: string, itemId: string, text: string | Buffer): Sealed {
  const { nonce, cipher } = sealBytes(key, `${deviceId}/${itemId}`, Buffer.from(text as string))
  return {
    itemId,
    savedAt: '2023-06-15T01:00:00.000Z',
    nonce: nonce.toString('base64'),
    cipher: cipher.toString('base64'),
  }
}

export function sealBytes(key: Buffer, name: string, bytes: Buffer): { nonce: Buffer; cipher: Buffer } {
  const nonce = randomBytes(12)
  const cipher = createCipheriv('aes-256-gcm', key, nonce)
  cipher.setAAD(Buffer.from(name))
  return { nonce, cipher: Buffer.concat([cipher.update(bytes), cipher.final(), cipher.getAuthTag()]) }
}

function idOf(item: PhoneItem): string {
  return item.kind === 'entry' ? item.entry.id : item.household.id
}

export function entryItem(household: HouseholdRef, entry: EntryDraft): PhoneItem {
  const { id, kind, happenedOn, content } = entry
  return { kind: 'entry', household, entry: { id, kind, happenedOn, content } as EntryDraft }
}

export function householdItem(draft: HouseholdDraft, more: Partial<Extract<PhoneItem, { kind: 'household' }>> = {}) {
  const household = { province: draft.areaCode.slice(0, 2), id: newId() }
  return { kind: 'household' as const, household, draft, foundOn: '2023-06-14', separateReason: null, ...more }
}

/** Gives somebody the roles in the database that they have in the test: for what happens without their session. */
export async function employ(world: World, actor: Actor): Promise<void> {
  await world.database.kysely
    .insertInto('role_grant')
    .values(
      actor.grants.map((grant) => ({
        id: newId(),
        account_id: actor.userId,
        role: grant.role,
        area_code: grant.areas[0]!,
        valid_from: '2022-01-01',
      })),
    )
    .execute()
}

export async function dismiss(world: World, actor: Actor): Promise<void> {
  await world.database.kysely.deleteFrom('role_grant').where('account_id', '=', actor.userId).execute()
}
