import type { z } from 'zod'
import * as contract from '../../contract/session.ts'
import { grantState } from '../../domain/grant.ts'
import { permissions, permissionsByRole, reachOf, type Actor } from '../../domain/permission.ts'
import { dayInThailand } from '../../domain/time.ts'
import * as actions from '../actions/session.ts'
import { findAccount, grantsOf, hasAccounts, resolveGrant, type AccountRow } from '../queries/people.ts'
import { sessionsOf } from '../queries/sessions.ts'
import { readSettings } from '../queries/settings.ts'
import { endpoint, type Call, type Endpoint } from './endpoint.ts'

/** Signing in and out and what people do with their own account. */
export const sessionEndpoints: Endpoint[] = [
  endpoint(contract.sessionShow, async (call) => {
    const account = call.actor.userId === '' ? null : await findAccount(call.tx, call.actor.userId)
    const settings = await readSettings(call.tx)
    return {
      registryName: settings['registry.name'],
      practice: settings.practice,
      needsSetup: account === null && !(await hasAccounts(call.tx)),
      person: account && (await describePerson(call, account)),
    }
  }),
  endpoint(contract.setupCreate, async (call, input) => {
    await actions.setUp(signInContext(call), input)
    return {}
  }),
  endpoint(contract.sessionSignIn, (call, input) => actions.signIn(signInContext(call), input)),
  endpoint(contract.sessionSecondFactor, async (call, input) => {
    await actions.giveSecondFactor(signInContext(call), input.code)
    return { state: 'signedIn' as const }
  }),
  endpoint(contract.sessionSignOut, async (call) => {
    await actions.signOut(signInContext(call))
    return {}
  }),
  endpoint(contract.sessionDraftKey, async (call) => ({
    // The oldest key: another one would make every draft that lies on a device unreadable.
    key: call.secrets.derive(`drafts of ${call.actor.userId}`, call.secrets.firstKeyNumber).toString('base64'),
  })),
  endpoint(contract.sessionList, async (call) => {
    const sessions = await sessionsOf(call.tx, call.actor.userId, call.now)
    const shown = sessions.map((session) => ({
      id: session.id,
      device: deviceOf(session.userAgent ?? ''),
      address: session.address || null,
      signedInAt: session.signedInAt.toISOString(),
      lastSeenAt: session.lastSeenAt.toISOString(),
      isCurrent: session.id === call.actor.sessionId,
    }))
    return { sessions: shown.sort((a, b) => Number(b.isCurrent) - Number(a.isCurrent)) }
  }),
  endpoint(contract.sessionRevoke, async (call, input) => {
    await actions.revokeSession(signInContext(call), input.sessionId)
    return {}
  }),
  endpoint(contract.sessionRevokeOthers, async (call) => ({
    revoked: await actions.revokeOtherSessions(signInContext(call)),
  })),
  endpoint(contract.passwordChange, async (call, input) => {
    await actions.changePassword(signInContext(call), input)
    return {}
  }),
  endpoint(contract.secondFactorBegin, (call, input) => actions.beginSecondFactor(signInContext(call), input.password)),
  endpoint(contract.secondFactorConfirm, async (call, input) => {
    await actions.confirmSecondFactor(signInContext(call), input.code)
    return {}
  }),
  endpoint(contract.secondFactorRemove, async (call, input) => {
    await actions.removeSecondFactor(signInContext(call), input.password)
    return {}
  }),
]

function signInContext(call: Call): actions.SignInContext {
  const { tx, actor, now, secrets, audit, auditRow, afterCommit, deps } = call
  return {
    tx,
    actor,
    now,
    secrets,
    audit,
    auditRow,
    afterCommit,
    library: deps.auth.library(tx, call.request, call.address),
    keepCookies: (cookies) => cookies.forEach((cookie) => call.headers.append('set-cookie', cookie)),
    forgetIdentified: deps.auth.forget,
  }
}

type SessionAnswer = z.output<typeof contract.sessionSchema>

async function describePerson(call: Call, account: AccountRow): Promise<SessionAnswer['person']> {
  const { actor } = call
  const day = dayInThailand(call.now)
  const rows = account.oneTimePassword ? [] : await grantsOf(call.tx, [account.id], day)
  const current = rows.filter((row) => grantState(row, day) === 'current')
  const isAdministrator = actor.grants.some((grant) => grant.role === 'administrator')
  return {
    id: account.id,
    name: account.name,
    username: account.username,
    secondFactor: account.secondFactor,
    mustSetSecondFactor: isAdministrator && !actor.secondFactor,
    mustChangePassword: account.oneTimePassword,
    grants: current.map((row) => ({
      role: row.role,
      areas: [...resolveGrant(row).areas],
      placeName: row.placeName,
      from: row.from,
      to: row.to,
    })),
    permissions: permissions.filter((one) => actor.grants.some((grant) => permissionsByRole[grant.role].includes(one))),
    homeArea: homeArea(actor),
  }
}

/** The widest area with figures, else the widest of any role; among equals the first by code. */
function homeArea(actor: Actor): string {
  const areas = reachOf(actor, 'figure.read')?.areas ?? actor.grants.flatMap((grant) => grant.areas)
  return [...areas].sort((a, b) => a.length - b.length || (a < b ? -1 : 1))[0] ?? ''
}

/** Browser and system by their usual marks; the order matters, since each claims to be the ones after it. */
function deviceOf(agent: string): string {
  const browsers = [
    ['Edg', 'Edge'],
    ['SamsungBrowser', 'Samsung Internet'],
    ['Line/', 'LINE'],
    ['Firefox', 'Firefox'],
    ['Chrome', 'Chrome'],
    ['CriOS', 'Chrome'],
    ['Safari', 'Safari'],
  ]
  const systems = [
    ['Android', 'Android'],
    ['iPhone', 'iPhone'],
    ['iPad', 'iPad'],
    ['Windows', 'Windows'],
    ['Mac OS', 'macOS'],
    ['Linux', 'Linux'],
  ]
  const named = (marks: string[][]) => marks.find(([mark = '']) => agent.includes(mark))?.[1]
  return [named(browsers), named(systems)].filter(Boolean).join(', ')
}
