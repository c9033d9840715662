/**
 * Rows a second through the whole import: read, check, match, commit. Beside it a raw COPY of the same rows, as text, into
 * one table without an index, in the same run. The peak memory is that of the whole program with its reading thread. Right
 * after the first list a second one of the same households comes in, as another office writes them: every row meets a
 * household of the registry.
 */
import { createReadStream, createWriteStream, mkdtempSync, rmSync } from 'node:fs'
import { once } from 'node:events'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { pipeline } from 'node:stream/promises'
import pg from 'pg'
import { from as copyFrom } from 'pg-copy-streams'
import { nationalIdWithCheckDigit } from '../../src/domain/national-id.ts'
import { loadNames } from '../../src/practice/names.ts'
import { createRandom } from '../../src/practice/random.ts'
import { areasOn, loadAreas } from '../../src/server/areas/areas.ts'
import { runImport } from '../../src/server/jobs/import-run.ts'
import { createRegistry, isQuick, print, wanted, type BenchRegistry } from './_common.ts'

const folder = mkdtempSync(join(tmpdir(), 'kaejon-bench-files-'))
const cases: { engine: 'embedded' | 'postgres'; rows: number; province: string | null }[] = isQuick
  ? [{ engine: 'postgres', rows: 20_000, province: null }]
  : [
      { engine: 'postgres', rows: 100_000, province: null },
      { engine: 'postgres', rows: 653_524, province: null },
      { engine: 'embedded', rows: 114_310, province: '31' },
    ]

async function main(): Promise<void> {
  for (const { engine, rows, province } of cases.filter((one) => wanted({ ...one, size: one.rows }))) {
    const registry = await createRegistry(engine)
    for (const list of [first, second]) {
      const path = join(folder, `${engine}-${rows}-${list.code}.csv`)
      await writeList(path, rows, province, list)
      const raw = await rawCopySeconds(path, list)
      await measure(registry, { engine, rows, path, areaCode: province ?? '', list }, raw)
    }
    await registry.close()
  }
  rmSync(folder, { recursive: true })
}

async function measure(
  registry: BenchRegistry,
  one: { engine: 'embedded' | 'postgres'; rows: number; path: string; areaCode: string; list: List },
  rawSeconds: number,
): Promise<void> {
  const { engine, rows, path, areaCode, list } = one
  let peak = 0
  const sampler = setInterval(() => (peak = Math.max(peak, process.memoryUsage().rss)), 100)
  const phases: [string, number][] = []
  const startedAt = performance.now()
  const outcome = await runImport({
    deps: registry.deps,
    path,
    listCode: list.code,
    areaCode,
    accountId: registry.accountId,
    timing: (phase, seconds) => phases.push([phase, seconds]),
  })
  const seconds = (performance.now() - startedAt) / 1000
  clearInterval(sampler)
  const { state, counts } = outcome.batch
  const rest = counts.waiting ?? 0
  if (state !== 'committed' || rest > rows / 100) throw new Error(`the import ended as ${state}, ${rest} rows wait`)
  const line = { bench: 'import', engine, size: rows }
  const told = (what: string) => `${list.caseOf}${what}`
  print({ ...line, case: told('whole'), figure: seconds, unit: 's', limit: rawSeconds })
  print({ ...line, case: told('whole'), figure: rows / seconds, unit: 'rows/s', limit: rows / rawSeconds })
  for (const [phase, took] of phases) print({ ...line, case: told(phase), figure: took, unit: 's', limit: null })
  print({ ...line, case: told('peak memory'), figure: peak / 1024 / 1024, unit: 'MB', limit: null })
}

/** A household as both offices know it. */
interface Household {
  /** Codes and Thai names of its areas. */
  subdistrict: string
  names: [province: string, district: string, subdistrict: string]
  moo: number
  houseNumber: number
  houseCode: string
  title: string
  firstName: string
  lastName: string
  nationalId: string
  /** Day, month and year of the Buddhist era. */
  born: [number, number, number]
  income: number
  phone: string
}

interface List {
  code: string
  caseOf: string
  delimiter: string
  columns: readonly (readonly [heading: string, cell: (household: Household, row: number) => string | number])[]
}

