/** The command that makes the practice files: `--province 31 --seed 2565 --out DIR [--scale N]`. */
import { statSync } from 'node:fs'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import { generatePractice } from './generate.ts'

const usage = `Makes the lists of a practice province: made-up people, real files.
สร้างบัญชีรายชื่อของจังหวัดฝึกหัด (ข้อมูลสมมติ ไม่ใช่บุคคลจริง)

  --out DIR         folder for the files (needed)
  --province CODE   two digits, or all for the nation; 31 when left out
  --seed NUMBER     2565 when left out; the same seed makes the same files
  --scale NUMBER    share of the official figures; 1 when left out
  --format FORMAT   xlsx or csv for the TPMAP list; xlsx for a province and csv for the nation when left out
`

async function main(): Promise<void> {
  const { values } = parseArgs({
    options: {
      out: { type: 'string' },
      province: { type: 'string', default: '31' },
      seed: { type: 'string', default: '2565' },
      scale: { type: 'string', default: '1' },
      format: { type: 'string' },
      help: { type: 'boolean', default: false },
    },
  })
  const seed = Number(values.seed)
  const scale = Number(values.scale)
  const format = values.format
  const isKnownFormat = format === undefined || format === 'xlsx' || format === 'csv'
  if (values.help || !isKnownFormat || values.out === undefined || !Number.isInteger(seed) || !(scale > 0)) {
    process.stdout.write(usage)
    process.exitCode = values.help ? 0 : 2
    return
  }
  const folder = values.out
  const started = performance.now()
  const truth = await generatePractice({
    province: values.province,
    seed,
    scale,
    folder,
    ...(format ? { format } : {}),
    onProgress: ({ area, districts, of, rows }) => {
      process.stderr.write(`${districts}/${of} ${area} ${rows.toLocaleString('en-US')} rows\n`)
    },
  })
  for (const { file, rows, households, persons, invalidRows } of truth.files)
    process.stdout.write(
      `${join(folder, file)}: ${rows} rows, ${households} households, ${persons} persons, ${invalidRows} invalid rows, ${statSync(join(folder, file)).size} bytes\n`,
    )
  process.stdout.write(
    `${truth.distinctHouseholds} distinct households on the two great lists, ${((performance.now() - started) / 1000).toFixed(1)} s\n`,
  )
}

try {
  await main()
} catch (error) {
  process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`)
  process.exitCode = 1
}
