/**
 * Rows a second through the whole import: read, check, match, commit. Beside it a raw COPY of the same rows, as text, into
 * one table without an index, in the same run. The peak memory is that of the whole program with its reading thread.
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

for (const { engine, rows, province } of cases.filter((one) => wanted({ ...one, size: one.rows }))) {
  const path = join(folder, `${engine}-${rows}.csv`)
  await writeList(path, rows, province)
  const raw = await rawCopySeconds(path)
  const registry = await createRegistry(engine)
  await measure(registry, engine, rows, path, province ?? '', raw)
  await registry.close()
}
rmSync(folder, { recursive: true })

async function measure(
  registry: BenchRegistry,
  engine: 'embedded' | 'postgres',
  rows: number,
  path: string,
  areaCode: string,
  rawSeconds: number,
): Promise<void> {
  let peak = 0
  const sampler = setInterval(() => (peak = Math.max(peak, process.memoryUsage().rss)), 100)
  const phases: [string, number][] = []
  const startedAt = performance.now()
  const outcome = await runImport({
    deps: registry.deps,
    path,
    listCode: 'tpmap-2565',
    areaCode,
    accountId: registry.accountId,
    timing: (phase, seconds) => phases.push([phase, seconds]),
  })
  const seconds = (performance.now() - startedAt) / 1000
  clearInterval(sampler)
  if (outcome.batch.state !== 'committed') throw new Error(`the import ended as ${outcome.batch.state}`)
  const line = { bench: 'import', engine, size: rows }
  print({ ...line, case: 'whole', figure: seconds, unit: 's', limit: rawSeconds })
  print({ ...line, case: 'whole', figure: rows / seconds, unit: 'rows/s', limit: rows / rawSeconds })
  for (const [phase, took] of phases) print({ ...line, case: phase, figure: took, unit: 's', limit: null })
  print({ ...line, case: 'peak memory', figure: peak / 1024 / 1024, unit: 'MB', limit: null })
}

/** A list with one row per household, as a province would send it, in plain UTF-8. */
async function writeList(path: string, rows: number, province: string | null): Promise<void> {
  const random = createRandom('bench', rows)
  const names = loadNames()
  const areas = areasOn(loadAreas(), '2022-12-09')
  const nameByCode = new Map(areas.map((area) => [area.code, area.nameTh]))
  const subdistricts = areas.filter(({ code }) => code.length === 6 && (province === null || code.startsWith(province)))
  const surnames = names.surnamesOf(random, '31', 4000)
  const file = createWriteStream(path)
  let text =
    '\uFEFFรหัสจังหวัด,จังหวัด,อำเภอ,ตำบล,หมู่ที่,หมู่บ้าน,บ้านเลขที่,รหัสประจำบ้าน,คำนำหน้า,ชื่อ,สกุล,เลขประจำตัวประชาชน,วันเกิด,รายได้ต่อปี\r\n'
  for (let row = 0; row < rows; row += 1) {
    const { code, nameTh } = subdistricts[Math.floor((row * subdistricts.length) / rows)]!
    const moo = 1 + random.below(12)
    const female = random.chance(0.55)
    const born = 1935 + random.below(60)
    const id = nationalIdWithCheckDigit(`9${code.slice(0, 4)}${String(row).padStart(7, '0')}`)
    const given = names.given(random, female ? 'female' : 'male', born)
    const date = `${1 + random.below(28)}/${1 + random.below(12)}/${born + 543}`
    const house = `${code.slice(0, 4)}${String(row).padStart(7, '0')}`
    text += `${code.slice(0, 2)},${nameByCode.get(code.slice(0, 2))},${nameByCode.get(code.slice(0, 4))},${nameTh},${moo},บ้านหมู่ ${moo},${1 + random.below(400)},${house},${female ? 'นาง' : 'นาย'},${given},${random.pick(surnames)},${id},${date},${random.below(60) * 1000}\r\n`
    if (text.length > 1 << 20) {
      if (!file.write(text)) await once(file, 'drain')
      text = ''
    }
  }
  file.end(text)
  await once(file, 'finish')
}

async function rawCopySeconds(path: string): Promise<number> {
  const client = new pg.Client({ connectionString: process.env['BENCH_POSTGRES_URL'] })
  await client.connect()
  const columns = Array.from({ length: 14 }, (_, index) => `c${index} text`).join(', ')
  await client.query(`create table raw_copy (${columns})`)
  const startedAt = performance.now()
  await pipeline(
    createReadStream(path),
    client.query(copyFrom("copy raw_copy from stdin with (format csv, header true, encoding 'UTF8')")),
  )
  const seconds = (performance.now() - startedAt) / 1000
  await client.query('drop table raw_copy')
  await client.end()
  return seconds
}
