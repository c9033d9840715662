/** One household: who lives there, where, which lists it stands on and who said what when. */
import { useParams } from 'wouter'
import type { HouseholdView } from '../../../contract/households.ts'
import { addressLine } from '../../text/area.ts'
import { useText } from '../../text/dictionary.ts'
import { useFormat } from '../../text/format.ts'
import { householdText } from '../../text/household.ts'
import { LinkButton, TextLink } from '../../ui/Button.tsx'
import { Notice, StateMark } from '../../ui/Feedback.tsx'
import { Columns, PageHeader, Stack } from '../../ui/Page.tsx'
import { Answered } from '../shared/Answered.tsx'
import { householdAddress } from './address.ts'
import { HouseholdFactsCard } from './HouseholdFactsCard.tsx'
import { HouseholdHistory } from './HouseholdHistory.tsx'
import { HouseholdListings } from './HouseholdListings.tsx'
import { HouseholdMembers } from './HouseholdMembers.tsx'
import { HouseholdMerges } from './HouseholdMerges.tsx'
import { HouseholdMore } from './HouseholdMore.tsx'
import { useHousehold } from './useHousehold.ts'
import { useHouseholdCrumbs } from './useHouseholdCrumbs.ts'
import './households.css'

export default function HouseholdPage() {
  const household = useHousehold(useParams<{ province: string; id: string }>())
  return <Answered query={household}>{(found) => <Shown household={found} />}</Answered>
}

function Shown({ household }: { household: HouseholdView }) {
  const text = useText(householdText)
  const format = useFormat()
  const { place, facts, state, may } = household
  return (
    <div className="household-page">
      <PageHeader
        title={household.headName ?? text.noHead}
        tabTitle={text.page.crumb}
        crumbs={useHouseholdCrumbs(household)}
        lead={
          <>
            {addressLine(facts, place, format.locale)}
            <br />
            <StateMark tone={state === 'active' ? 'success' : 'attention'}>{text.states[state]}</StateMark>{' '}
            {household.centre && <span className="soft">{household.centre.shortName}</span>}
          </>
        }
        actions={
          <>
            {may.edit && state === 'active' && (
              <LinkButton href={`${householdAddress(household)}/edit`} kind="primary" icon="edit">
                {text.page.edit}
              </LinkButton>
            )}
            <HouseholdMore household={household} />
          </>
        }
      />
      <Stack gap="large">
        {state === 'withdrawn' && <Notice tone="attention" title={text.page.withdrawnNow} />}
        {state === 'merged' && (
          <Notice tone="attention" title={text.page.mergedNow}>
            {household.mergedInto && (
              <TextLink href={householdAddress({ province: household.province, id: household.mergedInto })}>
                {text.page.openOther}
              </TextLink>
            )}
          </Notice>
        )}
        <HouseholdMembers household={household} />
        <Columns>
          <HouseholdFactsCard household={household} />
          <HouseholdMerges household={household} />
        </Columns>
        <HouseholdListings household={household} />
        <HouseholdHistory household={household} />
      </Stack>
    </div>
  )
}
