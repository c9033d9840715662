/**
 * Lives a history: three people with phones and somebody at a desk, on lines that lose, double and delay, over the real server.
 */
import { deviceRevoke } from '../../src/contract/devices.ts'
import {
  householdEdit,
  householdMerge,
  householdRestore,
  householdShow,
  householdUnmerge,
  householdWithdraw,
} from '../../src/contract/households.ts'
import { logbookRecord } from '../../src/contract/logbook.ts'
import type { PhoneItem, Sealed } from '../../src/contract/sync.ts'
import { syncUnfiledDecide } from '../../src/contract/sync.ts'
import { addDays } from '../../src/domain/days.ts'
import type { EntryDraft } from '../../src/domain/logbook/entry.ts'
import { dayInThailand } from '../../src/domain/time.ts'
import { newId } from '../../src/server/ids.ts'
import { flushOutbox } from '../../src/web/offline/flush.ts'
import { Trouble, createPhone, type Phone, type PhoneParts } from '../../src/web/offline/phone.ts'
import { createTransport, type Transport } from '../../src/web/offline/transport.ts'
import { add, draft } from '../http/_households.ts'
import { dismiss, employ } from '../http/_phones.ts'
import { openWorld, type World } from '../_world.ts'
import type { Fault } from './_faults.ts'
import { judge, unfiledRows, type Carrier, type Life, type Registry, type Saved } from './_judge.ts'
import { Browser, Program, picture, pin } from './_simulated.ts'
import type { History, Single } from './_steps.ts'

export async function openRegistry(world: World): Promise<Registry> {
  const rows = await world.database.kysely.selectFrom('area').select('code').where('code', 'like', '31____').execute()
  let goDown: (reason: Error) => void
  const nextDown = () => {
    const down = new Promise<never>((_, reject) => (goDown = reject))
    down.catch(() => {})
    return down
  }
  const registry: Registry = {
    world,
    desk: await world.person('province', '31'),
    subdistricts: rows.map(({ code }) => code).toSorted(),
    lived: 0,
    seen: {},
    down: nextDown(),
    async restart() {
      const { config } = registry.world.deps
      await registry.world.deps.jobs.stop()
      // A process that ends answers nobody; a pool that ends in ours would let them wait for ever.
      goDown(new Error('down'))
      registry.down = nextDown()
      await registry.world.database.close()
      registry.world = await openWorld(config)
    },
  }
  return registry
}

const hourMs = 3_600_000
const longestStepMs = 60_000
const start = Date.parse('2026-03-02T02:00:00Z')
const noAnswer = () => new Trouble('noAnswer')

/** Lives a history to its end and a good line for everybody. @throws when anything was lost, doubled or differs */
export async function live(registry: Registry, history: History, fault: Fault = {}): Promise<void> {
  const life = await begin(registry, fault)
  for (const together of history) {
    life.now += hourMs / 4
    life.tell()
    await liveTogether(life, together)
  }
  await inTime(finish(life), 'the end')
  await judge(life)
}

async function liveTogether(life: Life, together: readonly Single[]): Promise<void> {
  const programs = life.carriers.map(({ program }) => program)
  const isRestarted = together.some((one) => one.act === 'restart')
  const ends = await Promise.allSettled(together.map((one) => inTime(act(life, one), one)))
  // Beside a program that is killed, or a server that stops, others say so in many ways.
  const isExcused = isRestarted || programs.some(({ isDead }) => isDead)
  for (const end of ends) if (end.status === 'rejected' && (!isExcused || end.reason instanceof Hangs)) throw end.reason
}

/** Nothing may wait for ever: a person would. */
async function inTime(work: Promise<void>, what: unknown): Promise<void> {
  let timer: ReturnType<typeof setTimeout> | undefined
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new Hangs(`hangs: ${JSON.stringify(what)}`)), longestStepMs)
  })
  try {
    await Promise.race([work, late])
  } finally {
    clearTimeout(timer)
  }
}
class Hangs extends Error {}

