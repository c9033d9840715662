/** The phones that one carries oneself, on the page of one's account. */
import { useQuery } from '@tanstack/react-query'
import { deviceOwn } from '../../../contract/devices.ts'
import { ask, problemOf } from '../../api.ts'
import { useMay } from '../../session.tsx'
import { useText } from '../../text/dictionary.ts'
import { phoneText } from '../../text/phone.ts'
import { ProblemAlert } from '../../ui/Feedback.tsx'
import { Section } from '../../ui/Page.tsx'
import { PhoneTable } from './PhoneTable.tsx'
import { fieldAddress } from './view.ts'
import './phones.css'

export function OwnPhones() {
  const text = useText(phoneText).own
  const mayRecord = useMay('logbook.record')
  const found = useQuery({ queryKey: ['device.own'], queryFn: () => ask(deviceOwn) })
  const devices = found.data?.devices ?? null
  // Who may not record sees this only as long as a phone of theirs is left.
  if (!mayRecord && (devices ?? []).length === 0) return null
  return (
    <Section title={text.title} lead={text.lead}>
      {found.error ? (
        <ProblemAlert problem={problemOf(found.error)} />
      ) : (
        <PhoneTable caption={text.title} rows={devices} isOwn whenEmpty={<p>{text.none(fieldAddress())}</p>} />
      )}
    </Section>
  )
}
