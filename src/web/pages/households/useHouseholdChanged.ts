/** After a household was changed: it is shown as answered, and whatever else is on the screen is asked for again. */
import { useQueryClient } from '@tanstack/react-query'
import type { HouseholdView } from '../../../contract/households.ts'
import { householdKey } from './useHousehold.ts'

const countedFrom = ['household.list', 'household.show', 'figure.overview']

export function useHouseholdChanged(): (household?: HouseholdView) => Promise<void> {
  const queries = useQueryClient()
  return async (household) => {
    await queries.invalidateQueries({
      predicate: ({ queryKey }) => {
        const isAnswered = household && queryKey[0] === 'household.show' && queryKey[2] === household.id
        return countedFrom.includes(String(queryKey[0])) && !isAnswered
      },
    })
    if (household) queries.setQueryData(householdKey(household), household)
  }
}
