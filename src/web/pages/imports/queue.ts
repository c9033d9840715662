/** The rows of a batch as the queue holds them: what was asked, what was decided on this screen, and the way back. */
import { type InfiniteData, useInfiniteQuery, useQueryClient } from '@tanstack/react-query'
import type { InputOf, OutputOf } from '../../../contract/route.ts'
import { importDecide, importDecideAll, type ImportRow, importRows } from '../../../contract/import-rows.ts'
import type { Batch, BatchCounts } from '../../../contract/imports.ts'
import { type Decision, type DecisionOutcome, verdictReasons, verdicts } from '../../../domain/import/verdict.ts'
import { ask } from '../../api.ts'
import { batchKey } from './batch.ts'

type RowsAnswer = OutputOf<typeof importRows>

export type QueueFilters = Pick<InputOf<typeof importRows>, 'verdict' | 'reason' | 'areaCode' | 'waiting'>

/** From the address; what is not known there is left out. */
export function filtersOf(search: URLSearchParams): QueueFilters {
  const verdict = verdicts.find((known) => known === search.get('verdict'))
  const reason = verdictReasons.find((known) => known === search.get('reason'))
  const areaCode = search.get('area') ?? ''
  return {
    ...(verdict && { verdict }),
    ...(reason && { reason }),
    ...(/^([0-9]{2}){1,4}$/.test(areaCode) && { areaCode }),
    ...(search.get('waiting') === 'true' && { waiting: true }),
  }
}

const rowsKey = (batchId: string, filters: QueueFilters) => ['import.rows', batchId, filters]

export function useQueue(batchId: string, filters: QueueFilters) {
  return useInfiniteQuery({
    queryKey: rowsKey(batchId, filters),
    queryFn: ({ pageParam, signal }) =>
      ask(importRows, { batchId, ...filters, limit: 20, ...(pageParam && { cursor: pageParam }) }, { signal }),
    initialPageParam: '',
    getNextPageParam: (page) => page.nextCursor,
    // Decided rows stay where they are until the page is opened again: nothing jumps away under the hand.
    staleTime: Infinity,
    gcTime: 0,
  })
}

export type Outcomes = { rowNumber: number; outcome: DecisionOutcome }[]

/** Sends decisions and writes them into what is on the screen. */
export function useDecisions(batchId: string, filters: QueueFilters, accountName: string) {
  const queries = useQueryClient()

  function writeCounts(counts: BatchCounts) {
    queries.setQueryData<Batch>(batchKey(batchId), (batch) => batch && { ...batch, counts })
    void queries.invalidateQueries({ queryKey: ['import.areas', batchId] })
  }

  function writeRows(change: (row: ImportRow) => ImportRow) {
    queries.setQueryData<InfiniteData<RowsAnswer>>(
      rowsKey(batchId, filters),
      (data) =>
        data && { ...data, pages: data.pages.map((page) => ({ ...page, rows: page.rows.map((row) => change(row)) })) },
    )
  }

  /** Null takes decisions back. */
  async function decide(rows: readonly number[], decision: Decision | null): Promise<Outcomes> {
    const answer = await ask(importDecide, { batchId, rows: [...rows], decision })
    const done = new Set(answer.outcomes.filter(({ outcome }) => outcome === 'decided').map((row) => row.rowNumber))
    writeRows((row) =>
      done.has(row.rowNumber)
        ? {
            ...row,
            decision,
            // Whatever the rules decide by themselves falls back to them.
            waiting: decision === null && (row.verdict === 'match' || row.verdict === 'conflict'),
            decidedBy: decision && accountName,
            decidedAt: decision && new Date().toISOString(),
          }
        : row,
    )
    writeCounts(answer.counts)
    return answer.outcomes
  }

  async function decideAll(input: Omit<InputOf<typeof importDecideAll>, 'batchId'>): Promise<number> {
    const answer = await ask(importDecideAll, { batchId, ...input })
    writeCounts(answer.counts)
    await queries.refetchQueries({ queryKey: rowsKey(batchId, filters) })
    return answer.decided
  }

  /**
   * Takes back what `decideAll` has just decided. The server keeps no list of them, so they are found again as the rows
   * of that kind that one person decided at one moment, and only when their number agrees is anything taken back.
   */
  async function takeBackAll(
    input: Omit<InputOf<typeof importDecideAll>, 'batchId'>,
    decided: number,
  ): Promise<boolean> {
    const groups = new Map<string, number[]>()
    for await (const row of everyRow(batchId, input)) {
      if (row.decision !== input.decision || row.committed) continue
      const group = `${row.decidedBy} ${row.decidedAt}`
      groups.set(group, [...(groups.get(group) ?? []), row.rowNumber])
    }
    const rows = [...groups.values()].findLast((group) => group.length === decided)
    if (!rows) return false
    for (let at = 0; at < rows.length; at += mostRowsPerDecision)
      await decide(rows.slice(at, at + mostRowsPerDecision), null)
    await queries.refetchQueries({ queryKey: rowsKey(batchId, filters) })
    return true
  }

  return { decide, decideAll, takeBackAll }
}

const mostRowsPerDecision = 1000

async function* everyRow(batchId: string, { verdict, reason, areaCode }: QueueFilters): AsyncGenerator<ImportRow> {
  let cursor: string | null = ''
  while (cursor !== null) {
    const page: RowsAnswer = await ask(importRows, {
      batchId,
      ...(verdict && { verdict }),
      ...(reason && { reason }),
      ...(areaCode && { areaCode }),
      waiting: false,
      limit: 100,
      ...(cursor && { cursor }),
    })
    yield* page.rows
    cursor = page.nextCursor
  }
}

/** The next row after `at` that waits; the one behind it otherwise; `at` itself at the end. */
export function nextWaiting(rows: readonly ImportRow[], at: number): number {
  const ahead = rows.findIndex((row, index) => index > at && row.waiting)
  if (ahead !== -1) return ahead
  return Math.min(at + 1, rows.length - 1)
}
