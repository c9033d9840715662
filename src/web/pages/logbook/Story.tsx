/** A household's story: what is due, its problems with their chain, its plan, and everything that was recorded. */
import type { HouseholdView } from '../../../contract/households.ts'
import type { CaseView } from '../../../contract/logbook.ts'
import { fullName } from '../../../domain/derive.ts'
import { CaseHead } from './CaseHead.tsx'
import { DraftNotice } from './DraftNotice.tsx'
import { EntryTimeline } from './EntryTimeline.tsx'
import { DoubleHelp, Proposals, Prose } from './HelpPanels.tsx'
import { OutcomeNotice } from './OutcomeNotice.tsx'
import { Problems } from './Problems.tsx'
import { DimensionPictures, Plan, Residents } from './SidePanels.tsx'
import { useNews } from './useCase.ts'
import './logbook.css'

export function Story({ household, found }: { household: HouseholdView; found: CaseView }) {
  const fresh = useNews(found)
  const mayRecord = found.may.record && found.householdState === 'active'
  const members = [...household.members, ...household.formerMembers].map((member) => ({
    id: member.id,
    name: fullName(member),
  }))
  const memberName = (id: string) => members.find((member) => member.id === id)?.name ?? '–'
  return (
    <div className="story">
      {mayRecord && <DraftNotice found={found} />}
      <OutcomeNotice found={found} mayMerge={household.may.merge && household.state === 'active'} />
      <CaseHead found={found} />
      <DoubleHelp found={found} />
      <div className="story-columns">
        <Problems found={found} mayRecord={mayRecord} memberName={memberName} />
        <div className="story-side">
          <Plan found={found} mayRecord={mayRecord} />
          <DimensionPictures found={found} memberName={memberName} />
          <Proposals found={found} mayRecord={mayRecord} memberName={memberName} />
          <Residents household={household} health={found.health} />
          <Prose prose={found.prose} />
        </div>
        <EntryTimeline found={found} members={members} mayRecord={mayRecord} fresh={fresh} />
      </div>
    </div>
  )
}
