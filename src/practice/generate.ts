/**
 * The practice province: the files that a province would receive, made up from a seed. The same seed gives the same
 * bytes. No person in them is real: every national id begins with 9, every house code and telephone number lies
 * where none is given out.
 */
import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { setImmediate as nextTurn } from 'node:timers/promises'
import { areasOn, loadAreas, type AreaRow } from '../server/areas/areas.ts'
import { createBigLists } from './big-lists.ts'
import { spreadOverVillages } from './counts.ts'
import { householdsOf, type VillageHouseholds } from './households.ts'
import { loadNames, type Names } from './names.ts'
import { listDate } from './people.ts'
import { overlapKinds, type OverlapKind } from './rates.ts'
import { provinceShares } from './shares.ts'
import { writeFound, writeVulnerable, type KnownPlaces } from './small-files.ts'
import { knownHouseholds } from './small-lists.ts'
import type { FileTruth, PlantedRow, Truth } from './truth.ts'
import { villagesOf } from './villages.ts'

export interface PracticeOptions {
  /** Two digits, or 'all' for the nation. */
  province: string
  seed: number
  /** Share of the official figures: 1 makes them all, 0.01 a hundredth. */
  scale: number
  /** Of the TPMAP list; a workbook for a province and text for the nation when left out. */
  format?: 'xlsx' | 'csv'
  /** Where the files go; made when it is not there. */
  folder: string
  onProgress?: (progress: { area: string; districts: number; of: number; rows: number }) => void
  /** Is told of every row, for tests that compare a file row by row. */
  observe?: (planted: PlantedRow) => void
}

/** Writes the files and `truth.json` beside them, and gives what was written. */
export async function generatePractice(options: PracticeOptions): Promise<Truth> {
  const { seed, scale, folder } = options
  if (!(scale > 0 && scale <= 4)) throw new RangeError('scale must be above 0 and at most 4')
  const areas = areasOn(loadAreas(), listDate)
  const shares = provinceShares(areas).filter(
    ({ province }) => options.province === 'all' || province === options.province,
  )
  if (shares.length === 0) throw new RangeError(`province ${options.province} is not one of the lists' provinces`)
  mkdirSync(folder, { recursive: true })

  const names = loadNames()
  const isNation = options.province === 'all'
  const place = isNation ? 'ทั้งประเทศ' : nameOf(areas, options.province)
  const lists = createBigLists({
    folder,
    place,
    format: options.format ?? (isNation ? 'csv' : 'xlsx'),
    isNation,
    seed,
    observe: options.observe,
  })
  const overlaps = Object.fromEntries(Object.keys(overlapKinds).map((kind) => [kind, 0])) as Record<OverlapKind, number>
  const known: KnownPlaces = new Map()
  const districtsInAll = areas.filter(
    ({ code }) => code.length === 4 && shares.some(({ province }) => code.startsWith(province)),
  ).length
  let districts = 0
  for (const share of shares) {
    const villages = villagesOf(share.province, areas, names, seed)
    const counts = spreadOverVillages(share, villages, scale, seed)
    for (const [district, villageCounts] of counts) {
      const households = gather(householdsOf(district, villageCounts, names, seed))
      lists.district(district, households)
      for (const { thaiqm } of households)
        for (const { overlap } of thaiqm) if (overlap !== null) overlaps[overlap] += 1
      if (!isNation) remember(known, district, households)
      districts += 1
      options.onProgress?.({
        area: villageCounts[0]?.village.districtName ?? district,
        districts,
        of: districtsInAll,
        rows: lists.rows(),
      })
      // The process may have other work between districts.
      await nextTurn()
    }
  }
  const files = lists.close()
  if (!isNation) files.push(...smallFiles(options, areas, names, known))
  const truth = truthOf(options, files, overlaps)
  writeFileSync(join(folder, 'truth.json'), `${JSON.stringify(truth, null, 1)}\n`)
  return truth
}

function gather(villages: Iterable<VillageHouseholds>): VillageHouseholds[] {
  return [...villages]
}

function nameOf(areas: readonly AreaRow[], code: string): string {
  return areas.find((area) => area.code === code)?.nameTh ?? code
}

/** Keeps enough households of every district for the small lists to meet again. */
function remember(known: KnownPlaces, district: string, villages: readonly VillageHouseholds[]): void {
  const households = villages.flatMap(({ tpmap, thaiqm }) => knownHouseholds(tpmap, thaiqm))
  const step = Math.max(1, Math.floor(households.length / 400))
  known.set(district, {
    villages: villages.map(({ village }) => village),
    households: households.filter((_, index) => index % step === 0),
    size: households.length,
  })
}

function smallFiles(
  options: PracticeOptions,
  areas: readonly AreaRow[],
  names: Names,
  known: KnownPlaces,
): FileTruth[] {
  const { folder, seed, scale, observe } = options
  const common = { folder, seed, names, observe, areaName: (code: string) => nameOf(areas, code) }
  const largest = [...known].toSorted(([a, { size: left }], [b, { size: right }]) => right - left || a.localeCompare(b))
  const formats = ['ods', 'html'] as const
  const vulnerable = largest.slice(0, 2).map(([district, place], index) =>
    writeVulnerable({
      ...common,
      district,
      place,
      format: formats[index] ?? 'ods',
      rows: Math.max(5, Math.round((210 - 60 * index) * Math.min(1, scale * 4))),
    }),
  )
  return [...vulnerable, writeFound({ ...common, known, rows: Math.max(12, Math.round(48 * Math.min(1, scale * 4))) })]
}

function truthOf(options: PracticeOptions, files: FileTruth[], overlaps: Record<OverlapKind, number>): Truth {
  const onLists = files
    .filter(({ list }) => list === 'tpmap-2565' || list === 'thaiqm-2')
    .reduce((sum, file) => sum + file.households, 0)
  const twice = Object.values(overlaps).reduce((sum, count) => sum + count, 0)
  return {
    seed: options.seed,
    province: options.province,
    scale: options.scale,
    files,
    overlaps,
    distinctHouseholds: onLists - twice,
    knownElsewhere: Object.fromEntries(
      files.flatMap(({ file, traps }) => (traps['knownElsewhere'] ? [[file, traps['knownElsewhere']]] : [])),
    ),
  }
}
