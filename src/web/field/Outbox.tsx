/** Each item that was saved on this phone, and what became of it. */
import type { OutboxView } from '../offline/phone.ts'
import { useText } from '../text/dictionary.ts'
import { commonText } from '../text/common.ts'
import { entryText } from '../text/entry.ts'
import { fieldText } from '../text/field.ts'
import { useFormat } from '../text/format.ts'
import { Icon, type IconName } from '../ui/Icon.tsx'
import { Notices } from './notices.tsx'
import { Button, Notice, Screen, Spinner } from './parts.tsx'
import { useOutbox, usePhone, useStatus } from './phone.tsx'
import { go } from './router.ts'

const stateIcons: Record<OutboxView['state'], IconName> = {
  waiting: 'clock',
  sent: 'check',
  unfiled: 'alert',
  unreadable: 'alert',
}

export function Outbox() {
  const phone = usePhone()
  const status = useStatus()
  const outbox = useOutbox()
  const text = useText(fieldText)
  const common = useText(commonText)
  const format = useFormat()
  const what = useItemName()
  return (
    <Screen
      title={text.outbox.title}
      lead={text.outbox.lead}
      actions={
        <Button
          kind="primary"
          isBig
          icon="arrowUp"
          isPending={status.isSyncing}
          onPress={() => void phone.sync('button')}
        >
          {status.isSyncing ? text.bar.sending : text.outbox.send}
        </Button>
      }
    >
      <Notices />
      <p>{status.lastSyncAt ? text.outbox.lastSync(format.moment(status.lastSyncAt)) : text.outbox.neverSynced}</p>
      {status.lastTryAt && status.lastTryAt !== status.lastSyncAt && (
        <p className="soft">{text.outbox.lastTry(format.moment(status.lastTryAt))}</p>
      )}
      {status.waiting.photos > 0 && <p>{text.outbox.photosWaiting(format.number(status.waiting.photos))}</p>}
      {status.carried.items + status.carried.photos > 0 && (
        <Notice title={text.outbox.carried(format.number(status.carried.items), format.number(status.carried.photos))}>
          <p>{text.outbox.carriedLead}</p>
        </Notice>
      )}
      {outbox === undefined && <Spinner label={common.loading} />}
      {outbox?.length === 0 && <p className="empty">{text.outbox.empty}</p>}
      <ul className="rows">
        {outbox?.map((item) => (
          <li key={item.itemId}>
            <button
              type="button"
              className="household-row"
              data-state={item.state}
              onClick={() => go({ page: 'item', id: item.itemId })}
            >
              <span className="row-mark" data-state={item.state}>
                <Icon name={stateIcons[item.state]} />
              </span>
              <span className="row-words">
                <strong>{what(item)}</strong>
                <span>
                  {[item.headName, item.happenedOn && format.date(item.happenedOn)].filter(Boolean).join(' · ')}
                </span>
                <span className="row-facts">
                  <span data-state={item.state}>{text.outbox.states[item.state]}</span>
                  <span className="soft">
                    {item.sentAt
                      ? text.outbox.sentAt(format.moment(item.sentAt))
                      : text.outbox.savedAt(format.moment(item.savedAt))}
                  </span>
                </span>
              </span>
              <Icon name="chevronRight" size="sm" />
            </button>
          </li>
        ))}
      </ul>
      {outbox?.some(({ state }) => state === 'sent') && <p className="soft">{text.outbox.receipt}</p>}
    </Screen>
  )
}

/** What an item is, in words. */
export function useItemName(): (item: Pick<OutboxView, 'kind'>) => string {
  const { kinds } = useText(entryText)
  const own = useText(fieldText).outbox.kinds
  return ({ kind }) => (kind === 'household' ? own.household : ((kinds as Record<string, string>)[kind] ?? own.unknown))
}
