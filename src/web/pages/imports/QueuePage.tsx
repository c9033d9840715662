/** `/imports/:batchId/rows`: the rows of an import, two sides side by side, decided one by one or many at once. */
import { useState } from 'react'
import { useParams, useSearchParams } from 'wouter'
import { importDecideAll, type ImportRow } from '../../../contract/import-rows.ts'
import type { ProblemAnswer } from '../../../contract/problem.ts'
import type { InputOf } from '../../../contract/route.ts'
import type { Decision, DecisionOutcome } from '../../../domain/import/verdict.ts'
import { problemOf } from '../../api.ts'
import { usePerson } from '../../session.tsx'
import { commonText } from '../../text/common.ts'
import { useText } from '../../text/dictionary.ts'
import { useFormat } from '../../text/format.ts'
import { importText } from '../../text/import.ts'
import { importQueueText } from '../../text/importQueue.ts'
import { decisionText } from '../../text/importWords.ts'
import { Button, LinkButton, Spinner } from '../../ui/Button.tsx'
import { EmptyState, ProblemAlert } from '../../ui/Feedback.tsx'
import { Disclosure } from '../../ui/Navigation.tsx'
import { PageHeader, Stack } from '../../ui/Page.tsx'
import { rowsAddress, useBatch } from './batch.ts'
import { BulkDialog } from './BulkDialog.tsx'
import { filtersOf, nextWaiting, useDecisions, useQueue } from './queue.ts'
import { QueueFilterBar } from './QueueFilterBar.tsx'
import { QueueList } from './QueueList.tsx'
import { type LastAct, QueueRow } from './QueueRow.tsx'
import { SelectionBar } from './SelectionBar.tsx'
import { useIsLow, useIsPhone } from './useIsPhone.ts'
import { useQueueKeys } from './useQueueKeys.ts'
import './imports.css'
import './queue.css'

export default function QueuePage() {
  const { batchId } = useParams<{ batchId: string }>()
  const [search, setSearch] = useSearchParams()
  const filters = filtersOf(search)
  const isPhone = useIsPhone()
  const isLow = useIsLow() && !isPhone
  const isShort = isLow || isPhone
  const [isFiltering, setFiltering] = useState(false)
  const imports = useText(importText)
  const text = useText(importQueueText)
  const common = useText(commonText)
  const format = useFormat()
  const batch = useBatch(batchId).data
  const list = batch && (format.locale === 'th' ? batch.listNameTh : batch.listNameEn)
  const title = filters.waiting ? text.waitingTitle : text.title
  const queue = useQueue(batchId, filters)
  const rows = queue.data?.pages.flatMap((page) => page.rows)
  return (
    <>
      <PageHeader
        title={title}
        {...(!isShort && { lead: text.lead })}
        crumbs={[
          { label: imports.listTitle, href: '/imports' },
          { label: list ? imports.batch.title(list) : imports.batch.facts, href: `/imports/${batchId}` },
          { label: title },
        ]}
        actions={
          isLow ? (
            // The way back stands in the path above; a line of their own would cost the comparison two facts.
            <Button size="small" aria-expanded={isFiltering} onPress={() => setFiltering(!isFiltering)}>
              {text.filters}
            </Button>
          ) : (
            !isPhone && <LinkButton href={`/imports/${batchId}`}>{text.backToBatch}</LinkButton>
          )
        }
      />
      <Stack gap={isShort ? 'small' : 'normal'}>
        {isPhone ? (
          <Disclosure title={text.filters}>
            <QueueFilterBar batch={batch} filters={filters} onChange={setSearch} />
          </Disclosure>
        ) : (
          (!isLow || isFiltering) && <QueueFilterBar batch={batch} filters={filters} onChange={setSearch} />
        )}
        {queue.error ? (
          <ProblemAlert
            problem={problemOf(queue.error)}
            actions={<Button onPress={() => void queue.refetch()}>{common.retry}</Button>}
          />
        ) : !rows || !batch ? (
          <output className="page-coming">
            <Spinner /> {common.loading}
          </output>
        ) : rows.length === 0 ? (
          <NoRows batchId={batchId} isWaiting={filters.waiting === true} />
        ) : (
          <Queue
            key={JSON.stringify(filters)}
            batchId={batchId}
            filters={filters}
            rows={rows}
            left={batch.counts?.waiting ?? 0}
            areaCode={filters.areaCode ?? batch.areaCode}
            mayDecide={batch.may.includes('import.decide')}
            onMore={queue.hasNextPage ? () => void queue.fetchNextPage() : null}
            isFetchingMore={queue.isFetchingNextPage}
          />
        )}
      </Stack>
    </>
  )
}

function NoRows({ batchId, isWaiting }: { batchId: string; isWaiting: boolean }) {
  const text = useText(importQueueText)
  if (!isWaiting)
    return (
      <EmptyState
        icon="search"
        title={text.emptyTitle}
        actions={<LinkButton href={rowsAddress(batchId, {})}>{text.allRows}</LinkButton>}
      />
    )
  return (
    <EmptyState
      icon="check"
      title={text.doneTitle}
      actions={
        <>
          <LinkButton href={`/imports/${batchId}`} kind="primary">
            {text.backToBatch}
          </LinkButton>
          <LinkButton href={rowsAddress(batchId, {})}>{text.allRows}</LinkButton>
        </>
      }
    >
      {text.doneLead}
    </EmptyState>
  )
}

interface QueueProps {
  batchId: string
  filters: ReturnType<typeof filtersOf>
  rows: readonly ImportRow[]
  /** Households of the whole batch that wait. */
  left: number
  areaCode: string
  mayDecide: boolean
  onMore: (() => void) | null
  isFetchingMore: boolean
}

