/** The overview of an area: every figure with what it is counted from, and what this viewer may not see kept back. */
import type { AreaFigure, Figure, figureOverview, HouseholdFilter, OfficialFigure } from '../../contract/figures.ts'
import type { OutputOf } from '../../contract/route.ts'
import { areaPath } from '../../domain/area.ts'
import { mayAt } from '../../domain/permission.ts'
import {
  columnCount,
  hiddenAtTop,
  hiddenOfChildren,
  hiddenSets,
  totalColumn,
  type SetCounts,
} from '../../domain/suppression.ts'
import { dayInThailand } from '../../domain/time.ts'
import { areaDirectory, type NamedArea } from '../areas/directory.ts'
import { readFigures, type FigureRow } from '../queries/figures.ts'
import { readListsWithOfficial, type ListWithOfficial } from '../queries/lists.ts'
import { childrenOf, requireArea, unnamedVillage } from './areas.ts'
import { requireAt, type ActionContext } from './context.ts'

type Overview = OutputOf<typeof figureOverview>

/** @throws Problem notFound outside the person's area or for an area that does not exist */
export async function showOverview(
  { tx, actor, now }: Pick<ActionContext, 'tx' | 'actor' | 'now'>,
  area: string,
): Promise<Overview> {
  requireAt(actor, 'figure.read', { areaCode: area })
  const day = dayInThailand(now)
  const { path } = await requireArea(tx, area, day)
  const isRestricted = !mayAt(actor, 'household.list', { areaCode: area })

  const known = await childrenOf(tx, area, day)
  const rows = await readFigures(tx, { ...figuresNeeded(area, isRestricted), now })
  const counts = countsOf(rows)
  const children = withUncoded(known, area, rows, day)
  const lists = await readListsWithOfficial(tx, [area, ...children.map(({ code }) => code)])

  const listCodes = [...new Set(lists.map(({ code }) => code))]
  const hidden = isRestricted ? keepBack(counts, area, [totalColumn, ...listCodes]) : null
  const columns = columnsOf(lists, area, counts)
  const line = lineMaker({ counts, rows, area, columns, lists, isRestricted })
  return {
    path,
    asOf: now.toISOString(),
    lists: columns.map((list) => ({
      code: list.code,
      nameTh: list.name_th,
      nameEn: list.name_en,
      listDate: list.list_date,
      document: list.document,
      clause: list.clause,
    })),
    total: line(path.at(-1)!, hidden?.area ?? nothing),
    children: children.map((child) => line(child, hidden?.children.get(child.code) ?? nothing)),
    overlap: isRestricted && area !== '' ? null : overlapOf(counts, area, listCodes, hidden?.area ?? null),
    restricted: isRestricted,
  }
}

const nothing: ReadonlySet<string> = new Set()

interface SetFigures {
  households: number
  persons: number
}

/** Figures by area, then by set of lists. */
type Counts = Map<string, Map<string, SetFigures>>

/** One read: the area, its children and, for a restricted viewer, the neighbours that its protection depends on. */
function figuresNeeded(area: string, isRestricted: boolean) {
  const directory = areaDirectory()
  const areas = new Set(area === '' ? [] : [area])
  for (const parent of isRestricted ? areaPath(area) : [area]) {
    for (const child of directory.childCodes(parent)) areas.add(child)
  }
  const hasVillages = area.length === 6 || (isRestricted && area.length === 8)
  return {
    areas: [...areas],
    villagesOf: hasVillages ? area.slice(0, 6) : null,
    rowsOf: area,
    digits: Math.min(area.length + 2, 8),
  }
}

function countsOf(rows: readonly FigureRow[]): Counts {
  const counts: Counts = new Map()
  const nation = new Map<string, SetFigures>()
  for (const { area_code, list_set, households, persons } of rows) {
    if (list_set === null) continue
    const sets = counts.get(area_code) ?? new Map<string, SetFigures>()
    sets.set(list_set, { households, persons })
    counts.set(area_code, sets)
    if (area_code.length !== 2) continue
    const sum = nation.get(list_set) ?? { households: 0, persons: 0 }
    nation.set(list_set, { households: sum.households + households, persons: sum.persons + persons })
  }
  // The nation has no rows of its own; it is only looked at when all provinces were read.
  return counts.set('', nation)
}

/** The known children, and those that hold households or rows although their code is not (or no longer) known. */
function withUncoded(known: readonly NamedArea[], area: string, rows: readonly FigureRow[], day: string): NamedArea[] {
  const codes = new Set(known.map(({ code }) => code))
  const others = rows
    .map(({ area_code }) => area_code)
    .filter((code) => code.length === area.length + 2 && code.startsWith(area) && !codes.has(code))
  return [
    ...known,
    ...[...new Set(others)].map((code) => areaDirectory().find(code, day) ?? unnamedVillage(code)),
  ].toSorted((a, b) => (a.code < b.code ? -1 : 1))
}

