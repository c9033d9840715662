import { spawnSync } from 'node:child_process'
import { createHash } from 'node:crypto'
import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { createAreaLookup } from '../domain/import/areas.ts'
import { checkMapping, proposeMapping } from '../domain/import/columns.ts'
import { createRowReader } from '../domain/import/row.ts'
import type { SheetRow } from '../domain/import/sheet.ts'
import { isInvalid } from '../domain/import/staged.ts'
import { isNationalId } from '../domain/national-id.ts'
import { loadAreas } from '../server/areas/areas.ts'
import { openFileSource } from '../server/files/sources.ts'
import { openTable } from '../server/files/table.ts'
import { packageRoot } from '../server/package-root.ts'
import { generatePractice } from './generate.ts'
import { tpmapHouseholdTraps, tpmapPersonTraps, thaiqmHouseholdTraps, thaiqmPersonTraps } from './rates.ts'
import type { FileTruth, PlantedRow, Truth } from './truth.ts'

const folders: string[] = []
afterAll(() => {
  for (const folder of folders) rmSync(folder, { recursive: true, force: true })
})

function newFolder(): string {
  const folder = mkdtempSync(join(tmpdir(), 'kaejon-practice-'))
  folders.push(folder)
  return folder
}

function digests(folder: string): Record<string, string> {
  return Object.fromEntries(
    readdirSync(folder)
      .toSorted()
      .map((file) => [
        file,
        createHash('sha256')
          .update(readFileSync(join(folder, file)))
          .digest('hex'),
      ]),
  )
}

async function rowsOf(folder: string, { file, sheet }: FileTruth): Promise<SheetRow[]> {
  const source = await openFileSource(join(folder, file))
  const table = await openTable(source)
  const rows: SheetRow[] = []
  for await (const batch of table.rows(sheet)) rows.push(...batch)
  await table.close()
  await source.close()
  return rows
}

describe('the same seed', () => {
  it('gives the same bytes in every file, and another seed others', async () => {
    const [first, second, other] = [newFolder(), newFolder(), newFolder()]
    await generatePractice({ province: '31', seed: 5, scale: 0.01, folder: first })
    await generatePractice({ province: '31', seed: 5, scale: 0.01, folder: second })
    await generatePractice({ province: '31', seed: 6, scale: 0.01, folder: other })
    expect(digests(second)).toEqual(digests(first))
    expect(Object.keys(digests(first))).toHaveLength(6)
    const firstDigests = Object.values(digests(first))
    for (const digest of Object.values(digests(other))) expect(firstDigests).not.toContain(digest)
  })
})

