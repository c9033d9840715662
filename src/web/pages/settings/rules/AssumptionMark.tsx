/** Says that no document states it and that it can be changed. */
import { useText } from '../../../text/dictionary.ts'
import { settingsText } from '../../../text/settings.ts'
import { StateMark } from '../../../ui/Feedback.tsx'

export function AssumptionMark() {
  const text = useText(settingsText)
  return <StateMark tone="info">{text.assumption}</StateMark>
}
