import { useEffect, useRef, useState } from 'react'
import { PhoneFull } from '../offline/phone.ts'
import { useText } from '../text/dictionary.ts'
import { fieldText } from '../text/field.ts'
import { fieldFormText } from '../text/fieldForm.ts'
import { useFormat } from '../text/format.ts'
import { Icon } from '../ui/Icon.tsx'
import type { Keeping } from './keep.ts'
import { Notice } from './parts.tsx'
import { useStatus } from './phone.tsx'
import { PhotoGone } from './photos.ts'
import { clockTime } from './StatusBar.tsx'

export type Saving = 'typing' | 'saving' | 'full' | 'photoGone' | 'failed'

/** What came of a save that did not work. */
export function failedBy(error: unknown): Saving {
  return error instanceof PhoneFull ? 'full' : error instanceof PhotoGone ? 'photoGone' : 'failed'
}

/**
 * Why what stands in a form could not be kept, or saved, and what its person can do. Stands below what is typed in, and its place
 * stays once it is over: neither coming nor going may move what somebody types in.
 */
export function Unkept({ saving, keeping }: { saving: Saving; keeping: Keeping }) {
  const forms = useText(fieldFormText)
  const text = useText(fieldText).notices
  const { trouble } = useStatus()
  const isFull = saving === 'full' || (keeping.state === 'failed' && trouble === 'full')
  const why: 'full' | 'photoGone' | 'failed' | null = isFull
    ? 'full'
    : saving === 'photoGone' || saving === 'failed'
      ? saving
      : null
  const [last, setLast] = useState(why)
  if (why !== null && why !== last) setLast(why)
  const place = useRef<HTMLDivElement>(null)
  // Whoever pressed the button wants to see it; whoever types does not want to be moved.
  useEffect(() => {
    if (saving !== 'typing' && saving !== 'saving') place.current?.scrollIntoView({ block: 'center' })
  }, [saving])
  if (last === null) return null
  const [title, lead] = {
    full: [text.full, text.fullLead],
    photoGone: [forms.photos.gone, forms.photos.goneLead],
    failed: [forms.notKept],
  }[why ?? last]
  return (
    <div ref={place} className="unkept" data-over={why === null || undefined}>
      <Notice tone="danger" title={title!} isLive>
        {lead && <p>{lead}</p>}
      </Notice>
    </div>
  )
}

/** Whether what stands in the form is on the phone. Keeps its place, so that nothing jumps. */
export function KeptMark({ keeping }: { keeping: Keeping }) {
  const text = useText(fieldFormText)
  const format = useFormat()
  const { state, at } = keeping
  return (
    <p className="kept" data-state={state}>
      {state === 'kept' && at && (
        <>
          <Icon name="check" size="sm" /> {text.kept(clockTime(at.toISOString(), format))}
        </>
      )}
      {state === 'keeping' && text.keeping}
      {state === 'failed' && (
        <>
          <Icon name="alert" size="sm" /> {text.notKept}
        </>
      )}
      {state === 'untouched' && '\u00a0'}
    </p>
  )
}
