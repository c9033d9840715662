/** The phones of the field app: which are silent, what waits on them, and what came in but could not be recorded. */
import { useLocation, useSearchParams } from 'wouter'
import { useMay, useReach } from '../../session.tsx'
import { useText } from '../../text/dictionary.ts'
import { phoneText } from '../../text/phone.ts'
import { EmptyState } from '../../ui/Feedback.tsx'
import { Tabs } from '../../ui/Navigation.tsx'
import { PageHeader } from '../../ui/Page.tsx'
import { AreaFilter } from '../shared/AreaFilter.tsx'
import { PhoneList } from './PhoneList.tsx'
import { Unfiled } from './Unfiled.tsx'
import { phonesAddress, phoneTabs, type PhoneView, readPhoneView } from './view.ts'
import './phones.css'

export default function Phones() {
  const text = useText(phoneText)
  if (useMay('device.read')) return <PhonesOfArea />
  return (
    <EmptyState icon="phone" title={text.notForYou}>
      {text.notForYouLead}
    </EmptyState>
  )
}

function PhonesOfArea() {
  const text = useText(phoneText)
  const reach = useReach('device.read')
  const [query] = useSearchParams()
  const [, navigate] = useLocation()
  const view = readPhoneView(query)
  const go = (changes: Partial<PhoneView>) => navigate(phonesAddress({ ...view, ...changes }), { replace: true })
  return (
    <>
      <PageHeader
        title={text.title}
        lead={text.lead}
        actions={
          <div className="phone-area">
            <AreaFilter value={view.area} within={reach} onChange={(area) => go({ area })} />
          </div>
        }
      />
      <Tabs
        label={text.title}
        selected={view.tab}
        onSelect={(id) => go({ tab: phoneTabs.find((tab) => tab === id) ?? 'phones' })}
        tabs={[
          { id: 'phones', label: text.tabs.phones, content: <PhoneList view={view} onChange={go} /> },
          { id: 'unfiled', label: text.tabs.unfiled, content: <Unfiled key={view.area} area={view.area} /> },
        ]}
      />
    </>
  )
}
