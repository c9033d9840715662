/** The logbook in which a correction of a phone is to stand, as it is now: also where its household was merged. */
import { useQuery } from '@tanstack/react-query'
import type { HouseholdRef } from '../../../contract/households.ts'
import { logbookCase } from '../../../contract/logbook.ts'
import { ask } from '../../api.ts'

const staysMs = 60_000

/** Of every household's. */
export const standingKey = ['logbook.standing'] as const

/** Reading a logbook leaves a trace, so nothing is asked without a household, and once for the card and its window. */
export function useStanding(household: HouseholdRef | null) {
  return useQuery({
    queryKey: [...standingKey, household?.province, household?.id],
    queryFn: async ({ signal }) => {
      const { province, id } = household!
      let found = await ask(logbookCase, { province, id }, { signal })
      while (found.mergedInto) found = await ask(logbookCase, { province, id: found.mergedInto }, { signal })
      return found
    },
    enabled: household !== null,
    staleTime: staysMs,
  })
}
