/** Opens the registry for a command and closes it again; what stands in the way is said in a sentence. */
import type { Actor } from '../../domain/permission.ts'
import { dayInThailand } from '../../domain/time.ts'
import { createActionRun, type ActionContext } from '../actions/context.ts'
import { loadReference } from '../actions/reference.ts'
import { createDeps } from '../compose.ts'
import { readConfig } from '../config.ts'
import { connect } from '../db/connect.ts'
import { DatabaseRefused } from '../db/database.ts'
import { migrateAndTell } from '../db/migrate.ts'
import { inTransaction } from '../db/transaction.ts'
import type { Deps } from '../deps.ts'
import { newId } from '../ids.ts'
import { actorOf, findAccountByUsername, putOperatorAccount } from '../queries/people.ts'

/** Ends a command with a sentence and an exit code. */
export class CommandStopped extends Error {
  readonly exitCode: number

  constructor(message: string, exitCode = 1) {
    super(message)
    this.exitCode = exitCode
  }
}

export const exitCodes = { done: 0, problem: 1, usage: 2, needsDecision: 3, stopped: 4 } as const

/** Runs `work` on the registry that the environment names. */
export async function withRegistry<Result>(
  environment: Record<string, string | undefined>,
  work: (deps: Deps) => Promise<Result>,
): Promise<Result> {
  // The log would run into what the command prints.
  const config = readConfig({ ...environment, KAEJON_LOG_LEVEL: environment['KAEJON_LOG_LEVEL'] ?? 'silent' })
  const database = await connect(config.database).catch((error: unknown) => {
    if (!(error instanceof DatabaseRefused) || config.database.url !== null) throw error
    throw new CommandStopped(
      `เปิดฐานข้อมูลไม่ได้ หากเซิร์ฟเวอร์แก้จนกำลังทำงานอยู่กับโฟลเดอร์นี้ ให้หยุดก่อน หรือทำงานนี้บนหน้าเว็บแทน\n${error.message}`,
    )
  })
  try {
    await migrateAndTell(database)
    await loadReference(database, new Date())
    const deps = await createDeps({ config, database, now: () => new Date() })
    await deps.jobs.takeOver()
    return await work(deps)
  } finally {
    await database.close()
  }
}

/**
 * In whose name a command acts: a person of the registry with that person's rights, or the operator of the machine, who
 * has all of them and whom the audit names as such.
 */
export async function actorFor(deps: Deps, username: string | undefined): Promise<Actor> {
  if (username === undefined) return operator(deps)
  const account = await findAccountByUsername(deps.database.kysely, username)
  const session = account && { accountId: account.id, sessionId: newId() }
  const actor = session && (await actorOf(deps.database.kysely, session, dayInThailand(deps.now())))
  if (!actor) {
    throw new CommandStopped(`ไม่พบผู้ใช้ ${username} หรือบัญชีถูกระงับ\nThere is no account ${username}, or it is disabled.`)
  }
  return actor
}

async function operator(deps: Deps): Promise<Actor> {
  const userId = await inTransaction(deps.database, 'program', (tx) => putOperatorAccount(tx, newId(), deps.now()))
  const everywhere = { areas: [''], centreId: null, teamId: null, agencyId: null }
  return {
    userId,
    name: 'operator',
    sessionId: newId(),
    grants: [
      { role: 'administrator', ...everywhere },
      { role: 'province', ...everywhere },
    ],
    secondFactor: true,
  }
}

/** Runs one action in one transaction, with its audit row, as a request would. */
export async function act<Result>(
  deps: Deps,
  actor: Actor,
  work: (context: ActionContext) => Promise<Result>,
): Promise<Result> {
  const { run, result } = await inTransaction(deps.database, 'program', async (tx) => {
    const action = createActionRun({ tx, actor, now: deps.now(), secrets: deps.secrets, requestId: null })
    return { run: action, result: await work(action.context) }
  })
  run.runAfterCommit()
  return result
}
