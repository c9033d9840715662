/**
 * Kills the real server with signal 9 while people record, again and again: what it acknowledged is there, once and whole,
 * what it did not is sent again by its sender, and a recount finds nothing wrong. KILL_ROUNDS times (three unless told).
 */
import { rmSync } from 'node:fs'
import { setTimeout as pause } from 'node:timers/promises'
import { sql } from 'kysely'
import { beforeAll, describe, expect, it } from 'vitest'
import { logbookRecord, logbookRecordMany } from '../../src/contract/logbook.ts'
import type { HouseholdRef } from '../../src/contract/households.ts'
import type { EntryDraft } from '../../src/domain/logbook/entry.ts'
import { inTransaction } from '../../src/server/db/transaction.ts'
import { newId } from '../../src/server/ids.ts'
import { insertAccount, insertGrant } from '../../src/server/queries/people.ts'
import { recount } from '../../src/server/queries/recount.ts'
import { createWorld, engine, openWorld, type World } from '../_world.ts'
import { build } from '../e2e/_server.ts'
import { openBrowser, signInAs, type Browser } from '../http/_browser.ts'
import { allowPractice, bringIn, listText, practiceId } from '../http/_imports.ts'
import { problem, logbook } from '../support/logbook.ts'
import { environmentOf, startServer, type RunningServer } from './_processes.ts'

const rounds = Number(process.env['KILL_ROUNDS'] ?? 3)
const writers = 8
const householdCount = 24
const password = 'ลมหนาวพัดผ่านทุ่งนา 42'

beforeAll(() => build(), 300_000)

async function addSecretary({ deps, database }: World): Promise<void> {
  await inTransaction(database, 'program', async (tx) => {
    const account = { id: newId(), credentialId: newId(), name: 'เลขานุการ', username: 'secretary', now: new Date() }
    const { hashPassword } = deps.auth.library(tx, new Request('http://localhost/'), '')
    const passwordHash = await hashPassword(password)
    await insertAccount(tx, { ...account, email: 'secretary@example.invalid', passwordHash, isOneTime: false })
    const place = { kind: 'area', placeId: '31', from: '2020-01-01', to: null, grantedBy: null } as const
    await insertGrant(tx, { id: newId(), accountId: account.id, now: account.now, role: 'province', ...place })
  })
}

/** Households of one list, brought in by an import. */
async function addHouseholds(world: World): Promise<HouseholdRef[]> {
  await allowPractice(world)
  const lines = Array.from({ length: householdCount }, (_, index) => ({
    moo: String(1 + (index % 9)),
    houseNumber: `${index}/1`,
    firstName: `สมชาย${'กขคงจฉชซ'[index % 8]}`,
    lastName: `ใจดี${index}`,
    nationalId: practiceId(index + 1),
  }))
  await bringIn(world, await world.person('province', '31'), listText(lines))
  const found = await world.database.kysely.selectFrom('household').select('id').orderBy('id').execute()
  expect(found).toHaveLength(householdCount)
  return found.map(({ id }) => ({ province: '31', id }))
}

type Sending = { ref: HouseholdRef; entry: EntryDraft }[]

/** What people send, and what of it the server said that it has. */
class Senders {
  readonly acknowledged = new Set<string>()
  #unanswered: Sending[] = []
  #told = 0
  readonly #says = logbook().says
  readonly #refs: readonly HouseholdRef[]
  readonly #browser: Browser

  constructor(refs: readonly HouseholdRef[], browser: Browser) {
    this.#refs = refs
    this.#browser = browser
  }

  /** Sends again what nobody answered, then goes on until the server does not answer any more. */
  async send(): Promise<void> {
    const again = this.#unanswered
    this.#unanswered = []
    await Promise.all(
      Array.from({ length: writers }, async () => {
        for (let isThere = true; isThere;) isThere = await this.#ask(again.pop() ?? this.#next())
      }),
    )
  }