async function begin(registry: Registry, fault: Fault): Promise<Life> {
  const { subdistricts } = registry
  const subdistrict = subdistricts[registry.lived % subdistricts.length]!
  const next = subdistricts[(registry.lived + 1) % subdistricts.length]!
  registry.lived += 1
  // Nobody adds households for a thousand histories within an hour.
  registry.desk = await registry.world.person('province', '31')
  const life: Life = {
    registry,
    fault,
    now: start - 40 * 24 * hourMs,
    villages: [`${subdistrict}01`, `${subdistrict}02`, `${next}09`],
    carriers: [],
    refs: [],
    saved: new Map(),
    late: [],
    merges: [],
    isRestarting: null,
    tell: () => registry.world.setNow(new Date(life.now).toISOString()),
  }
  life.tell()
  for (const village of [0, 0, 1])
    life.refs.push(await add(registry.world, registry.desk, draft(life.villages[village]!, [newName()])))
  life.now = start
  life.tell()
  for (const [at, areas] of [[subdistrict], [subdistrict], [life.villages[0]!]].entries()) {
    const actor = await registry.world.person('mentor', subdistrict)
    await employ(registry.world, actor)
    const carrier: Carrier = {
      ...{ name: `phone ${at}`, actor, browser: new Browser(), program: new Program() },
      // One of them meets a server that says nothing of compressed items.
      hearsProtocol: at !== 1,
      ...{ isSignedIn: true, offsetMs: 0, line: [], wasRevoked: false, wasRefusedPhotos: false, photos: [] },
      phone: null as never,
    }
    life.carriers.push(carrier)
    carrier.phone = await open(life, carrier)
    await registerAgain(carrier, areas)
  }
  return life
}

let named = 0
function newName(): string {
  named += 1
  // Like no other, so that nobody asks whether it is the same household.
  const letters = 'กขคงจฉชซญดตถทนบปผพฟภมยรลวสหอ'
  const word = (seed: number) =>
    Array.from({ length: 7 }, (_, at) => letters[(seed * (at + 3) * 7919 + at * at * seed) % 28]).join('')
  return `${word(named * 31 + 7)} ${word(named * 17 + 3)}`
}

const registerAgain = (carrier: Carrier, areas: string[]) =>
  carrier.phone.register({
    person: { id: carrier.actor.userId, name: carrier.name },
    province: '31',
    areas,
    pin,
    name: carrier.name,
  })

function partsOf(life: Life, carrier: Carrier): PhoneParts {
  const { program, browser } = carrier
  const now = () => new Date(life.now + carrier.offsetMs)
  const parts = { ...browser.parts(lossy(life, carrier), program), now, builtAt: '2026-01-01T00:00:00Z' }
  return life.fault.parts?.(parts) ?? parts
}

async function open(life: Life, carrier: Carrier): Promise<Phone> {
  const parts = partsOf(life, carrier)
  const phone = await createPhone(parts)
  return life.fault.phone?.(phone, parts) ?? phone
}

async function reopen(life: Life, carrier: Carrier): Promise<void> {
  carrier.program.kill()
  const program = new Program()
  carrier.program = program
  const phone = await open(life, carrier)
  if (carrier.program !== program) return
  carrier.phone = phone
  if (carrier.phone.status().state === 'locked') await carrier.phone.unlock(pin)
}

function lossy(life: Life, carrier: Carrier): Transport {
  const ask: Transport['ask'] = async (name, input, piece) => {
    const deliver = async () => {
      await life.isRestarting
      const actor = carrier.isSignedIn ? carrier.actor : null
      if (!actor && carrier.wasRevoked && name.startsWith('sync.photo')) carrier.wasRefusedPhotos = true
      const fetch = (address: unknown, init?: RequestInit) => life.registry.world.fetch(actor, String(address), init)
      const { down } = life.registry
      countForms(life, input)
      const asked = createTransport(fetch as typeof globalThis.fetch).ask(name, input, piece)
      const answer = carrier.hearsProtocol ? asked : asked.then((heard) => ({ ...heard, protocol: undefined }))
      return Promise.race([answer, down.catch(() => Promise.reject(noAnswer()))])
    }
    const fate = carrier.line.shift() ?? 'ok'
    if (fate === 'dropRequest') throw noAnswer()
    if (fate === 'late') {
      life.late.push(deliver)
      throw noAnswer()
    }
    if (fate === 'dropAnswer') {
      await deliver().catch(() => {})
      throw noAnswer()
    }
    if (fate === 'duplicate') {
      const [first, second] = await Promise.allSettled([deliver(), deliver()])
      const one = second.status === 'fulfilled' ? second : first
      if (one.status === 'rejected') throw one.reason
      return one.value
    }
    if (fate === 'slow') for (let turn = 0; turn < 20; turn += 1) await new Promise((resolve) => setImmediate(resolve))
    return deliver()
  }
  return { ask }
}