describe('a quarter of the province', () => {
  let folder = ''
  let truth: Truth
  const planted = new Map<string, PlantedRow>()
  const reading = new Map<string, SheetRow[]>()

  function observe(row: PlantedRow): void {
    planted.set(`${row.file} ${row.rowNumber}`, row)
  }

  beforeAll(async () => {
    folder = newFolder()
    truth = await generatePractice({ province: '31', seed: 2565, scale: 0.25, folder, observe })
    for (const file of truth.files) reading.set(file.file, await rowsOf(folder, file))
  })

  it('has a quarter of the official figures on each list', () => {
    const [tpmap, thaiqm] = truth.files
    expect(tpmap).toMatchObject({ households: Math.round(29_010 / 4), persons: 45_356 / 4 })
    expect(thaiqm).toMatchObject({ households: 85_300 / 4 })
    const twice = Object.values(truth.overlaps).reduce((sum, count) => sum + count, 0)
    expect(twice / tpmap!.households).toBeGreaterThan(0.06)
    expect(twice / tpmap!.households).toBeLessThan(0.09)
    expect(truth.distinctHouseholds).toBe(tpmap!.households + thaiqm!.households - twice)
    expect(truth.files.map(({ list }) => list)).toEqual(['tpmap-2565', 'thaiqm-2', 'vulnerable', 'vulnerable', 'found'])
  })

  it('holds every trouble of the table of rates about as often as it says', () => {
    const [tpmap, thaiqm] = truth.files
    const planted = [
      { traps: tpmapHouseholdTraps, of: tpmap },
      { traps: tpmapPersonTraps, of: tpmap },
      { traps: thaiqmHouseholdTraps, of: thaiqm },
      { traps: thaiqmPersonTraps, of: thaiqm },
    ]
    let tried = 0
    for (const { traps, of } of planted)
      for (const [trap, rate] of Object.entries(traps)) {
        const expected = rate * of!.households
        // The rarest may well be missing in a quarter of a province.
        if (expected < 10) continue
        tried += 1
        const count = of!.traps[trap] ?? 0
        expect(count, trap).toBeGreaterThan(expected * 0.3)
        expect(count, trap).toBeLessThan(expected * 3)
      }
    expect(tried).toBeGreaterThanOrEqual(18)
    for (const trap of ['duplicateRow', 'familyUnderSharedHouseCode', 'personInTwoHouses', 'buddhistYearAsCommon'])
      expect(tpmap!.traps).toHaveProperty(trap)
    for (const { blankRows, repeatedHeaders } of [tpmap!, thaiqm!])
      expect(Math.min(blankRows, repeatedHeaders)).toBeGreaterThan(0)
  })

  it('names nobody whose id could be real', () => {
    let ids = 0
    for (const [file, rows] of reading)
      for (const row of rows)
        for (const cell of row.cells) {
          const digits =
            typeof cell === 'number' || typeof cell === 'string' ? String(cell).replace(/[-\s\u00a0]/g, '') : ''
          if (!/^[0-9]{13}$/.test(digits)) continue
          ids += 1
          expect(digits[0]).toBe('9')
          const wrong = planted.get(`${file} ${row.number}`)?.faults.some(({ fault }) => fault === 'nationalIdChecksum')
          if (isNationalId(digits) === (wrong ?? false)) expect.fail(`${file} row ${row.number}`)
        }
    expect(ids).toBeGreaterThan(28_000)
  })

  it('has families of thousands of surnames', () => {
    expect(new Set([...planted.values()].map(({ person }) => person.lastName)).size).toBeGreaterThan(5000)
  })

  it('is read by the import with the columns found by themselves, and exactly the planted faults', () => {
    const areas = createAreaLookup(loadAreas(), '2022-09-30')
    for (const file of truth.files) {
      const rows = reading.get(file.file) ?? []
      const proposal = proposeMapping(file.sheet, rows.slice(0, 300))
      expect(proposal?.mapping.headerRow).toBe(file.headerRow)
      if (!proposal) continue
      expect(checkMapping(proposal.mapping, file.defaultArea)).toEqual([])
      const read = createRowReader({
        mapping: proposal.mapping,
        areas,
        defaultArea: file.defaultArea,
        listDate: '2022-09-30',
        today: '2022-12-09',
        acceptPractice: true,
      })
      const keys = new Set<string>()
      const counts = { rows: 0, invalid: 0 }
      const disagreements: string[] = []
      for (const row of rows) {
        const staged = read(row)
        const expected = planted.get(`${file.file} ${row.number}`)
        if ((staged === null) !== (expected === undefined))
          disagreements.push(`row ${row.number} is somebody: ${staged !== null}`)
        if (!staged || !expected) continue
        counts.rows += 1
        if (isInvalid(staged)) counts.invalid += 1
        else if (staged.householdKey !== null) keys.add(staged.householdKey)
        const got = { faults: listed(staged.faults), ...who(staged.member) }
        const want = { faults: listed(expected.faults), ...who(expected.person) }
        if (JSON.stringify(got) !== JSON.stringify(want))
          disagreements.push(`row ${row.number}: ${JSON.stringify(got)}, planted ${JSON.stringify(want)}`)
      }
      expect(disagreements.slice(0, 10)).toEqual([])
      expect(counts).toEqual({ rows: file.rows, invalid: file.invalidRows })
      if (file.list === 'tpmap-2565') expect(keys.size).toBe(file.householdsReadable)
    }
  })

  it('is counted the same by a script that shares nothing with the program', (context) => {
    if (spawnSync('python3', ['--version']).status !== 0) context.skip('python3 is not installed')
    const script = join(packageRoot(), 'scripts', 'count-practice.py')
    const counted = spawnSync('python3', [script, folder, '--truth', '--json'], { encoding: 'utf8' })
    expect(counted.stdout.split('\n').filter((line) => line.startsWith('DIFFERS'))).toEqual([])
    expect(counted.status, counted.stderr).toBe(0)
    const { sameIdAndHouseCode, sameIdOnly, sameHouseCodeOnly } = truth.overlaps
    expect(counted.stdout).toContain(
      `on both great lists: ${sameIdAndHouseCode + sameIdOnly} ids, ${sameIdAndHouseCode + sameHouseCodeOnly} house codes`,
    )
  })
})

function listed(faults: readonly { field: string; fault: string }[]): string[] {
  return faults.map(({ field, fault }) => `${field} ${fault}`).toSorted()
}

function who(person: { firstName: string; lastName: string | null; nationalId: string | null } | null): object {
  return { firstName: person?.firstName, lastName: person?.lastName, nationalId: person?.nationalId ?? null }
}

describe('what cannot be made', () => {
  it('is refused before anything is written', async () => {
    const folder = join(tmpdir(), 'kaejon-practice-never')
    await expect(generatePractice({ province: '10', seed: 1, scale: 1, folder })).rejects.toThrow('province 10')
    await expect(generatePractice({ province: '31', seed: 1, scale: 0, folder })).rejects.toThrow('scale')
    expect(() => readdirSync(folder)).toThrow('ENOENT')
  })
})

describe('a small nation', () => {
  it('comes as two lists over 76 provinces', async () => {
    const folder = newFolder()
    const truth = await generatePractice({ province: 'all', seed: 1, scale: 0.003, folder })
    expect(truth.files.map(({ file }) => file)).toEqual(['TPMAP_2565_ทั้งประเทศ.csv', 'ThaiQM_ระยะที่2_ทั้งประเทศ.csv'])
    const provinces = new Set(Object.keys(truth.files[1]!.districts).map((district) => district.slice(0, 2)))
    expect(provinces.size).toBe(76)
    expect(provinces.has('10')).toBe(false)
  })
})
