/** เมนูแก้จน: items that a province, or for everybody the administrator, adds, says anew from a day on, and ends. */
import { createHash } from 'node:crypto'
import type { CatalogueItem } from '../../contract/catalogue.ts'
import { provinceOf } from '../../domain/area.ts'
import { anybody, eligibleSchema } from '../../domain/logbook/eligibility.ts'
import { dimensions, type Dimension } from '../../domain/logbook/entry.ts'
import { mayAt, type Actor } from '../../domain/permission.ts'
import { Problem } from '../../domain/problem.ts'
import { dayInThailand } from '../../domain/time.ts'
import { cell, readTable } from '../areas/areas.ts'
import type { Database, Db } from '../db/database.ts'
import { inTransaction } from '../db/transaction.ts'
import { newId } from '../ids.ts'
import {
  catalogueRows,
  catalogueRowsOf,
  hasCatalogueName,
  lockCatalogue,
  putCatalogueRow,
  type CatalogueFacts,
  type CatalogueRow,
} from '../queries/catalogue.ts'
import { everybody } from '../queries/rules.ts'
import { putSetting, readStoredSetting } from '../queries/settings.ts'
import { findArea } from './areas.ts'
import { requireAt, type ActionContext } from './context.ts'

interface Validity {
  validFrom: string
  validTo: string | null
}

/** The catalogue of a province, or everybody's when `area` is ''; names of those who wrote it only for editors. */
export async function listCatalogue(
  context: { tx: Db; actor: Actor },
  given: { area: string; on?: string | undefined; dimension?: Dimension | undefined },
): Promise<{ items: CatalogueItem[]; mayEdit: boolean }> {
  const mayEdit = mayAt(context.actor, 'rule.edit', { areaCode: given.area })
  const rows = await catalogueRows(context.tx, ownerOf(given.area), given)
  return { items: rows.map((row) => itemAnswer(row, mayEdit)), mayEdit }
}

/** @throws Problem notFound, alreadyExists for a name that the owner gives already, invalidFacts */
export async function addCatalogueItem(
  context: ActionContext,
  given: CatalogueFacts & Validity & { area: string },
): Promise<CatalogueItem> {
  const { tx, actor, now } = context
  requireAt(actor, 'rule.edit', { areaCode: given.area })
  const provinceCode = ownerOf(given.area)
  if (given.area !== '' && !(await findArea(tx, given.area, dayInThailand(now)))) throw new Problem('notFound')
  requireDays(given.validFrom, given.validTo)
  await lockCatalogue(tx, provinceCode)
  if (await hasCatalogueName(tx, provinceCode, given.nameTh, given.validFrom)) throw new Problem('alreadyExists')
  const code = `own-${newId().replaceAll('-', '').slice(-16)}`
  await write(context, { ...given, provinceCode, code })
  await leaveAudit(context, 'catalogue.add', given.area, code, given)
  return answer(context, provinceCode, code, given.validFrom)
}

/**
 * Says an item anew from a day on. A province that changes everybody's item takes the code over, with what stood before.
 *
 * @throws Problem notFound, invalidFacts for days that do not follow each other
 */
export async function changeCatalogueItem(
  context: ActionContext,
  given: CatalogueFacts & Validity & { area: string; code: string; of: string },
): Promise<CatalogueItem> {
  requireAt(context.actor, 'rule.edit', { areaCode: given.area })
  const provinceCode = ownerOf(given.area)
  await lockCatalogue(context.tx, provinceCode)
  const { before, next } = await takeOver(context, provinceCode, given.code, given.of)
  requireDays(given.validFrom, given.validTo)
  if (given.validFrom < before.validFrom) throw invalidDay('validFrom', 'beforeStart')
  if (next && given.validFrom >= next.validFrom) throw invalidDay('validFrom', 'afterNext')
  if (given.validFrom > before.validFrom) await write(context, { ...before, validTo: dayBefore(given.validFrom) })
  const last = next ? dayBefore(next.validFrom) : null
  const validTo = given.validTo !== null && (last === null || given.validTo <= last) ? given.validTo : last
  await write(context, { ...given, validTo, provinceCode })
  await leaveAudit(context, 'catalogue.change', given.area, given.code, given)
  return answer(context, provinceCode, given.code, given.validFrom)
}

/** Ends an item on a day, or takes an end back. @throws Problem notFound, invalidFacts */
export async function endCatalogueItem(
  context: ActionContext,
  given: { area: string; code: string; of: string; validTo: string | null },
): Promise<CatalogueItem> {
  requireAt(context.actor, 'rule.edit', { areaCode: given.area })
  const provinceCode = ownerOf(given.area)
  await lockCatalogue(context.tx, provinceCode)
  const { before, next } = await takeOver(context, provinceCode, given.code, given.of)
  requireDays(before.validFrom, given.validTo)
  if (next && (given.validTo === null || given.validTo >= next.validFrom)) throw invalidDay('validTo', 'afterNext')
  await write(context, { ...before, validTo: given.validTo })
  await leaveAudit(context, 'catalogue.end', given.area, given.code, {
    validFrom: before.validFrom,
    validTo: given.validTo,
  })
  return answer(context, provinceCode, given.code, before.validFrom)
}