  /** Everything that nobody answered, until all of it is. */
  async finish(): Promise<void> {
    for (const sending of this.#unanswered) expect(await this.#ask(sending)).toBe(true)
  }

  #next(): Sending {
    this.#told += 1
    const many = this.#told % 5 === 0 ? 6 : 1
    return Array.from({ length: many }, (_, index) => {
      const ref = this.#refs[(this.#told * 7 + index * 3) % this.#refs.length]!
      const told =
        this.#told % 3 === 0 ? this.#says('assessment', today, { problems: [problem(1)] }) : visit(this.#says)
      const { kind, happenedOn, content } = told
      return { ref, entry: { kind, happenedOn, content, id: newId() } as EntryDraft }
    })
  }

  async #ask(sending: Sending): Promise<boolean> {
    try {
      const [only] = sending
      if (sending.length === 1) {
        const answer = await this.#browser.ask(logbookRecord, { ...only!.ref, entry: only!.entry })
        if (answer.status !== 200) throw new Error(`refused: ${answer.problem}`)
      } else {
        const entries = sending.map(({ ref, entry }) => ({ ...ref, entry }))
        const answer = await this.#browser.ask(logbookRecordMany, { entries })
        const refused = answer.status !== 200 || answer.output.outcomes.some(({ outcome }) => outcome === 'refused')
        if (refused) throw new Error(`refused: ${answer.text.slice(0, 300)}`)
      }
      for (const { entry } of sending) this.acknowledged.add(entry.id)
      return true
    } catch (error) {
      // Only a broken connection is no answer.
      if (!(error instanceof TypeError || error instanceof SyntaxError)) throw error
      this.#unanswered.push(sending)
      return false
    }
  }
}

const today = new Date(Date.now() + 7 * 3_600_000).toISOString().slice(0, 10)
const visit = (says: ReturnType<typeof logbook>['says']) => says('visit', today, { words: 'พบที่บ้าน' })

describe(`Recording while the server is killed (${engine})`, () => {
  it(
    `loses nothing that was acknowledged and doubles nothing, ${rounds} times`,
    async () => {
      let world = await createWorld()
      const environment = environmentOf(world.deps.config)
      // The list is a year old, as lists are.
      const refs = await addHouseholds(world)
      await addSecretary(world)
      if (engine === 'embedded') await world.database.close()
      let server: RunningServer = await startServer(environment)
      const browser = openBrowser((path, init) => fetch(server.address + path, init))
      try {
        expect((await signInAs(browser, 'secretary', password)).status).toBe(200)
        const senders = new Senders(refs, browser)
        const counts: number[] = []
        for (let round = 0; round < rounds; round += 1) {
          const before = senders.acknowledged.size
          const sending = senders.send()
          // In the middle of answered work, not before it began.
          for (let wait = 0; wait < 3000 && senders.acknowledged.size === before; wait += 1) await pause(10)
          await pause(Math.random() * 200)
          await server.kill()
          await sending
          counts.push(senders.acknowledged.size - before)
          server = await startServer(environment)
        }
        await senders.finish()
        await server.stop()
        expect(counts.filter((count) => count > 0).length, counts.join(' ')).toBeGreaterThan(rounds / 2)

        if (engine === 'embedded') world = await openWorld(world.deps.config)
        const { kysely } = world.database
        const stored = await kysely.selectFrom('entry').select('id').execute()
        expect(stored.map(({ id }) => id).toSorted()).toEqual([...senders.acknowledged].toSorted())
        expect((await recount(kysely)).differences).toEqual([])
        // Each write left its trace in the same transaction.
        const traced = await sql<{ id: string }>`
          select detail ->> 'entry' as id from audit_entry where action = 'logbook.record' and not detail ? 'again'
          union all
          select jsonb_array_elements_text(detail -> 'recorded') from audit_entry where action = 'logbook.recordMany'`.execute(
          kysely,
        )
        expect(traced.rows.map(({ id }) => id).toSorted()).toEqual([...senders.acknowledged].toSorted())
        process.stdout.write(`${senders.acknowledged.size} entries over ${rounds} kills (${engine})\n`)
      } finally {
        await server.kill()
        if (engine === 'embedded') {
          await world.database.close().catch(() => {})
          rmSync(world.deps.config.dataFolder, { recursive: true, force: true })
        } else await world.close()
      }
    },
    120_000 + rounds * 60_000,
  )
})
