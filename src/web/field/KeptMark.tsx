import { useText } from '../text/dictionary.ts'
import { fieldFormText } from '../text/fieldForm.ts'
import { useFormat } from '../text/format.ts'
import { Icon } from '../ui/Icon.tsx'
import type { Keeping } from './keep.ts'
import { clockTime } from './StatusBar.tsx'

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
