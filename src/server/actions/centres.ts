/** Municipal centres: founding them, naming them, and saying what they answer for. */
import type { CentreAnswer } from '../../contract/centres.ts'
import { provinceOf } from '../../domain/area.ts'
import { Problem } from '../../domain/problem.ts'
import { dayInThailand } from '../../domain/time.ts'
import { newId } from '../ids.ts'
import { beginning } from '../queries/areas.ts'
import {
  assignCentres,
  changeCoverage,
  coverageOf,
  findCentre,
  insertCentre,
  nextCentreCode,
  otherCentreOf,
  updateCentre,
  type StoredCentre,
} from '../queries/centres.ts'
import { nameAreas } from './areas.ts'
import { requireAt, type ActionContext } from './context.ts'

type MunicipalKind = 'city' | 'town' | 'pattaya'

interface CentreNames {
  nameTh: string
  shortNameTh: string
  nameEn: string
}

/** Founds a municipal centre in a province; it answers for nothing until its coverage is set. */
export async function createCentre(
  context: ActionContext,
  given: CentreNames & { area: string; kind: MunicipalKind; validFrom: string | null },
): Promise<CentreAnswer> {
  const { tx, actor, now } = context
  requireAt(actor, 'centre.edit', { areaCode: given.area })
  const day = dayInThailand(now)
  const names = await nameAreas(tx, [given.area], day)
  if (!names.has(given.area)) throw new Problem('notFound')
  const id = newId()
  const code = await nextCentreCode(tx, given.kind, given.area)
  await insertCentre(tx, {
    id,
    code,
    kind: given.kind,
    nameTh: given.nameTh,
    shortNameTh: given.shortNameTh,
    nameEn: given.nameEn,
    provinceCode: provinceOf(given.area),
    areaCode: given.area,
    validFrom: given.validFrom ?? beginning,
    validTo: null,
  })
  await context.audit({ action: 'centre.create', subjectKind: 'centre', subjectId: id, areaCode: given.area })
  return centreAnswer((await findCentre(tx, id, day))!)
}

/**
 * Names a municipal centre anew, or ends it: its households then go to their districts.
 *
 * @throws Problem notFound, wrongState for centres that follow the areas, invalidFacts for a last day that is not past
 */
export async function editCentre(
  context: ActionContext,
  given: CentreNames & { id: string; validTo: string | null },
): Promise<{ centre: CentreAnswer; reassigned: number }> {
  const { tx, now } = context
  const day = dayInThailand(now)
  const centre = await requireMunicipal(context, given.id, day)
  // Nothing happens by itself on a day to come, so a centre is ended once its last day is over.
  if (given.validTo !== null && given.validTo >= day) {
    throw new Problem('invalidFacts', { fields: [{ field: 'validTo', fault: 'mustBePast' }] })
  }
  const coverage = await coverageOf(tx, given.id, day)
  await updateCentre(tx, given.id, given)
  const reassigned = await reassign(
    context,
    centre,
    coverage.map(({ area_code }) => area_code),
  )
  await context.audit({
    action: 'centre.edit',
    subjectKind: 'centre',
    subjectId: given.id,
    areaCode: centre.area_code,
    detail: { reassigned },
  })
  return { centre: centreAnswer((await findCentre(tx, given.id, day))!), reassigned }
}

/**
 * Says what a municipal centre answers for from today on, and hands the households over in the same transaction.
 *
 * @throws Problem invalidFacts for an area that is unknown, outside the province, or another centre's
 */
export async function setCoverage(
  context: ActionContext,
  given: { id: string; areas: readonly string[] },
): Promise<{ centre: CentreAnswer; reassigned: number }> {
  const { tx, now } = context
  const day = dayInThailand(now)
  const centre = await requireMunicipal(context, given.id, day)
  const wanted = [...new Set(given.areas)].toSorted()
  const names = await nameAreas(tx, wanted, day)
  const strange = wanted.find((area) => !area.startsWith(centre.area_code) || !names.has(area))
  if (strange !== undefined) {
    throw new Problem('invalidFacts', { area: strange, fields: [{ field: 'areas', fault: 'areaUnknown' }] })
  }
  const other = await otherCentreOf(tx, given.id, wanted, day)
  if (other) {
    throw new Problem('invalidFacts', {
      area: other.area_code,
      centre: other.short_name_th,
      fields: [{ field: 'areas', fault: 'coveredByOther' }],
    })
  }
  const current = (await coverageOf(tx, given.id, day)).map(({ area_code }) => area_code)
  const added = wanted.filter((area) => !current.includes(area))
  const removed = current.filter((area) => !wanted.includes(area))
  await changeCoverage(tx, given.id, { added, removed }, day)
  const reassigned = await reassign(context, centre, [...added, ...removed])
  await context.audit({
    action: 'centre.setCoverage',
    subjectKind: 'centre',
    subjectId: given.id,
    areaCode: centre.area_code,
    detail: { added, removed, reassigned },
  })
  return { centre: centreAnswer((await findCentre(tx, given.id, day))!), reassigned }
}

async function requireMunicipal(context: ActionContext, id: string, day: string): Promise<StoredCentre> {
  const centre = await findCentre(context.tx, id, day)
  requireAt(context.actor, 'centre.edit', centre && { areaCode: centre.area_code })
  if (!centre) throw new Problem('notFound')
  if (!['city', 'town', 'pattaya'].includes(centre.kind)) throw new Problem('wrongState')
  return centre
}

async function reassign(context: ActionContext, centre: StoredCentre, areas: readonly string[]): Promise<number> {
  if (areas.length === 0) return 0
  return assignCentres(context.tx, centre.province_code, { areas }, dayInThailand(context.now))
}

/** A stored centre in the words of the contract. */
export function centreAnswer(centre: StoredCentre): CentreAnswer {
  return {
    id: centre.id,
    code: centre.code,
    kind: centre.kind as CentreAnswer['kind'],
    nameTh: centre.name_th,
    shortNameTh: centre.short_name_th,
    nameEn: centre.name_en,
    areaCode: centre.area_code,
    validFrom: centre.valid_from === beginning ? null : centre.valid_from,
    validTo: centre.valid_to,
    coverageCount: centre.coverage_count,
  }
}
