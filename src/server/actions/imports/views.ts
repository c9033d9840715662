/** Batches and rows as the contract shows them. */
import type { ImportRow } from '../../../contract/import-rows.ts'
import type { Batch, BatchCounts } from '../../../contract/imports.ts'
import { areaAt, isAreaWithin } from '../../../domain/area.ts'
import type { SurvivingField } from '../../../domain/survivorship.ts'
import { survive } from '../../../domain/survivorship.ts'
import { scoreHouseholds } from '../../../domain/matching.ts'
import { maskNationalId } from '../../../domain/national-id.ts'
import { isFileKept, type KeptFor } from '../../../domain/import/keeping.ts'
import { choicesOf } from '../../../domain/import/verdict.ts'
import { rowFaults } from '../../../domain/import/staged.ts'
import {
  mayAt,
  partsWithin,
  reachOf,
  reaches,
  type Actor,
  type Permission,
  type Reach,
} from '../../../domain/permission.ts'
import type { Settings } from '../../../domain/settings.ts'
import type { Db } from '../../db/database.ts'
import { countDecisions, readCandidateMembers, readCandidates, readStaged } from '../../queries/imports/rows.ts'
import type { CandidateHousehold, CandidateMember, StagedPerson, StoredVerdict } from '../../queries/imports/rows.ts'
import { countVerdicts } from '../../queries/imports/figures.ts'
import type { BatchCountsStored, StoredBatch } from '../../queries/imports.ts'
import { readSettings } from '../../queries/settings.ts'
import type { Secrets } from '../../secrets.ts'

const batchPermissions: readonly Permission[] = [
  'import.read',
  'import.write',
  'import.decide',
  'import.commit',
  'import.undo',
]

/** Whether a person sees a batch at all: one around or inside their areas; what they see of its rows is filtered. */
export function touchesReach(reach: Reach | null, areaCode: string): boolean {
  if (reach === null) return false
  return reach.areas.some((area) => isAreaWithin(area, areaCode) || isAreaWithin(areaCode, area))
}

/** The areas whose rows a batch takes in: its own, or the parts of it that the person answers for who brought the file. */
export function areasOf(batch: Pick<StoredBatch, 'area_code' | 'reach'>): string[] {
  const parts = partsWithin(batch.area_code, batch.reach)
  return parts.length === 0 ? [batch.area_code] : parts
}

/** Whether a person may do this with all that a batch takes in. */
export function mayWithAll(
  actor: Actor,
  permission: Permission,
  batch: Pick<StoredBatch, 'area_code' | 'reach'>,
): boolean {
  return areasOf(batch).every((areaCode) => mayAt(actor, permission, { areaCode }))
}

function mayWith(actor: Actor, batch: StoredBatch): Permission[] {
  return batchPermissions.filter((permission) =>
    permission === 'import.read' || permission === 'import.decide'
      ? touchesReach(reachOf(actor, permission), batch.area_code)
      : mayWithAll(actor, permission, batch),
  )
}

export function countsView({ counts, committed_at }: StoredBatch): BatchCounts | null {
  if (counts.households === undefined) return null
  return {
    rows: counts.rows ?? 0,
    households: counts.households,
    verdicts: {
      new: 0,
      same: 0,
      update: 0,
      match: 0,
      duplicate: 0,
      conflict: 0,
      invalid: 0,
      ...counts.verdicts,
    },
    waiting: counts.waiting ?? 0,
    decided: counts.decided ?? 0,
    rejected: counts.rejected ?? 0,
    ready: (committed_at === null ? counts.ready : counts.decided) ?? 0,
    faults: counts.faults ?? {},
  }
}

/** Counts the verdicts and decisions of a batch anew. */
export async function recount(db: Db, batch: StoredBatch): Promise<BatchCountsStored> {
  const { households, waiting, verdicts } = await countVerdicts(db, batch.id)
  const { decided, rejected, instead } = await countDecisions(db, batch.id)
  const byRules = households - waiting - (verdicts.duplicate ?? 0) - (verdicts.invalid ?? 0) - instead
  return { ...batch.counts, households, waiting, verdicts, decided, rejected, ready: byRules + decided }
}

/** What tells whether the file of a batch is still kept. */
export function keptFor(batch: Pick<StoredBatch, 'state' | 'matched_at' | 'counts' | 'updated_at'>): KeptFor {
  const { verdicts = {}, rejected = 0 } = batch.counts
  return {
    state: batch.state,
    isJudged: batch.matched_at !== null,
    leftOut: (verdicts['invalid'] ?? 0) + rejected,
    updatedAt: batch.updated_at,
  }
}

/** Per cent of the file's households that are invalid or double. */
export function guardShare({ counts }: Pick<StoredBatch, 'counts'>): number {
  const { households = 0, verdicts = {} } = counts
  if (households === 0) return 0
  return Math.round((100 * ((verdicts['invalid'] ?? 0) + (verdicts['duplicate'] ?? 0))) / households)
}

