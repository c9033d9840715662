/**
 * The rules that are data, as they hold in a province: its own newest version of each kind, else everybody's (province
 * 0), else what the program ships with (version 0).
 */
import { sql, type RawBuilder } from 'kysely'
import { defaultRules, ruleKinds, ruleSchemas, type RuleKind, type Rules } from '../../domain/logbook/rules/index.ts'
import type { Db, Tx } from '../db/database.ts'
import { endOf } from './days.ts'
import { putSetting } from './settings.ts'

/** The province code under which versions for everybody are kept. */
export const everybody = 0

export interface CurrentRules {
  rules: Rules
  /** The version of each kind that holds, and whose it is: the province's, everybody's, or the program's (null). */
  versions: Record<RuleKind, { version: number; province: number | null }>
}

/**
 * What holds in a province, for every write of its logbook. Asks the database each time which versions are the newest
 * (at most six small rows), so that it is never behind; what they say is read once per process and kept.
 *
 * @param provinceCode two digits as a number; 0 for what holds where a province decided nothing
 */
export async function rulesFor(db: Db, provinceCode: number): Promise<Rules> {
  return (await currentRules(db, provinceCode)).rules
}

/** The rules that hold in a province, with the versions they come from. */
export async function currentRules(db: Db, provinceCode: number): Promise<CurrentRules> {
  return rulesOfVersions(db, await newestVersions(db, provinceCode))
}

/** The rules that held in a province at the end of a day. Which facts hold is not asked of them: the ledger says that. */
export async function rulesOn(db: Db, provinceCode: number, day: string): Promise<Rules> {
  const { rows } = await newestVersionsIn(sql`${provinceCode}::smallint`, endOf(day)).execute(db)
  return (await rulesOfVersions(db, rows)).rules
}

/**
 * All rules of facts and outcomes that ever held in a province, oldest first, each with the moment that ended it in
 * milliseconds; null for those that hold now.
 */
export async function rulesEver(db: Db, provinceCode: number): Promise<{ rules: Rules; until: number | null }[]> {
  const { rows } = await sql<{ created_at: Date }>`
    select distinct created_at from rule_version
    where province_code in (${sql.lit(everybody)}, ${provinceCode}::smallint) and kind in ('facts', 'outcomes')
    order by 1`.execute(db)
  const found: { rules: Rules; until: number | null }[] = []
  for (const { created_at } of rows) {
    const before = sql<Date>`${created_at}::timestamptz`
    const { rows: newest } = await newestVersionsIn(sql`${provinceCode}::smallint`, before).execute(db)
    found.push({ rules: (await rulesOfVersions(db, newest)).rules, until: created_at.getTime() })
  }
  return [...found, { rules: await rulesFor(db, provinceCode), until: null }]
}

/** Names one version of one kind. */
export interface StoredVersion {
  province_code: number
  kind: string
  version: number
  /** Milliseconds. */
  created: number
}

/** The rules that these newest versions make up; read once per process and kept. */
export async function rulesOfVersions(db: Db, newest: readonly StoredVersion[]): Promise<CurrentRules> {
  if (newest.length === 0) return shipped
  const key = newest.map(keyOf).join(' ')
  const known = currentByKey.get(key)
  if (known) return known
  const rules: Record<string, unknown> = { ...defaultRules }
  const versions = { ...shipped.versions }
  for (const stored of newest) {
    const kind = stored.kind as RuleKind
    const content = await readContent(db, stored)
    if (content === null) continue
    rules[kind] = content
    versions[kind] = { version: stored.version, province: stored.province_code }
  }
  const current = { rules: rules as unknown as Rules, versions }
  if (currentByKey.size >= mostKept) currentByKey.clear()
  currentByKey.set(key, current)
  return current
}

const shipped: CurrentRules = {
  rules: defaultRules,
  versions: Object.fromEntries(ruleKinds.map((kind) => [kind, { version: 0, province: null }])) as Record<
    RuleKind,
    { version: number; province: number | null }
  >,
}

/** Rules by the versions they are made of. The moment stands in the key: another database has other versions. */
const currentByKey = new Map<string, CurrentRules>()
const mostKept = 500

function keyOf({ province_code, kind, version, created }: StoredVersion): string {
  return `${province_code}/${kind}/${version}/${created}`
}

async function newestVersions(db: Db, provinceCode: number): Promise<StoredVersion[]> {
  const newest = newestVersionsIn(sql`${provinceCode}::smallint`)
  const { rows } = await sql<StoredVersion>`${sql.raw('/* rules.newest */')} ${newest}`.execute(db)
  return rows
}

/** The newest versions that hold in a province, or held before a moment, to stand in a statement that reads more. */
export function newestVersionsIn(
  provinceCode: RawBuilder<unknown>,
  before?: RawBuilder<Date>,
): RawBuilder<StoredVersion> {
  return sql<StoredVersion>`
    select distinct on (kind) province_code, kind, version, (extract(epoch from created_at) * 1000)::float8 as created
    from rule_version
    where province_code in (${sql.lit(everybody)}, ${provinceCode}) and kind in (${sql.join(ruleKinds.map((kind) => sql.lit(kind)))})
      ${before ? sql`and created_at < ${before}` : sql``}
    order by kind, province_code desc, version desc`
}

/** What a version says; null for one that this program can no longer read, in whose place its own default holds. */
async function readContent<Kind extends RuleKind>(db: Db, stored: StoredVersion): Promise<Rules[Kind] | null> {
  const row = await db
    .selectFrom('rule_version')
    .select('content')
    .where('province_code', '=', stored.province_code)
    .where('kind', '=', stored.kind)
    .where('version', '=', stored.version)
    .executeTakeFirst()
  const parsed = ruleSchemas[stored.kind as RuleKind].safeParse(row?.content)
  return parsed.success ? (parsed.data as Rules[Kind]) : null
}

