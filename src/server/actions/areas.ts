/** Villages added and renamed by hand, and the names of areas for every screen. */
import type { AreaWithPath } from '../../contract/areas.ts'
import { areaLevel, areaLevels, type AreaLevel } from '../../domain/area.ts'
import { Problem } from '../../domain/problem.ts'
import { wordsKey } from '../../domain/thai/key.ts'
import { dayInThailand } from '../../domain/time.ts'
import { areaDirectory, keysOf, parseAreaSearch, rankOf, type NamedArea } from '../areas/directory.ts'
import type { Db } from '../db/database.ts'
import {
  areaNames,
  beginning,
  endArea,
  putAreas,
  renewSearchOfVillage,
  villagesByCode,
  villagesIn,
  villagesNamed,
  type StoredArea,
} from '../queries/areas.ts'
import { requireAt, type ActionContext } from './context.ts'

/** How many villages of a name are looked at; more means that the search says too little. */
const mostVillages = 400

/** An area under its name of the day, or null for a code that was never used. */
export async function findArea(db: Db, code: string, day: string): Promise<NamedArea | null> {
  if (code.length < 8) return areaDirectory().find(code, day)
  const names = await areaNames(db, code)
  const current = names.find((name) => name.valid_from <= day && (name.valid_to === null || name.valid_to >= day))
  const row = current ?? names.at(-1)
  if (row) return villageOf(row)
  // Households may stand in a village that nobody has named yet, or whose number is not known.
  return areaDirectory().find(code.slice(0, 6), day) ? unnamedVillage(code) : null
}

/** What a village is called whose name the registry does not have. */
export function unnamedVillage(code: string): NamedArea {
  const number = Number(code.slice(6))
  return {
    code,
    level: 'village',
    nameTh: number === 0 ? 'ไม่ทราบหมู่บ้าน' : `หมู่ที่ ${number}`,
    nameEn: number === 0 ? 'Village not known' : `Village ${number}`,
  }
}

/** The same with the areas around it, from the nation down to itself. @throws Problem notFound */
export async function requireArea(db: Db, code: string, day: string): Promise<AreaWithPath> {
  const area = await findArea(db, code, day)
  if (!area) throw new Problem('notFound')
  return withPath(area, day)
}

const origins = ['official', 'import', 'desk'] as const

/** Every name that an area has had, oldest first; the nation has none. */
export async function namesOfArea(db: Db, code: string) {
  if (code.length < 8) {
    return areaDirectory()
      .names(code)
      .map((row) => ({ ...row, nameEn: row.nameEn || null, origin: 'official' as const }))
  }
  return (await areaNames(db, code)).map((row) => ({
    nameTh: row.name_th,
    nameEn: row.name_en,
    origin: origins.find((origin) => origin === row.origin) ?? 'import',
    validFrom: row.valid_from === beginning ? null : row.valid_from,
    validTo: row.valid_to,
  }))
}

/** Areas of any level with the areas around them, in the order given; codes never used are left out. */
export async function areasWithPath(db: Db, codes: readonly string[], day: string): Promise<AreaWithPath[]> {
  const names = await nameAreas(db, codes, day)
  return codes.flatMap((code) => {
    const area = names.get(code)
    return area ? [withPath(area, day)] : []
  })
}

/** Names of many areas of any level in one read; codes never used are left out. */
export async function nameAreas(db: Db, codes: readonly string[], day: string): Promise<Map<string, NamedArea>> {
  const villages = codes.filter((code) => code.length === 8)
  const rows = villages.length === 0 ? [] : await villagesByCode(db, villages, day)
  const named = new Map(rows.map((row) => [row.code, villageOf(row)]))
  for (const code of codes) {
    const area = code.length < 8 ? areaDirectory().find(code, day) : null
    if (area) named.set(code, area)
  }
  return named
}

/** The areas directly in an area that exist on the day, by code. */
export async function childrenOf(db: Db, code: string, day: string): Promise<NamedArea[]> {
  if (code.length === 6) return (await villagesIn(db, code, day)).map(villageOf)
  return areaDirectory().children(code, day)
}

