/** Makes the migrated, empty registry that each test file copies: a folder, or the database kaejon_template on a server. */
import pg from 'pg'
import { loadReference } from '../src/server/actions/reference.ts'
import { connect } from '../src/server/db/connect.ts'
import { migrate } from '../src/server/db/migrate.ts'

const place = process.argv[2]
if (!place) throw new Error('usage: make-template FOLDER|POSTGRES_URL')

if (place.startsWith('postgres')) {
  const admin = new pg.Client({ connectionString: place })
  await admin.connect()
  await admin.query('drop database if exists kaejon_template with (force)')
  await admin.query(
    "create database kaejon_template template template0 encoding 'UTF8' lc_collate 'C.UTF-8' lc_ctype 'C.UTF-8'",
  )
  await admin.end()
  const address = new URL(place)
  address.pathname = '/kaejon_template'
  await fill(address.href, '')
} else {
  await fill(null, place)
}

async function fill(url: string | null, folder: string): Promise<void> {
  const database = await connect({ url, folder, poolSize: 2 })
  await migrate(database)
  await loadReference(database, new Date())
  await database.close()
}
