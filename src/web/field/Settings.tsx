/** How the app looks, which areas it holds, ways without a line, and handing the phone back. */
import { useEffect, useState } from 'react'
import type { SignedInPerson } from '../first-page.ts'
import { StillWaiting } from '../offline/phone.ts'
import { useAreaNames } from '../text/area.ts'
import { commonText } from '../text/common.ts'
import { useText } from '../text/dictionary.ts'
import { fieldText } from '../text/field.ts'
import { useFormat } from '../text/format.ts'
import { setLocale, useLocale } from '../text/locale.ts'
import { locales } from '../../text/locale.ts'
import { sessionSignOut, sessionShow } from '../../contract/session.ts'
import { ask } from '../api.ts'
import { setPreferences, textSizes, usePreferences } from '../ui/preferences.ts'
import { lockNow } from './autolock.ts'
import { Carry } from './Carry.tsx'
import { forgetKnown, keepKnown, known } from './known.ts'
import { BackButton, Button, Choices, Notice, Screen, Spinner, TextInput } from './parts.tsx'
import { forgetHouseholds, usePhone, useStatus } from './phone.tsx'
import { go, goBack } from './router.ts'
import { setFieldSettings, useFieldSettings } from './settings.ts'
import { Areas } from './start/Areas.tsx'
import { Problem, useSending } from './start/SignIn.tsx'
import { recordingAreas } from './start/Start.tsx'

export function Settings() {
  const phone = usePhone()
  const status = useStatus()
  const text = useText(fieldText).settings
  const common = useText(commonText)
  const preferences = usePreferences()
  const { isStrong } = useFieldSettings()
  const locale = useLocale()
  const names = useAreaNames()
  const sizes = { normal: common.textNormal, large: common.textLarge, largest: common.textLargest }
  return (
    <Screen title={text.title}>
      <Choices
        label={common.textSize}
        isCompact
        options={textSizes.map((id) => ({ id, label: sizes[id] }))}
        value={[preferences.textSize]}
        onChange={([id]) => setPreferences({ textSize: textSizes.find((size) => size === id) ?? 'normal' })}
      />
      <button
        type="button"
        className="chip"
        aria-pressed={isStrong}
        onClick={() => setFieldSettings({ isStrong: !isStrong })}
      >
        {text.contrast}
      </button>
      <Choices
        label={common.language}
        isCompact
        options={locales.map((id) => ({ id, label: text.languages[id] }))}
        value={[locale]}
        onChange={([id]) => setLocale(id === 'en' ? 'en' : 'th')}
      />
      <section>
        <h2>{text.areas}</h2>
        <p>
          {known()
            .areas.map((area) => names.name(area))
            .join(', ') || status.areas.join(', ')}
        </p>
        <Button icon="area" onPress={() => go({ page: 'areas' })}>
          {text.changeAreas}
        </Button>
      </section>
      <Carry />
      <section>
        <Button icon="person" onPress={() => void lockNow(phone)}>
          {text.lock}
        </Button>
        <Button icon="info" onPress={() => go({ page: 'tour' })}>
          {text.tour}
        </Button>
      </section>
      <HandBack />
      <p className="soft">{status.isPersisted ? text.stored : text.notStored}</p>
      <p className="soft number">{text.version(import.meta.env['VITE_APP_VERSION'] ?? '–')}</p>
    </Screen>
  )
}

/** Sends what waits, and clears the phone only when nothing does; or when a person says how many are lost. */
function HandBack() {
  const phone = usePhone()
  const text = useText(fieldText).settings
  const format = useFormat()
  const [state, setState] = useState<'closed' | 'asking' | 'working'>('closed')
  const [waiting, setWaiting] = useState<number | null>(null)
  const [typed, setTyped] = useState('')
  async function handBack(force: boolean) {
    setState('working')
    try {
      await phone.signOutAndWipe({ force })
      forgetHouseholds()
      forgetKnown()
      await ask(sessionSignOut).catch(() => {})
    } catch (error) {
      if (error instanceof StillWaiting) setWaiting(error.items + error.photos + error.drafts)
      setState('asking')
    }
  }
  return (
    <section className="hand-back">
      <h2>{text.handBack}</h2>
      <p>{text.handBackLead}</p>
      {waiting !== null && (
        <Notice tone="danger" title={text.stillWaiting(format.number(waiting))} isLive>
          <p>{text.stillWaitingLead}</p>
          <TextInput label={text.forceSure} inputMode="numeric" value={typed} onChange={setTyped} />
          <Button kind="danger" isDisabled={typed.trim() !== String(waiting)} onPress={() => void handBack(true)}>
            {text.force}
          </Button>
        </Notice>
      )}
      <Button kind="danger" icon="signOut" isPending={state === 'working'} onPress={() => void handBack(false)}>
        {text.handBackGo}
      </Button>
    </section>
  )
}

/** Other areas for this phone: needs a line and a session. */
export function ChangeAreas() {
  const phone = usePhone()
  const { province } = useStatus()
  const text = useText(fieldText)
  const common = useText(commonText)
  const [person, setPerson] = useState<SignedInPerson | null | undefined>(undefined)
  const { problem, send } = useSending()
  useEffect(() => {
    void send(async () => {
      const session = await ask(sessionShow)
      if (!session.person) go({ page: 'signIn' }, { replace: true })
      setPerson(session.person)
    })
    // Asked once, when the screen comes.
    // oxlint-disable-next-line react/exhaustive-deps
  }, [])
  const top = <BackButton onPress={goBack} />
  if (!person)
    return (
      <Screen title={text.start.areasTitle} top={top}>
        {problem ? <Problem problem={problem} /> : <Spinner label={common.loading} />}
      </Screen>
    )
  return (
    <Areas
      reach={recordingAreas(person)}
      chosen={known().areas}
      province={province}
      top={top}
      onDone={async (_, chosen) => {
        await phone.changeAreas(chosen.map(({ code }) => code))
        keepKnown({ areas: chosen })
        void phone.sync('button')
        go({ page: 'today' }, { replace: true })
      }}
    />
  )
}
