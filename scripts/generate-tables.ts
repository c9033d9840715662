/** Writes src/server/db/tables.ts from the migrated database, so that queries are checked against the real columns. */
import { execFileSync } from 'node:child_process'
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { connect } from '../src/server/db/connect.ts'
import { describeTables } from '../src/server/db/describe.ts'
import { migrate } from '../src/server/db/migrate.ts'
import { packageRoot } from '../src/server/package-root.ts'

const folder = mkdtempSync(join(tmpdir(), 'kaejon-tables-'))
const database = await connect({ url: null, folder, poolSize: 1 })
await migrate(database)
const target = join(packageRoot(), 'src/server/db/tables.ts')
writeFileSync(target, await describeTables(database.kysely))
await database.close()
rmSync(folder, { recursive: true })
execFileSync('npx', ['oxfmt', target], { stdio: 'inherit' })
