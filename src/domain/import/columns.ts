/**
 * Finds the header of a list and proposes which column feeds which field, from headings and from the values below
 * them. A person sees the proposal with its reasons and may change it; what was agreed is kept under the fingerprint
 * of the headings and used again for the next file of the same source.
 */
import { areaAt } from '../area.ts'
import { cellText } from './cell.ts'
import { fitOfField, lookAtColumn, type ColumnEvidence } from './evidence.ts'
import { importFields, type ColumnMapping, type ImportField } from './field.ts'
import { fieldOfHeading, headingKey } from './headings.ts'
import { isBlankRow, isTotalRow } from './skip.ts'
import type { SheetRow } from './sheet.ts'

export interface FoundHeader {
  /** 1-based number of the lowest header row; rows up to it are titles. */
  headerRow: number
  /** Text over each column; a two-line header is put together. */
  headings: string[]
  /** How many different fields its headings name. */
  score: number
}

const mostTitleRows = 60
const mostColumns = 300
const leastHeadings = 2

/** The row that matches most known headings, wherever it stands in the first rows; null when none does. */
export function findHeader(rows: readonly SheetRow[]): FoundHeader | null {
  let best: FoundHeader | null = null
  const top = rows.slice(0, mostTitleRows)
  for (const [index, row] of top.entries()) {
    const single = row.cells.slice(0, mostColumns).map((cell) => cellText(cell))
    const singleScore = scoreOf(single)
    if (singleScore >= leastHeadings && singleScore > (best?.score ?? 0))
      best = { headerRow: row.number, headings: single, score: singleScore }
    const above = top[index - 1]
    if (!above || above.number !== row.number - 1) continue
    const double = joinedHeadings(above, single)
    const doubleScore = scoreOf(double)
    // A second line must add something: the title row above a header must not be drawn in.
    if (singleScore > 0 && doubleScore >= leastHeadings && doubleScore > (best?.score ?? 0))
      best = { headerRow: row.number, headings: double, score: doubleScore }
  }
  return best
}

function scoreOf(headings: readonly string[]): number {
  const fields = new Set<ImportField>()
  for (const heading of headings) {
    const known = fieldOfHeading(heading)
    if (known) fields.add(known.field)
  }
  return fields.size
}

/** The lower line where it says something, the upper line where the lower is empty (its cells are merged downwards). */
function joinedHeadings(above: SheetRow, below: readonly string[]): string[] {
  const length = Math.min(Math.max(above.cells.length, below.length), mostColumns)
  return Array.from({ length }, (_, column) => {
    const lower = below[column] ?? ''
    return lower === '' ? cellText(above.cells[column]) : lower
  })
}

export type MappingReason = 'heading' | 'headingPart' | 'headingAndValues' | 'values' | 'mergedHeading'

export interface ProposedField {
  field: ImportField
  /** 0-based. */
  column: number
  heading: string
  /** 0–1; below 0.6 a person should look. */
  score: number
  reason: MappingReason
}

export interface ProposedMapping {
  mapping: ColumnMapping
  fields: ProposedField[]
  unmapped: { column: number; heading: string }[]
  headings: string[]
  fingerprint: string
}

/** A heading alone suffices, even over values that are all wrong: their faults can only be shown if they are read. */
const leastScore = 0.4

/** Proposes a mapping for a sheet from its first rows (a few hundred are enough); null when no header is found. */
export function proposeMapping(sheetName: string, rows: readonly SheetRow[]): ProposedMapping | null {
  const header = findHeader(rows)
  if (!header) return null
  const sample = rows
    .filter((row) => row.number > header.headerRow && !isBlankRow(row) && !isTotalRow(row))
    .slice(0, 200)
  const width = Math.min(
    sample.reduce((widest, row) => Math.max(widest, row.cells.length), header.headings.length),
    mostColumns,
  )
  const headings = Array.from({ length: width }, (_, column) => header.headings[column] ?? '')
  const evidence = headings.map((_, column) => lookAtColumn(sample.map((row) => row.cells[column] ?? null)))
  const candidates = [...mergedNameColumns(headings, evidence)]
  for (let column = 0; column < width; column += 1)
    candidates.push(...candidatesOf(column, headings[column]!, evidence[column]!))
  const fields = assign(candidates, headings, evidence)
  const columns: ColumnMapping['columns'] = {}
  for (const { field, column } of fields) columns[field] = column
  const mapped = new Set(fields.map(({ column }) => column))
  return {
    mapping: { sheet: sheetName, headerRow: header.headerRow, columns },
    fields,
    unmapped: headings.flatMap((heading, column) =>
      heading !== '' && !mapped.has(column) ? [{ column, heading }] : [],
    ),
    headings,
    fingerprint: mappingFingerprint(headings),
  }
}

function candidatesOf(column: number, heading: string, evidence: ColumnEvidence): ProposedField[] {
  const candidates: ProposedField[] = []
  const known = fieldOfHeading(heading)
  const propose = (field: ImportField, score: number, reason: MappingReason): void => {
    candidates.push({ field, column, heading, score: Math.round(score * 100) / 100, reason })
  }
  if (known) {
    const values = fitOfField(known.field, evidence)
    if (!values) propose(known.field, known.score * 0.85, known.score === 1 ? 'heading' : 'headingPart')
    else propose(known.field, known.score * (0.5 + 0.5 * Math.max(values.fit, 0)), 'headingAndValues')
    for (const [field, fit] of kinFields(known.field, evidence)) propose(field, known.score * fit, 'headingAndValues')
  }
  for (const field of importFields) {
    if (known?.field === field) continue
    const values = fitOfField(field, evidence)
    if (values?.alone && values.fit >= 0.8 && evidence.filled >= 3) propose(field, 0.7 * values.fit, 'values')
  }
  return candidates
}

