/** Two households of the registry that are one: find the other, compare, say why, merge. */
import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { useLocation, useParams } from 'wouter'
import {
  householdList,
  householdMerge,
  type HouseholdRow,
  householdUnmerge,
  type HouseholdView,
} from '../../../contract/households.ts'
import type { ProblemAnswer } from '../../../contract/problem.ts'
import { splitTitle } from '../../../domain/thai/title.ts'
import { ask, problemOf } from '../../api.ts'
import { addressLine } from '../../text/area.ts'
import { useText } from '../../text/dictionary.ts'
import { useFormat } from '../../text/format.ts'
import { householdText } from '../../text/household.ts'
import { householdFormText } from '../../text/householdForm.ts'
import { Button, ButtonRow } from '../../ui/Button.tsx'
import { type Column, DataTable } from '../../ui/DataTable.tsx'
import { EmptyState, Notice, ProblemAlert } from '../../ui/Feedback.tsx'
import { PageHeader, Section, Stack } from '../../ui/Page.tsx'
import { SearchField, TextField } from '../../ui/TextField.tsx'
import { showToast } from '../../ui/Toast.tsx'
import { Answered } from '../shared/Answered.tsx'
import { householdAddress } from './address.ts'
import { Comparison } from './Comparison.tsx'
import { isReason } from './ReasonDialog.tsx'
import { useHousehold } from './useHousehold.ts'
import { useHouseholdChanged } from './useHouseholdChanged.ts'
import { useHouseholdCrumbs } from './useHouseholdCrumbs.ts'
import { useProblemToast } from './useProblemToast.ts'
import { useSettled } from './useSettled.ts'
import './households.css'

const mostCandidates = 10

export default function MergeHousehold() {
  const { province, id, other } = useParams<{ province: string; id: string; other?: string }>()
  const household = useHousehold({ province, id })
  return <Answered query={household}>{(found) => <Merge household={found} otherChosen={other ?? null} />}</Answered>
}

function Merge({ household, otherChosen }: { household: HouseholdView; otherChosen: string | null }) {
  const text = useText(householdFormText)
  const crumbs = useHouseholdCrumbs(household, text.merge.title)
  const [other, setOther] = useState(otherChosen)
  if (!household.may.merge || household.state !== 'active')
    return <EmptyState icon="household" title={text.edit.notAllowed} />
  return (
    <>
      <PageHeader title={text.merge.title} lead={text.merge.lead} crumbs={crumbs} />
      {other === null ? (
        <FindOther household={household} onChoose={setOther} />
      ) : (
        <WithOther household={household} otherId={other} onAnother={() => setOther(null)} />
      )}
    </>
  )
}

function FindOther({ household, onChoose }: { household: HouseholdView; onChoose: (id: string) => void }) {
  const text = useText(householdFormText).merge
  const page = useText(householdText)
  const format = useFormat()
  // The same household often stands there with its name written a little differently.
  const [typed, setTyped] = useState(() => splitTitle(household.headName ?? '').rest.split(' ')[0] ?? '')
  const words = useSettled(typed.trim())
  const found = useQuery({
    queryKey: ['household.list', 'merge', household.province, words],
    queryFn: ({ signal }) =>
      ask(householdList, { area: household.province, search: words, limit: mostCandidates + 1 }, { signal }),
    placeholderData: keepPreviousData,
    enabled: words !== '',
  })
  const rows = (found.data?.rows ?? []).filter(({ id }) => id !== household.id).slice(0, mostCandidates)
  const columns: Column<HouseholdRow>[] = [
    {
      id: 'name',
      header: page.list.head,
      cell: (row) => <strong>{row.headName ?? page.noHead}</strong>,
    },
    {
      id: 'address',
      header: page.list.address,
      cell: (row) => addressLine(row, row.place, format.locale, 'district'),
    },
    { id: 'members', header: page.list.members, align: 'end', cell: (row) => format.number(row.memberCount) },
    {
      id: 'choose',
      header: '',
      align: 'end',
      cell: (row) => (
        <Button size="small" onPress={() => onChoose(row.id)}>
          {text.choose}
        </Button>
      ),
    },
  ]
  return (
    <Section title={text.findTitle}>
      <div className="household-search">
        <SearchField
          label={page.list.searchLabel}
          hint={text.findHint}
          value={typed}
          onChange={setTyped}
          maxLength={200}
          autoComplete="off"
        />
      </div>
      {found.error && <ProblemAlert problem={problemOf(found.error)} />}
      {words !== '' && !found.error && (
        <DataTable
          caption={text.candidates}
          columns={columns}
          rows={found.data ? rows : null}
          rowKey={(row) => row.id}
          isRefreshing={found.isPlaceholderData}
          whenEmpty={
            <EmptyState icon="search" title={text.none}>
              {text.noneText}
            </EmptyState>
          }
        />
      )}
    </Section>
  )
}

