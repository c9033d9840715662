/** One new entry of a household's logbook, beside what is known already. */
import { useParams, useSearch } from 'wouter'
import type { HouseholdView } from '../../../contract/households.ts'
import type { CaseView } from '../../../contract/logbook.ts'
import { newId } from '../../new-id.ts'
import { useText } from '../../text/dictionary.ts'
import { entryText } from '../../text/entry.ts'
import { entryFormText } from '../../text/entryForm.ts'
import { useLocale } from '../../text/locale.ts'
import { LinkButton } from '../../ui/Button.tsx'
import { EmptyState } from '../../ui/Feedback.tsx'
import { PageHeader } from '../../ui/Page.tsx'
import { householdAddress } from '../households/address.ts'
import { useHousehold } from '../households/useHousehold.ts'
import { useHouseholdCrumbs } from '../households/useHouseholdCrumbs.ts'
import { Answered } from '../shared/Answered.tsx'
import { EntryForm } from './EntryForm.tsx'
import { Known } from './Known.tsx'
import { beginEntry, type FormKind, formKinds, type Prefilled } from './typed.ts'
import { useCase, useNewer, useNews } from './useCase.ts'
import { useScene } from './useScene.ts'
import './logbook.css'

export default function RecordPage() {
  const { province, id, kind } = useParams<{ province: string; id: string; kind: string }>()
  const household = useHousehold({ province, id })
  const story = useCase({ province, id })
  useNewer({ province, id }, story.data)
  return (
    <Answered query={household}>
      {(facts) => (
        <Answered query={story}>
          {(found) => (
            <Recording household={facts} found={found} kind={formKinds.find((one) => one === kind) ?? 'visit'} />
          )}
        </Answered>
      )}
    </Answered>
  )
}

function Recording({ household, found, kind }: { household: HouseholdView; found: CaseView; kind: FormKind }) {
  const form = useText(entryFormText)
  const words = useText(entryText)
  const scene = useScene(household, found)
  const prefilled = usePrefilled(found)
  const crumbs = useHouseholdCrumbs(household, words.kinds[kind])
  useNews(found)
  if (!found.may.record || found.householdState !== 'active')
    return (
      <>
        <PageHeader title={words.kinds[kind]} tabTitle={form.crumb} crumbs={crumbs} />
        <EmptyState
          icon="household"
          title={found.householdState === 'active' ? form.notAllowed : form.notActive}
          actions={<LinkButton href={householdAddress(household)}>{form.back}</LinkButton>}
        />
      </>
    )
  return (
    <>
      <PageHeader title={words.kinds[kind]} tabTitle={form.crumb} crumbs={crumbs} lead={household.headName} />
      {scene && (
        <div className="entry-page">
          <EntryForm
            key={kind}
            scene={scene}
            corrects={null}
            begin={() =>
              beginEntry(
                kind,
                { today: scene.today, state: found.state, fourTVersion: scene.fourT.version, newId },
                prefilled,
              )
            }
          />
          <Known found={found} members={scene.members} />
        </div>
      )}
    </>
  )
}

/** What the link that led here had chosen: a problem, or an item of the catalogue that was proposed. */
function usePrefilled({ state, proposals }: CaseView): Prefilled {
  const query = new URLSearchParams(useSearch())
  const locale = useLocale()
  const problem = query.get('problem')
  const item = query.get('item')
  const found = proposals.find((one) => one.item === item && (one.memberId ?? '') === (query.get('member') ?? ''))
  return {
    problemId: state.problems.some(({ id }) => id === problem) ? problem : (found?.problemIds[0] ?? null),
    proposal: found ? { ...found, name: locale === 'th' ? found.nameTh : found.nameEn } : null,
  }
}
