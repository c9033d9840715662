/**
 * `npm run bench -- NAME [--quick]`: one JSON line for each measurement, with the raw limit of the same run beside it.
 * PostgreSQL is a throw-away server, or the one that DATABASE_URL names.
 */
import { spawnSync } from 'node:child_process'
import { existsSync, readdirSync } from 'node:fs'
import { join } from 'node:path'
import { findPostgres, installDebianPackages, startPostgres } from './lib/services.js'
import { build, checkNode, installPackages, root } from './lib/steps.js'

checkNode()
const [name, ...rest] = process.argv.slice(2)
const names = readdirSync(join(root, 'scripts/bench'))
  .filter((file) => !file.startsWith('_'))
  .map((file) => file.replace(/\.ts$/, ''))
if (!name || !names.includes(name)) {
  process.stderr.write(
    `usage: npm run bench -- ${names.join('|')} [--quick] [--size N] [--engine postgres|embedded] [--runs N] [--keep]\n`,
  )
  process.exit(2)
}
installPackages()
build()
installDebianPackages()
const bin = findPostgres()
if (!process.env.DATABASE_URL && !bin) {
  process.stderr.write('No PostgreSQL server was found: install it, or set DATABASE_URL.\n')
  process.exit(1)
}
const server = process.env.DATABASE_URL
  ? { url: process.env.DATABASE_URL, stop() {} }
  : await startPostgres(bin, [
      'shared_buffers=1GB',
      'max_wal_size=8GB',
      'checkpoint_timeout=30min',
      'effective_cache_size=8GB',
      'random_page_cost=1.1',
    ])
let status = 1
try {
  const tsx = join(root, 'node_modules/tsx/dist/cli.mjs')
  if (!existsSync(tsx)) throw new Error('tsx is missing')
  const result = spawnSync(process.execPath, [tsx, `scripts/bench/${name}.ts`, ...rest], {
    cwd: root,
    stdio: 'inherit',
    env: { ...process.env, BENCH_POSTGRES_URL: server.url },
  })
  status = result.status ?? 1
} finally {
  server.stop()
}
process.exit(status)
