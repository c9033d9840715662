/** Signing in and out, one's own password, second factor and sessions, and the first administrator. */
import { isOneTimeOver, passwordFault } from '../../domain/password.ts'
import { Problem } from '../../domain/problem.ts'
import { dayInThailand } from '../../domain/time.ts'
import { newId } from '../ids.ts'
import type { AuditEntry } from '../queries/audit.ts'
import {
  findAccount,
  findAccountByUsername,
  hasAccounts,
  insertAccount,
  insertGrant,
  lockPeople,
  type AccountRow,
} from '../queries/people.ts'
import { deleteSession, deleteSessions, setOneTime, useStep } from '../queries/sessions.ts'
import { putSetting, readSettings } from '../queries/settings.ts'
import type { ActionContext } from './context.ts'
import { areaOfPerson } from './roles.ts'

/** What an action asks of the sign-in library, inside the action's transaction and for the request's cookies. */
export interface SignInLibrary {
  /**
   * Asks one of the library's own paths. Tries count by address and, when `who` is given, by that name as well.
   *
   * @param options.withoutSession keeps the session cookie from it, so that only a sign-in under way is seen
   */
  ask(
    path: string,
    body: Record<string, unknown>,
    who?: string,
    options?: { withoutSession: boolean },
  ): Promise<LibraryAnswer>
  /** The account whose second factor is awaited, by the cookie of the request; null when none is. */
  awaitedAccount(): Promise<string | null>
  /** The 30-second step whose code this is, now or one step off; null for no code of this account's authenticator. */
  stepOf(accountId: string, code: string): Promise<number | null>
  /** The tries for a name are forgotten, once the right person came in. */
  forgiveTries(who: string, now: Date): Promise<void>
  hashPassword: (password: string) => Promise<string>
}

export interface LibraryAnswer {
  status: number
  body: Record<string, unknown>
  /** Values of Set-Cookie for the answer. */
  cookies: string[]
  retryAfterSeconds: number
}

export interface SignInContext extends ActionContext {
  library: SignInLibrary
  /** Adds Set-Cookie headers to the answer. */
  keepCookies: (cookies: readonly string[]) => void
  /** To be called once after the commit: whoever was identified lately must be looked up again. */
  forgetIdentified: () => void
}

/** Makes the first administrator, of the whole registry, and signs them in. They must set a second factor next. */
export async function setUp(
  context: SignInContext,
  input: { name: string; username: string; password: string; registryName: string },
): Promise<void> {
  const { tx, now, library } = context
  await lockPeople(tx)
  if (await hasAccounts(tx)) throw new Problem('alreadySetUp')
  requireStrong(input.password, input.username)
  const accountId = newId()
  await insertAccount(tx, {
    id: accountId,
    credentialId: newId(),
    name: input.name,
    username: input.username,
    email: syntheticEmail(input.username),
    passwordHash: await library.hashPassword(input.password),
    isOneTime: false,
    now,
  })
  const from = dayInThailand(now)
  const role = { role: 'administrator', kind: 'area', placeId: '', from, to: null, grantedBy: null } as const
  await insertGrant(tx, { id: newId(), accountId, now, ...role })
  if (input.registryName !== '') await putSetting(tx, 'registry.name', input.registryName, now)
  const answer = await library.ask('/sign-in/username', { username: input.username, password: input.password })
  if (answer.status !== 200) throw new Error(`signing in after the setup answered ${answer.status}`)
  context.keepCookies(answer.cookies)
  context.afterCommit(context.forgetIdentified)
  await context.audit({ action: 'setup.create', actorId: accountId, ...aboutPerson(accountId) })
}

/**
 * An unknown name, a wrong password and a disabled account are told apart neither by the answer nor by its time. A
 * one-time password that has run out says so: whoever knows it is to ask for a new one.
 */
export async function signIn(
  context: SignInContext,
  input: { username: string; password: string },
): Promise<{ state: 'signedIn' | 'secondFactor' }> {
  const { tx, library } = context
  const account = await findAccountByUsername(tx, input.username)
  const answer = await library.ask('/sign-in/username', input, input.username)
  stopWhenTooMany(answer)
  if (answer.status !== 200 || !account || account.disabledAt !== null) {
    if (account && answer.status === 200) await deleteSessions(tx, account.id)
    await refuse(context, new Problem('signInRefused'), {
      action: 'session.signIn',
      ...(await byPerson(context, account)),
    })
    return { state: 'signedIn' }
  }
  if (account.oneTimeSince !== null && isOneTimeOver(account.oneTimeSince, context.now)) {
    await deleteSessions(tx, account.id)
    await refuse(context, new Problem('oneTimePasswordOver'), {
      action: 'session.signIn',
      ...(await byPerson(context, account)),
    })
    return { state: 'signedIn' }
  }
  const state = answer.body['twoFactorRedirect'] === true ? 'secondFactor' : 'signedIn'
  if (state === 'signedIn') await library.forgiveTries(account.username, context.now)
  context.keepCookies(answer.cookies)
  context.afterCommit(context.forgetIdentified)
  await context.audit({
    action: 'session.signIn',
    ...(await byPerson(context, account)),
    detail: { refused: false, state },
  })
  return { state }
}

