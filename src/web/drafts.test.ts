import { createHash } from 'node:crypto'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import { clearDrafts, type DraftPlace, draftsOf, dropDraft, readDraft, sweepDrafts, writeDraft } from './drafts.ts'

const mine: DraftPlace = { accountId: 'somying', province: '31', householdId: 'h1', form: 'visit' }
const theirs: DraftPlace = { ...mine, accountId: 'mana' }
const typed = { words: 'ยายบอกว่าปวดเข่า เดินไปตลาดไม่ไหว' }
let stored: Map<string, string>
/** Whose session the browser has; null while the server cannot be reached. */
let signedIn: string | null

beforeEach(() => {
  stored = new Map()
  signedIn = 'somying'
  const storage = new Proxy(
    {
      getItem: (name: string) => stored.get(name) ?? null,
      setItem: (name: string, value: string) => void stored.set(name, value),
      removeItem: (name: string) => void stored.delete(name),
    },
    { ownKeys: () => [...stored.keys()], getOwnPropertyDescriptor: () => ({ enumerable: true, configurable: true }) },
  )
  vi.stubGlobal('localStorage', storage)
  vi.stubGlobal('fetch', async () => {
    if (signedIn === null) throw new TypeError('offline')
    const key = createHash('sha256').update(signedIn).digest('base64')
    return new Response(JSON.stringify({ key }))
  })
})
afterEach(() => {
  clearDrafts('somying')
  clearDrafts('mana')
  vi.unstubAllGlobals()
})

/** As if the tab were closed and the page loaded again by somebody. */
function loadAgain(person: string) {
  const kept = new Map(stored)
  clearDrafts(person)
  stored = kept
  signedIn = person
}

describe('a half-typed form', () => {
  it('is there again after the tab was closed, with the moment it was saved', async () => {
    expect(await writeDraft(mine, typed, new Date('2026-11-24T03:00:00Z'))).toBe(true)
    loadAgain('somying')
    expect(await readDraft(mine)).toEqual({ typed, savedAt: '2026-11-24T03:00:00.000Z', isOnDevice: true })
    expect(draftsOf('somying', 'h1')).toEqual([{ ...mine, savedAt: '2026-11-24T03:00:00.000Z' }])
  })

  it('lies unreadable on the device', async () => {
    await writeDraft(mine, typed)
    expect([...stored.values()].join('')).not.toContain('ยาย')
    expect(atob([...stored.values()][0]!.split(' ')[1]!)).not.toContain('words')
  })

  it('is not for another account, even when it is laid under their name', async () => {
    await writeDraft(mine, typed)
    const [[name, value]] = [...stored] as [[string, string]]
    loadAgain('mana')
    expect(draftsOf('mana')).toEqual([])
    expect(await readDraft(theirs)).toBeNull()
    stored.set(name.replace('somying', 'mana'), value)
    expect(await readDraft(theirs)).toBeNull()
  })

  it('cannot be laid under another household of the same account', async () => {
    await writeDraft(mine, typed)
    const [[name, value]] = [...stored] as [[string, string]]
    stored.set(name.replace('h1', 'h2'), value)
    expect(await readDraft({ ...mine, householdId: 'h2' })).toBeNull()
    expect((await readDraft(mine))?.typed).toEqual(typed)
  })

  it('keeps the last of many quick changes, and does not come back once dropped', async () => {
    const answers = await Promise.all(['ก', 'กข', 'กขค'].map((words) => writeDraft(mine, { words })))
    expect(answers).toEqual([null, null, true])
    expect((await readDraft(mine))?.typed).toEqual({ words: 'กขค' })
    const slow = writeDraft(mine, { words: 'ช้า' })
    dropDraft(mine)
    expect(await slow).toBeNull()
    expect(await readDraft(mine)).toBeNull()
    expect(stored.size).toBe(0)
  })

  it('stays in memory when no key can be had, and says so', async () => {
    signedIn = null
    expect(await writeDraft(mine, typed)).toBe(false)
    expect(stored.size).toBe(0)
    expect(await readDraft(mine)).toMatchObject({ typed, isOnDevice: false })
    expect(draftsOf('somying')).toHaveLength(1)
    signedIn = 'somying'
    expect(await writeDraft(mine, typed)).toBe(true)
    expect(stored.size).toBe(1)
  })

  it('goes with signing out, and after two weeks that nobody came back', async () => {
    await writeDraft(mine, typed)
    clearDrafts('somying')
    expect(stored.size).toBe(0)
    expect(await readDraft(mine)).toBeNull()
    await writeDraft(mine, typed, new Date('2026-11-01T00:00:00Z'))
    await writeDraft({ ...mine, form: 'plan' }, typed, new Date('2026-11-20T00:00:00Z'))
    sweepDrafts(new Date('2026-11-24T00:00:00Z'))
    expect(draftsOf('somying').map(({ form }) => form)).toEqual(['plan'])
  })
})
