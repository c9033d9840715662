/** Accounts of other people: made, disabled and reset by those who answer for their place. */
import { randomInt } from 'node:crypto'
import { Problem } from '../../domain/problem.ts'
import { dayInThailand } from '../../domain/time.ts'
import { newId } from '../ids.ts'
import { insertAccount, setDisabled } from '../queries/people.ts'
import { areaExists, findPlace, insertAgency, insertTeam } from '../queries/places.ts'
import { deleteSecondFactor, deleteSessions, setPassword } from '../queries/sessions.ts'
import { requireAt, requirePermission, type ActionContext } from './context.ts'
import { requireNothingWaiting } from './devices.ts'
import {
  areaOfPerson,
  isWithin,
  keepAnAdministrator,
  requireEditable,
  requireGrantable,
  storeGrant,
  type Forget,
  type NewGrant,
} from './roles.ts'
import { syntheticEmail } from './session.ts'

export interface PeopleContext extends ActionContext {
  hashPassword: (password: string) => Promise<string>
  forgetIdentified: Forget
}

/** Makes an account with its roles; every one of them must be within the gift of the person who acts. */
export async function createPerson(
  context: PeopleContext,
  input: { name: string; username: string; email?: string | undefined; grants: readonly NewGrant[] },
): Promise<{ personId: string; oneTimePassword: string }> {
  const { tx, now } = context
  const places = []
  for (const wanted of input.grants) places.push(await requireGrantable(context, wanted))
  const personId = newId()
  const oneTimePassword = makeOneTimePassword()
  await insertAccount(tx, {
    id: personId,
    credentialId: newId(),
    name: input.name,
    username: input.username,
    email: input.email?.toLowerCase() ?? syntheticEmail(input.username),
    passwordHash: await context.hashPassword(oneTimePassword),
    isOneTime: true,
    now,
  })
  for (const [index, wanted] of input.grants.entries()) await storeGrant(context, personId, wanted, places[index]!)
  const roles = input.grants.map((grant) => grant.role)
  await leaveTrace(context, 'people.create', personId, { roles })
  return { personId, oneTimePassword }
}

/** The person is signed out everywhere and cannot sign in again until enabled. @throws Problem phonesWaiting */
export async function disablePerson(context: PeopleContext, personId: string, despiteWaiting: boolean): Promise<void> {
  const { account } = await requireEditable(context, personId)
  if (account.disabledAt !== null) throw new Problem('wrongState')
  await keepAnAdministrator(context, (grant) => grant.accountId === account.id)
  const left = await requireNothingWaiting(context, account.id, despiteWaiting)
  await setDisabled(context.tx, account.id, context.now, context.now)
  const sessions = await deleteSessions(context.tx, account.id)
  await leaveTrace(context, 'people.disable', account.id, { sessions, ...left })
}

export async function enablePerson(context: PeopleContext, personId: string): Promise<void> {
  const { account } = await requireEditable(context, personId)
  if (account.disabledAt === null) throw new Problem('wrongState')
  await setDisabled(context.tx, account.id, null, context.now)
  await leaveTrace(context, 'people.enable', account.id, {})
}

export async function resetPassword(context: PeopleContext, personId: string): Promise<string> {
  const { account } = await requireEditable(context, personId)
  const oneTimePassword = makeOneTimePassword()
  const hash = await context.hashPassword(oneTimePassword)
  await setPassword(context.tx, account.id, hash, true, context.now)
  const sessions = await deleteSessions(context.tx, account.id)
  await leaveTrace(context, 'people.resetPassword', account.id, { sessions })
  return oneTimePassword
}

export async function resetSecondFactor(context: PeopleContext, personId: string): Promise<void> {
  const { account } = await requireEditable(context, personId)
  await deleteSecondFactor(context.tx, account.id, context.now)
  const sessions = await deleteSessions(context.tx, account.id)
  await leaveTrace(context, 'people.resetSecondFactor', account.id, { sessions })
}

export async function createTeam(
  context: ActionContext,
  input: { kind: 'mentor' | 'operations'; name: string; centreId: string; areaCode: string },
): Promise<string> {
  const reach = requirePermission(context.actor, 'people.edit')
  await requireExistingArea(context, input.areaCode)
  const centre = await findPlace(context.tx, 'centre', input.centreId)
  if (!centre || !isWithin(reach, centre)) throw new Problem('notFound')
  const id = newId()
  await insertTeam(context.tx, { id, ...input, now: context.now })
  await context.audit({ action: 'team.create', subjectKind: 'team', subjectId: id, areaCode: input.areaCode })
  return id
}

export async function createAgency(
  context: ActionContext,
  input: { kind: 'agency' | 'partner'; nameTh: string; nameEn: string | null; areaCode: string },
): Promise<string> {
  await requireExistingArea(context, input.areaCode)
  const id = newId()
  await insertAgency(context.tx, { id, ...input, now: context.now })
  await context.audit({ action: 'agency.create', subjectKind: 'agency', subjectId: id, areaCode: input.areaCode })
  return id
}

async function requireExistingArea(context: ActionContext, areaCode: string): Promise<void> {
  requireAt(context.actor, 'people.edit', { areaCode })
  if (areaCode !== '' && !(await areaExists(context.tx, areaCode))) throw new Problem('notFound')
}

async function leaveTrace(
  context: PeopleContext,
  action: string,
  personId: string,
  detail: Record<string, number | readonly string[]>,
): Promise<void> {
  context.afterCommit(context.forgetIdentified)
  const areaCode = await areaOfPerson(context.tx, personId, dayInThailand(context.now))
  await context.audit({ action, subjectKind: 'person', subjectId: personId, areaCode, detail })
}

// Without letters and digits that look alike: it is read aloud and typed from paper.
const clearCharacters = 'abcdefghjkmnpqrstuvwxyz23456789'

/** Sixteen characters in four groups, about 79 bits. */
function makeOneTimePassword(): string {
  const group = () => Array.from({ length: 4 }, () => clearCharacters[randomInt(clearCharacters.length)]).join('')
  return [group(), group(), group(), group()].join('-')
}
