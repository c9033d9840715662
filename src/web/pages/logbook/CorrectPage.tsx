/** An entry of the logbook, written anew with a reason; what it said before stays readable. */
import { useParams } from 'wouter'
import type { HouseholdView } from '../../../contract/households.ts'
import type { CaseView, EntryView } from '../../../contract/logbook.ts'
import { newId } from '../../new-id.ts'
import { useText } from '../../text/dictionary.ts'
import { entryText } from '../../text/entry.ts'
import { entryFormText } from '../../text/entryForm.ts'
import { LinkButton } from '../../ui/Button.tsx'
import { EmptyState } from '../../ui/Feedback.tsx'
import { PageHeader } from '../../ui/Page.tsx'
import { householdAddress } from '../households/address.ts'
import { useHousehold } from '../households/useHousehold.ts'
import { useHouseholdCrumbs } from '../households/useHouseholdCrumbs.ts'
import { Answered } from '../shared/Answered.tsx'
import { EntryForm } from './EntryForm.tsx'
import { Known } from './Known.tsx'
import { type SaidOfForm, typedCorrection } from './typed.ts'
import { useCase, useNewer, useNews } from './useCase.ts'
import { useScene } from './useScene.ts'
import './logbook.css'

export default function CorrectPage() {
  const { province, id, entryId } = useParams<{ province: string; id: string; entryId: string }>()
  const household = useHousehold({ province, id })
  const story = useCase({ province, id })
  useNewer({ province, id }, story.data)
  return (
    <Answered query={household}>
      {(facts) => (
        <Answered query={story}>
          {(found) => {
            const entry = found.entries.find((one) => one.id === entryId)
            const said = entry && lastSaid(entry)
            return entry && said && found.may.record ? (
              <Correcting household={facts} found={found} entry={entry} said={said} />
            ) : (
              <NotHere household={facts} />
            )
          }}
        </Answered>
      )}
    </Answered>
  )
}

function NotHere({ household }: { household: HouseholdView }) {
  const form = useText(entryFormText)
  return (
    <>
      <PageHeader title={form.correctCrumb} crumbs={useHouseholdCrumbs(household, form.correctCrumb)} />
      <EmptyState
        icon="list"
        title={form.entryGone}
        actions={<LinkButton href={householdAddress(household)}>{form.back}</LinkButton>}
      />
    </>
  )
}

interface CorrectingProps {
  household: HouseholdView
  found: CaseView
  entry: EntryView
  said: SaidOfForm
}

function Correcting({ household, found, entry, said }: CorrectingProps) {
  const form = useText(entryFormText)
  const words = useText(entryText)
  const scene = useScene(household, found)
  const title = form.correctTitle(words.kinds[entry.kind])
  const crumbs = useHouseholdCrumbs(household, title)
  useNews(found)
  return (
    <>
      <PageHeader title={title} tabTitle={form.correctCrumb} crumbs={crumbs} lead={household.headName} />
      {scene && (
        <div className="entry-page">
          <EntryForm
            scene={scene}
            corrects={entry.id}
            begin={() =>
              typedCorrection(said, {
                id: newId(),
                happenedOn: entry.happenedOn,
                latestId: entry.latestId,
                fourTVersion: scene.fourT.version,
              })
            }
          />
          <Known found={found} members={scene.members} />
        </div>
      )}
    </>
  )
}

/** What counts now; of an entry that was taken back, what it said last. A decision is not corrected. */
function lastSaid({ said, versions }: EntryView): SaidOfForm | null {
  const last = said ?? versions.findLast((version) => version.said !== null)?.said ?? null
  return last && last.kind !== 'outcomeDecision' ? last : null
}
