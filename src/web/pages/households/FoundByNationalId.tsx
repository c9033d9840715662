/** Thirteen digits were typed: nothing is searched until the person says so, because that search is logged. */
import { useMutation } from '@tanstack/react-query'
import { householdFindByNationalId } from '../../../contract/households.ts'
import { ask, problemOf } from '../../api.ts'
import { useMay } from '../../session.tsx'
import { useText } from '../../text/dictionary.ts'
import { useFormat } from '../../text/format.ts'
import { householdText } from '../../text/household.ts'
import { Button } from '../../ui/Button.tsx'
import { EmptyState, Notice, ProblemAlert } from '../../ui/Feedback.tsx'
import { HouseholdTable } from './HouseholdTable.tsx'

export function FoundByNationalId({ nationalId }: { nationalId: string }) {
  const text = useText(householdText).list
  const format = useFormat()
  const maySearch = useMay('nationalId.search')
  const search = useMutation({ mutationFn: () => ask(householdFindByNationalId, { nationalId }) })
  if (!maySearch)
    return (
      <Notice title={text.idTitle} isLive>
        {text.idNotAllowed}
      </Notice>
    )
  if (!search.data)
    return (
      <>
        <Notice
          title={text.idTitle}
          isLive
          actions={
            <Button kind="primary" icon="search" isPending={search.isPending} onPress={() => search.mutate()}>
              {text.idSearch}
            </Button>
          }
        >
          {text.idText}
        </Notice>
        {search.error && <ProblemAlert problem={problemOf(search.error)} />}
      </>
    )
  return (
    <>
      <HouseholdTable
        caption={text.idFound}
        rows={search.data.rows}
        sort={null}
        first={{ id: 'person', header: text.idPerson, cell: (row) => row.memberName }}
        whenEmpty={
          <EmptyState icon="search" title={text.idNone}>
            {text.idNoneText}
          </EmptyState>
        }
      />
      <p className="soft">{text.idLeft(format.number(search.data.left))}</p>
    </>
  )
}
