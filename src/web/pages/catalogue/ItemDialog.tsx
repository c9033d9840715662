/** Adds help, or says an item anew from a day on. */
import { useState } from 'react'
import { catalogueAdd, catalogueChange, type CatalogueItem } from '../../../contract/catalogue.ts'
import { catalogueText } from '../../text/catalogue.ts'
import { commonText } from '../../text/common.ts'
import { useText } from '../../text/dictionary.ts'
import { Button } from '../../ui/Button.tsx'
import { Notice, ProblemAlert } from '../../ui/Feedback.tsx'
import { Dialog } from '../../ui/Overlay.tsx'
import { Stack } from '../../ui/Page.tsx'
import { showToast } from '../../ui/Toast.tsx'
import { fieldFault, useWrite } from '../shared/write.ts'
import { EligibleFields } from './EligibleFields.tsx'
import { ItemFields } from './ItemFields.tsx'
import { isItemFault, type ItemFaults, readItem, type TypedItem, typedItem } from './typed.ts'

export interface ItemDialogProps {
  area: string
  /** The item that is changed; null while one is added. */
  before: CatalogueItem | null
  today: string
  onClose: () => void
}

export function ItemDialog({ area, before, today, onClose }: ItemDialogProps) {
  const text = useText(catalogueText)
  const common = useText(commonText)
  const [typed, setTyped] = useState(() => typedItem(before, today))
  const [wasTried, setTried] = useState(false)
  const add = useWrite(catalogueAdd, () => done(text.added))
  const change = useWrite(catalogueChange, () => done(text.changed))
  const { problem, isSending } = before ? change : add
  const read = readItem(typed)
  const own = wasTried && 'faults' in read ? read.faults : {}
  const faults: ItemFaults = { ...answeredFaults(), ...own }
  const fields = {
    typed,
    change: (changes: Partial<TypedItem>) => setTyped((now) => ({ ...now, ...changes })),
    faultOf: (field: keyof TypedItem) => {
      const fault = faults[field]
      return fault === undefined ? null : text.faults[fault]
    },
  }
  return (
    <Dialog
      title={before ? text.change : text.add}
      size="wide"
      isOpen
      onOpenChange={(isOpen) => !isOpen && onClose()}
      actions={(close) => (
        <>
          <Button
            kind="primary"
            isPending={isSending}
            onPress={() => {
              setTried(true)
              if (!('item' in read) || isSending) return
              if (before) change.send({ area, code: before.code, of: before.validFrom, ...read.item })
              else add.send({ area, ...read.item })
            }}
          >
            {common.save}
          </Button>
          <Button onPress={close}>{common.cancel}</Button>
        </>
      )}
    >
      <Stack>
        {before && before.area !== area && <Notice>{text.takesOver}</Notice>}
        {before && <p className="soft">{text.changeHint}</p>}
        {problem && <ProblemAlert problem={problem} />}
        <ItemFields {...fields} />
        <EligibleFields {...fields} />
      </Stack>
    </Dialog>
  )

  function done(message: string) {
    showToast({ message })
    onClose()
  }

  function answeredFaults(): ItemFaults {
    const found: ItemFaults = {}
    for (const field of ['validFrom', 'validTo'] as const) {
      const fault = fieldFault(problem, field)
      if (isItemFault(fault)) found[field] = fault
    }
    return found
  }
}