/** Areas by part-words or code, the best match first. */
export async function searchAreas(
  db: Db,
  wanted: { text: string; within: string; levels?: readonly AreaLevel[] | undefined; limit: number },
  day: string,
): Promise<AreaWithPath[]> {
  const search = parseAreaSearch(wanted.text)
  const levels = wanted.levels ?? areaLevels
  const found = areaDirectory()
    .search(search, wanted.within, day)
    .filter((area) => levels.includes(area.level))
    .slice(0, wanted.limit)
  if (levels.includes('village') && found.length < wanted.limit) {
    found.push(...(await searchVillages(db, search, wanted.within, day)))
  }
  return found.slice(0, wanted.limit).map((area) => withPath(area, day))
}

async function searchVillages(
  db: Db,
  search: ReturnType<typeof parseAreaSearch>,
  within: string,
  day: string,
): Promise<NamedArea[]> {
  if (search.kind === 'nothing') return []
  if (search.kind === 'code') {
    if (search.code.length < 6 || !search.code.startsWith(within)) return []
    return (await villagesIn(db, search.code, day)).map(villageOf)
  }
  const directory = areaDirectory()
  const readings = search.words.flat().filter((reading) => reading.length > 1)
  const rows = await villagesNamed(db, readings, within, day, mostVillages)
  return rows
    .flatMap((row) => {
      const around = () => directory.path(row.code.slice(0, 6), day).flatMap((area) => keysOf(area.nameTh, area.nameEn))
      const rank = rankOf(search.words, keysOf(row.name_th, row.name_en), around)
      return rank === null ? [] : [{ rank, row }]
    })
    .toSorted((a, b) => a.rank - b.rank)
    .map(({ row }) => villageOf(row))
}

/**
 * Adds a village to a subdistrict.
 *
 * @throws Problem notFound outside the person's area, alreadyExists when the number is taken
 */
export async function addVillage(
  context: ActionContext,
  village: { area: string; moo: number; nameTh: string; nameEn: string | null },
): Promise<AreaWithPath> {
  const { tx, actor, now } = context
  const day = dayInThailand(now)
  requireAt(actor, 'area.edit', { areaCode: village.area })
  if (!areaDirectory().find(village.area, day)) throw new Problem('notFound')
  const code = village.area + String(village.moo).padStart(2, '0')
  if ((await areaNames(tx, code)).length > 0) throw new Problem('alreadyExists')
  // From the beginning: the village is older than the day on which somebody typed it in.
  await putAreas(tx, [nameRow(code, village, beginning)])
  await renewSearchOfVillage(tx, code)
  await context.audit({ action: 'area.add', subjectKind: 'area', subjectId: code, areaCode: code })
  return requireArea(tx, code, day)
}

/**
 * Gives a village another name from today on; a name that began today is put right instead.
 *
 * @throws Problem notFound outside the person's area or for a village that is not known
 */
export async function renameVillage(
  context: ActionContext,
  change: { area: string; nameTh: string; nameEn: string | null },
): Promise<AreaWithPath> {
  const { tx, actor, now } = context
  const day = dayInThailand(now)
  requireAt(actor, 'area.edit', { areaCode: change.area })
  const current = (await areaNames(tx, change.area)).findLast((name) => name.valid_to === null)
  if (!current) throw new Problem('notFound')
  await endArea(tx, change.area, day)
  await putAreas(tx, [nameRow(change.area, change, current.valid_from > day ? current.valid_from : day)])
  await renewSearchOfVillage(tx, change.area)
  await context.audit({ action: 'area.rename', subjectKind: 'area', subjectId: change.area, areaCode: change.area })
  return requireArea(tx, change.area, day)
}

function nameRow(code: string, name: { nameTh: string; nameEn: string | null }, validFrom: string) {
  return { code, ...name, nameKey: wordsKey(name.nameTh), origin: 'desk' as const, validFrom, validTo: null }
}

function withPath(area: NamedArea, day: string): AreaWithPath {
  const official = areaDirectory().path(area.code.slice(0, 6), day)
  return { ...area, path: area.code.length === 8 ? [...official, area] : official }
}

function villageOf(row: StoredArea): NamedArea {
  return { code: row.code, level: areaLevel(row.code)!, nameTh: row.name_th, nameEn: row.name_en }
}
