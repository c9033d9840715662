/** Always on top: whether what was recorded is here, waits, or was sent, and when. One touch shows each item. */
import { Fragment } from 'react'
import { useText } from '../text/dictionary.ts'
import { fieldText } from '../text/field.ts'
import { useFormat } from '../text/format.ts'
import { Icon, type IconName } from '../ui/Icon.tsx'
import { useStatus } from './phone.tsx'
import { go, usePlace } from './router.ts'

/** @param isLocked it tells, and opens nothing */
export function StatusBar({ isLocked = false }: { isLocked?: boolean }) {
  const text = useText(fieldText).bar
  const format = useFormat()
  const status = useStatus()
  const place = usePlace()
  const { waiting, carried, isSyncing, lastSyncAt } = status
  const unfiled = status.unfiled + status.unreadable
  const parts: string[] = []
  if (waiting.items > 0) parts.push(text.waiting(format.number(waiting.items)))
  if (waiting.photos > 0) parts.push(text.photos(format.number(waiting.photos)))
  if (carried.items + carried.photos > 0) parts.push(text.carried(format.number(carried.items + carried.photos)))
  const isWaiting = parts.length > 0
  const since = isWaiting && waiting.since ? text.since(clockTime(waiting.since, format)) : null
  if (!isWaiting) parts.push(lastSyncAt ? text.sent(clockTime(lastSyncAt, format)) : text.nothing)
  if (unfiled > 0) parts.unshift(text.unfiled(format.number(unfiled)))
  const icon: IconName = unfiled > 0 ? 'alert' : isWaiting ? 'clock' : 'check'
  const state = unfiled > 0 ? 'unfiled' : isWaiting ? 'waiting' : 'sent'
  const words = (
    <>
      <Icon name={icon} />
      <output className="status-words">
        <span>
          {parts.map((part, at) => (
            <Fragment key={part}>
              {at > 0 && ' · '}
              <span className="status-part">{part}</span>
            </Fragment>
          ))}
        </span>
        {isSyncing ? (
          <span className="status-more">{text.sending}</span>
        ) : (
          since && <span className="status-more">{since}</span>
        )}
      </output>
    </>
  )
  return (
    <header className="status">
      {isLocked ? (
        <div className="status-button" data-state={state}>
          {words}
        </div>
      ) : (
        <button
          type="button"
          className="status-button"
          data-state={state}
          onClick={() => {
            if (place.page !== 'outbox') go({ page: 'outbox' })
          }}
        >
          {words}
          <span className="only-for-readers">{text.open}</span>
          <Icon name="chevronRight" size="sm" />
        </button>
      )}
    </header>
  )
}

/** The time alone on the same day, with the date before it otherwise. */
export function clockTime(moment: string, format: ReturnType<typeof useFormat>): string {
  const whole = format.moment(moment)
  const today = format.moment(new Date())
  const dateOf = (text: string) => text.replace(/ \d\d:\d\d.*$/, '')
  return dateOf(whole) === dateOf(today) ? whole.slice(dateOf(whole).length + 1) : whole
}
