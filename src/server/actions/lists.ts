/** Lists that a province adds, and official figures with the document that states them. */
import type { TargetListAnswer } from '../../contract/lists.ts'
import { areaAt, provinceOf } from '../../domain/area.ts'
import { Problem } from '../../domain/problem.ts'
import { dayInThailand } from '../../domain/time.ts'
import {
  findList,
  insertList,
  putDenominator,
  readDenominators,
  removeDenominator,
  updateList,
  type ListFacts,
  type StoredDenominator,
  type StoredList,
} from '../queries/lists.ts'
import { findArea } from './areas.ts'
import { requireAt, type ActionContext } from './context.ts'

/** Adds a list of a province, or of the nation when `area` is ''. @throws Problem alreadyExists, notFound */
export async function createList(
  context: ActionContext,
  given: ListFacts & { area: string; code: string },
): Promise<TargetListAnswer> {
  const { tx, actor, now } = context
  requireAt(actor, 'list.edit', { areaCode: given.area })
  if (!(await findArea(tx, given.area, dayInThailand(now)))) throw new Problem('notFound')
  if (await findList(tx, given.code)) throw new Problem('alreadyExists')
  await insertList(tx, { ...given, provinceCode: provinceOf(given.area), now })
  await context.audit({
    action: 'list.create',
    subjectKind: 'list',
    subjectId: given.code,
    areaCode: given.area,
    detail: { document: given.document, listDate: given.listDate },
  })
  return listAnswer((await findList(tx, given.code))!)
}

/** A list of the nation is edited by those who edit for the nation, a province's by that province. */
export async function editList(context: ActionContext, given: ListFacts & { code: string }): Promise<TargetListAnswer> {
  const { tx, actor } = context
  const list = await findList(tx, given.code)
  requireAt(actor, 'list.edit', list && { areaCode: areaOfList(list) })
  await updateList(tx, given.code, given)
  await context.audit({
    action: 'list.edit',
    subjectKind: 'list',
    subjectId: given.code,
    areaCode: list ? areaOfList(list) : '',
    detail: { document: given.document, listDate: given.listDate, trust: given.trust },
  })
  return listAnswer((await findList(tx, given.code))!)
}

/** States an official figure; the same list, area and day again puts it right. */
export async function setDenominator(
  context: ActionContext,
  given: { code: string; area: string; households: number; persons: number | null; document: string; asOf: string },
) {
  const { tx, now } = context
  await requireListAt(context, given.code, given.area)
  if (!(await findArea(tx, given.area, dayInThailand(now)))) throw new Problem('notFound')
  const stated = {
    list_code: given.code,
    area_code: given.area,
    households: given.households,
    persons: given.persons,
    document: given.document,
    as_of: given.asOf,
  }
  await putDenominator(tx, stated, now)
  const { households, persons, document, asOf } = given
  await context.audit({
    action: 'list.setDenominator',
    subjectKind: 'list',
    subjectId: given.code,
    areaCode: given.area,
    detail: { households, persons, document, asOf },
  })
  return denominators(context, given)
}

/** Takes back a figure that was stated by mistake. @throws Problem notFound */
export async function takeBackDenominator(context: ActionContext, given: { code: string; area: string; asOf: string }) {
  await requireListAt(context, given.code, given.area)
  if (!(await removeDenominator(context.tx, given.code, given.area, given.asOf, context.now)))
    throw new Problem('notFound')
  await context.audit({
    action: 'list.removeDenominator',
    subjectKind: 'list',
    subjectId: given.code,
    areaCode: given.area,
    detail: { asOf: given.asOf },
  })
  return denominators(context, given)
}

/** The person edits lists at the area, and the list is the nation's or that province's. */
async function requireListAt({ tx, actor }: ActionContext, code: string, area: string): Promise<void> {
  requireAt(actor, 'list.edit', { areaCode: area })
  const list = await findList(tx, code)
  if (!list || (list.province_code !== 0 && areaAt(area, 'province') !== areaOfList(list))) {
    throw new Problem('notFound')
  }
}

async function denominators({ tx }: ActionContext, { code, area }: { code: string; area: string }) {
  return { denominators: (await readDenominators(tx, [area], { list: code })).map(denominatorAnswer) }
}

/** '' for a list of the nation, else its province. */
export function areaOfList(list: StoredList): string {
  return list.province_code === 0 ? '' : String(list.province_code)
}

export function listAnswer(list: StoredList): TargetListAnswer {
  return {
    code: list.code,
    nameTh: list.name_th,
    nameEn: list.name_en,
    listDate: list.list_date,
    document: list.document,
    clause: list.clause,
    trust: list.trust,
    area: areaOfList(list),
  }
}

export function denominatorAnswer(stored: StoredDenominator) {
  const { area_code, households, persons, document, as_of } = stored
  return { area: area_code, households, persons, document, asOf: as_of }
}
