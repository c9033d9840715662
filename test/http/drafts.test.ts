import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { sessionDraftKey } from '../../src/contract/session.ts'
import { createWorld, engine, type World } from '../_world.ts'

let world: World

beforeAll(async () => {
  world = await createWorld()
})
afterAll(() => world.close())

describe(`the key of drafts (${engine})`, () => {
  it('is one account’s own: the same every time, another for everybody else, none for nobody', async () => {
    const officer = await world.person('district', '3101')
    const colleague = await world.person('district', '3101')
    const keyOf = async (who: typeof officer) => (await world.ask(who, sessionDraftKey, {})).output.key
    const key = await keyOf(officer)
    expect(Buffer.from(key, 'base64')).toHaveLength(32)
    expect(await keyOf(officer)).toBe(key)
    expect(await keyOf(colleague)).not.toBe(key)
    expect((await world.ask(null, sessionDraftKey, {})).problem).toBe('signInRequired')
  })
})
