import { z } from 'zod'
import * as contract from '../../contract/people.ts'
import { grantState, mayGive } from '../../domain/grant.ts'
import { mayAt, type Permission, type Reach } from '../../domain/permission.ts'
import { Problem } from '../../domain/problem.ts'
import { dayInThailand } from '../../domain/time.ts'
import * as actions from '../actions/people.ts'
import { grantRole, isWithin, mayEdit, requirePerson, revokeRole, type Known } from '../actions/roles.ts'
import { grantsOf, listAccounts, type GrantRow } from '../queries/people.ts'
import { listAgencies, listTeams } from '../queries/places.ts'
import { endpoint, type Call, type Endpoint } from './endpoint.ts'

/** People, their roles, teams and agencies. */
export const peopleEndpoints: Endpoint[] = [
  endpoint(contract.peopleList, async (call, input) => {
    const reach = narrowed(call, 'people.read', input.areaCode)
    const accounts = await listAccounts(call.tx, {
      reach,
      words: input.words || null,
      role: input.role ?? null,
      state: input.state ?? null,
      after: input.after === undefined ? null : readPlaceInList(input.after),
      limit: input.limit + 1,
    })
    const shown = accounts.slice(0, input.limit)
    const ids = shown.map((account) => account.id)
    const grants = await grantsOf(call.tx, ids, dayInThailand(call.now))
    const last = shown.at(-1)
    return {
      people: shown.map((account) =>
        describe(call, { account, grants: grants.filter((grant) => grant.accountId === account.id) }),
      ),
      next: accounts.length > input.limit && last ? JSON.stringify([last.name, last.id]) : null,
    }
  }),
  endpoint(contract.personShow, async (call, input) =>
    describe(call, await requirePerson(call, 'people.read', input.personId)),
  ),
  endpoint(contract.peopleCreate, (call, input) => actions.createPerson(peopleContext(call), input)),
  endpoint(contract.peopleDisable, async (call, input) => {
    await actions.disablePerson(peopleContext(call), input.personId, input.despiteWaiting)
    return {}
  }),
  endpoint(contract.peopleEnable, async (call, input) => {
    await actions.enablePerson(peopleContext(call), input.personId)
    return {}
  }),
  endpoint(contract.peopleResetPassword, async (call, input) => ({
    oneTimePassword: await actions.resetPassword(peopleContext(call), input.personId),
  })),
  endpoint(contract.peopleResetSecondFactor, async (call, input) => {
    await actions.resetSecondFactor(peopleContext(call), input.personId)
    return {}
  }),
  endpoint(contract.roleGrant, async (call, input) => ({
    grantId: await grantRole(call, input.personId, input, call.deps.auth.forget),
  })),
  endpoint(contract.roleRevoke, async (call, input) => {
    await revokeRole(call, input, call.deps.auth.forget)
    return {}
  }),
  endpoint(contract.teamList, async (call, input) => ({
    teams: await listTeams(call.tx, narrowed(call, 'people.read', input.areaCode), dayInThailand(call.now)),
  })),
  endpoint(contract.teamCreate, async (call, input) => ({ teamId: await actions.createTeam(call, input) })),
  endpoint(contract.agencyList, async (call, input) => ({
    agencies: await listAgencies(call.tx, narrowed(call, 'people.read', input.areaCode)),
  })),
  endpoint(contract.agencyCreate, async (call, input) => ({
    agencyId: await actions.createAgency(call, { ...input, nameEn: input.nameEn || null }),
  })),
]

/** The reach, or only the area that is asked for; one outside the reach is not found. */
export function narrowed(call: Call, permission: Permission, areaCode: string | undefined): Reach {
  if (areaCode === undefined) return call.reach
  if (!mayAt(call.actor, permission, { areaCode })) throw new Problem('notFound')
  return { areas: [areaCode], centreIds: [] }
}

function peopleContext(call: Call): actions.PeopleContext {
  const { tx, actor, now, secrets, audit, auditRow, afterCommit, deps } = call
  const { hashPassword } = deps.auth.library(tx, call.request, call.address)
  return { tx, actor, now, secrets, audit, auditRow, afterCommit, hashPassword, forgetIdentified: deps.auth.forget }
}

type PersonAnswer = z.output<typeof contract.personSchema>

function describe(call: Call, known: Known): PersonAnswer {
  const { account } = known
  const day = dayInThailand(call.now)
  return {
    id: account.id,
    name: account.name,
    username: account.username,
    disabled: account.disabledAt !== null,
    secondFactor: account.secondFactor,
    oneTimePassword: account.oneTimePassword,
    lastSeenAt: account.lastSeenAt?.toISOString() ?? null,
    createdAt: account.createdAt.toISOString(),
    grants: known.grants
      .filter((grant) => isWithin(call.reach, grant))
      .map((grant) => ({
        id: grant.id,
        role: grant.role,
        place: placeOf(grant),
        placeName: grant.placeName,
        areaCode: grant.areaCode,
        from: grant.from,
        to: grant.to,
        state: grantState(grant, day),
        mayRevoke: !grant.isRevoked && mayGive(call.actor, grant.role, grant.areaCode),
      })),
    mayEdit: mayEdit(call.actor, known, day),
  }
}

function placeOf(grant: GrantRow): contract.RolePlace {
  if (grant.kind === 'area') return { kind: 'area', areaCode: grant.areaCode }
  if (grant.kind === 'centre') return { kind: 'centre', centreId: grant.placeId }
  if (grant.kind === 'team') return { kind: 'team', teamId: grant.placeId }
  return { kind: 'agency', agencyId: grant.placeId }
}

const placeInListSchema = z.tuple([z.string(), z.uuid()])

function readPlaceInList(text: string): { name: string; id: string } {
  try {
    const [name, id] = placeInListSchema.parse(JSON.parse(text))
    return { name, id }
  } catch {
    throw new Problem('malformedInput', { fields: [{ field: 'after', fault: 'unknown' }] })
  }
}
