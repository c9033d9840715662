import { spawn } from 'node:child_process'
import { existsSync, mkdtempSync, readdirSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { importWaiveElsewhere } from '../src/contract/imports.ts'
import { mappingFingerprint } from '../src/domain/import/columns.ts'
import { nationalIdWithCheckDigit } from '../src/domain/national-id.ts'
import { importFile } from '../src/server/cli/import.ts'
import { rotateKeys } from '../src/server/cli/keys.ts'
import { markPractice } from '../src/server/cli/practice.ts'
import { recountText } from '../src/server/cli/print.ts'
import { exitCodes } from '../src/server/cli/registry.ts'
import { inTransaction } from '../src/server/db/transaction.ts'
import type { Deps } from '../src/server/deps.ts'
import { jobHandlers } from '../src/server/jobs/handlers.ts'
import { rememberMapping } from '../src/server/queries/imports.ts'
import { recount } from '../src/server/queries/recount.ts'
import { addKey, openSecrets } from '../src/server/secrets.ts'
import { createWorld, engine, type World } from './_world.ts'

const root = resolve(import.meta.dirname, '..')

/** Runs the command line as a person would, from the source. */
function kaejon(
  args: readonly string[],
  environment: Record<string, string> = {},
): Promise<{ code: number | null; out: string; error: string }> {
  const child = spawn(process.execPath, ['--import', 'tsx', 'src/server/cli.ts', ...args], {
    cwd: root,
    env: { PATH: process.env['PATH'] ?? '', KAEJON_DATA: join(tmpdir(), 'kaejon-no-such-folder'), ...environment },
  })
  let out = ''
  let error = ''
  child.stdout.on('data', (text: Buffer) => (out += text.toString()))
  child.stderr.on('data', (text: Buffer) => (error += text.toString()))
  return new Promise((done) => child.on('close', (code) => done({ code, out, error })))
}

const header = 'เลขประจำตัวประชาชน,คำนำหน้า,ชื่อ,นามสกุล,บ้านเลขที่,หมู่ที่,ตำบล,อำเภอ,จังหวัด'
const person = (number: number, more = 'นางรอง,นางรอง,บุรีรัมย์') =>
  `${nationalIdWithCheckDigit(`9310400${String(number).padStart(5, '0')}`)},นาย,สมชาย${number},ใจดี,${number},1,${more}`

describe(`the command line (${engine})`, () => {
  let world: World
  let folder: string
  let deps: Deps
  beforeAll(async () => {
    world = await createWorld()
    deps = world.deps
    folder = mkdtempSync(join(tmpdir(), 'kaejon-cli-'))
    await markPractice(deps)
  })
  afterAll(async () => {
    await world.close()
    rmSync(folder, { recursive: true, force: true })
  })

  const file = (name: string, rows: readonly string[]) => {
    const path = join(folder, name)
    writeFileSync(path, `${[header, ...rows].join('\r\n')}\r\n`)
    return path
  }
  const households = async () => (await deps.database.kysely.selectFrom('household').select('id').execute()).length
  const once = { list: 'tpmap-2565', area: '31', isDryRun: false, isConfirmed: false }

  it('explains every command in Thai and English, and says 2 when it was not understood', async () => {
    const asked = await kaejon(['--help'])
    expect(asked.code).toBe(0)
    for (const name of ['start', 'import', 'verify', 'account', 'keys', 'backup']) {
      expect(asked.out).toContain(`kaejon ${name}`)
    }
    expect(asked.out).toContain('นำเข้าบัญชีรายชื่อ')
    expect(asked.out).toContain('Brings in a list')
    expect((await kaejon(['import', 'x.csv'])).code).toBe(2)
    expect((await kaejon(['imprt'])).error).toContain('imprt')
  })

  it('keeps nothing of a dry run, and stores the same file once', async () => {
    const path = file(
      'ครัวเรือน.csv',
      Array.from({ length: 20 }, (_, index) => person(index + 1)),
    )
    const tried = await importFile(deps, { ...once, file: path, isDryRun: true })
    expect(tried).toMatchObject({ exitCode: 0, households: 20, verdicts: { new: 20 }, rejectsPath: null })
    expect(await households()).toBe(0)

    const stored = await importFile(deps, { ...once, file: path })
    expect(stored).toMatchObject({ exitCode: 0, result: { householdsMade: 20, listingsMade: 20 } })
    expect(await households()).toBe(20)
    const again = await importFile(deps, { ...once, file: path })
    expect(again.result?.householdsMade).toBe(0)
    expect(await households()).toBe(20)
  })

  it('stops when it is asked to, and goes on there when it is run again', async () => {
    const before = await households()
    const path = file(
      'หยุดกลางทาง.csv',
      Array.from({ length: 30 }, (_, index) => person(index + 501)),
    )
    const told: string[] = []
    const stopping = {
      stopping: () => told.length > 0,
      progress: ({ phase }: { phase: string }) => void told.push(phase),
    }
    const stopped = importFile(deps, { ...once, file: path, control: stopping })
    await expect(stopped).rejects.toMatchObject({ exitCode: exitCodes.stopped })
    await expect(stopped).rejects.toThrow('คำสั่งเดิม')
    expect(await households()).toBe(before)
    const found: string[] = []
    const resumed = (batch: { state: string }, isClaimed: boolean) => void found.push(`${batch.state} ${isClaimed}`)
    // A dry run has nothing to do with it, and takes nothing of it away.
    expect(await importFile(deps, { ...once, file: path, isDryRun: true, resumed })).toMatchObject({ households: 30 })
    expect(found).toEqual([])
    expect(await importFile(deps, { ...once, file: path, resumed })).toMatchObject({
      exitCode: 0,
      result: { householdsMade: 30 },
    })
    expect(found).toEqual(['reading false'])
    expect(await deps.uploads.list()).toEqual([])
  })

  it('is gone on with by a server of the same registry, and then by the command', async () => {
    const path = file('เซิร์ฟเวอร์ทำต่อ.csv', [person(601), person(602)])
    let isTold = false
    const control = { stopping: () => isTold, progress: () => void (isTold = true) }
    await expect(importFile(deps, { ...once, file: path, control })).rejects.toMatchObject({ exitCode: 4 })
    await deps.jobs.exhaust(jobHandlers(deps))
    const found: string[] = []
    const report = await importFile(deps, { ...once, file: path, resumed: ({ state }) => void found.push(state) })
    expect(found).toEqual(['reviewing'])
    expect(report).toMatchObject({ exitCode: 0, result: { householdsMade: 2 } })
    const again = await importFile(deps, { ...once, file: path, resumed: ({ state }) => void found.push(state) })
    expect(found).toHaveLength(1)
    expect(again.result?.householdsMade).toBe(0)
  })

  it('writes the rows that were left out beside the file, for the eyes of its owner alone', async () => {
    const rows = Array.from({ length: 6 }, (_, index) => person(index + 101))
    const path = file('มีผิด.csv', [...rows, person(107, 'ไม่มีตำบลนี้,นางรอง,บุรีรัมย์')])
    const report = await importFile(deps, { ...once, file: path })
    expect(report.verdicts['invalid']).toBe(1)
    expect(report.rejectsPath).toBe(join(folder, 'มีผิด-แก้ไข.xlsx'))
    expect(statSync(report.rejectsPath!).mode & 0o777).toBe(0o600)
  })

  it('stops at a file that is mostly wrong, stores nothing of it, and goes on when told to', async () => {
    const before = await households()
    const rows = Array.from({ length: 9 }, (_, index) => person(index + 201, 'ไม่มี,นางรอง,บุรีรัมย์'))
    const path = file('ผิดเกือบหมด.csv', [person(210), ...rows])
    const stopped = await importFile(deps, { ...once, file: path })
    expect(stopped).toMatchObject({ exitCode: 3, guard: 90 })
    expect(await households()).toBe(before)
    const forced = await importFile(deps, { ...once, file: path, isConfirmed: true })
    expect(forced.exitCode).toBe(0)
    expect(await households()).toBe(before + 1)
    // A workbook that somebody may be correcting is not written over.
    expect(readdirSync(folder).filter((name) => name.startsWith('ผิดเกือบหมด'))).toHaveLength(3)
  })

  it('reads a list as people of the province agreed on the pages, and no others', async () => {
    const headings = [...header.split(','), 'ช่อง ก']
    const fields = 'nationalId title firstName lastName houseNumber moo subdistrictName districtName provinceName note'
    const columns = Object.fromEntries(fields.split(' ').map((field, column) => [field, column]))
    const agree = (province: number) =>
      inTransaction(deps.database, 'program', (tx) =>
        rememberMapping(
          tx,
          province,
          mappingFingerprint(headings),
          once.list,
          { sheet: 'อื่น', headerRow: 4, columns },
          new Date(),
        ),
      )
    const noteAfter = async (number: number) => {
      const path = join(folder, `ตกลงแล้ว-${number}.csv`)
      writeFileSync(path, `${[headings.join(','), `${person(number)},บ้านอยู่ท้ายซอย`].join('\r\n')}\r\n`)
      expect((await importFile(deps, { ...once, file: path })).exitCode).toBe(0)
      const query = deps.database.kysely.selectFrom('household').select('note')
      return (await query.where('house_number', '=', String(number)).executeTakeFirstOrThrow()).note
    }
    await agree(32)
    expect(await noteAfter(401)).toBeNull()
    await agree(31)
    expect(await noteAfter(402)).toBe('บ้านอยู่ท้ายซอย')
  })

  it('stops at a file that would tell of too many people elsewhere, until the province allows it', async () => {
    const people = Array.from({ length: 21 }, (_, index) => index + 601)
    await importFile(deps, {
      ...once,
      file: file(
        'ที่นี่.csv',
        people.map((number) => person(number)),
      ),
    })
    const before = await households()
    const moved = [...people, 699].map((number) => person(number, 'ในเมือง,เมืองสุรินทร์,สุรินทร์'))
    const other = { ...once, area: '32', file: file('ย้ายไป.csv', moved) }
    const held = await importFile(deps, other)
    expect(held).toMatchObject({ exitCode: 3, isHeld: true, state: 'reviewing', verdicts: { conflict: 21 } })
    expect(await households()).toBe(before)
    const officer = await world.person('province', '32')
    const batch = await deps.database.kysely
      .selectFrom('import_batch')
      .select('id')
      .where('elsewhere', '=', 'held')
      .executeTakeFirstOrThrow()
    const reason = 'ตรวจที่มาของไฟล์แล้ว'
    expect((await world.ask(officer, importWaiveElsewhere, { batchId: batch.id, reason })).status).toBe(200)
    expect(await importFile(deps, other)).toMatchObject({ isHeld: false, state: 'committed' })
    expect(await households()).toBe(before + 1)
  })

  it('acts in the name of a person with no more rights than that person has', async () => {
    const path = file('ในนาม.csv', [person(301), person(302)])
    const officer = await world.person('mentor', '31040101')
    const { username } = await deps.database.kysely
      .selectFrom('account')
      .select('username')
      .where('id', '=', officer.userId)
      .executeTakeFirstOrThrow()
    const attempt = importFile(deps, { ...once, file: path, username: username! })
    await expect(attempt).rejects.toMatchObject({ problem: 'notPermitted' })
    await expect(importFile(deps, { ...once, file: path, username: 'nobody' })).rejects.toThrow('nobody')
    await expect(importFile(deps, { ...once, file: path, list: 'none-such' })).rejects.toThrow('tpmap-2565')
    await expect(importFile(deps, { ...once, file: join(folder, 'x.csv') })).rejects.toThrow('x.csv')
  })

  it('names the operator in the audit, who can never sign in and is not taken for the first account', async () => {
    const { kysely } = deps.database
    const entry = await kysely
      .selectFrom('audit_entry')
      .innerJoin('account', 'account.id', 'audit_entry.account_id')
      .select(['account.name', 'account.username', 'account.disabled_at'])
      .where('action', '=', 'import.start')
      .limit(1)
      .executeTakeFirstOrThrow()
    expect(entry.name).toContain('kaejon')
    expect(entry.username).toBeNull()
    expect(entry.disabled_at).not.toBeNull()
  })

  it('finds a figure, a list and a count of members that do not agree with the records', async () => {
    const { kysely } = deps.database
    expect(await recount(kysely)).toMatchObject({ count: 0, differences: [] })
    const { id } = await kysely.selectFrom('household').select('id').limit(1).executeTakeFirstOrThrow()
    await kysely.updateTable('household').set({ member_count: 7, list_set: 'found' }).where('id', '=', id).execute()
    const found = await recount(kysely)
    // The ledger still counts it on the list it stands on in truth.
    const kinds = new Set(['figure', 'listSet', 'memberCount', 'facts'])
    expect(new Set(found.differences.map(({ kind }) => kind))).toEqual(kinds)
    expect(recountText(found)).toContain(id)
    expect(recountText(found)).not.toContain('สมชาย')
    const right = { member_count: 1, list_set: 'tpmap-2565' }
    await kysely.updateTable('household').set(right).where('id', '=', id).execute()
    const deep = await recount(kysely, 200, undefined, { deep: true })
    expect(deep.count).toBe(0)
    expect(deep.history!.replayed).toBeGreaterThan(0)
    expect(recountText(deep)).toContain('histories replayed')
  })

  it('encrypts every id under a new key, goes on where it was stopped, and still finds people by their id', async () => {
    const keyFolder = mkdtempSync(join(tmpdir(), 'kaejon-keys-'))
    const secrets = openSecrets(null, keyFolder)
    const ownKeys: Deps = { ...deps, secrets, config: { ...deps.config, keys: null, dataFolder: keyFolder } }
    const nationalId = nationalIdWithCheckDigit('931040099999')
    const hash = secrets.hashNationalId(nationalId)
    const { kysely } = deps.database
    await inTransaction(deps.database, 'program', async (tx) => {
      await tx.updateTable('member').set({ national_id_cipher: null, national_id_hash: null }).execute()
      await tx.updateTable('source_row').set({ national_id_cipher: null, national_id_hash: null }).execute()
      await tx
        .updateTable('member')
        .set({ national_id_hash: hash, national_id_cipher: secrets.encryptNationalId(nationalId) })
        .execute()
    })
    await expect(rotateKeys(deps, { isAlone: true })).rejects.toThrow('KAEJON_KEYS')
    const first = await rotateKeys(ownKeys, { isAlone: true })
    expect(first).toMatchObject({ keyNumber: 2, isNewKey: true })
    expect(first.encrypted).toBeGreaterThan(20)

    // Stopped between making the third key and using it: the next run makes no fourth.
    addKey(keyFolder)
    const restarted: Deps = { ...ownKeys, secrets: openSecrets(null, keyFolder) }
    expect(await rotateKeys(restarted, { isAlone: true })).toMatchObject({ keyNumber: 3, isNewKey: false })
    const after = openSecrets(null, keyFolder)
    const stored = await kysely.selectFrom('member').select('national_id_cipher').limit(1).executeTakeFirstOrThrow()
    expect(Buffer.from(stored.national_id_cipher!)[0]).toBe(3)
    expect(after.decryptNationalId(stored.national_id_cipher!, hash)).toBe(nationalId)
    expect(after.hashNationalId(nationalId)).toEqual(hash)
    expect(after.derive('session cookie', after.firstKeyNumber)).toEqual(secrets.derive('session cookie', 1))
    expect(statSync(join(keyFolder, 'keys')).mode & 0o777).toBe(0o600)
    rmSync(keyFolder, { recursive: true })
  })

  it('will not turn a registry with households into practice', async () => {
    await deps.database.kysely.deleteFrom('setting').where('key', '=', 'practice').execute()
    await expect(markPractice(deps)).rejects.toThrow('households')
  })

  it.runIf(engine === 'embedded')('says to stop the server when the folder is in use', async () => {
    const data = deps.config.dataFolder
    const refused = await kaejon(['verify'], { KAEJON_DATA: data })
    expect(refused.code).toBe(1)
    expect(refused.error).toContain('เซิร์ฟเวอร์')
    expect(refused.error).toContain('in use')
    expect(existsSync(join(data, 'database'))).toBe(true)
  })
})