const first: List = {
  code: 'tpmap-2565',
  caseOf: '',
  delimiter: ',',
  columns: [
    ['รหัสจังหวัด', ({ subdistrict }) => subdistrict.slice(0, 2)],
    ['จังหวัด', ({ names }) => names[0]],
    ['อำเภอ', ({ names }) => names[1]],
    ['ตำบล', ({ names }) => names[2]],
    ['หมู่ที่', ({ moo }) => moo],
    ['หมู่บ้าน', ({ moo }) => `บ้านหมู่ ${moo}`],
    ['บ้านเลขที่', ({ houseNumber }) => houseNumber],
    ['รหัสประจำบ้าน', ({ houseCode }) => houseCode],
    ['คำนำหน้า', ({ title }) => title],
    ['ชื่อ', ({ firstName }) => firstName],
    ['สกุล', ({ lastName }) => lastName],
    ['เลขประจำตัวประชาชน', ({ nationalId }) => nationalId],
    ['วันเกิด', ({ born }) => born.join('/')],
    ['รายได้ต่อปี', ({ income }) => income],
  ],
}

/** One code for the place, the whole name in one cell, every tenth row without an id, and a telephone that is new. */
const second: List = {
  code: 'thaiqm-2',
  caseOf: 'second list: ',
  delimiter: ';',
  columns: [
    ['ลำดับ', (_, row) => row + 1],
    ['เลขบัตรประชาชน', ({ nationalId }, row) => (row % 10 === 9 ? '' : nationalId)],
    ['ชื่อ-นามสกุล', ({ title, firstName, lastName }) => `${title}${firstName} ${lastName}`],
    ['รหัสตำบล', ({ subdistrict }) => subdistrict],
    ['หมู่ที่', ({ moo }) => moo],
    ['บ้านเลขที่', ({ houseNumber }) => houseNumber],
    ['รหัสประจำบ้าน', ({ houseCode }) => houseCode],
    ['โทรศัพท์', ({ phone }) => phone],
  ],
}

/** A list with one row per household, as an office would send it, in plain UTF-8. */
async function writeList(path: string, rows: number, province: string | null, list: List): Promise<void> {
  const file = createWriteStream(path)
  let text = `\uFEFF${list.columns.map(([heading]) => heading).join(list.delimiter)}\r\n`
  let row = 0
  for (const household of households(rows, province)) {
    text += `${list.columns.map(([, cell]) => cell(household, row)).join(list.delimiter)}\r\n`
    row += 1
    if (text.length > 1 << 20) {
      if (!file.write(text)) await once(file, 'drain')
      text = ''
    }
  }
  file.end(text)
  await once(file, 'finish')
}

/** The same households each time. */
function* households(rows: number, province: string | null): Generator<Household> {
  const random = createRandom('bench', rows)
  const names = loadNames()
  const areas = areasOn(loadAreas(), '2022-12-09')
  const nameByCode = new Map(areas.map((area) => [area.code, area.nameTh]))
  const subdistricts = areas.filter(({ code }) => code.length === 6 && (province === null || code.startsWith(province)))
  const surnames = names.surnamesOf(random, '31', 4000)
  for (let row = 0; row < rows; row += 1) {
    const { code, nameTh } = subdistricts[Math.floor((row * subdistricts.length) / rows)]!
    const moo = 1 + random.below(12)
    const female = random.chance(0.55)
    const born = 1935 + random.below(60)
    const number = String(row).padStart(7, '0')
    const nationalId = nationalIdWithCheckDigit(`9${code.slice(0, 4)}${number}`)
    const firstName = names.given(random, female ? 'female' : 'male', born)
    yield {
      subdistrict: code,
      names: [nameByCode.get(code.slice(0, 2))!, nameByCode.get(code.slice(0, 4))!, nameTh],
      moo,
      born: [1 + random.below(28), 1 + random.below(12), born + 543],
      houseCode: `${code.slice(0, 4)}${number}`,
      houseNumber: 1 + random.below(400),
      title: female ? 'นาง' : 'นาย',
      firstName,
      lastName: random.pick(surnames),
      nationalId,
      income: random.below(60) * 1000,
      phone: `08${String(row % 100_000_000).padStart(8, '0')}`,
    }
  }
}

async function rawCopySeconds(path: string, { columns, delimiter }: List): Promise<number> {
  const client = new pg.Client({ connectionString: process.env['BENCH_POSTGRES_URL'] })
  await client.connect()
  await client.query(`create table raw_copy (${columns.map((_, index) => `c${index} text`).join(', ')})`)
  const startedAt = performance.now()
  await pipeline(
    createReadStream(path),
    client.query(
      copyFrom(`copy raw_copy from stdin with (format csv, header true, delimiter '${delimiter}', encoding 'UTF8')`),
    ),
  )
  const seconds = (performance.now() - startedAt) / 1000
  await client.query('drop table raw_copy')
  await client.end()
  return seconds
}

await main()
