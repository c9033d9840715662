/**
 * `npm run demo`: the practice province of Buriram, every household invented, served on loopback. Its lists come in
 * through the same door as a province's own files. Run again, it starts where it stopped.
 */
import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { createVisitor, importFile, totp } from './lib/registry.js'
import { build, checkNode, installPackages, must, root, say } from './lib/steps.js'

checkNode()
installPackages()
build()

const folder = resolve(process.env.KAEJON_DATA ?? join(root, 'kaejon-demo'))
const files = join(folder, 'files')
const statePath = join(folder, 'demo.json')
const port = process.env.KAEJON_PORT ?? '3000'
const address = `http://127.0.0.1:${port}`
const password = 'แก้จน-ฝึกหัด-2565'
const province = '31'
const people = {
  province: ['สมหญิง ใจงาม (ฝึกหัด)', 'province', '31'],
  district: ['ประเสริฐ แสนดี (ฝึกหัด)', 'district', '3104'],
  operations: ['วิไล ทองสุข (ฝึกหัด)', 'operations', '310401'],
  mentor: ['บุญมี ศรีสุข (ฝึกหัด)', 'mentor', '31040101'],
  nation: ['อรทัย วงศ์ไทย (ฝึกหัด)', 'nation', ''],
  auditor: ['สุรชัย เที่ยงธรรม (ฝึกหัด)', 'auditor', ''],
}
mkdirSync(folder, { recursive: true, mode: 0o700 })
/** What is done already, so that an interrupted start goes on. */
const state = existsSync(statePath) ? JSON.parse(readFileSync(statePath, 'utf8')) : { imported: [], people: [] }
const keep = () => writeFileSync(statePath, JSON.stringify(state, null, 2), { mode: 0o600 })

if (!existsSync(join(files, 'truth.json'))) {
  say('Writing the lists of the practice province (29,010 + 85,300 households)')
  must(process.execPath, ['dist/practice/main.js', '--province', province, '--seed', '2565', '--out', files])
}
must(process.execPath, ['dist/server/cli.js', 'practice', '--mark'], { env: environment() })

let server = await startServer()
for (const signal of ['SIGINT', 'SIGTERM']) process.on(signal, () => server.kill(signal))

process.on('uncaughtException', (error) => {
  process.stderr.write(`${error.stack}\n`)
  server.kill('SIGTERM')
  process.exitCode = 1
})
if (!state.secret) await makeAdministrator()
await makePeople(['province'])
const governor = await signIn('province')
const truth = JSON.parse(readFileSync(join(files, 'truth.json'), 'utf8'))
for (const { file: name, list: listCode, defaultArea } of truth.files) {
  if (state.imported.includes(name)) continue
  say(`Importing ${name}`)
  const startedAt = Date.now()
  const batch = await importFile(governor, join(files, name), {
    listCode,
    areaCode: defaultArea || province,
    onProgress: showProgress,
  })
  const { households, waiting } = batch.counts
  process.stdout.write(
    `\r  ${households.toLocaleString('en')} households read, ${batch.result.householdsMade.toLocaleString('en')} new, ${waiting.toLocaleString('en')} wait for a person, ${Math.round((Date.now() - startedAt) / 1000)} s${' '.repeat(30)}\n`,
  )
  state.imported.push(name)
  keep()
}
// Villages come into the registry with the lists, so a role in one can be given only now.
await makePeople(Object.keys(people))
if (!state.hasYear) await recordYear()

process.stdout.write(`
────────────────────────────────────────────────────────────────────
แก้จน (ข้อมูลฝึกหัด): ${address}
Everybody's password: ${password}

  username      who                                        sees
  province      จังหวัดบุรีรัมย์                              the province, imports, people
  district      พัฒนาการอำเภอนางรอง                          district 3104
  operations    ทีมปฏิบัติการฯ ตำบล                           subdistrict 310401
  mentor        ทีมพี่เลี้ยง หมู่บ้าน                           village 31040101
  nation        ฝ่ายเลขานุการฯ                                totals, no names
  auditor       ผู้ตรวจสอบ                                    totals and the activity log
  admin         ผู้ดูแลระบบ                                   accounts, lists, settings (second factor)

admin's second factor: secret ${state.secret} (code now: ${totp(state.secret)})
Stop with Ctrl+C; ${folder} keeps everything, delete it to begin again.
────────────────────────────────────────────────────────────────────
`)

