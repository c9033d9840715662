/** A process that does the waiting background work of a registry and says what it is at; made to be killed. */
import { createDeps } from '../../src/server/compose.ts'
import { readConfig } from '../../src/server/config.ts'
import { connect } from '../../src/server/db/connect.ts'
import { inTransaction } from '../../src/server/db/transaction.ts'
import { jobHandlers } from '../../src/server/jobs/handlers.ts'
import { releaseClaims } from '../../src/server/queries/jobs.ts'

async function work(): Promise<void> {
  const config = readConfig(process.env)
  const database = await connect(config.database)
  const deps = await createDeps({ config, database, now: () => new Date() })
  await inTransaction(database, 'program', releaseClaims)
  process.stdout.write('working\n')
  await deps.jobs.exhaust(jobHandlers(deps))
  await database.close()
  process.stdout.write('done\n')
  process.exit(0)
}

void work()
