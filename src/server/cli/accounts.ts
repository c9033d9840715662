/** `kaejon account`: who has an account, and a way back in for an administrator who lost the second factor. */
import { dayInThailand } from '../../domain/time.ts'
import type { Deps } from '../deps.ts'
import { findAccountByUsername, grantsOf, listAccounts, type AccountRow } from '../queries/people.ts'
import { deleteSecondFactor, deleteSessions } from '../queries/sessions.ts'
import { act, actorFor, CommandStopped } from './registry.ts'

export interface AccountLine {
  username: string
  name: string
  roles: string[]
  isDisabled: boolean
  hasSecondFactor: boolean
}

/** Every account with the roles it holds today. */
export async function readAccounts(deps: Deps): Promise<AccountLine[]> {
  const db = deps.database.kysely
  const day = dayInThailand(deps.now())
  const lines: AccountLine[] = []
  let after: { name: string; id: string } | null = null
  for (;;) {
    const page: AccountRow[] = await listAccounts(db, {
      reach: { areas: [''], centreIds: [] },
      words: null,
      role: null,
      state: null,
      after,
      limit: 500,
    })
    const grants = await grantsOf(
      db,
      page.map(({ id }) => id),
      day,
    )
    for (const account of page) {
      const current = grants.filter(
        (grant) =>
          grant.accountId === account.id &&
          !grant.isRevoked &&
          grant.from <= day &&
          (grant.to === null || grant.to >= day),
      )
      lines.push({
        username: account.username,
        name: account.name,
        roles: current.map(({ role, placeName }) => `${role} ${placeName}`.trim()),
        isDisabled: account.disabledAt !== null,
        hasSecondFactor: account.secondFactor,
      })
    }
    const last = page.at(-1)
    if (!last || page.length < 500) return lines
    after = { name: last.name, id: last.id }
  }
}

/**
 * Takes the second factor off an account and ends its sessions; the person signs in with the password and sets a new
 * one. The operator of the machine vouches for who it is.
 */
export async function resetSecondFactor(deps: Deps, username: string): Promise<{ sessions: number }> {
  const account = await findAccountByUsername(deps.database.kysely, username)
  if (!account) throw new CommandStopped(`ไม่พบผู้ใช้ ${username}\nThere is no account ${username}.`)
  const actor = await actorFor(deps, undefined)
  return act(deps, actor, async (context) => {
    await deleteSecondFactor(context.tx, account.id, context.now)
    const sessions = await deleteSessions(context.tx, account.id)
    await context.audit({
      action: 'people.resetSecondFactor',
      subjectKind: 'person',
      subjectId: account.id,
      detail: { sessions, by: 'operator' },
    })
    return { sessions }
  })
}