/** The row that begins on a day, and the one after it; everybody's rows become the province's own first. */
async function takeOver(context: ActionContext, provinceCode: number, code: string, of: string) {
  let rows = await catalogueRowsOf(context.tx, provinceCode, code)
  if (rows.length === 0 && provinceCode !== everybody) {
    rows = (await catalogueRowsOf(context.tx, everybody, code)).map((row) => ({ ...row, provinceCode }))
    if (rows.some((row) => row.validFrom === of)) for (const row of rows) await write(context, row)
  }
  const index = rows.findIndex((row) => row.validFrom === of)
  const before = rows[index]
  if (!before) throw new Problem('notFound')
  return { before, next: rows[index + 1] ?? null }
}

type Written = CatalogueFacts & Validity & { provinceCode: number; code: string }

async function write({ tx, actor, now }: ActionContext, row: Written): Promise<void> {
  await putCatalogueRow(tx, { ...row, accountId: actor.userId, now })
}

async function leaveAudit(context: ActionContext, action: string, area: string, code: string, days: Validity) {
  await context.audit({
    action,
    subjectKind: 'catalogue',
    subjectId: code,
    areaCode: area,
    detail: { validFrom: days.validFrom, validTo: days.validTo },
  })
}

async function answer({ tx }: ActionContext, provinceCode: number, code: string, validFrom: string) {
  const rows = await catalogueRowsOf(tx, provinceCode, code)
  return itemAnswer(
    rows.find((row) => row.validFrom === validFrom)!,
    true,
  )
}

function itemAnswer(row: CatalogueRow, maySeePeople: boolean): CatalogueItem {
  const { provinceCode, accountId, accountName, updatedAt, ...facts } = row
  return {
    ...facts,
    area: provinceCode === everybody ? '' : String(provinceCode),
    changedAt: accountId === null ? null : updatedAt.toISOString(),
    changedBy: maySeePeople ? accountName : null,
  }
}

function ownerOf(area: string): number {
  return area === '' ? everybody : provinceOf(area)
}

function requireDays(validFrom: string, validTo: string | null): void {
  if (validTo !== null && validTo < validFrom) throw invalidDay('validTo', 'beforeStart')
}

function invalidDay(field: string, fault: string): Problem {
  return new Problem('invalidFacts', { fields: [{ field, fault }] })
}

function dayBefore(day: string): string {
  return new Date(Date.parse(`${day}T00:00:00Z`) - 86_400_000).toISOString().slice(0, 10)
}

const digestKey = 'catalogue.digest'

/**
 * Brings the shipped items into the database, at every start and quickly when nothing changed. What a person wrote
 * stands; an item that everybody's catalogue no longer ships stays as it was.
 *
 * @returns whether anything had to be stored
 */
export async function loadCatalogue(database: Database, now: Date): Promise<boolean> {
  const shipped = readTable('catalogue.tsv').map((row) => ({
    provinceCode: everybody,
    code: cell(row, 'code'),
    nameTh: cell(row, 'name_th'),
    nameEn: cell(row, 'name_en'),
    dimension: dimensions.find((one) => one === cell(row, 'dimension'))!,
    agency: cell(row, 'agency'),
    eligible: eligibleSchema.parse({ ...anybody, ...(JSON.parse(cell(row, 'eligible')) as object) }),
    amountTh: cell(row, 'amount_th'),
    amountEn: cell(row, 'amount_en'),
    amountBaht: cell(row, 'amount_baht') === '' ? null : Number(cell(row, 'amount_baht')),
    source: cell(row, 'source'),
    validFrom: cell(row, 'valid_from'),
    validTo: cell(row, 'valid_to') || null,
    accountId: null,
  }))
  const digest = createHash('sha256').update(JSON.stringify(shipped)).digest('hex')
  if ((await readStoredSetting(database.kysely, digestKey)) === digest) return false
  await inTransaction(database, 'program', async (tx) => {
    await lockCatalogue(tx, everybody)
    const edited = new Set(
      (await catalogueRows(tx, everybody)).filter(({ accountId }) => accountId !== null).map(({ code }) => code),
    )
    for (const row of shipped) if (!edited.has(row.code)) await putCatalogueRow(tx, { ...row, now })
    await putSetting(tx, digestKey, digest, now)
  })
  return true
}
