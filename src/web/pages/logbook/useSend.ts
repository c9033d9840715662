/** Sends one entry that needs no form of its own, and shows the case as it is then. */
import { useQueryClient } from '@tanstack/react-query'
import type { HouseholdRef } from '../../../contract/households.ts'
import { logbookRecord } from '../../../contract/logbook.ts'
import type { EntryDraft } from '../../../domain/logbook/entry.ts'
import { ask } from '../../api.ts'
import { caseKey } from './useCase.ts'

export function useSend({ province, id }: HouseholdRef): (entry: EntryDraft, at?: HouseholdRef) => Promise<void> {
  const queries = useQueryClient()
  return async (entry, at = { province, id }) => {
    const answer = await ask(logbookRecord, { ...at, entry, withCase: true })
    if (answer.case && answer.household.id === id) queries.setQueryData(caseKey({ province, id }), answer.case)
    else await queries.invalidateQueries({ queryKey: caseKey({ province, id }) })
  }
}
