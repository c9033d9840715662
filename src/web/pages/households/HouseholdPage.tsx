/** One household: its story first, then who lives there, where, which lists it stands on and who changed what. */
import { useState } from 'react'
import { useParams } from 'wouter'
import type { HouseholdView } from '../../../contract/households.ts'
import type { CaseView } from '../../../contract/logbook.ts'
import { addressLine } from '../../text/area.ts'
import { useText } from '../../text/dictionary.ts'
import { useFormat } from '../../text/format.ts'
import { householdText } from '../../text/household.ts'
import { logbookText } from '../../text/logbook.ts'
import { Button, IconButton, LinkButton, TextLink } from '../../ui/Button.tsx'
import { Notice, StateMark } from '../../ui/Feedback.tsx'
import { Tabs } from '../../ui/Navigation.tsx'
import { Columns, PageHeader, Stack } from '../../ui/Page.tsx'
import { RecordMenu } from '../logbook/RecordMenu.tsx'
import { Shortcuts } from '../logbook/Shortcuts.tsx'
import { Story } from '../logbook/Story.tsx'
import { useCase, useNewer } from '../logbook/useCase.ts'
import { useStoryKeys } from '../logbook/useStoryKeys.ts'
import { useAddress } from '../shared/address.ts'
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

const tabs = ['story', 'facts'] as const

export default function HouseholdPage() {
  const household = useHousehold(useParams<{ province: string; id: string }>())
  return <Answered query={household}>{(found) => <Shown key={found.id} household={found} />}</Answered>
}

function Shown({ household }: { household: HouseholdView }) {
  const text = useText(householdText)
  const words = useText(logbookText).tabs
  const format = useFormat()
  const [address, setAddress] = useAddress(['tab'])
  const story = useCase(household)
  useNewer(household, story.data)
  const { place, facts, state, may } = household
  const tab = tabs.find((one) => one === address.tab) ?? 'story'
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
            {story.data && <Recording found={story.data} />}
            {may.edit && state === 'active' && (
              <LinkButton href={`${householdAddress(household)}/edit`} icon="edit">
                {text.page.edit}
              </LinkButton>
            )}
            <HouseholdMore household={household} />
          </>
        }
      />
      <Stack>
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
        <Tabs
          label={words.label}
          selected={tab}
          onSelect={(id) => setAddress({ tab: id === 'story' ? '' : id })}
          tabs={[
            {
              id: 'story',
              label: words.story,
              content: <Answered query={story}>{(found) => <Story household={household} found={found} />}</Answered>,
            },
            {
              id: 'facts',
              label: words.facts,
              count: format.number(household.members.length),
              content: <FactsTab household={household} />,
            },
          ]}
        />
      </Stack>
    </div>
  )
}

function FactsTab({ household }: { household: HouseholdView }) {
  return (
    <Stack gap="large">
      <HouseholdMembers household={household} />
      <Columns>
        <HouseholdFactsCard household={household} />
        <HouseholdMerges household={household} />
      </Columns>
      <HouseholdListings household={household} />
      <HouseholdHistory household={household} />
    </Stack>
  )
}

/** The button and the keys that begin an entry. */
function Recording({ found }: { found: CaseView }) {
  const text = useText(logbookText)
  const [open, setOpen] = useState<'record' | 'shortcuts' | null>(null)
  const mayRecord = found.may.record && found.householdState === 'active'
  const keys = useStoryKeys({
    onRecord: () => mayRecord && setOpen('record'),
    onHelp: () => setOpen('shortcuts'),
  })
  if (!mayRecord) return null
  return (
    <>
      <Button kind="primary" icon="plus" aria-keyshortcuts="R" onPress={() => setOpen('record')}>
        {text.record}
      </Button>
      <span className="only-desk">
        <IconButton icon="keyboard" label={text.shortcuts} onPress={() => setOpen('shortcuts')} />
      </span>
      {open === 'record' && <RecordMenu household={found} onClose={() => setOpen(null)} />}
      {open === 'shortcuts' && <Shortcuts keys={keys} onClose={() => setOpen(null)} />}
    </>
  )
}
