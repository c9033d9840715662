/** Starts the server: configuration, database, migrations, HTTP and background work; and stops them cleanly. */
import { serve } from '@hono/node-server'
import { loadReference } from './actions/reference.ts'
import { createDeps } from './compose.ts'
import { readConfig } from './config.ts'
import { connect } from './db/connect.ts'
import { DatabaseRefused } from './db/database.ts'
import { migrateAndTell } from './db/migrate.ts'
import { createApp } from './http/app.ts'
import { endpoints } from './http/endpoints.ts'
import { jobHandlers } from './jobs/handlers.ts'
import { removeFiles } from './jobs/import-files.ts'
import { sweepPhotos } from './jobs/photo-files.ts'
import { createProgressTimer } from './jobs/progress.ts'
import { sweepSealedPhotos } from './jobs/sealed-photos.ts'

const stopWithinMs = 30_000

async function main(): Promise<void> {
  const config = readConfig(process.env)
  const database = await connect(config.database)
  await migrateAndTell(database)
  await loadReference(database, new Date())
  const deps = await createDeps({ config, database, now: () => new Date() })
  const { log } = deps
  let isStopping = false
  const app = createApp(deps, endpoints, () => isStopping)
  const server = serve({ fetch: app.fetch, hostname: config.host, port: config.port }, (address) => {
    const shown = config.publicUrl ?? `http://${config.host}:${address.port}`
    log.info({ address: shown, engine: database.engine }, 'ready')
    process.stdout.write(`Kaejon (แก้จน): ${shown}\n`)
  })
  server.on('error', (error: NodeJS.ErrnoException) => {
    process.stderr.write(
      error.code === 'EADDRINUSE'
        ? `Port ${config.port} is in use by another program. Set KAEJON_PORT to a free one.\n`
        : `The server could not start: ${error.message}\n`,
    )
    process.exit(1)
  })
  deps.jobs.start(jobHandlers(deps), async () => {
    await removeFiles(deps)
    await sweepPhotos(deps)
    await sweepSealedPhotos(deps)
  })
  const progress = createProgressTimer(deps)
  progress.start()

  /** Requests under way finish, the running job pauses at its next safe point, then the database closes. */
  const stop = async (): Promise<void> => {
    if (isStopping) return
    isStopping = true
    log.info('stopping')
    const forced = setTimeout(() => process.exit(1), stopWithinMs)
    forced.unref()
    const closed = new Promise<void>((resolve) => server.close(() => resolve()))
    if ('closeIdleConnections' in server) server.closeIdleConnections()
    await closed
    await deps.jobs.stop()
    await progress.stop()
    await database.close()
    log.info('stopped')
    process.exit(0)
  }
  process.on('SIGTERM', () => void stop())
  process.on('SIGINT', () => void stop())
}

try {
  await main()
} catch (error) {
  // A refusal is a sentence for the operator; anything else shows where it happened.
  process.stderr.write(error instanceof DatabaseRefused ? `${error.message}\n` : `${String(error)}\n`)
  process.exit(1)
}
