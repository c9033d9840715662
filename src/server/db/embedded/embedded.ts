import { mkdirSync } from 'node:fs'
import { Kysely, sql } from 'kysely'
import { DatabaseRefused, type Database } from '../database.ts'
import { guardTransactions } from '../transaction.ts'
import type { Tables } from '../tables.ts'
import { EmbeddedClient, embeddedDialect } from './driver.ts'
import { FolderInUse, lockFolder } from './folder-lock.ts'

const tidyEveryMs = 6 * 60 * 60 * 1000

/**
 * Opens the embedded database with its four guards: the folder lock, the fsync shim with its self-test, the thread of
 * its own, and the housekeeping that a server would do by itself.
 *
 * @throws DatabaseRefused when another process has the folder, or commits do not reach the disk
 */
export async function openEmbedded(folder: string): Promise<Database> {
  mkdirSync(folder, { recursive: true, mode: 0o700 })
  const lock = await lockFolder(folder).catch((error: unknown) => {
    if (!(error instanceof FolderInUse)) throw error
    throw new DatabaseRefused(
      `The data folder ${folder} is in use by another Kaejon process. Stop that one first, or set KAEJON_DATA to another folder.`,
    )
  })
  try {
    const client = await EmbeddedClient.open(`${folder}/database`)
    const kysely = new Kysely<Tables>({
      dialect: guardTransactions(embeddedDialect(client), (statements) => client.send('script', statements)),
    })
    await checkDurability(client)
    const tidy = async (tables?: readonly string[]) => {
      await sql.raw(`vacuum (analyze) ${(tables ?? []).join(', ')}`).execute(kysely)
      await sql`checkpoint`.execute(kysely)
    }
    const timer = setInterval(() => void tidy().catch(() => {}), tidyEveryMs)
    timer.unref()
    return {
      engine: 'embedded',
      kysely,
      tidy,
      script: (text) =>
        kysely.connection().execute(async () => {
          try {
            await client.send('script', `begin; ${text}\n; commit;`)
          } catch (error) {
            await client.send('script', 'rollback')
            throw error
          }
        }),
      close: async () => {
        clearInterval(timer)
        await kysely.connection().execute(() => client.close())
        await lock.release()
      },
    }
  } catch (error) {
    await lock.release()
    throw error
  }
}

/** Commits one row and refuses to go on unless the commit reached the disk by an fsync. */
async function checkDurability(client: EmbeddedClient): Promise<void> {
  await client.send('script', 'create table if not exists durability_check (checked_at timestamptz not null)')
  await client.send('script', 'delete from durability_check')
  const before = (await client.send('syncs')).affected!
  await client.send('script', 'insert into durability_check values (now())')
  const after = (await client.send('syncs')).affected!
  if (after <= before) {
    throw new DatabaseRefused(
      'The embedded database confirms writes that have not reached the disk; it is not safe to use here',
    )
  }
}