/** The second step: a code of the authenticator, or one of the backup codes, which is used up by it. */
export async function giveSecondFactor(context: SignInContext, code: string): Promise<void> {
  const { tx, library } = context
  const awaited = await library.awaitedAccount()
  const account = awaited === null ? null : await findAccount(tx, awaited)
  const isBackupCode = !/^[0-9]{6}$/.test(code)
  if (account && !isBackupCode && (await wasUsedBefore(context, account.id, code))) {
    await refuse(context, new Problem('codeUsedBefore'), {
      action: 'session.secondFactor',
      ...(await byPerson(context, account)),
    })
    return
  }
  const path = isBackupCode ? '/two-factor/verify-backup-code' : '/two-factor/verify-totp'
  const answer = await library.ask(path, { code }, awaited ?? undefined, { withoutSession: true })
  stopWhenTooMany(answer)
  const about = await byPerson(context, account)
  if (answer.status !== 200 || !account || account.disabledAt !== null) {
    if (account && answer.status === 200) await deleteSessions(tx, account.id)
    const problem = hasCode(answer, 'TOO_MANY_ATTEMPTS_REQUEST_NEW_CODE')
      ? new Problem('tooManyTries')
      : new Problem('secondFactorRefused', { expired: account === null })
    await refuse(context, problem, { action: 'session.secondFactor', ...about })
    return
  }
  await library.forgiveTries(account.username, context.now)
  await library.forgiveTries(account.id, context.now)
  context.keepCookies(answer.cookies)
  context.afterCommit(context.forgetIdentified)
  await context.audit({ action: 'session.secondFactor', ...about, detail: { refused: false, isBackupCode } })
}

export async function signOut(context: SignInContext): Promise<void> {
  const answer = await context.library.ask('/sign-out', {})
  await deleteSession(context.tx, context.actor.userId, context.actor.sessionId)
  context.keepCookies(answer.cookies)
  await leaveOwnTrace(context, 'session.signOut')
}

export async function revokeSession(context: SignInContext, sessionId: string): Promise<void> {
  if (!(await deleteSession(context.tx, context.actor.userId, sessionId))) throw new Problem('notFound')
  await leaveOwnTrace(context, 'session.revoke')
}

export async function revokeOtherSessions(context: SignInContext): Promise<number> {
  const revoked = await deleteSessions(context.tx, context.actor.userId, context.actor.sessionId)
  await leaveOwnTrace(context, 'session.revokeOthers', { revoked })
  return revoked
}

/** Ends every other session. The password must be strong, and another one than before. */
export async function changePassword(
  context: SignInContext,
  input: { currentPassword: string; newPassword: string },
): Promise<void> {
  const account = await ownAccount(context)
  requireStrong(input.newPassword, account.username)
  if (input.newPassword === input.currentPassword) throw new Problem('weakPassword', { fault: 'sameAsBefore' })
  const answer = await context.library.ask('/change-password', { ...input, revokeOtherSessions: true }, account.id)
  if (await refusedPassword(context, answer, 'password.change')) return
  await setOneTime(context.tx, account.id, false, context.now)
  context.keepCookies(answer.cookies)
  await leaveOwnTrace(context, 'password.change')
}

/** A new secret, not yet in force, with backup codes: neither can be read again. */
export async function beginSecondFactor(
  context: SignInContext,
  password: string,
): Promise<{ uri: string; secret: string; backupCodes: string[] }> {
  const account = await ownAccount(context)
  const answer = await context.library.ask('/two-factor/enable', { password, method: 'totp' }, account.id)
  if (hasCode(answer, 'TOTP_ALREADY_ENABLED')) throw new Problem('wrongState')
  if (await refusedPassword(context, answer, 'secondFactor.begin')) return { uri: '', secret: '', backupCodes: [] }
  const secret = new URL(String(answer.body['totpURI'])).searchParams.get('secret') ?? ''
  const issuer = encodeURIComponent((await readSettings(context.tx))['registry.name'])
  const label = `${issuer}:${encodeURIComponent(account.username)}`
  context.keepCookies(answer.cookies)
  await leaveOwnTrace(context, 'secondFactor.begin')
  return {
    uri: `otpauth://totp/${label}?secret=${secret}&issuer=${issuer}&digits=6&period=30`,
    secret,
    backupCodes: answer.body['backupCodes'] as string[],
  }
}