function environment() {
  return {
    ...process.env,
    KAEJON_DATA: folder,
    KAEJON_PORT: port,
    KAEJON_HOST: '127.0.0.1',
    KAEJON_LOG_LEVEL: process.env.KAEJON_LOG_LEVEL ?? 'warn',
  }
}

async function startServer() {
  say('Starting the server')
  const started = spawn(process.execPath, ['dist/server/main.js'], {
    cwd: root,
    stdio: ['ignore', 'pipe', 'inherit'],
    env: environment(),
  })
  started.stdout.on('data', (text) => process.env.KAEJON_LOG_LEVEL && process.stdout.write(text))
  started.on('exit', (code) => started.isAwaited || process.exit(code ?? 0))
  await untilReady()
  return started
}

/** The embedded database belongs to one process, so the server is stopped while a command works on it. */
async function stopServer() {
  server.isAwaited = true
  const stopped = once(server, 'exit')
  server.kill('SIGTERM')
  await stopped
}

/** What the teams of three districts recorded in 2566, and a little since, so that every page has something to show. */
async function recordYear() {
  say('Recording a year of logbooks for three districts')
  await stopServer()
  const [households, year] = ['households.jsonl', 'year.jsonl'].map((name) => join(files, name))
  const options = { env: environment() }
  must(process.execPath, ['dist/server/cli.js', 'practice', '--households', households], options)
  const today = new Date(Date.now() + 7 * 3_600_000).toISOString().slice(0, 10)
  const chosen = ['--districts', '3104,3120,3121', '--share', '0', '--seed', '2565', '--today', today]
  must(process.execPath, ['dist/practice/history-main.js', '--households', households, '--out', year, ...chosen])
  must(process.execPath, ['dist/server/cli.js', 'practice', '--record', year], options)
  for (const file of [households, year]) rmSync(file)
  state.hasYear = true
  keep()
  server = await startServer()
}

async function untilReady() {
  for (let attempt = 0; attempt < 120; attempt += 1) {
    if (
      await fetch(`${address}/health/ready`).then(
        (answer) => answer.ok,
        () => false,
      )
    )
      return
    await new Promise((resume) => setTimeout(resume, 500))
  }
  throw new Error(`The server did not become ready at ${address}`)
}

/** The first administrator by the first page, with the second factor that the role must have. */
async function makeAdministrator() {
  say('Making the people who can sign in')
  const administrator = createVisitor(address)
  await administrator.post('/api/setup', {
    name: 'ผู้ดูแลระบบ (ฝึกหัด)',
    username: 'admin',
    password,
    registryName: 'แก้จน บุรีรัมย์ (ฝึกหัด)',
  })
  const { secret } = await administrator.post('/api/second-factor/begin', { password })
  await administrator.post('/api/second-factor/confirm', { code: totp(secret) })
  state.secret = secret
  keep()
}

/** Everybody else by the administrator, each then with the password of the demonstration. */
async function makePeople(usernames) {
  const missing = usernames.filter((username) => !state.people.includes(username))
  if (missing.length === 0) return
  const administrator = createVisitor(address)
  await administrator.post('/api/session/sign-in', { username: 'admin', password })
  // The code of this moment was used to set the second factor up; each is taken once.
  await administrator.post('/api/session/second-factor', { code: totp(state.secret, Date.now() + 30_000) })
  for (const username of missing) {
    const [name, role, areaCode] = people[username]
    const grants = [{ role, place: { kind: 'area', areaCode } }]
    const { oneTimePassword } = await administrator.post('/api/people', { name, username, grants })
    const person = createVisitor(address)
    await person.post('/api/session/sign-in', { username, password: oneTimePassword })
    await person.post('/api/password', { currentPassword: oneTimePassword, newPassword: password })
    state.people.push(username)
    keep()
  }
}

async function signIn(username) {
  const visitor = createVisitor(address)
  await visitor.post('/api/session/sign-in', { username, password })
  return visitor
}

function showProgress(batch) {
  if (!batch.progress) return
  const { phase, done, total, rate, secondsLeft } = batch.progress
  const share = total ? `${Math.floor((100 * done) / total)} %` : ''
  const speed = rate ? `${Math.round(rate).toLocaleString('en')} rows/s` : ''
  const left = secondsLeft == null ? '' : `${Math.round(secondsLeft)} s left`
  process.stdout.write(
    `\r  ${phase.padEnd(10)} ${done.toLocaleString('en').padStart(9)} ${share.padStart(5)} ${speed.padStart(14)} ${left.padEnd(16)}`,
  )
}
