/** Everything that a form of the logbook needs to know of the household it speaks of. */
import { useQuery } from '@tanstack/react-query'
import type { HouseholdView } from '../../../contract/households.ts'
import type { CaseView } from '../../../contract/logbook.ts'
import { ruleList } from '../../../contract/rules.ts'
import { fullName } from '../../../domain/derive.ts'
import { defaultFourT } from '../../../domain/logbook/rules/fourT.ts'
import { ask } from '../../api.ts'
import { useToday } from '../households/useToday.ts'
import type { Scene } from './forms/fields.ts'

const rulesStayMs = 10 * 60_000

/** Null until the choices of the 4ท analysis have come. */
export function useScene(household: HouseholdView, found: CaseView): Scene | null {
  const today = useToday()
  const { province, id } = household
  const rules = useQuery({
    queryKey: ['rule.list', province],
    queryFn: () => ask(ruleList, { area: province }),
    staleTime: rulesStayMs,
  })
  if (rules.isPending) return null
  const version = rules.data?.kinds.find(({ kind }) => kind === 'fourT')?.version
  return {
    household: { province, id },
    found,
    members: household.members.map((member) => ({
      id: member.id,
      name: fullName(member),
      birthDate: member.birthDate,
      sex: member.sex,
    })),
    today,
    // A form must open even where the rules cannot be read: the program's own choices are version 0 everywhere.
    fourT:
      rules.data && version !== undefined
        ? { version, choices: rules.data.current.fourT }
        : { version: 0, choices: defaultFourT },
  }
}
