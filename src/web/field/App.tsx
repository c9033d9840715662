/** The field app: which screen stands, by the state of the phone. */
import { Component, type ReactNode, useEffect, useState } from 'react'
import { commonText } from '../text/common.ts'
import { textIn, useText } from '../text/dictionary.ts'
import { fieldText } from '../text/field.ts'
import { useFormat } from '../text/format.ts'
import { currentLocale } from '../text/locale.ts'
import { Icon, type IconName } from '../ui/Icon.tsx'
import { useAutoLock } from './autolock.ts'
import { Correct } from './Correct.tsx'
import { type Form, nameOfForm } from './forms.ts'
import { Found } from './Found.tsx'
import { Help } from './Help.tsx'
import { Household } from './Household.tsx'
import { Item } from './Item.tsx'
import { fetchChoices, fetchPractice, useIsPractice } from './known.ts'
import { OneWindow } from './OneWindow.tsx'
import { Outbox } from './Outbox.tsx'
import { BackButton, Button, Notice, Screen } from './parts.tsx'
import { usePhone, useStatus } from './phone.tsx'
import { sweepPhotos } from './photos.ts'
import { go, goBack, isForm, isFresh, type Place, usePlace } from './router.ts'
import { Saved } from './Saved.tsx'
import { setFieldSettings, useFieldSettings } from './settings.ts'
import { ChangeAreas, Settings } from './Settings.tsx'
import { SignIn } from './start/SignIn.tsx'
import { Start } from './start/Start.tsx'
import { Tour } from './start/Tour.tsx'
import { Unlock } from './start/Unlock.tsx'
import { StatusBar } from './StatusBar.tsx'
import { Today } from './Today.tsx'
import { Visit } from './visit/Visit.tsx'

export function App() {
  const isPractice = useIsPractice()
  const common = useText(commonText)
  useEffect(() => void fetchPractice(), [])
  return (
    <>
      {isPractice && (
        <p className="practice">
          <span className="practice-words">{common.practice}</span>
        </p>
      )}
      <ByState />
    </>
  )
}

function ByState() {
  const { state } = useStatus()
  switch (state) {
    case 'new':
    case 'lost':
      return <Start isLost={state === 'lost'} />
    case 'locked':
    case 'blocked':
      return (
        <>
          <StatusBar isLocked />
          <Unlock />
        </>
      )
    case 'revoked':
      return <Revoked />
    case 'open':
      return <Open />
  }
}

/** Wiped from afar; whoever may sign in can begin anew on it. */
function Revoked() {
  const { lost } = useStatus()
  const text = useText(fieldText).notices
  const common = useText(commonText)
  const format = useFormat()
  const [isBeginning, setBeginning] = useState(false)
  if (isBeginning) return <Start isLost={false} />
  return (
    <Screen
      title={text.revoked}
      actions={
        <Button kind="primary" isBig onPress={() => setBeginning(true)}>
          {common.signIn}
        </Button>
      }
    >
      <Notice tone="danger" title={lost > 0 ? text.revokedLost(format.number(lost)) : text.allSent} isLive>
        <p>{text.revokedLead}</p>
      </Notice>
      <p>{text.revokedAgain}</p>
    </Screen>
  )
}

function Open() {
  const { tourSeen } = useFieldSettings()
  useAutoLock(usePhone())
  return tourSeen ? <Opened /> : <Tour onDone={() => setFieldSettings({ tourSeen: true })} />
}

function Opened() {
  const phone = usePhone()
  const { province, trouble } = useStatus()
  const place = usePlace()
  useEffect(() => {
    // What a screen forgot to catch must not stop the next.
    sweepPhotos(phone, Date.now()).catch(() => {})
    void phone.sync('start')
  }, [phone])
  useEffect(() => {
    if (province && trouble === null) void fetchChoices(province)
  }, [province, trouble])
  const isReopened = useOpenForm(place)
  const isWhole = isForm(place) || ['saved', 'signIn', 'areas', 'tour'].includes(place.page)
  return (
    <>
      <StatusBar />
      {isReopened && <PageOf place={place} />}
      {isReopened && !isWhole && <Navigation place={place} />}
    </>
  )
}

