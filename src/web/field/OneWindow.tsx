/**
 * A form is typed in one window at a time: two would write over each other. Whoever opens it in a second one is told, and may go
 * on there. The first then writes what it has not written yet and stops; one that does not answer is stopped without.
 */
import { type ReactNode, useEffect, useState, useSyncExternalStore } from 'react'
import { commonText } from '../text/common.ts'
import { useText } from '../text/dictionary.ts'
import { fieldFormText } from '../text/fieldForm.ts'
import { endForm, guards, lastWrite, writtenOut } from './keep.ts'
import { BackButton, Button, Notice, Screen } from './parts.tsx'
import { goBack } from './router.ts'

/** `gone`, `torn`: it went on in another window, with all that was typed here, or perhaps not with the last of it. */
type Standing = 'asking' | 'here' | 'elsewhere' | 'gone' | 'torn'

interface Hold {
  isHere: Promise<boolean>
  isGranted: boolean
  users: number
  release: () => void
  listeners: Set<(standing: Standing) => void>
}

/** For the other window to write what it has; a page that sleeps in the background does not hear of it. */
const patienceMs = 2_000
/**
 * Forms that were left here unwritten, because the device was full, and went on elsewhere without the last words: nobody stood
 * before them to be told.
 */
let tornForms: readonly string[] = []
const tornListeners = new Set<() => void>()
function setTornForms(names: readonly string[]): void {
  tornForms = names
  for (const listener of tornListeners) listener()
}

/** Forms that this window may write: until they are left, and all that was typed is on the phone. */
const holds = new Map<string, Hold>()
const requests = new BroadcastChannel('kaejon-forms')
requests.addEventListener('message', ({ data: name }: MessageEvent<string>) => {
  if (holds.get(name)?.isGranted) void give(name, true)
})

const lockOf = (name: string) => `kaejon-form-${name}`

/** Which window the browser gave it to. */
async function holderOf(name: string): Promise<string | undefined> {
  const { held } = await navigator.locks.query()
  return held?.find((lock) => lock.name === lockOf(name))?.clientId
}

/** @param isTaken it is open in another window, which is to stop */
function hold(name: string, isTaken: boolean): Hold {
  const known = holds.get(name)
  if (known) return known
  const { locks } = navigator
  const made: Hold = { isHere: Promise.resolve(false), isGranted: false, users: 0, release() {}, listeners: new Set() }
  made.isHere = new Promise((resolve) => {
    const take = (lock: Lock | null) => {
      made.isGranted = lock !== null
      resolve(made.isGranted)
      if (!lock) return void holds.delete(name)
      const holder = holderOf(name)
      guards.set(name, async () => {
        if ((await holderOf(name)) !== (await holder)) throw new Error('goes on in another window')
      })
      return new Promise<void>((release) => (made.release = release))
    }
    // Taken from us; or the browser gives no locks, and every window writes as it likes.
    const ended = () => (made.isGranted ? void give(name, false) : resolve(true))
    if (!isTaken) return void locks.request(lockOf(name), { ifAvailable: true }, take).catch(ended)
    const patience = new AbortController()
    setTimeout(() => patience.abort(), patienceMs)
    locks.request(lockOf(name), { signal: patience.signal }, take).catch(() => {
      if (made.isGranted) ended()
      else locks.request(lockOf(name), { steal: true }, take).catch(ended)
    })
    requests.postMessage(name)
  })
  holds.set(name, made)
  return made
}

function leave(name: string, held: Hold): void {
  held.users -= 1
  void Promise.all([held.isHere, writtenOut(name)]).then(() => {
    if (held.users > 0) return
    if (holds.get(name) === held) holds.delete(name)
    held.release()
  })
}

/** It goes on in another window. */
async function give(name: string, mayWrite: boolean): Promise<void> {
  const isWhole = await endForm(name, mayWrite)
  const held = holds.get(name)
  // Being saved: the other window waits.
  if (!held || (isWhole === null && mayWrite)) return
  holds.delete(name)
  held.release()
  if (isWhole === false && held.listeners.size === 0) setTornForms([...tornForms, name])
  for (const listener of held.listeners) listener(isWhole === false ? 'torn' : 'gone')
}

/** Says of forms that were left in this window that they went on elsewhere, perhaps without what was typed last. */
export function TornForms() {
  const text = useText(fieldFormText).window
  const common = useText(commonText)
  const names = useSyncExternalStore(
    (listener) => {
      tornListeners.add(listener)
      return () => tornListeners.delete(listener)
    },
    () => tornForms,
  )
  if (names.length === 0) return null
  return (
    <Notice
      tone="attention"
      title={text.leftGone}
      isLive
      actions={<Button onPress={() => setTornForms([])}>{common.close}</Button>}
    >
      <p>{text.torn}</p>
    </Notice>
  )
}

/** Does what needs a form that is open in no other window. @returns whether it was done */
export async function ifNowhereElse(name: string, work: () => Promise<void>): Promise<boolean> {
  const held = hold(name, false)
  held.users += 1
  const isHere = await held.isHere
  if (isHere) await work()
  leave(name, held)
  return isHere
}

/** @param name of the form's draft */
export function OneWindow({ name, children }: { name: string; children: ReactNode }) {
  const text = useText(fieldFormText).window
  const [standing, setStanding] = useState<Standing>('asking')
  /** How often it was taken from another window. */
  const [taken, setTaken] = useState(0)
  const [isPending, setPending] = useState(false)
  useEffect(() => {
    let isCurrent = true
    const listen = (now: Standing) => {
      if (!isCurrent) return
      setStanding(now)
      setPending(false)
    }
    const held = hold(name, taken > 0)
    held.users += 1
    held.listeners.add(listen)
    void Promise.all([held.isHere, lastWrite(name)]).then(([isHere]) => listen(isHere ? 'here' : 'elsewhere'))
    return () => {
      isCurrent = false
      held.listeners.delete(listen)
      leave(name, held)
    }
  }, [name, taken])
  if (standing === 'here') return children
  if (standing === 'asking') return null
  return (
    <Screen
      title={standing === 'elsewhere' ? text.elsewhere : text.gone}
      top={<BackButton onPress={goBack} />}
      actions={
        <Button
          kind="primary"
          isBig
          isPending={isPending}
          onPress={() => {
            setPending(true)
            setTaken(taken + 1)
          }}
        >
          {text.goOn}
        </Button>
      }
    >
      <p>{standing === 'elsewhere' ? text.elsewhereLead : text.goneLead}</p>
      {standing === 'torn' && <p>{text.torn}</p>}
    </Screen>
  )
}
