/** A word of warning beside a person's roles: their phones still hold what nobody else has. */
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { deviceList } from '../../../contract/devices.ts'
import { dayInThailand } from '../../../domain/time.ts'
import { ask } from '../../api.ts'
import { useMay } from '../../session.tsx'
import { useText } from '../../text/dictionary.ts'
import { useFormat } from '../../text/format.ts'
import { phoneText } from '../../text/phone.ts'
import { LinkButton } from '../../ui/Button.tsx'
import { Notice } from '../../ui/Feedback.tsx'
import { useAgo, useWaitingWords } from './PhoneFacts.tsx'
import { isWaiting, phonesAddress } from './view.ts'
import './phones.css'

export function PersonPhones({ personId }: { personId: string }) {
  const text = useText(phoneText)
  const format = useFormat()
  const mayRead = useMay('device.read')
  const [now] = useState(() => new Date())
  const ago = useAgo(now)
  const waitingWords = useWaitingWords()
  const input = { area: '', sort: 'waiting' as const, silentDays: 0 }
  const { data } = useQuery({
    queryKey: ['device.list', input],
    queryFn: ({ signal }) => ask(deviceList, input, { signal }),
    enabled: mayRead,
  })
  const phones = (data?.devices ?? []).filter((phone) => phone.person.id === personId && isWaiting(phone))
  if (phones.length === 0) return null
  const sum = (count: 'items' | 'photos') => phones.reduce((total, { waiting }) => total + waiting[count], 0)
  return (
    <Notice
      tone="attention"
      title={text.person.title(waitingWords({ items: sum('items'), photos: sum('photos') }))}
      actions={
        <LinkButton size="small" href={phonesAddress({ sort: 'waiting' })}>
          {text.person.open}
        </LinkButton>
      }
    >
      <p>{phones.some(({ isLeaving }) => isLeaving) ? text.person.leaving : text.person.lead}</p>
      <ul className="phone-steps">
        {phones.map(({ id, name, lastSeenAt }) => (
          <li key={id}>
            {name} · {text.seen(format.date(dayInThailand(new Date(lastSeenAt))))} ({ago(lastSeenAt)})
          </li>
        ))}
      </ul>
    </Notice>
  )
}
