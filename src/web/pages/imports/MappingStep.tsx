/** Which column is what: the first rows as they stand, a choice at the head of each column, and how it will be read. */
import { useQuery, useQueryClient } from '@tanstack/react-query'
import { useEffect, useState } from 'react'
import { type Batch, importMap, importProposal, importStart } from '../../../contract/imports.ts'
import type { ProblemAnswer } from '../../../contract/problem.ts'
import type { OutputOf } from '../../../contract/route.ts'
import type { ColumnMapping } from '../../../domain/import/field.ts'
import { ask, problemOf } from '../../api.ts'
import { commonText } from '../../text/common.ts'
import { useText } from '../../text/dictionary.ts'
import { useFormat } from '../../text/format.ts'
import { importColumnsText } from '../../text/importColumns.ts'
import { importFieldText } from '../../text/importWords.ts'
import { Button, ButtonRow, Spinner } from '../../ui/Button.tsx'
import { Select } from '../../ui/Choice.tsx'
import { Notice, ProblemAlert } from '../../ui/Feedback.tsx'
import { Section, Stack } from '../../ui/Page.tsx'
import { useBatchAnswer } from './batch.ts'
import { MappingTable } from './MappingTable.tsx'
import { MappingPreview } from './MappingPreview.tsx'
import { proposedMapping, type Proposal } from './mapping.ts'

export function MappingStep({ batch }: { batch: Batch }) {
  const common = useText(commonText)
  const proposal = useQuery({
    queryKey: ['import.proposal', batch.id],
    queryFn: ({ signal }) => ask(importProposal, { batchId: batch.id }, { signal }),
    staleTime: Infinity,
  })
  if (proposal.error)
    return (
      <ProblemAlert
        problem={problemOf(proposal.error)}
        actions={<Button onPress={() => void proposal.refetch()}>{common.retry}</Button>}
      />
    )
  if (!proposal.data)
    return (
      <output className="page-coming">
        <Spinner /> {common.loading}
      </output>
    )
  return <Mapping batch={batch} proposal={proposal.data} />
}

const noMapping: ColumnMapping = { sheet: '', headerRow: 0, columns: {} }

function Mapping({ batch, proposal }: { batch: Batch; proposal: Proposal }) {
  const text = useText(importColumnsText)
  const fieldText = useText(importFieldText)
  const format = useFormat()
  const takeAnswer = useBatchAnswer()
  const queries = useQueryClient()
  const sheetOf = (name: string) => proposal.sheets.find((sheet) => sheet.name === name)
  const firstSheet = sheetOf(batch.mapping?.sheet ?? proposal.bestSheet ?? '') ?? proposal.sheets[0]
  const [mapping, setMapping] = useState<ColumnMapping>(
    () => batch.mapping ?? (firstSheet ? proposedMapping(firstSheet) : noMapping),
  )
  const [startProblem, setStartProblem] = useState<ProblemAnswer | null>(null)
  const [isStarting, setStarting] = useState(false)
  const { preview, isReading, problem } = usePreview(batch.id, mapping)
  const sheet = sheetOf(mapping.sheet) ?? firstSheet
  const missing = preview?.missing ?? []

  async function start() {
    setStarting(true)
    setStartProblem(null)
    try {
      // What is on the screen is what is read, however fast the button was pressed after a change.
      await ask(importMap, { batchId: batch.id, mapping })
      takeAnswer(await ask(importStart, { batchId: batch.id }))
      queries.removeQueries({ queryKey: ['import.proposal', batch.id] })
    } catch (error) {
      setStartProblem(problemOf(error))
      setStarting(false)
    }
  }

  if (!sheet) return null
  return (
    <Stack gap="large">
      <Section title={text.title} lead={text.lead}>
        {sheet.remembered && <Notice title={text.remembered}>{text.rememberedLead}</Notice>}
        {sheet.headerRow === null && mapping.headerRow === 0 && <Notice tone="attention" title={text.noHeader} />}
        <div className="mapping-fields">
          {proposal.sheets.length > 1 && (
            <Select
              label={text.sheet}
              value={mapping.sheet}
              onChange={(name) => {
                const chosen = sheetOf(name)
                if (chosen) setMapping(proposedMapping(chosen))
              }}
              options={proposal.sheets.map(({ name, hidden, rowEstimate }) => ({
                id: name,
                label: name,
                description: [
                  ...(hidden ? [text.hiddenSheet] : []),
                  ...(rowEstimate === null ? [] : [text.about(format.number(rowEstimate))]),
                ].join(' · '),
              }))}
            />
          )}
          <Select
            label={text.headerRow}
            value={String(mapping.headerRow)}
            onChange={(row) => setMapping({ ...mapping, headerRow: Number(row) })}
            options={[
              { id: '0', label: text.headerNone },
              ...headerChoices(sheet.rows, mapping.headerRow).map(({ number, cells }) => ({
                id: String(number),
                label: `${text.rowNumber} ${number}`,
                description: cells
                  .filter((cell) => cell !== '')
                  .slice(0, 4)
                  .join(' · '),
              })),
            ]}
          />
        </div>
        {missing.length > 0 && (
          <Notice tone="attention" title={text.missingTitle} isLive>
            {text.missingLead}
            <ul className="plain-list">
              {missing.map((what) => (
                <li key={what}>{fieldText.missing[what]}</li>
              ))}
            </ul>
          </Notice>
        )}
        <MappingTable sheet={sheet} mapping={mapping} onChange={setMapping} />
      </Section>
      <Section
        title={text.preview}
        lead={text.previewLead}
        actions={
          <output className="soft">
            {isReading && (
              <>
                <Spinner /> {text.refreshing}
              </>
            )}
          </output>
        }
      >
        {problem && <ProblemAlert problem={problem} />}
        <MappingPreview rows={preview?.rows ?? null} isRefreshing={isReading} />
      </Section>
      <Stack gap="small">
        {startProblem && <ProblemAlert problem={startProblem} />}
        <ButtonRow>
          <Button
            kind="primary"
            isPending={isStarting}
            isDisabled={missing.length > 0 || !preview}
            onPress={() => void start()}
          >
            {text.start}
          </Button>
        </ButtonRow>
        <p className="soft">{missing.length > 0 ? text.missingLead : text.startLead}</p>
      </Stack>
    </Stack>
  )
}

const mostHeaderChoices = 14

function headerChoices(rows: Proposal['sheets'][number]['rows'], chosen: number) {
  return rows.filter((row, index) => index < mostHeaderChoices || row.number === chosen)
}

type Preview = OutputOf<typeof importMap>
const restMs = 500

/** Asks how the first rows would be read, a moment after the last change; the newest answer stands. */
function usePreview(batchId: string, mapping: ColumnMapping) {
  const [preview, setPreview] = useState<Preview | null>(null)
  const [answered, setAnswered] = useState<ColumnMapping | null>(null)
  const [problem, setProblem] = useState<ProblemAnswer | null>(null)
  useEffect(() => {
    const abort = new AbortController()
    const timer = setTimeout(() => {
      ask(importMap, { batchId, mapping }, { signal: abort.signal }).then(
        (answer) => {
          if (abort.signal.aborted) return
          setPreview(answer)
          setProblem(null)
          setAnswered(mapping)
        },
        (error: unknown) => {
          if (abort.signal.aborted) return
          setProblem(problemOf(error))
          setAnswered(mapping)
        },
      )
    }, restMs)
    return () => {
      clearTimeout(timer)
      abort.abort()
    }
  }, [batchId, mapping])
  return { preview, isReading: answered !== mapping, problem }
}