/** How many items come compressed, and how many as they are: both must live through what happens. */
function countForms({ saved, registry }: Life, input: object): void {
  for (const { itemId, cipher } of 'items' in input ? (input.items as Sealed[]) : []) {
    const item = saved.get(itemId)?.said.at(-1)
    if (!item) continue
    const isPacked = Buffer.from(cipher, 'base64').length < Buffer.byteLength(JSON.stringify(item))
    const form = isPacked ? 'packed' : 'plain'
    registry.seen[form] = (registry.seen[form] ?? 0) + 1
  }
}

async function act(life: Life, one: Single): Promise<void> {
  const { registry } = life
  const { world, desk, down } = registry
  const ask = ((...asked: Parameters<World['ask']>) => Promise.race([world.ask(...asked), down])) as World['ask']
  const carrier = 'phone' in one ? life.carriers[one.phone % life.carriers.length]! : life.carriers[0]!
  const ref = 'of' in one ? life.refs[one.of % life.refs.length]! : life.refs[0]!
  switch (one.act) {
    case 'save':
      return save(life, carrier, one)
    case 'sync':
      carrier.line = [...one.line]
      await carrier.phone.sync(one.line.length % 2 === 0 ? 'saved' : 'button')
      return
    case 'tabs': {
      carrier.line = [...one.line]
      const second = await open(life, carrier)
      if (second.status().state === 'locked') await second.unlock(pin)
      const worker = flushOutbox(partsOf(life, carrier))
      await Promise.all([carrier.phone.sync('online'), second.sync('timer'), worker.catch(() => {})])
      return
    }
    case 'kill': {
      carrier.line = [...one.line]
      carrier.program.writesLeft = one.writes
      if (one.during === 'save') await save(life, carrier, { what: 'photo', of: one.of, day: 3 })
      else await carrier.phone.sync('button').catch(() => {})
      return reopen(life, carrier)
    }
    case 'mend': {
      if (carrier.phone.status().state !== 'open') return
      const unfiled = (await carrier.phone.outbox().catch(nothing)).filter(({ state }) => state === 'unfiled')
      const found = unfiled[one.of % Math.max(unfiled.length, 1)]
      if (!found?.item || found.item.kind !== 'entry') return
      const { entry } = found.item
      const item = { ...found.item, entry: { ...entry, happenedOn: dayOf(life, -3) } } as PhoneItem
      return keep(life, carrier, item, () => carrier.phone.mend(found.itemId, item))
    }
    case 'clock':
      carrier.offsetMs = one.years * 365 * 24 * hourMs
      return
    case 'session':
      carrier.isSignedIn = one.isSignedIn
      return
    case 'lock':
      return carrier.phone.lock()
    case 'areas': {
      carrier.line = [...one.line]
      const areas = one.isSmall ? [life.villages[1]!] : [life.villages[0]!.slice(0, 6)]
      await carrier.phone.changeAreas(areas).catch(expected)
      return
    }
    case 'collect': {
      const from = life.carriers[one.from % life.carriers.length]!
      if (from === carrier || [from, carrier].some(({ phone }) => !/open|locked/.test(phone.status().state))) return
      await carrier.phone.collect(await from.phone.exportWaiting()).catch(expected)
      return
    }
    case 'move': {
      const { version } = (await ask(desk, householdShow, { ...ref })).output
      const facts = { areaCode: life.villages[one.to % life.villages.length] }
      await ask(desk, householdEdit, { ...ref, version, facts, reason: 'ย้ายบ้าน' })
      return
    }
    case 'merge': {
      const [kept, other] = [ref, life.refs[one.with % life.refs.length]!]
      const [a, b] = [await ask(desk, householdShow, { ...kept }), await ask(desk, householdShow, { ...other })]
      const versions = { version: a.output.version, otherId: other.id, otherVersion: b.output.version }
      const answer = await ask(desk, householdMerge, { ...kept, ...versions, reason: 'ครัวเรือนเดียวกัน' })
      if (answer.problem === null) life.merges.push({ kept, mergeId: answer.output.merges[0]!.id })
      return
    }
    case 'unmerge': {
      const merge = life.merges.pop()
      if (merge) await ask(desk, householdUnmerge, { ...merge.kept, mergeId: merge.mergeId, reason: 'คนละบ้าน' })
      return
    }
    case 'withdraw': {
      const { version, state } = (await ask(desk, householdShow, { ...ref })).output
      const route = state === 'withdrawn' ? householdRestore : householdWithdraw
      await ask(desk, route, { ...ref, version, reason: 'บันทึกผิด' })
      return
    }
    case 'record':
      await ask(desk, logbookRecord, { ...ref, entry: entryOf(life, 'visit', dayOf(life, one.day - 6), []) })
      return
    case 'reassign':
      return employAt(life, carrier, one.isSmall ? life.villages[0]! : life.villages[0]!.slice(0, 6))
    case 'dismiss':
      await Promise.race([dismiss(world, carrier.actor), down])
      carrier.actor.grants = []
      return
    case 'revoke': {
      const { deviceId } = carrier.phone.status()
      if (deviceId === null) return
      const answer = await ask(desk, deviceRevoke, { deviceId, reason: 'เครื่องหาย' })
      if (answer.problem === null) carrier.wasRevoked = true
      return
    }
    case 'decide': {
      const rows = (await Promise.race([unfiledRows(life), down])).filter(({ state }) => state === 'waiting')
      const row = rows[one.of % Math.max(rows.length, 1)]
      if (!row) return
      const decision = one.isKept ? 'record' : 'setAside'
      const elsewhere = row.kind === 'entry' ? { householdId: life.refs[one.to % life.refs.length]!.id } : {}
      const input = { province: '31', itemId: row.id, decision, ...elsewhere, happenedOn: dayOf(life, -4) }
      await ask(desk, syncUnfiledDecide, { ...input, reason: 'ตรวจแล้ว' })
      return
    }
    case 'restart':
      life.isRestarting ??= registry.restart().then(() => {
        life.isRestarting = null
        life.tell()
      })
      return life.isRestarting
    case 'deliver':
      await deliverLate(life)
      return
    case 'wait':
      life.now += one.hours * hourMs
      life.tell()
  }
}