/** Lists of the nation and of the area's province; for the nation also every list that somebody stands on. */
function columnsOf(lists: readonly ListWithOfficial[], area: string, counts: Counts): ListWithOfficial[] {
  const byCode = new Map(lists.map((list) => [list.code, list]))
  const used = new Set([...(counts.get(area)?.keys() ?? [])].flatMap((set) => set.split(',')))
  const province = Number(area.slice(0, 2))
  return [...byCode.values()].filter(
    (list) => list.province_code === 0 || list.province_code === province || used.has(list.code),
  )
}

/** What is hidden of the area and of its children: decided from the nation down, the same for every viewer. */
function keepBack(counts: Counts, area: string, columns: readonly string[]) {
  let hidden = hiddenAtTop(households(counts, ''), columns)
  let children = childrenHidden(counts, '', hidden, columns)
  for (const step of areaPath(area).slice(1)) {
    hidden = children.get(step) ?? new Set(columns)
    children = childrenHidden(counts, step, hidden, columns)
  }
  return { area: hidden, children }
}

function childrenHidden(counts: Counts, parent: string, hidden: ReadonlySet<string>, columns: readonly string[]) {
  const codes = [...counts.keys()].filter((code) => code.length === parent.length + 2 && code.startsWith(parent))
  // A code without rows counts nothing, and nothing is no secret unless it shields a neighbour.
  const known = areaDirectory().childCodes(parent)
  const all = [...new Set([...codes, ...known])].toSorted()
  return hiddenOfChildren(hidden, new Map(all.map((code) => [code, households(counts, code)])), columns)
}

function households(counts: Counts, area: string): SetCounts {
  return new Map([...(counts.get(area) ?? [])].map(([set, figures]) => [set, figures.households]))
}

function persons(counts: Counts, area: string): SetCounts {
  return new Map([...(counts.get(area) ?? [])].map(([set, figures]) => [set, figures.persons]))
}

function lineMaker(parts: {
  counts: Counts
  rows: readonly FigureRow[]
  area: string
  columns: readonly ListWithOfficial[]
  lists: readonly ListWithOfficial[]
  isRestricted: boolean
}) {
  const { counts, rows, area, columns, lists, isRestricted } = parts
  const official = new Map<string, OfficialFigure>()
  for (const { code, area_code, households: stated, persons: people, official_document, as_of } of lists) {
    if (area_code === null || stated === null || official_document === null || as_of === null) continue
    official.set(`${code} ${area_code}`, {
      households: stated,
      persons: people,
      document: official_document,
      asOf: as_of,
    })
  }
  const importRows = rows.filter(({ list_set }) => list_set === null)

  return ({ code, level, nameTh, nameEn }: NamedArea, hidden: ReadonlySet<string>): AreaFigure => {
    const households_ = households(counts, code)
    const persons_ = persons(counts, code)
    const filter = (more: Partial<HouseholdFilter>) => (isRestricted ? null : { area: code, ...more })
    const byList = columns.map((list) => ({
      list: list.code,
      households: figure(columnCount(households_, list.code), hidden.has(list.code)),
      persons: figure(columnCount(persons_, list.code), hidden.has(list.code)),
      official: official.get(`${list.code} ${code}`) ?? null,
      filter: filter({ list: list.code }),
    }))
    const ofArea = importRows.filter(({ area_code }) => code === area || area_code === code)
    return {
      area: { code, level, nameTh, nameEn },
      households: figure(columnCount(households_, totalColumn), hidden.has(totalColumn)),
      persons: figure(columnCount(persons_, totalColumn), hidden.has(totalColumn)),
      listings: figure(
        byList.reduce((sum, { households: { value } }) => sum + (value ?? 0), 0),
        byList.some(({ households: { suppressed } }) => suppressed),
      ),
      byList,
      invalidRows: ofArea.reduce((sum, { invalid_rows }) => sum + invalid_rows, 0),
      waitingRows: ofArea.reduce((sum, { waiting_rows }) => sum + waiting_rows, 0),
      filter: filter({}),
    }
  }
}

/** Largest first. `hidden`: the columns kept back from a restricted viewer; null for those who may list households. */
function overlapOf(
  counts: Counts,
  area: string,
  listCodes: readonly string[],
  hidden: ReadonlySet<string> | null,
): Overview['overlap'] {
  const kept = hidden ? hiddenSets(households(counts, area), [totalColumn, ...listCodes], hidden) : nothing
  return [...(counts.get(area) ?? [])]
    .filter(([, figures]) => figures.households !== 0)
    .toSorted(([a, left], [b, right]) => right.households - left.households || (a < b ? -1 : 1))
    .map(([set, figures]) => ({
      lists: set === '' ? [] : set.split(','),
      households: figure(figures.households, kept.has(set)),
      persons: figure(figures.persons, kept.has(set)),
      filter: hidden ? null : { area, ...(set === '' ? { list: 'none' } : { listSet: set }) },
    }))
}

function figure(value: number, suppressed: boolean): Figure {
  return { value: suppressed ? null : value, suppressed }
}
