/** The verdict on a single household that somebody typed, by the rules of a whole file's. */
import { sql } from 'kysely'
import type { Verdict, VerdictReason } from '../../../domain/import/verdict.ts'
import type { Tx } from '../../db/database.ts'
import type { JudgedBatch } from './judge.ts'
import { judgeAgainstRegistry, judgeInFile } from './match.ts'

export interface OneVerdict {
  verdict: Verdict
  reason: VerdictReason
  /** Null when there is none, or it stands outside the reach. */
  candidateId: string | null
  score: number | null
  /** Households that a doubt is about, the best first, also such as the person may not see. */
  alike: { id: string; score: number | null }[]
  /** There is one, and it stands where the person may not look. */
  elsewhere: boolean
}

/** The verdict on the one household that was staged under `batch.id`, by the same rules as a whole file's. */
export async function judgeOne(tx: Tx, batch: JudgedBatch): Promise<OneVerdict> {
  await judgeInFile(tx, batch)
  await judgeAgainstRegistry(tx, batch, { after: -1, through: 2_000_000_000 }, false)
  const row = await tx
    .selectFrom('row_verdict')
    .select(['verdict', 'reason', 'candidate_id', 'score'])
    .where('batch_id', '=', batch.id)
    .orderBy('row_number')
    .limit(1)
    .executeTakeFirstOrThrow()
  return {
    verdict: row.verdict as Verdict,
    reason: row.reason as VerdictReason,
    candidateId: row.candidate_id,
    score: row.score,
    alike: await readAlike(tx, { id: row.candidate_id, score: row.score }),
    elsewhere: row.reason === 'standsElsewhere',
  }
}

/** The candidate of the verdict, then what else shares an exact key within the reach, then what else is alike. */
async function readAlike(
  tx: Tx,
  candidate: { id: string | null; score: number | null },
): Promise<{ id: string; score: number | null }[]> {
  const { rows } = await sql<{ id: string; score: number | null }>`
    select hit.household_id as id, null::smallint as score, 0 as kind, hit.how::int as place, hit.likeness
    from hit join lead using (row_number) where hit.within_reach and hit.province_code = lead.province_code
    union all
    select household_id, score, 1, place::int, 0 from alike
    order by kind, place, likeness desc, id`.execute(tx)
  const first = candidate.id === null ? [] : [{ id: candidate.id, score: candidate.score }]
  const found = new Map<string, number | null>()
  for (const { id, score } of [...first, ...rows]) if (!found.has(id)) found.set(id, score)
  return [...found].map(([id, score]) => ({ id, score }))
}
