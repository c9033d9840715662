/** Says quietly, while help is typed, that the same was given before: what, when and by whom. Saving stays possible. */
import { useText } from '../../../text/dictionary.ts'
import { entryFormText } from '../../../text/entryForm.ts'
import { useFormat } from '../../../text/format.ts'
import { Notice } from '../../../ui/Feedback.tsx'
import { givenBefore } from '../given-before.ts'
import type { AssistanceFieldsProps } from './AssistanceFields.tsx'

const mostShown = 4

export function GivenBefore({
  scene,
  content,
  happenedOn,
  corrects,
}: Pick<AssistanceFieldsProps, 'scene' | 'content' | 'happenedOn' | 'corrects'>) {
  const text = useText(entryFormText).assistance
  const format = useFormat()
  const before = givenBefore(scene.found, { content, corrects, happenedOn }, scene.today)
  return (
    <div aria-live="polite">
      {before.length > 0 && (
        <Notice title={text.givenBefore}>
          <ul>
            {before.slice(0, mostShown).map((one) => (
              <li key={one.id}>
                {[
                  one.content.what,
                  format.date(one.happenedOn),
                  one.content.givers.map(({ name }) => name).join(', '),
                  text.recordedBy(one.by),
                ].join(' · ')}
              </li>
            ))}
          </ul>
          <p>{text.givenBeforeLead}</p>
        </Notice>
      )}
    </div>
  )
}
