import { useQuery } from '@tanstack/react-query'
import { type HouseholdRef, householdShow } from '../../../contract/households.ts'
import { ask } from '../../api.ts'

const staysMs = 60_000

/** Opening a household leaves a trace, so it is asked for once while one looks at it and works on it. */
export function useHousehold({ province, id }: HouseholdRef) {
  return useQuery({
    queryKey: householdKey({ province, id }),
    queryFn: ({ signal }) => ask(householdShow, { province, id }, { signal }),
    staleTime: staysMs,
  })
}

export function householdKey({ province, id }: HouseholdRef) {
  return ['household.show', province, id] as const
}
