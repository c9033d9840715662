/** What the import screens ask the server for, how often, and what a batch's state means for them. */
import { keepPreviousData, useQuery, useQueryClient } from '@tanstack/react-query'
import { areaChildren } from '../../../contract/areas.ts'
import { type Batch, type BatchState, importShow } from '../../../contract/imports.ts'
import { listList } from '../../../contract/lists.ts'
import { ask } from '../../api.ts'
import { useLocale } from '../../text/locale.ts'
import type { Tone } from '../../ui/Feedback.tsx'
import type { IconName } from '../../ui/Icon.tsx'

/** States in which a job works and nobody is asked. */
export const runningStates: ReadonlySet<BatchState> = new Set([
  'uploaded',
  'reading',
  'matching',
  'committing',
  'undoing',
])

const pollMs = 1_000
const pollInBackgroundMs = 10_000
const namesStayMs = 10 * 60_000

export const batchKey = (batchId: string) => ['import.show', batchId]

/** The batch, asked again every second while a job works on it, slower while nobody looks. */
export function useBatch(batchId: string) {
  return useQuery({
    queryKey: batchKey(batchId),
    queryFn: ({ signal }) => ask(importShow, { batchId }, { signal }),
    staleTime: 0,
    refetchIntervalInBackground: true,
    refetchInterval: ({ state }) => {
      if (!state.data || !runningStates.has(state.data.state)) return false
      return document.hidden ? pollInBackgroundMs : pollMs
    },
  })
}

/** Puts what a write answered in place of the batch that was shown, and lets go of what depended on it. */
export function useBatchAnswer() {
  const queries = useQueryClient()
  return (batch: Batch) => {
    queries.setQueryData(batchKey(batch.id), batch)
    void queries.invalidateQueries({ queryKey: ['import.areas', batch.id] })
    void queries.invalidateQueries({ queryKey: ['import.list'] })
    void queries.invalidateQueries({ queryKey: ['import.history', batch.id] })
  }
}

/** The area with its path; names stay in memory, as they hardly change. */
export function useArea(code: string | undefined) {
  return useQuery({
    queryKey: ['area.children', code],
    queryFn: () => ask(areaChildren, { area: code ?? '' }),
    enabled: code !== undefined,
    staleTime: namesStayMs,
    placeholderData: keepPreviousData,
  }).data?.area
}

/** The name of a list in the language of the screen; its code until the name is there. */
export function useListName(): (code: string) => string {
  const locale = useLocale()
  const lists = useQuery({
    queryKey: ['list.list', ''],
    queryFn: () => ask(listList, {}),
    staleTime: namesStayMs,
  }).data?.lists
  return (code) => {
    const list = lists?.find((known) => known.code === code)
    return list ? (locale === 'th' ? list.nameTh : list.nameEn) : code
  }
}

export const stateMarks: Readonly<Record<BatchState, { tone: Tone; icon: IconName }>> = {
  uploaded: { tone: 'info', icon: 'clock' },
  detected: { tone: 'attention', icon: 'triangle' },
  mapped: { tone: 'attention', icon: 'triangle' },
  reading: { tone: 'info', icon: 'clock' },
  matching: { tone: 'info', icon: 'clock' },
  reviewing: { tone: 'attention', icon: 'eye' },
  committing: { tone: 'info', icon: 'clock' },
  committed: { tone: 'success', icon: 'check' },
  cancelled: { tone: 'neutral', icon: 'cross' },
  failed: { tone: 'danger', icon: 'alert' },
  undoing: { tone: 'info', icon: 'undo' },
  undone: { tone: 'neutral', icon: 'undo' },
}

export type ImportStep = 'file' | 'columns' | 'check' | 'decide' | 'commit' | 'result'
export const importSteps: readonly ImportStep[] = ['file', 'columns', 'check', 'decide', 'commit', 'result']

export function stepOf(batch: Batch): ImportStep {
  switch (batch.state) {
    case 'uploaded':
    case 'detected':
    case 'mapped':
      return 'columns'
    case 'reading':
    case 'matching':
      return 'check'
    case 'reviewing':
      return (batch.counts?.waiting ?? 0) > 0 ? 'decide' : 'commit'
    case 'committing':
      return 'commit'
    case 'cancelled':
    case 'failed':
      return batch.counts ? 'decide' : batch.mapping ? 'check' : 'columns'
    default:
      return 'result'
  }
}

/** The address of the rows of a batch; filters stand in it so that it can be sent to a colleague. */
export function rowsAddress(batchId: string, filters: Readonly<Record<string, string | boolean | undefined>>): string {
  const given = Object.entries(filters).filter(([, value]) => value !== undefined && value !== '' && value !== false)
  const query = new URLSearchParams(given.map(([key, value]) => [key, String(value)])).toString()
  return `/imports/${batchId}/rows${query ? `?${query}` : ''}`
}

/** A, B, … Z, AA as spreadsheet programs name columns; 0 is A. */
export function columnLetter(column: number): string {
  const rest = column % 26
  const letter = String.fromCharCode(65 + rest)
  return column < 26 ? letter : columnLetter((column - rest) / 26 - 1) + letter
}
