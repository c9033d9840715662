/** Brings the shipped areas, centres and catalogue into the database: at every start, quickly when nothing changed. */
import { createHash } from 'node:crypto'
import { wordsKey } from '../../domain/thai/key.ts'
import { loadAreas } from '../areas/areas.ts'
import { centresFromAreas, loadMunicipalCentres, type CentreRow } from '../areas/centres.ts'
import type { Database } from '../db/database.ts'
import { inTransaction } from '../db/transaction.ts'
import { newId } from '../ids.ts'
import { beginning, putAreas, removeOfficialAreasExcept } from '../queries/areas.ts'
import { putCentres } from '../queries/centres.ts'
import { putSetting, readStoredSetting } from '../queries/settings.ts'
import { loadCatalogue } from './catalogue.ts'

const digestKey = 'reference.digest'
/** Counted up when the way of storing changes, so that the same files are stored anew. */
const storedAs = 1

/**
 * Fills `area`, `centre` and `centre_coverage` from the files in `data/`. Ids of centres stay for ever; what a province
 * edited about its municipal centres stands.
 *
 * @returns whether anything had to be stored
 */
export async function loadReference(database: Database, now: Date): Promise<boolean> {
  const isCatalogueNew = await loadCatalogue(database, now)
  const areas = loadAreas()
  const centres = [...centresFromAreas(areas), ...loadMunicipalCentres()]
  const digest = createHash('sha256')
    .update(JSON.stringify([storedAs, areas, centres]))
    .digest('hex')
  if ((await readStoredSetting(database.kysely, digestKey)) === digest) return isCatalogueNew
  await inTransaction(database, 'program', async (tx) => {
    const rows = areas.map((area) => ({
      code: area.code,
      nameTh: area.nameTh,
      nameEn: area.nameEn || null,
      nameKey: wordsKey(area.nameTh),
      origin: 'official' as const,
      validFrom: area.validFrom ?? beginning,
      validTo: area.validTo,
    }))
    await putAreas(tx, rows)
    await removeOfficialAreasExcept(
      tx,
      rows.map(({ code, validFrom }) => ({ code, validFrom })),
    )
    await putCentres(tx, centres.map(storedCentre))
    await putSetting(tx, digestKey, digest, now)
  })
  return true
}

function storedCentre(centre: CentreRow) {
  return {
    id: newId(),
    code: centre.code,
    kind: centre.kind,
    nameTh: centre.nameTh,
    shortNameTh: centre.shortNameTh,
    nameEn: centre.nameEn,
    provinceCode: Number(centre.provinceCode),
    areaCode: centre.areaCode,
    validFrom: centre.validFrom ?? beginning,
    validTo: centre.validTo,
    covers: centre.covers,
  }
}