function WithOther({
  household,
  otherId,
  onAnother,
}: {
  household: HouseholdView
  otherId: string
  onAnother: () => void
}) {
  const other = useHousehold({ province: household.province, id: otherId })
  return (
    <Answered query={other}>
      {(found) => <CompareAndMerge first={household} second={found} onAnother={onAnother} />}
    </Answered>
  )
}

interface Both {
  first: HouseholdView
  second: HouseholdView
  onAnother: () => void
}

function CompareAndMerge({ first, second, onAnother }: Both) {
  const form = useText(householdFormText)
  const text = form.merge
  const page = useText(householdText).page
  const [isSwapped, setSwapped] = useState(false)
  const [reason, setReason] = useState('')
  const [wasSent, setSent] = useState(false)
  const [isSending, setSending] = useState(false)
  const [problem, setProblem] = useState<ProblemAnswer | null>(null)
  const [, navigate] = useLocation()
  const merged = useMerged()
  const [stays, goes] = isSwapped ? [second, first] : [first, second]
  return (
    <Section title={text.compare} lead={text.swapHint}>
      <Stack>
        <Comparison stays={stays} goes={goes} />
        <ButtonRow>
          <Button icon="sort" onPress={() => setSwapped(!isSwapped)}>
            {text.swap}
          </Button>
          <Button onPress={onAnother}>{text.another}</Button>
        </ButtonRow>
        {!second.may.merge && <Notice tone="attention" title={form.edit.notAllowed} />}
        <div className="one-column">
          <TextField
            label={page.reason}
            value={reason}
            onChange={setReason}
            maxLength={300}
            fault={wasSent && !isReason(reason) ? page.reasonFault : null}
          />
        </div>
        {problem && <ProblemAlert problem={problem} />}
        <div>
          <Button kind="primary" isPending={isSending} onPress={() => void send()}>
            {text.do}
          </Button>
        </div>
      </Stack>
    </Section>
  )

  async function send() {
    setSent(true)
    if (!isReason(reason) || isSending) return
    setSending(true)
    setProblem(null)
    try {
      const answer = await ask(householdMerge, {
        province: stays.province,
        id: stays.id,
        version: stays.version,
        otherId: goes.id,
        otherVersion: goes.version,
        reason: reason.trim(),
      })
      await merged(answer, goes.id)
      navigate(householdAddress(stays))
    } catch (error) {
      setProblem(problemOf(error))
      setSending(false)
    }
  }
}

/** Shows the merged household, with a way to take it back at once. */
function useMerged(): (kept: HouseholdView, otherId: string) => Promise<void> {
  const text = useText(householdFormText).merge
  const page = useText(householdText).page
  const changed = useHouseholdChanged()
  const tellProblem = useProblemToast()
  return async (kept, otherId) => {
    await changed(kept)
    const merge = kept.merges.find((found) => found.otherId === otherId && found.side === 'kept' && found.canBeUndone)
    showToast({ message: text.done, ...(merge && { onUndo: () => void undo(merge.id).catch(tellProblem) }) })

    async function undo(mergeId: string): Promise<void> {
      const { province, id } = kept
      await changed(await ask(householdUnmerge, { province, id, mergeId, reason: page.undoReason }))
      showToast({ message: page.unmerged })
    }
  }
}
