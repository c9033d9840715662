/** Leads a page to another area. */
import { useState } from 'react'
import { useText } from '../../text/dictionary.ts'
import { figureText } from '../../text/figure.ts'
import { Button } from '../../ui/Button.tsx'
import { Dialog } from '../../ui/Overlay.tsx'
import { AreaPicker } from './AreaPicker.tsx'

export interface AreaDialogProps {
  current: string
  onChoose: (code: string) => void
  /** Nothing outside of this area can be chosen. */
  within?: string
}

export function AreaDialog({ current, onChoose, within = '' }: AreaDialogProps) {
  const text = useText(figureText)
  const [chosen, setChosen] = useState<string | null>(current)
  return (
    <Dialog
      title={text.choose}
      trigger={<Button icon="area">{text.choose}</Button>}
      actions={(close) => (
        <Button
          kind="primary"
          isDisabled={chosen === null}
          onPress={() => {
            close()
            onChoose(chosen ?? within)
          }}
        >
          {text.show}
        </Button>
      )}
    >
      <AreaPicker label={text.chosenArea} value={chosen} onChange={setChosen} within={within} />
    </Dialog>
  )
}
