/** Any day up to today: the page then says what was true at its end. */
import { useState } from 'react'
import { commonText } from '../../text/common.ts'
import { useText } from '../../text/dictionary.ts'
import { progressText } from '../../text/progress.ts'
import { BuddhistDateField, type PartialDate } from '../../ui/BuddhistDateField.tsx'
import { Button } from '../../ui/Button.tsx'
import { Dialog } from '../../ui/Overlay.tsx'

export interface ChooseDayProps {
  asOf: string
  today: string
  onChoose: (day: string) => void
}

export function ChooseDay({ asOf, today, onChoose }: ChooseDayProps) {
  const text = useText(progressText)
  const common = useText(commonText)
  const [isOpen, setOpen] = useState(false)
  const [value, setValue] = useState<PartialDate | null | 'unreadable'>(null)
  const [wasTried, setTried] = useState(false)
  const day = value !== null && value !== 'unreadable' && value.precision === 'day' ? value.date : null
  return (
    <>
      <Button
        icon="clock"
        onPress={() => {
          setValue({ date: asOf, precision: 'day' })
          setTried(false)
          setOpen(true)
        }}
      >
        {text.chooseDay}
      </Button>
      <Dialog
        title={text.chooseDayTitle}
        isOpen={isOpen}
        onOpenChange={setOpen}
        actions={(close) => (
          <>
            <Button
              kind="primary"
              onPress={() => {
                setTried(true)
                if (day === null) return
                onChoose(day)
                close()
              }}
            >
              {common.show}
            </Button>
            <Button onPress={close}>{common.cancel}</Button>
          </>
        )}
      >
        <BuddhistDateField
          label={text.day}
          hint={text.dayHint}
          latest={today}
          defaultValue={{ date: asOf, precision: 'day' }}
          onChange={setValue}
          fault={wasTried && day === null && value !== 'unreadable' ? text.dayWhole : null}
        />
      </Dialog>
    </>
  )
}