/** What a phone may be told without anything being wrong. */
function expected(error: unknown): void {
  if (error instanceof Trouble || (error as Error).message === 'locked' || (error as Error).message === 'gone') return
  throw error
}

const nothing = (error: unknown): never[] => {
  expected(error)
  return []
}

async function deliverLate(life: Life): Promise<void> {
  for (const deliver of life.late.splice(0).toReversed()) await deliver().catch(() => {})
}

const dayOf = (life: Life, days: number) => addDays(dayInThailand(new Date(life.now)), days)

async function employAt(life: Life, carrier: Carrier, area: string): Promise<void> {
  for (;;) {
    await life.isRestarting
    carrier.actor.grants = [{ role: 'mentor', areas: [area], centreId: null, teamId: null, agencyId: null }]
    const { world, down } = life.registry
    try {
      await Promise.race([dismiss(world, carrier.actor), down])
      // Dismissed beside it by somebody else: so be it.
      if (carrier.actor.grants.length > 0) await Promise.race([employ(world, carrier.actor), down])
      return
    } catch (error) {
      // Where the server stopped meanwhile: once more.
      if ((error as Error).message !== 'down') throw error
    }
  }
}

function entryOf(life: Life, what: string, happenedOn: string, photos: string[], mine: Saved[] = []): EntryDraft {
  const seen = { met: [], words: `พบ ${newName()}`, photos, nextOn: null }
  const visit = { ...seen, seen: null, place: null, skipped: null }
  const base = { id: newId(), happenedOn }
  if (what === 'assessment') {
    const problem = { id: newId(), dimension: 'living', indicator: null, memberId: null, problem: 'บ้านทรุด' }
    const problems = [{ ...problem, need: null, solution: null }]
    const rest = {
      noProblem: false,
      answers: [],
      fourT: null,
      incomePerPerson: null,
      path: null,
      stage: null,
      words: null,
    }
    return { ...base, kind: 'assessment', content: { problems, ...rest } } as EntryDraft
  }
  if (what === 'followUp') return { ...base, kind: 'followUp', content: { ...seen, condition: 'better' } }
  if (what === 'result') {
    const results = [{ problemId: problemOf(mine) ?? newId(), result: 'solved' as const, words: null }]
    return { ...base, kind: 'result', content: { results } }
  }
  const last = what === 'correct' ? mine.map(({ said }) => said.at(-1)!).findLast(isCorrectable) : undefined
  if (last?.kind === 'entry') {
    const corrects = last.entry.id
    const replacement = { kind: 'visit' as const, happenedOn, content: visit }
    const content = { corrects, reason: 'จดผิด', replacement: last.entry.happenedOn < happenedOn ? replacement : null }
    return { ...base, happenedOn: dayOf(life, 0), kind: 'correction', content }
  }
  return { ...base, kind: 'visit', content: visit }
}

