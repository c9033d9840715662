/**
 * Counts the facts of every household straight from its entries, in SQL of its own: nothing of the fold, the ledger or the
 * figures is used, so that agreeing with them means something.
 */
import { sql } from 'kysely'
import type { Database } from '../../src/server/db/database.ts'
import { inTransaction } from '../../src/server/db/transaction.ts'

/** `area list_set fact` → households, for villages; the facts of the shipped rules as far as the tests look at them. */
export type CountedByHand = Map<string, number>

/** @param helpedIsVisited whether the rule holds by which only those count as helped whom somebody visited too */
export async function countByHand(database: Database, helpedIsVisited = false): Promise<CountedByHand> {
  const { rows } = await inTransaction(database, 'program', async (tx) => {
    // Nothing is known of how large the parts of this are: looking each row up in all others would take hours.
    await sql`set local enable_nestloop = off`.execute(tx)
    await sql`set local jit = off`.execute(tx)
    return counted(helpedIsVisited).execute(tx)
  })
  return new Map(rows.map((row) => [`${row.area_code} ${row.list_set} ${row.fact}`, row.households]))
}

function counted(helpedIsVisited: boolean) {
  return sql<{ area_code: string; list_set: string; fact: string; households: number }>`
    with recursive
    up(province_code, id, root) as (
      select province_code, id, id from household where state <> 'merged'
      union all
      select h.province_code, h.id, up.root from household h
      join up on up.province_code = h.province_code and h.state = 'merged' and h.merged_into = up.id),
    -- Every entry with the last version of it: nobody could correct a version that another had corrected.
    chain(entry_id, version_id) as (
      select id, id from entry where kind <> 'correction'
      union all
      select chain.entry_id, c.id from chain join entry c on c.kind = 'correction' and c.corrects = chain.version_id),
    latest as (
      select entry_id, version_id from chain
      where not exists (select 1 from entry c where c.kind = 'correction' and c.corrects = chain.version_id)),
    effective as (
      select e.id, up.root as household, e.household_id as recorded_at_household, e.kind, last.id as version_id,
        case when last.id = e.id then e.content else last.content->'replacement'->'content' end as content,
        case when last.id = e.id then e.happened_on else (last.content->'replacement'->>'happenedOn')::date end as on_day
      from entry e
      join up on up.province_code = e.province_code and up.id = e.household_id
      join latest on latest.entry_id = e.id
      join entry last on last.id = latest.version_id
      where e.kind <> 'correction' and (last.id = e.id or last.content->>'replacement' is not null)),
    statement as (
      select household, problem->>'id' as problem,
        bool_or(coalesce(problem->>'need', '') <> '') as has_need,
        bool_or(coalesce(problem->>'solution', '') <> '') as has_solution
      from effective cross join jsonb_array_elements(content->'problems') as problem
      where kind = 'assessment' group by 1, 2),
    result as (
      select e.household, r->>'problemId' as problem from effective e
      cross join jsonb_array_elements(e.content->'results') as r
      where e.kind = 'result' and not exists (select 1 from effective back
        where back.kind = 'relapse' and back.household = e.household and back.content->'problemIds' ? (r->>'problemId')
          and (back.on_day, back.id) > (e.on_day, e.id))),
    decided as (
      select (content->>'outcomeId')::uuid as outcome,
        (array_agg(content->>'decision' order by id) filter (where content->>'decision' <> 'undo'))[1] as verdict,
        bool_or(content->>'decision' = 'undo') as undone
      from entry where kind = 'outcomeDecision' group by 1),
    gone as (
      select distinct o.household from effective o join decided on decided.outcome = o.version_id
      where o.kind = 'outcome' and o.content->>'outcome' in ('deceased', 'moved', 'duplicate', 'notEligible')
        and decided.verdict = 'approve' and not decided.undone
        -- Merged, it is a duplicate no more: neither where it was one, nor where it named what was merged into it.
        and not (o.content->>'outcome' = 'duplicate' and (o.recorded_at_household <> o.household
          or exists (select 1 from up where up.id::text = o.content->>'sameAs' and up.root = o.household)))),
    home as (
      select h.id, h.area_code, h.list_set, h.id in (select household from gone) as has_left,
        h.id in (select household from effective where kind = 'assistance') as assisted,
        h.id in (select household from result join statement using (household, problem)) as has_result,
        case when h.id in (select household from statement)
          then h.id not in (select household from statement where not (has_need and has_solution))
          else h.id in (select household from effective where kind = 'assessment'
            and (content->>'noProblem')::boolean) end as complete
      from household h where h.state = 'active'),
    fact as (
      select id, 'left' as fact from home where has_left
      union all select id, 'target' from home where not has_left
      union all select id, 'recorded' from home where complete and not has_left
      union all select id, 'helped' from home where assisted and not has_left and (not ${helpedIsVisited}::boolean
        or id in (select household from effective where kind in ('visit', 'followUp')))
      union all select id, 'helpedWithResult' from home where assisted and has_result and not has_left
      union all
      select distinct home.id, 'visited-' || to_char(e.on_day, 'YYYY-MM') from home
      join effective e on e.household = home.id and e.kind in ('visit', 'followUp') where not has_left)
    select area_code, list_set, fact, count(*)::int as households
    from fact join home using (id) group by 1, 2, 3`
}

/** Adds up an area, a fact and a choice of lists (null: all households). */
export function sumByHand(counted: CountedByHand, area: string, fact: string, lists: readonly string[] | null): number {
  let sum = 0
  for (const [key, households] of counted) {
    const [village, set, of] = key.split(' ') as [string, string, string]
    const isOn = lists === null || set.split(',').some((code) => lists.includes(code))
    if (village.startsWith(area) && of === fact && isOn) sum += households
  }
  return sum
}
