/** The choices of the 4ท analysis as they were in the version that an answer was given from. */
import { useQuery } from '@tanstack/react-query'
import { ruleShow } from '../../../contract/rules.ts'
import { defaultFourT, type FourTRule } from '../../../domain/logbook/rules/fourT.ts'
import { ask } from '../../api.ts'

/**
 * @param version null when there is no answer to read
 * @returns the program's own choices while those of the version are on their way
 */
export function useFourTChoices(province: string, version: number | null): FourTRule {
  const found = useQuery({
    queryKey: ['rule.show', province, 'fourT', version],
    queryFn: () => ask(ruleShow, { area: province, kind: 'fourT', version: version ?? 0 }),
    // Version 0 is the program's own; a version never changes.
    enabled: version !== null && version > 0,
    staleTime: Infinity,
  })
  return found.data?.rules.fourT ?? defaultFourT
}