/** Somebody who answers for the whole province, and is not the one who brought the file. */
export function mayWaiveElsewhere(actor: Actor, batch: Pick<StoredBatch, 'account_id' | 'area_code'>): boolean {
  const province = areaAt(batch.area_code, 'province')
  return batch.account_id !== actor.userId && mayAt(actor, 'import.commit', { areaCode: province })
}

export async function batchView(db: Db, actor: Actor, batch: StoredBatch, now: Date): Promise<Batch> {
  const settings = await readSettings(db)
  return viewWith(settings, actor, batch, now)
}

export function viewWith(settings: Settings, actor: Actor, batch: StoredBatch, now: Date): Batch {
  const share = guardShare(batch)
  const limit = settings['import.limits'].guardShare
  return {
    id: batch.id,
    listCode: batch.list_code,
    listNameTh: batch.list_name_th,
    listNameEn: batch.list_name_en,
    listDate: batch.list_date,
    areaCode: batch.area_code,
    fileName: batch.file_name,
    format: batch.format,
    state: batch.state as Batch['state'],
    mapping: batch.mapping,
    progress: progressView(batch, now),
    counts: countsView(batch),
    isFileKept: isFileKept(keptFor(batch), now),
    result: batch.result,
    guard: share > limit ? { share, limit, waived: batch.guard_waived } : null,
    elsewhere:
      batch.elsewhere === 'shown'
        ? null
        : {
            rows: batch.counts.elsewhere ?? 0,
            waived: batch.elsewhere === 'waived',
            mayWaive: mayWaiveElsewhere(actor, batch),
          },
    problem: batch.problem,
    accountName: batch.account_name,
    createdAt: batch.created_at.toISOString(),
    updatedAt: batch.updated_at.toISOString(),
    committedAt: batch.committed_at?.toISOString() ?? null,
    undoneAt: batch.undone_at?.toISOString() ?? null,
    may: mayWith(actor, batch),
  }
}

function progressView({ progress, state }: StoredBatch, now: Date): Batch['progress'] {
  if (state === 'uploaded') return { phase: 'detecting', done: 0, total: null, rate: null, secondsLeft: null }
  if (progress.phase === undefined || progress.since === undefined) return null
  const done = progress.done ?? 0
  const total = progress.total ?? null
  const seconds = (now.getTime() - new Date(progress.since).getTime()) / 1000
  const rate = seconds > 0.5 ? Math.round((done - (progress.from ?? 0)) / seconds) : null
  const secondsLeft = rate && total !== null ? Math.max(0, Math.round((total - done) / rate)) : null
  return { phase: progress.phase, done, total, rate, secondsLeft }
}

interface RowContext {
  db: Db
  secrets: Secrets
  batch: StoredBatch
  /** Whose candidates may be shown, and decided about. */
  reach: Reach
}

/** Rows with both sides; a candidate outside the reach of the person who asks is left out. */
export async function rowViews(context: RowContext, verdicts: readonly StoredVerdict[]): Promise<ImportRow[]> {
  const { db, batch, reach } = context
  const settings = await readSettings(db)
  const staged = await readStaged(
    db,
    batch.id,
    verdicts.map((verdict) => verdict.row_number),
  )
  const keys = verdicts.flatMap((verdict) =>
    verdict.candidate_id === null ? [] : [{ province: verdict.province_code, id: verdict.candidate_id }],
  )
  const candidates = (await readCandidates(db, keys)).filter(({ area_code, centre_id }) =>
    reaches(reach, { areaCode: area_code, centreId: centre_id }),
  )
  const members = await readCandidateMembers(db, keys)
  return verdicts.map((verdict) => {
    const people = staged.filter((row) => row.leader_row === verdict.row_number)
    const leader = people.find((row) => row.row_number === verdict.row_number) ?? people[0]
    const candidate = candidates.find(({ id }) => id === verdict.candidate_id) ?? null
    const theirs = members.filter(({ household_id }) => household_id === candidate?.id)
    return rowView({ context, settings, verdict, people, leader, candidate, theirs })
  })
}