function isCorrectable(item: PhoneItem): boolean {
  return item.kind === 'entry' && (item.entry.kind === 'visit' || item.entry.kind === 'correction')
}

function problemOf(mine: Saved[]): string | undefined {
  for (const { said } of mine) {
    const item = said.at(-1)!
    if (item.kind === 'entry' && item.entry.kind === 'assessment') return item.entry.content.problems[0]?.id
  }
  return undefined
}

async function save(life: Life, carrier: Carrier, one: { what: string; of: number; day: number }): Promise<void> {
  if (carrier.phone.status().state !== 'open') return
  const happenedOn = dayOf(life, one.what === 'future' ? 2 + one.day : one.day - 8)
  if (one.what === 'found') {
    const household = { province: '31', id: newId() }
    const rest = {
      draft: draft(life.villages[one.day % 2]!, [newName()]),
      foundOn: dayOf(life, 0),
      separateReason: null,
    }
    const item: PhoneItem = { kind: 'household', household, ...rest }
    await keep(life, carrier, item, () => carrier.phone.save({ items: [item], photos: [] }))
    life.refs.push(household)
    return
  }
  const household = life.refs[one.of % life.refs.length]!
  const mine = [...life.saved.values()].filter(({ by, said }) => {
    const item = said.at(-1)!
    return (by === carrier || one.day > 4) && item.household.id === household.id
  })
  const photo = { id: newId(), household, jpeg: picture(one.day * 60_000 + 10) }
  const photos = one.what === 'photo' ? [photo] : []
  const ids = photos.map(({ id }) => id)
  const item: PhoneItem = { kind: 'entry', household, entry: entryOf(life, one.what, happenedOn, ids, mine) }
  await keep(life, carrier, item, () => carrier.phone.save({ items: [item], photos }))
  if (life.saved.get(item.entry.id)?.isSure) carrier.photos.push(...ids)
}

/** Remembers what was said, and whether the phone said that it is safe. */
async function keep(life: Life, carrier: Carrier, item: PhoneItem, store: () => Promise<void>): Promise<void> {
  const itemId = item.kind === 'entry' ? item.entry.id : item.household.id
  const before = life.saved.get(itemId)
  const { program } = carrier
  try {
    await store()
    life.saved.set(itemId, { by: carrier, itemId, said: [item], isSure: true })
  } catch (error) {
    if (!program.isDead) return expected(error)
    const said = [...(before?.said ?? []), item]
    life.saved.set(itemId, { by: carrier, itemId, said, isSure: before?.isSure ?? false })
  }
}

/** Everybody is signed in, employed, near a good line; whoever was revoked gets a phone again. */
async function finish(life: Life): Promise<void> {
  await life.isRestarting
  await deliverLate(life)
  for (const carrier of life.carriers) {
    carrier.line = []
    carrier.isSignedIn = true
    if (carrier.actor.grants.length === 0) await employAt(life, carrier, life.villages[0]!.slice(0, 6))
    await reopen(life, carrier)
    // Once by its secret alone, in case it was revoked.
    await carrier.phone.sync('start')
    if (carrier.phone.status().state === 'revoked') await registerAgain(carrier, [life.villages[0]!.slice(0, 6)])
  }
  for (let turn = 0; turn < 2; turn += 1) for (const { phone } of life.carriers) await phone.sync('button')
}