const openName = 'open'

/**
 * Goes back, once, to the form that was open when the phone died. Which one that was lies beside its draft, on the disk before
 * anything is typed into it, and goes when the form is left.
 */
function useOpenForm(place: Place): boolean {
  const phone = usePhone()
  const [isReopened, setReopened] = useState(!isFresh())
  useEffect(() => {
    if (isReopened) return
    let isCurrent = true
    void phone
      .draft(openName)
      .then((kept) => {
        if (isCurrent && kept) go(kept as Place)
      })
      .catch(() => {})
      .then(() => setReopened(true))
    return () => {
      isCurrent = false
    }
  }, [phone, isReopened])
  useEffect(() => {
    if (!isReopened) return
    const settled = isForm(place) ? phone.writeDraft(openName, place) : phone.dropDraft(openName)
    // The form then waits on today's page.
    settled.catch(() => {})
  }, [phone, isReopened, place])
  return isReopened
}

function PageOf({ place }: { place: Place }) {
  const phone = usePhone()
  const text = useText(fieldText)
  const common = useText(commonText)
  const inOneWindow = (form: Form, children: ReactNode) => (
    <OneWindow key={nameOfForm(form)} name={nameOfForm(form)}>
      {children}
    </OneWindow>
  )
  switch (place.page) {
    case 'today':
      return <Today />
    case 'household':
      return <Household key={place.id} id={place.id} />
    case 'visit':
      return inOneWindow({ kind: 'visit', id: place.id }, <Visit id={place.id} />)
    case 'help':
      return inOneWindow({ kind: 'help', id: place.id }, <Help id={place.id} />)
    case 'found':
      return inOneWindow({ kind: 'found', draft: place.draft }, <Found draftId={place.draft} />)
    case 'correct':
      return inOneWindow(
        { kind: 'correct', id: place.id, entryId: place.entryId },
        <Correct id={place.id} entryId={place.entryId} />,
      )
    case 'saved':
      return <Saved householdId={place.id} />
    case 'outbox':
      return <Outbox />
    case 'item':
      return <Item key={place.id} id={place.id} />
    case 'settings':
      return <Settings />
    case 'areas':
      return <ChangeAreas />
    case 'tour':
      return <Tour onDone={goBack} />
    case 'signIn':
      return (
        <SignIn
          title={common.signIn}
          lead={text.notices.signInLead}
          top={<BackButton onPress={goBack} />}
          onDone={() => {
            void phone.sync('button')
            go({ page: 'outbox' }, { replace: true })
          }}
        />
      )
  }
}

const tabs = [
  ['today', 'home'],
  ['found', 'plus'],
  ['outbox', 'arrowUp'],
  ['settings', 'settings'],
] as const satisfies readonly (readonly [string, IconName])[]

function Navigation({ place }: { place: Place }) {
  const phone = usePhone()
  const text = useText(fieldText).nav
  return (
    <nav className="tabs" aria-label={text.label}>
      {tabs.map(([page, icon]) => (
        <button
          key={page}
          type="button"
          aria-current={place.page === page ? 'page' : undefined}
          onClick={() => {
            if (page === 'found') go({ page, draft: phone.newId() })
            else if (place.page !== page) go({ page })
          }}
        >
          <Icon name={icon} />
          <span>{text[page]}</span>
        </button>
      ))}
    </nav>
  )
}

/** A screen that breaks says so, and that nothing is lost; opening the app again goes on from what is stored. */
export class Boundary extends Component<{ children: ReactNode }, { isBroken: boolean }> {
  override state = { isBroken: false }

  static getDerivedStateFromError() {
    return { isBroken: true }
  }

  override render(): ReactNode {
    if (!this.state.isBroken) return this.props.children
    const text = textIn(fieldText, currentLocale()).notices
    return (
      <Screen
        title={text.broken}
        actions={
          <Button
            kind="primary"
            isBig
            onPress={() => {
              go({ page: 'today' }, { replace: true })
              location.reload()
            }}
          >
            {text.reopen}
          </Button>
        }
      >
        <p>{text.brokenLead}</p>
      </Screen>
    )
  }
}
