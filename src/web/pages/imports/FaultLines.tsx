/** Faults of a row in words: what is wrong and what to do, an error by its own shape. */
import type { ImportField } from '../../../domain/import/field.ts'
import type { RowFault } from '../../../domain/import/staged.ts'
import { faultSentences } from '../../../text/faults.ts'
import { useText } from '../../text/dictionary.ts'
import { importReviewText } from '../../text/importReview.ts'
import { importFieldText } from '../../text/importWords.ts'
import { useLocale } from '../../text/locale.ts'
import { Icon } from '../../ui/Icon.tsx'

export interface ShownFault {
  field: ImportField
  fault: RowFault
  day?: string | undefined
  invalid: boolean
}

export function FaultLines({
  faults,
  isFieldNamed = false,
}: {
  faults: readonly ShownFault[]
  isFieldNamed?: boolean
}) {
  const locale = useLocale()
  const { names } = useText(importFieldText)
  const text = useText(importReviewText)
  return (
    <>
      {faults.map(({ field, fault, day, invalid }) => {
        const { what, next } = faultSentences(fault, locale, day)
        return (
          <span key={`${field} ${fault}`} className="fault-line" data-tone={invalid ? 'danger' : 'info'}>
            <Icon name={invalid ? 'alert' : 'info'} size="sm" />
            <span>
              <span className="only-for-readers">{invalid ? text.fault : text.note}: </span>
              {isFieldNamed && `${names[field]}: `}
              {what}
              <span className="fault-next"> {next}</span>
            </span>
          </span>
        )
      })}
    </>
  )
}
