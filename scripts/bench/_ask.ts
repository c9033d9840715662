/** Asks household.list through the whole HTTP door, as people of the nation, a province, a district and a village would. */
import type { Hono } from 'hono'
import { householdList } from '../../src/contract/households.ts'
import type { OutputOf } from '../../src/contract/route.ts'
import type { Actor } from '../../src/domain/permission.ts'
import { createApp } from '../../src/server/http/app.ts'
import { endpoints } from '../../src/server/http/endpoints.ts'
import type { BenchRegistry } from './_common.ts'

export type Asked = OutputOf<typeof householdList>

export function createAsker(registry: BenchRegistry): (input: Record<string, unknown>) => Promise<Asked> {
  // No role reads names in the whole nation; for the measurement one person does.
  const grant = { role: 'province', areas: [''], centreId: null, teamId: null, agencyId: null } as const
  const actor: Actor = { userId: registry.accountId, name: 'bench', sessionId: '', grants: [grant], secondFactor: true }
  registry.deps.auth.identify = async () => actor
  const app: Hono = createApp(registry.deps, endpoints, () => false)
  return async (input) => {
    const response = await app.request(householdList.path, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(input),
    })
    if (!response.ok) throw new Error(`household.list answered ${response.status}`)
    return (await response.json()) as Asked
  }
}
