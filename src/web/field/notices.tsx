/** What a person must know of their phone before they work on: told on today's page, in words, with what to do. */
import { useEffect, useState } from 'react'
import { useText } from '../text/dictionary.ts'
import { fieldText } from '../text/field.ts'
import { useFormat } from '../text/format.ts'
import { commonText } from '../text/common.ts'
import { mostHouseholds } from '../offline/messages.ts'
import { installOffer, isApple, isInstalled, useUpdate } from './install.ts'
import { TornForms } from './OneWindow.tsx'
import { Button, Notice } from './parts.tsx'
import { usePhone, useStatus } from './phone.tsx'
import { go } from './router.ts'
import { setFieldSettings, useFieldSettings } from './settings.ts'

/** @param isHome whether hints that can wait are shown too */
export function Notices({ isHome = false }: { isHome?: boolean }) {
  const phone = usePhone()
  const status = useStatus()
  const all = useText(fieldText)
  const text = all.notices
  const common = useText(commonText)
  const format = useFormat()
  const update = useUpdate()
  const { trouble, expiresOn } = status
  const isClockWrong = trouble === 'clock' || !phone.today().isSure
  const endsSoon = expiresOn !== null && daysUntil(expiresOn, phone.today().day) <= 4
  return (
    <div className="notices">
      <TornForms />
      {trouble === 'full' && (
        <Notice tone="danger" title={text.full} isLive>
          <p>{text.fullLead}</p>
        </Notice>
      )}
      {trouble === 'signIn' && (
        <Notice
          tone="attention"
          title={text.signIn}
          actions={
            <Button kind="primary" onPress={() => go({ page: 'signIn' })}>
              {common.signIn}
            </Button>
          }
        >
          <p>{text.signInLead}</p>
        </Notice>
      )}
      {isClockWrong && (
        <Notice tone="attention" title={text.clock}>
          <p>{text.clockLead}</p>
        </Notice>
      )}
      {trouble === 'offline' && <p className="quiet-notice">{text.offline}</p>}
      {trouble === 'server' && <p className="quiet-notice">{text.server}</p>}
      {trouble === 'tooMany' && (
        <Notice
          tone="attention"
          title={all.start.beyond(format.number(mostHouseholds))}
          actions={<Button onPress={() => go({ page: 'areas' })}>{all.settings.changeAreas}</Button>}
        >
          <p>{text.tooManyLead}</p>
        </Notice>
      )}
      {endsSoon && (
        <Notice tone="attention" title={text.expires(format.date(expiresOn.slice(0, 10)))}>
          <p>{text.expiresLead}</p>
        </Notice>
      )}
      {trouble === 'reload' && (
        <Notice
          tone="attention"
          title={text.update}
          isLive
          actions={
            <Button kind="primary" onPress={() => location.reload()}>
              {text.reopen}
            </Button>
          }
        />
      )}
      {isHome && update && (
        <Notice
          title={text.update}
          actions={
            <Button kind="primary" onPress={update}>
              {text.updateNow}
            </Button>
          }
        >
          <p>{text.updateLead}</p>
        </Notice>
      )}
    </div>
  )
}

/** Below the work: how to have the data kept for good. The offer goes when it is put away, the fact stays told. */
export function InstallHint() {
  const phone = usePhone()
  const { isPersisted } = useStatus()
  const all = useText(fieldText)
  const text = all.notices
  const { hintAwayAt } = useFieldSettings()
  const [offer, setOffer] = useState(installOffer.current)
  useEffect(() => installOffer.subscribe(() => setOffer(installOffer.current)), [])
  if (isPersisted) return null
  if (isInstalled())
    return (
      <Notice
        title={all.settings.notStored}
        actions={<Button onPress={() => void phone.askToKeep()}>{text.keepAsk}</Button>}
      >
        <p>{text.keepLead}</p>
      </Notice>
    )
  if (hintAwayAt !== null) return <p className="quiet-notice">{all.settings.notStored}</p>
  return (
    <Notice
      title={isApple() ? text.appleFirst : text.persist}
      actions={
        <>
          {offer && (
            <Button kind="primary" onPress={() => void installOffer.show()}>
              {text.persistNow}
            </Button>
          )}
          <Button kind="quiet" onPress={() => setFieldSettings({ hintAwayAt: new Date().toISOString() })}>
            {text.persistLater}
          </Button>
        </>
      }
    >
      <p>{isApple() ? text.appleLaterLead : text.persistLead}</p>
    </Notice>
  )
}

function daysUntil(day: string, today: string): number {
  return Math.round((Date.parse(day.slice(0, 10)) - Date.parse(today)) / 86_400_000)
}