/** So many rows before the end the next page is fetched. */
const fetchAhead = 4

function Queue({ batchId, filters, rows, left, areaCode, mayDecide, onMore, isFetchingMore }: QueueProps) {
  const text = useText(importQueueText)
  const words = useText(decisionText)
  const format = useFormat()
  const person = usePerson()
  const isPhone = useIsPhone()
  const { decide, decideAll, takeBackAll } = useDecisions(batchId, filters, person.name)
  const [at, setAt] = useState(0)
  const [selected, setSelected] = useState<ReadonlySet<number>>(new Set())
  const [outcomes, setOutcomes] = useState<ReadonlyMap<number, DecisionOutcome>>(new Map())
  const [problem, setProblem] = useState<ProblemAnswer | null>(null)
  const [act, setAct] = useState<LastAct | null>(null)
  const [isWorking, setWorking] = useState(false)
  const row = rows[at] ?? rows[0]

  function goTo(index: number) {
    setAt(Math.max(0, Math.min(index, rows.length - 1)))
    if (index >= rows.length - fetchAhead && !isFetchingMore) onMore?.()
  }

  async function attempt(work: () => Promise<void>) {
    setWorking(true)
    setProblem(null)
    try {
      await work()
    } catch (error) {
      setProblem(problemOf(error))
    } finally {
      setWorking(false)
    }
  }

  async function takeBack(numbers: readonly number[]) {
    await attempt(async () => {
      const taken = (await decide(numbers, null)).filter(({ outcome }) => outcome === 'decided').length
      setAct({ message: text.tookBack(format.number(taken)) })
    })
  }

  async function decideRows(numbers: readonly number[], decision: Decision) {
    await attempt(async () => {
      const answered = await decide(numbers, decision)
      const done = answered.filter(({ outcome }) => outcome === 'decided').map(({ rowNumber }) => rowNumber)
      const failed = answered.filter(({ outcome }) => outcome !== 'decided')
      setOutcomes(new Map(answered.map(({ rowNumber, outcome }) => [rowNumber, outcome])))
      const message =
        failed.length > 0
          ? text.decidedSome(format.number(done.length), format.number(failed.length))
          : numbers.length === 1
            ? text.decidedOne(String(numbers[0]), words.short[decision])
            : text.decidedMany(format.number(done.length))
      setAct({ message, ...(done.length > 0 && { onUndo: () => void takeBack(done) }) })
      if (numbers.length > 1) setSelected(new Set(failed.map(({ rowNumber }) => rowNumber)))
      if (numbers.length === 1 && failed.length === 0) goTo(nextWaiting(rows, at))
    })
  }

  async function decideEverything(input: Omit<InputOf<typeof importDecideAll>, 'batchId'>) {
    const decided = await decideAll(input)
    setAct({
      message: text.decidedMany(format.number(decided)),
      ...(decided > 0 && {
        onUndo: () =>
          void attempt(async () => {
            const isBack = await takeBackAll(input, decided)
            setAct({ message: isBack ? text.tookBack(format.number(decided)) : text.cannotTakeBack })
          }),
      }),
    })
  }

  function toggle(rowNumber: number) {
    const next = new Set(selected)
    if (!next.delete(rowNumber)) next.add(rowNumber)
    setSelected(next)
  }

  const keys = useQueueKeys({
    decide: (decision) => {
      if (row && mayDecide && !isWorking && !row.committed && row.choices.includes(decision))
        void decideRows([row.rowNumber], decision)
    },
    move: (step) => goTo(at + step),
    select: () => row && mayDecide && toggle(row.rowNumber),
    takeBack: () => {
      if (!row || !mayDecide || isWorking) return
      if (row.decision !== null && !row.committed) void takeBack([row.rowNumber])
      else act?.onUndo?.()
    },
  })

  if (!row) return null
  const bulk = mayDecide && <BulkDialog filters={filters} areaCode={areaCode} onDecide={decideEverything} />
  return (
    // Keys count only inside; the buttons do the same for everybody else.
    // oxlint-disable-next-line jsx-a11y/no-static-element-interactions
    <div className="queue" onKeyDown={keys.onKeyDown}>
      <div className="queue-bar">
        <p className="soft" aria-live="polite">
          {text.left(format.number(left))}
        </p>
        {!isPhone && bulk}
      </div>
      {problem && <ProblemAlert problem={problem} />}
      <SelectionBar
        rows={rows.filter(({ rowNumber }) => selected.has(rowNumber))}
        isWorking={isWorking}
        onDecide={(numbers, decision) => void decideRows(numbers, decision)}
        onClear={() => setSelected(new Set())}
      />
      <div className="queue-panes">
        <QueueList
          rows={rows}
          at={at}
          onGo={goTo}
          selected={selected}
          onToggle={mayDecide ? toggle : null}
          outcomes={outcomes}
          onMore={onMore}
          isFetchingMore={isFetchingMore}
        />
        <QueueRow
          row={row}
          place={text.rowOf(format.number(at + 1), format.number(rows.length) + (onMore ? '+' : ''))}
          onPrevious={at > 0 ? () => goTo(at - 1) : null}
          onNext={at < rows.length - 1 ? () => goTo(at + 1) : null}
          mayDecide={mayDecide}
          isWorking={isWorking}
          onDecide={(decision) => void decideRows([row.rowNumber], decision)}
          onTakeBack={() => void takeBack([row.rowNumber])}
          keys={keys}
          act={act}
        />
      </div>
      {isPhone && bulk}
    </div>
  )
}