/** One version of a kind as a province's answers name it: its own, else everybody's; undefined when there is none. */
export async function findRuleVersion<Kind extends RuleKind>(
  db: Db,
  provinceCode: number,
  kind: Kind,
  version: number,
): Promise<Rules[Kind] | undefined> {
  if (version === 0) return defaultRules[kind]
  const row = await db
    .selectFrom('rule_version')
    .select('content')
    .where('province_code', 'in', [everybody, provinceCode])
    .where('kind', '=', kind)
    .where('version', '=', version)
    .orderBy('province_code', 'desc')
    .limit(1)
    .executeTakeFirst()
  const parsed = ruleSchemas[kind].safeParse(row?.content)
  return parsed.success ? (parsed.data as Rules[Kind]) : undefined
}

export interface RuleHistoryRow {
  province_code: number
  version: number
  content: unknown
  reason: string | null
  account_name: string | null
  created_at: Date
}

/** Every version of a kind that was ever stored for a province and for everybody, newest first. */
export async function ruleHistory(db: Db, provinceCode: number, kind: RuleKind): Promise<RuleHistoryRow[]> {
  return db
    .selectFrom('rule_version')
    .leftJoin('account', 'account.id', 'rule_version.account_id')
    .select([
      'rule_version.province_code',
      'rule_version.version',
      'rule_version.content',
      'rule_version.reason',
      'account.name as account_name',
      'rule_version.created_at',
    ])
    .where('rule_version.province_code', 'in', [everybody, provinceCode])
    .where('rule_version.kind', '=', kind)
    .orderBy('rule_version.created_at', 'desc')
    .orderBy('rule_version.version', 'desc')
    .limit(200)
    .execute()
}

/**
 * Stores a new version and gives its number, one at a time. No number of everybody's is ever a province's too, so that
 * an answer that names a version of its province means one thing for ever.
 */
export async function insertRuleVersion(
  tx: Tx,
  given: {
    provinceCode: number
    kind: RuleKind
    content: unknown
    reason: string
    accountId: string
    now: Date
    /** What the writer saw; null when another version came between. */
    after: number
  },
): Promise<number | null> {
  await lockRules(tx)
  const current = (await currentRules(tx, given.provinceCode)).versions[given.kind]
  if (current.version !== given.after) return null
  const { rows } = await sql<{ version: number }>`
    select coalesce(max(version), 0) + 1 as version from rule_version where kind = ${given.kind}`.execute(tx)
  const version = rows[0]!.version
  await tx
    .insertInto('rule_version')
    .values({
      province_code: given.provinceCode,
      kind: given.kind,
      version,
      content: JSON.stringify(given.content),
      reason: given.reason,
      account_id: given.accountId,
      created_at: given.now,
    })
    .execute()
  return version
}

async function lockRules(tx: Tx): Promise<void> {
  await sql`select pg_advisory_xact_lock(2567, 0)`.execute(tx)
}

/** Where the settling of a province's cases has come to, after its rules changed. */
export interface Settling {
  /** The last household that was settled; null at the start. */
  through: string | null
}

const settlingKey = (provinceCode: number) => `rules.settling.${provinceCode}`

/** Notes that every case of a province is to be settled, from the first household on, also where it was under way. */
export async function beginSettling(tx: Tx, provinceCode: number, now: Date): Promise<void> {
  await putSetting(tx, settlingKey(provinceCode), { through: null } satisfies Settling, now)
}

/** Holds the settling of a province until the transaction ends; null when nothing is left to do. */
export async function holdSettling(tx: Tx, provinceCode: number): Promise<Settling | null> {
  const row = await tx
    .selectFrom('setting')
    .select('value')
    .where('key', '=', settlingKey(provinceCode))
    .forUpdate()
    .executeTakeFirst()
  return row ? (row.value as unknown as Settling) : null
}

export async function moveSettling(tx: Tx, provinceCode: number, through: string, now: Date): Promise<void> {
  await putSetting(tx, settlingKey(provinceCode), { through } satisfies Settling, now)
}

export async function endSettling(tx: Tx, provinceCode: number): Promise<void> {
  await tx.deleteFrom('setting').where('key', '=', settlingKey(provinceCode)).execute()
}

/** Whether cases of a province, or for 0 of any province, are still to be settled. */
export async function isSettling(db: Db, provinceCode: number): Promise<boolean> {
  let query = db.selectFrom('setting').select('key').limit(1)
  query =
    provinceCode === everybody
      ? query.where('key', '>=', 'rules.settling.').where('key', '<', 'rules.settling/')
      : query.where('key', '=', settlingKey(provinceCode))
  return (await query.executeTakeFirst()) !== undefined
}

/** The next households of a province that have a case of their own, in the order of their ids, after one of them. */
export async function householdsToSettle(
  db: Db,
  provinceCode: number,
  after: string | null,
  limit: number,
): Promise<string[]> {
  let query = db
    .selectFrom('household')
    .select('id')
    .where('province_code', '=', provinceCode)
    .where('state', '<>', 'merged')
    .orderBy('id')
    .limit(limit)
  if (after !== null) query = query.where('id', '>', after)
  return (await query.execute()).map(({ id }) => id)
}

/** Every province that there is, by number. */
export async function provinceCodes(db: Db): Promise<number[]> {
  const { rows } = await sql<{ province: number }>`
    select distinct code::int as province from area where length(code) = 2 order by 1`.execute(db)
  return rows.map(({ province }) => province)
}
