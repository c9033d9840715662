/**
 * `npm test`: everything, on both databases, in one command. The last line is `N passed, N failed`; what could not be
 * run on this system is named loudly before it and, under CI, counts as a failure.
 */
import { spawnSync } from 'node:child_process'
import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { findChromium, findPostgres, installDebianPackages, startPostgres } from './lib/services.js'
import { build, checkNode, installPackages, root, say } from './lib/steps.js'

checkNode()
const startedAt = Date.now()
const totals = { passed: 0, failed: 0, skipped: 0 }
const notRun = []
/** What failed, told once more at the end, where nobody has to look for it. */
const failures = /** @type {string[]} */ ([])
installPackages()
installDebianPackages()
build()

const scratch = mkdtempSync(join(tmpdir(), 'kaejon-test-run-'))
const bin = (name) => join(root, 'node_modules/.bin', name)

for (const [title, command, args] of [
  ['Format', bin('oxfmt'), ['--check', '.']],
  ['Lint', bin('oxlint'), ['--type-aware', '--deny-warnings']],
  ['Types: domain', bin('tsc'), ['-p', 'src/domain']],
  ['Types: server', bin('tsc'), ['-p', 'src/server']],
  ['Types: web', bin('tsc'), ['-p', 'src/web']],
  ['Types: tests', bin('tsc'), ['-p', 'test']],
  ['Unused code', bin('knip'), []],
]) {
  say(title)
  const result = spawnSync(command, args, { cwd: root, stdio: 'inherit' })
  count(result.status === 0 ? 1 : 0, result.status === 0 ? 0 : 1)
  if (result.status !== 0) failures.push(title)
}

const template = join(scratch, 'embedded-template')
mkdirSync(template)
say('Tests on the embedded database')
must(process.execPath, [join(root, 'node_modules/tsx/dist/cli.mjs'), 'scripts/make-template.ts', template])
vitest('embedded', ['--config', 'vitest.config.ts'], { TEST_EMBEDDED_TEMPLATE: template })

const postgres = process.env.DATABASE_URL ? { url: process.env.DATABASE_URL, stop() {} } : await maybePostgres()
if (postgres) {
  say('Tests on PostgreSQL')
  must(process.execPath, [join(root, 'node_modules/tsx/dist/cli.mjs'), 'scripts/make-template.ts', postgres.url])
  // What needs no database ran once already.
  vitest('postgres', ['--config', 'vitest.config.ts', 'test/'], {
    TEST_DATABASE_URL: postgres.url,
    TEST_POSTGRES_TEMPLATE: 'kaejon_template',
  })
} else notRun.push('the tests on PostgreSQL (no server: install PostgreSQL 15 or newer, or set DATABASE_URL)')

const chromium = findChromium()
if (chromium) {
  say('Tests in a browser')
  vitest('browser', ['--config', 'vitest.browser.config.ts'], {
    CHROMIUM_PATH: chromium,
    TEST_EMBEDDED_TEMPLATE: template,
  })
} else notRun.push('the tests in a browser (no Chromium: install it, or set CHROMIUM_PATH)')

postgres?.stop()
rmSync(scratch, { recursive: true, force: true })

for (const what of notRun) {
  process.stdout.write(`\n!!! NOT RUN: ${what}\n`)
  if (process.env.CI) totals.failed += 1
}
for (const what of failures) process.stdout.write(`\nFAILED: ${what.slice(0, 2000)}\n`)
say(`${Math.round((Date.now() - startedAt) / 1000)} s`)
const skipped = totals.skipped > 0 ? `, ${totals.skipped} skipped` : ''
process.stdout.write(`${totals.passed} passed, ${totals.failed} failed${skipped}\n`)
process.exit(totals.failed > 0 ? 1 : 0)

function count(passed, failed, skippedTests = 0) {
  totals.passed += passed
  totals.failed += failed
  totals.skipped += skippedTests
}

/** Runs vitest and adds its own counts; a run that ends without a report counts as one failure. */
function vitest(name, args, env) {
  const report = join(scratch, `${name}.json`)
  const result = spawnSync(
    bin('vitest'),
    ['run', ...args, '--reporter=default', '--reporter=json', `--outputFile.json=${report}`],
    {
      cwd: root,
      stdio: 'inherit',
      env: { ...process.env, TEST_THREADS: new URL('../dist/server/', import.meta.url).href, ...env },
    },
  )
  if (!existsSync(report)) {
    failures.push(`${name}: ended without a report`)
    return count(0, 1)
  }
  const { numPassedTests, numFailedTests, numPendingTests, numFailedTestSuites, testResults } = JSON.parse(
    readFileSync(report, 'utf8'),
  )
  for (const file of testResults) {
    const failed = file.assertionResults.filter(({ status }) => status === 'failed')
    if (file.status === 'failed' && failed.length === 0) failures.push(`${name}: ${file.name}: ${file.message}`)
    for (const { fullName, failureMessages } of failed)
      failures.push(`${name}: ${fullName}\n${failureMessages.join('\n')}`)
  }
  const failed = numFailedTests > 0 ? numFailedTests : numFailedTestSuites
  if (failed === 0 && result.status !== 0) failures.push(`${name}: all tests passed, and then it ended with an error`)
  count(numPassedTests, failed === 0 && result.status !== 0 ? 1 : failed, numPendingTests)
}

function must(command, args) {
  const result = spawnSync(command, args, { cwd: root, stdio: 'inherit' })
  if (result.status !== 0) throw new Error(`${args[1]} failed`)
}

async function maybePostgres() {
  const folder = findPostgres()
  if (!folder) return null
  // fsync stays on: the registry refuses a server that runs without it.
  return startPostgres(folder, ['shared_buffers=128MB', 'max_connections=200', 'max_wal_size=1GB'])
}
