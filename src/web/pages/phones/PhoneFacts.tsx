/** What is known of a phone, each in a few words: when it sent everything, what waits on it, in which state it is. */
import type { DeviceView } from '../../../contract/devices.ts'
import { dayInThailand } from '../../../domain/time.ts'
import { useText } from '../../text/dictionary.ts'
import { useFormat } from '../../text/format.ts'
import { phoneText } from '../../text/phone.ts'
import { StateMark } from '../../ui/Feedback.tsx'
import { daysSince, isClockWrong, isSilent, isWaiting } from './view.ts'

/** 12 รายการ และ 3 ภาพ; only what there is. */
export function useWaitingWords(): (waiting: Pick<DeviceView['waiting'], 'items' | 'photos'>) => string {
  const text = useText(phoneText)
  const format = useFormat()
  return ({ items, photos }) => {
    const [some, pictures] = [text.items(format.number(items)), text.photos(format.number(photos))]
    if (items === 0) return pictures
    return photos === 0 ? some : text.both(some, pictures)
  }
}

interface FactProps {
  phone: DeviceView
  now: Date
}

/** วันนี้, เมื่อวาน, 3 วันก่อน. */
export function useAgo(now: Date): (moment: string) => string {
  const text = useText(phoneText)
  const format = useFormat()
  return (moment) => {
    const days = daysSince(moment, now)
    return days === 0 ? text.today : days === 1 ? text.yesterday : text.daysAgo(format.number(days))
  }
}

export function LastSync({ phone, now }: FactProps) {
  const text = useText(phoneText)
  const format = useFormat()
  const ago = useAgo(now)
  const { lastSyncAt, lastSeenAt, registeredAt } = phone
  const day = (moment: string) => format.date(dayInThailand(new Date(moment)))
  const words = lastSyncAt === null ? text.neverSynced : ago(lastSyncAt)
  const wasHeardSince = lastSyncAt === null || dayInThailand(new Date(lastSeenAt)) > dayInThailand(new Date(lastSyncAt))
  return (
    <span className="phone-lines">
      {isSilent(phone, now) ? (
        <StateMark tone="attention" icon="clock">
          {words}
        </StateMark>
      ) : (
        <span>{words}</span>
      )}
      <span className="phone-small">{lastSyncAt === null ? text.registered(day(registeredAt)) : day(lastSyncAt)}</span>
      {wasHeardSince && <span className="phone-small">{text.seen(day(lastSeenAt))}</span>}
    </span>
  )
}

export function Waits({ phone, now }: FactProps) {
  const text = useText(phoneText)
  const format = useFormat()
  const ago = useAgo(now)
  const { items, photos, since } = phone.waiting
  if (!isWaiting(phone)) return <span className="soft">{text.nothingWaits}</span>
  return (
    <span className="phone-lines">
      {items > 0 && <strong>{text.items(format.number(items))}</strong>}
      {photos > 0 && <strong>{text.photos(format.number(photos))}</strong>}
      {since !== null && (
        <span className="phone-small">{text.since(ago(since), format.date(dayInThailand(new Date(since))))}</span>
      )}
    </span>
  )
}

export function PhoneState({ phone }: { phone: DeviceView }) {
  const text = useText(phoneText)
  const format = useFormat()
  const { state, isLeaving, revokedAt, revokedBy, revokeReason } = phone
  return (
    <span className="phone-lines">
      {state === 'active' && !isLeaving && <StateMark tone="success">{text.states.active}</StateMark>}
      {state === 'revoked' && <StateMark tone="danger">{text.states.revoked}</StateMark>}
      {state === 'wiped' && <StateMark tone="neutral">{text.states.wiped}</StateMark>}
      {isLeaving && (
        <>
          <StateMark tone="attention" icon="pause">
            {text.states.leaving}
          </StateMark>
          <span className="phone-small">{text.leavingLead}</span>
        </>
      )}
      <Clock phone={phone} />
      {revokedAt !== null && (
        <span className="phone-small">
          {text.revokedBy(revokedBy ?? '–', format.date(dayInThailand(new Date(revokedAt))))}
        </span>
      )}
      {revokeReason && <span className="phone-small">{text.because(revokeReason)}</span>}
    </span>
  )
}

function Clock({ phone }: { phone: DeviceView }) {
  const text = useText(phoneText)
  const format = useFormat()
  const { clockOffset, state } = phone
  if (clockOffset === null || !isClockWrong(phone) || state !== 'active') return null
  const seconds = Math.abs(clockOffset)
  const days = Math.floor(seconds / 86_400)
  const by = days >= 2 ? text.days(format.number(days)) : format.duration(Math.floor(seconds / 60) * 60)
  return (
    <StateMark tone="attention" icon="clock">
      {clockOffset > 0 ? text.clockFast(by) : text.clockSlow(by)}
    </StateMark>
  )
}