/** What a heading can also mean when the values say so: หมู่บ้าน over numbers, ชื่อ over whole names, ตำบล over codes. */
function kinFields(field: ImportField, evidence: ColumnEvidence): [ImportField, number][] {
  switch (field) {
    case 'villageName':
      return [['moo', evidence.moo * (1 - evidence.text)]]
    case 'moo':
      return [['villageName', evidence.text * (1 - evidence.moo)]]
    case 'firstName':
      return [['fullName', evidence.fullName]]
    case 'fullName':
      return [['firstName', 0.9 * (evidence.word - evidence.fullName)]]
    case 'provinceName':
      return [['provinceCode', evidence.digits2]]
    case 'districtName':
      return [['districtCode', evidence.digits4]]
    case 'subdistrictName':
      return [['subdistrictCode', evidence.digits6]]
    case 'birthDate':
      return [['age', evidence.age * (1 - evidence.date)]]
    default:
      return []
  }
}

/** One heading ชื่อ-สกุล merged over two or three columns: title, first name, surname, told apart by their values. */
function mergedNameColumns(headings: readonly string[], evidence: readonly ColumnEvidence[]): ProposedField[] {
  const found: ProposedField[] = []
  for (let column = 0; column + 1 < headings.length; column += 1) {
    const known = fieldOfHeading(headings[column]!)
    if (!known || (known.field !== 'fullName' && known.field !== 'firstName')) continue
    let end = column + 1
    while (end < headings.length && end < column + 3 && headings[end] === '' && evidence[end]!.word > 0.5) end += 1
    if (end === column + 1) continue
    const order: ImportField[] =
      evidence[column]!.title > 0.5 ? ['title', 'firstName', 'lastName'] : ['firstName', 'lastName']
    for (const [index, field] of order.entries())
      if (column + index < end)
        found.push({ field, column: column + index, heading: headings[column]!, score: 0.95, reason: 'mergedHeading' })
  }
  return found
}

/** Best score first; every field and every column once. */
function assign(
  candidates: ProposedField[],
  headings: readonly string[],
  evidence: readonly ColumnEvidence[],
): ProposedField[] {
  const fields = new Map<ImportField, ProposedField>()
  const columns = new Set<number>()
  candidates.sort((a, b) => b.score - a.score || a.column - b.column)
  for (const candidate of candidates) {
    if (candidate.score < leastScore || fields.has(candidate.field) || columns.has(candidate.column)) continue
    fields.set(candidate.field, candidate)
    columns.add(candidate.column)
  }
  // "ชื่อ-สกุล" beside a column of its own for the surname is the first name.
  const full = fields.get('fullName')
  if (full && fields.has('lastName') && !fields.has('firstName') && headings[full.column] !== '') {
    fields.delete('fullName')
    fields.set('firstName', { ...full, field: 'firstName' })
  }
  // "ชื่อตัว" and "ชื่อสกุล" are the two halves; beside whole names a first name says nothing more.
  if (full && fields.has('firstName') && fields.has('fullName') && !fields.has('lastName')) {
    if (evidence[full.column]!.fullName > 0.5) fields.delete('firstName')
    else {
      fields.delete('fullName')
      fields.set('lastName', { ...full, field: 'lastName' })
    }
  }
  return [...fields.values()].toSorted((a, b) => a.column - b.column)
}

/**
 * A short name for a set of headings, the same whenever a source sends the same layout. 64 bits as 16 hexadecimal
 * digits; not a secret and not proof against malice.
 */
export function mappingFingerprint(headings: readonly string[]): string {
  let last = headings.length
  while (last > 0 && headingKey(headings[last - 1]!) === '') last -= 1
  const text = headings.slice(0, last).map(headingKey).join('\u001f')
  return hash32(text, 0x811c9dc5) + hash32(text, 0x9e3779b9)
}

/** FNV-1a with a final mix. */
function hash32(text: string, seed: number): string {
  let hash = seed
  for (let index = 0; index < text.length; index += 1) {
    hash = Math.imul(hash ^ text.charCodeAt(index), 0x01000193)
  }
  hash = Math.imul(hash ^ (hash >>> 15), 0x2c1b3c6d)
  return ((hash ^ (hash >>> 13)) >>> 0).toString(16).padStart(8, '0')
}

export type MissingColumn = 'subdistrict' | 'district' | 'household'

/**
 * What a mapping still lacks before rows can be read: a way to the subdistrict (its code, or names down from a district
 * that is named or given as the default area), and something to know a household by.
 */
export function checkMapping(mapping: ColumnMapping, defaultArea = ''): MissingColumn[] {
  const has = (...fields: ImportField[]): boolean => fields.some((field) => mapping.columns[field] !== undefined)
  const missing: MissingColumn[] = []
  if (!has('villageCode', 'subdistrictCode') && areaAt(defaultArea, 'subdistrict').length < 6) {
    if (!has('subdistrictName')) missing.push('subdistrict')
    if (!has('districtName', 'districtCode') && areaAt(defaultArea, 'district').length < 4) missing.push('district')
  }
  if (!has('firstName', 'fullName', 'houseCode', 'houseNumber')) missing.push('household')
  return missing
}