export async function confirmSecondFactor(context: SignInContext, code: string): Promise<void> {
  if (await wasUsedBefore(context, context.actor.userId, code)) {
    await refuse(context, new Problem('codeUsedBefore'), { action: 'secondFactor.confirm' })
    return
  }
  const answer = await context.library.ask('/two-factor/verify-totp', { code }, context.actor.userId)
  stopWhenTooMany(answer)
  if (hasCode(answer, 'TOTP_NOT_ENABLED')) throw new Problem('wrongState')
  if (answer.status !== 200) {
    await refuse(context, new Problem('secondFactorRefused', { expired: false }), { action: 'secondFactor.confirm' })
    return
  }
  context.keepCookies(answer.cookies)
  await leaveOwnTrace(context, 'secondFactor.confirm')
}

export async function removeSecondFactor(context: SignInContext, password: string): Promise<void> {
  const isAdministrator = context.actor.grants.some((grant) => grant.role === 'administrator')
  if (isAdministrator) throw new Problem('secondFactorMustBeSet')
  const answer = await context.library.ask('/two-factor/disable', { password }, context.actor.userId)
  if (await refusedPassword(context, answer, 'secondFactor.remove')) return
  context.keepCookies(answer.cookies)
  await leaveOwnTrace(context, 'secondFactor.remove')
}

/** @throws Problem `weakPassword` with what is wrong as `fault`: `tooShort`, `containsUsername` or `common` */
export function requireStrong(password: string, username: string): void {
  const fault = passwordFault(password, username)
  if (fault !== null) throw new Problem('weakPassword', { fault })
}

/** People sign in by name; the library wants an address that nobody can be written to. */
export function syntheticEmail(username: string): string {
  return `${username}@kaejon.invalid`
}

async function ownAccount(context: SignInContext): Promise<AccountRow> {
  const account = await findAccount(context.tx, context.actor.userId)
  if (!account) throw new Problem('signInRequired')
  return account
}

/** Whether a code of the authenticator was used once; from here on it was. */
async function wasUsedBefore(context: SignInContext, accountId: string, code: string): Promise<boolean> {
  const step = await context.library.stepOf(accountId, code)
  return step !== null && !(await useStep(context.tx, accountId, step))
}

function hasCode(answer: LibraryAnswer, code: string): boolean {
  return answer.body['code'] === code
}

/** The try was not even looked at, so nothing need be kept of it. */
function stopWhenTooMany(answer: LibraryAnswer): void {
  if (answer.status === 429) throw new Problem('tooManyTries', { seconds: answer.retryAfterSeconds })
}

/** Whether a route that asks for one's own password was refused; the refusal is then under way. */
async function refusedPassword(context: SignInContext, answer: LibraryAnswer, action: string): Promise<boolean> {
  stopWhenTooMany(answer)
  if (answer.status === 200) return false
  if (hasCode(answer, 'INVALID_PASSWORD')) {
    await refuse(context, new Problem('signInRefused'), { action, ...aboutPerson(context.actor.userId) })
    return true
  }
  if (answer.status === 401) throw new Problem('signInRequired')
  throw new Problem('wrongState')
}

/** Stores what was counted and leaves the trace of the failed try, and then, after the commit, answers with the problem. */
async function refuse(context: SignInContext, problem: Problem, entry: AuditEntry): Promise<void> {
  await context.audit({ ...entry, detail: { refused: true } })
  context.afterCommit(() => {
    throw problem
  })
}

async function leaveOwnTrace(
  context: SignInContext,
  action: string,
  detail: Record<string, number> = {},
): Promise<void> {
  const { userId } = context.actor
  context.afterCommit(context.forgetIdentified)
  const areaCode = await areaOfPerson(context.tx, userId, dayInThailand(context.now))
  await context.audit({ action, ...aboutPerson(userId), areaCode, detail })
}

async function byPerson(context: SignInContext, account: AccountRow | null): Promise<Omit<AuditEntry, 'action'>> {
  if (!account) return {}
  const areaCode = await areaOfPerson(context.tx, account.id, dayInThailand(context.now))
  return { actorId: account.id, ...aboutPerson(account.id), areaCode }
}

function aboutPerson(accountId: string): { subjectKind: string; subjectId: string } {
  return { subjectKind: 'person', subjectId: accountId }
}
