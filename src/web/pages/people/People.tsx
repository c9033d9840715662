/** Who may sign in, in which teams, for which agencies. */
import { useText } from '../../text/dictionary.ts'
import { peopleText } from '../../text/people.ts'
import { useMay } from '../../session.tsx'
import { LinkButton } from '../../ui/Button.tsx'
import { Tabs } from '../../ui/Navigation.tsx'
import { PageHeader } from '../../ui/Page.tsx'
import { useAddress } from '../shared/address.ts'
import { Agencies } from './Agencies.tsx'
import { PeopleList } from './PeopleList.tsx'
import { Teams } from './Teams.tsx'

export default function People() {
  const text = useText(peopleText)
  const mayEdit = useMay('people.edit')
  const [{ tab }, setAddress] = useAddress(['tab'])
  return (
    <>
      <PageHeader
        title={text.title}
        lead={text.lead}
        actions={
          mayEdit && (
            <LinkButton href="/people/new" kind="primary" icon="plus">
              {text.add}
            </LinkButton>
          )
        }
      />
      <Tabs
        label={text.title}
        selected={tab || 'people'}
        onSelect={(id) => setAddress({ tab: id === 'people' ? '' : id })}
        tabs={[
          { id: 'people', label: text.tabs.people, content: <PeopleList /> },
          { id: 'teams', label: text.tabs.teams, content: <Teams /> },
          { id: 'agencies', label: text.tabs.agencies, content: <Agencies /> },
        ]}
      />
    </>
  )
}