function rowView(parts: {
  context: RowContext
  settings: Settings
  verdict: StoredVerdict
  people: StagedPerson[]
  leader: StagedPerson | undefined
  candidate: CandidateHousehold | null
  theirs: CandidateMember[]
}): ImportRow {
  const { context, settings, verdict, people, leader, candidate, theirs } = parts
  const { batch, secrets } = context
  const byRules = verdict.decision === null && !verdict.waiting
  const isHidden = isCandidateHidden(context.reach, verdict)
  return {
    rowNumber: verdict.row_number,
    areaCode: verdict.area_code,
    verdict: verdict.verdict,
    reason: verdict.reason,
    score: verdict.score,
    scoreTerms:
      verdict.score !== null && candidate && leader
        ? scoreHouseholds(
            { areaCode: leader.area_code, houseNumber: leader.house_number, names: people.flatMap(nameOf) },
            { areaCode: candidate.area_code, houseNumber: candidate.house_number, names: theirs.flatMap(nameOf) },
            settings['match.weights'],
          ).reasons
        : [],
    waiting: verdict.waiting,
    decision: verdict.decision,
    decidedBy: verdict.decided_by,
    decidedAt: verdict.decided_at?.toISOString() ?? null,
    committed: verdict.committed_at !== null || (byRules && isCommittedByRules(batch, verdict)),
    duplicateOf: verdict.duplicate_of,
    choices: isHidden ? [] : [...choicesOf(verdict.verdict, verdict.reason)],
    household: householdView(leader, leader?.village_name ?? null),
    members: people.flatMap((row) =>
      row.first_name === null ? [] : [memberView({ ...row, first_name: row.first_name }, secrets)],
    ),
    faults: people.flatMap((row) =>
      (row.faults ?? []).map((one) => ({ ...one, invalid: rowFaults[one.fault] === 'invalid' })),
    ),
    candidate: candidate
      ? {
          householdId: candidate.id,
          household: householdView(candidate, candidate.village_name),
          members: theirs.map((member) => memberView(member, secrets)),
          lists: candidate.list_set.split(',').filter(Boolean),
          asOf: candidate.as_of,
        }
      : null,
    isCandidateHidden: isHidden,
    differences: candidate && leader ? differencesOf(batch, settings, leader, candidate) : [],
  }
}

/** Whether the household that a row may be stands where the person may not look. */
export function isCandidateHidden(
  reach: Reach | null,
  row: Pick<StoredVerdict, 'candidate_id' | 'candidate_area' | 'candidate_centre'>,
): boolean {
  if (row.candidate_id === null) return false
  return (
    row.candidate_area === null || !reaches(reach, { areaCode: row.candidate_area, centreId: row.candidate_centre })
  )
}

/** Whether a row that the rules decided is in the registry. */
export function isCommittedByRules(batch: StoredBatch, verdict: StoredVerdict): boolean {
  return verdict.row_number <= batch.committed_through && ['new', 'same', 'update', 'match'].includes(verdict.verdict)
}

function nameOf(person: { first_name: string | null; last_name: string | null }): string[] {
  if (person.first_name === null) return []
  return [person.last_name === null ? person.first_name : `${person.first_name} ${person.last_name}`]
}

function householdView(
  row: (Partial<StagedPerson> & { area_code?: string }) | undefined,
  villageName: string | null,
): ImportRow['household'] {
  return {
    areaCode: row?.area_code?.length === 8 ? row.area_code : null,
    areaName: null,
    villageName,
    houseCode: row?.house_code ?? null,
    familyNumber: row?.family_number ?? null,
    houseNumber: row?.house_number ?? null,
    lane: row?.lane ?? null,
    road: row?.road ?? null,
    phone: row?.phone ?? null,
    memberCount: row?.stated_members ?? null,
    note: row?.note ?? null,
  }
}

function memberView(
  row: Omit<CandidateMember, 'household_id' | 'position'> & { position: number | null },
  secrets: Secrets,
): ImportRow['members'][number] {
  return {
    order: row.position,
    relation: row.relation,
    title: row.title,
    firstName: row.first_name,
    lastName: row.last_name,
    nationalIdMasked:
      row.national_id_cipher && row.national_id_hash
        ? maskNationalId(secrets.decryptNationalId(row.national_id_cipher, row.national_id_hash))
        : null,
    sex: row.sex as 'male' | 'female' | null,
    birthDate: row.birth_date,
    birthPrecision: row.birth_precision as 'day' | 'month' | 'year' | null,
    occupation: row.occupation,
    annualIncome: row.annual_income,
  }
}

const comparedFields: readonly [SurvivingField, keyof StagedPerson & keyof CandidateHousehold][] = [
  ['areaCode', 'area_code'],
  ['houseCode', 'house_code'],
  ['familyNumber', 'family_number'],
  ['houseNumber', 'house_number'],
  ['lane', 'lane'],
  ['road', 'road'],
  ['phone', 'phone'],
  ['latitude', 'latitude'],
  ['longitude', 'longitude'],
  ['memberCount', 'stated_members'],
  ['note', 'note'],
]

function differencesOf(
  batch: StoredBatch,
  settings: Settings,
  row: StagedPerson,
  candidate: CandidateHousehold,
): ImportRow['differences'] {
  return comparedFields.flatMap(([field, column]) => {
    const current = candidate[column]
    const incoming = row[column]
    if (incoming === null || incoming === current) return []
    const takes = survive(
      field,
      { value: current, listDate: candidate.as_of, trustRank: -candidate.trust },
      { value: incoming, listDate: batch.list_date, trustRank: -batch.list_trust },
      settings.survivorship[field],
    )
    return [
      {
        field,
        current: current === null ? null : String(current),
        incoming: String(incoming),
        takes: takes !== 'keep',
      },
    ]
  })
}
