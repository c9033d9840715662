/** The last day on which an item is given. */
import { useState } from 'react'
import { catalogueEnd, type CatalogueItem } from '../../../contract/catalogue.ts'
import { catalogueText } from '../../text/catalogue.ts'
import { commonText } from '../../text/common.ts'
import { useText } from '../../text/dictionary.ts'
import { useFormat } from '../../text/format.ts'
import { Button } from '../../ui/Button.tsx'
import { Notice, ProblemAlert } from '../../ui/Feedback.tsx'
import { Dialog } from '../../ui/Overlay.tsx'
import { Stack } from '../../ui/Page.tsx'
import { showToast } from '../../ui/Toast.tsx'
import { DayField } from '../logbook/forms/DayField.tsx'
import { isDay } from '../logbook/typed.ts'
import { fieldFault, useWrite } from '../shared/write.ts'
import { type ItemFault, isItemFault } from './typed.ts'

export function EndDialog({ area, item, onClose }: { area: string; item: CatalogueItem; onClose: () => void }) {
  const text = useText(catalogueText)
  const common = useText(commonText)
  const { locale } = useFormat()
  const [validTo, setValidTo] = useState(item.validTo)
  const [wasTried, setTried] = useState(false)
  const { send, isSending, problem } = useWrite(catalogueEnd, () => {
    showToast({ message: text.ended })
    onClose()
  })
  const isWhole = validTo === null || isDay(validTo)
  const own: ItemFault | null = !isWhole ? 'date' : validTo !== null && validTo < item.validFrom ? 'beforeStart' : null
  const answered = fieldFault(problem, 'validTo')
  const fault = (wasTried ? own : null) ?? (isItemFault(answered) ? answered : null)
  return (
    <Dialog
      title={text.endOf(locale === 'th' ? item.nameTh : item.nameEn)}
      isOpen
      onOpenChange={(isOpen) => !isOpen && onClose()}
      actions={(close) => (
        <>
          <Button
            kind="primary"
            isPending={isSending}
            onPress={() => {
              setTried(true)
              if (own === null && !isSending) send({ area, code: item.code, of: item.validFrom, validTo })
            }}
          >
            {common.save}
          </Button>
          <Button onPress={close}>{common.cancel}</Button>
        </>
      )}
    >
      <Stack>
        {area !== item.area && <Notice>{text.takesOver}</Notice>}
        {problem && answered === null && <ProblemAlert problem={problem} />}
        <DayField
          label={text.validTo}
          hint={text.endHint}
          isOptional
          day={item.validTo}
          onDay={setValidTo}
          fault={fault && text.faults[fault]}
        />
      </Stack>
    </Dialog>
  )
}
