/** A file from the device: our own button (the browser's speaks its own language), dropping, and the keyboard. */
import { useState } from 'react'
import { DropZone, type DropZoneProps, FileTrigger } from 'react-aria-components'
import { useText } from '../text/dictionary.ts'
import { useFormat } from '../text/format.ts'
import { uiText } from '../text/ui.ts'
import { Button } from './Button.tsx'
import { Icon } from './Icon.tsx'
import './file-drop.css'

export interface FileDropProps {
  label: string
  hint?: string
  /** Endings with their dot: ['.xlsx', '.csv']. */
  accepts: readonly string[]
  /** Bytes. */
  limit: number
  onFile: (file: File) => void
  fault?: string | null
  isDisabled?: boolean
}

export function FileDrop({ label, hint, accepts, limit, onFile, fault, isDisabled = false }: FileDropProps) {
  const text = useText(uiText).fileDrop
  const format = useFormat()
  const [refusal, setRefusal] = useState<string | null>(null)

  function take(file: File) {
    const isAccepted = accepts.some((ending) => file.name.toLowerCase().endsWith(ending))
    const isTooLarge = file.size > limit
    setRefusal(
      isAccepted ? (isTooLarge ? text.tooLarge(file.name, format.bytes(limit)) : null) : text.wrongKind(file.name),
    )
    if (isAccepted && !isTooLarge) onFile(file)
  }

  async function drop(event: Parameters<NonNullable<DropZoneProps['onDrop']>>[0]) {
    const item = event.items.find((dropped) => dropped.kind === 'file')
    if (item?.kind === 'file') take(await item.getFile())
  }

  const shownFault = refusal ?? fault
  return (
    <div className="field" data-invalid={shownFault ? true : undefined}>
      <DropZone
        className="file-drop"
        aria-label={label}
        isDisabled={isDisabled}
        onDrop={(event) => void drop(event)}
        getDropOperation={() => 'copy'}
      >
        {({ isDropTarget }) => (
          <>
            <span className="empty-mark">
              <Icon name="import" size="lg" />
            </span>
            <p className="file-drop-title">{isDropTarget ? text.release : label}</p>
            <div className="file-drop-choose">
              <FileTrigger
                acceptedFileTypes={accepts}
                onSelect={(files) => {
                  const file = files?.[0]
                  if (file) take(file)
                }}
              >
                <Button kind="primary" icon="file" isDisabled={isDisabled}>
                  {text.choose}
                </Button>
              </FileTrigger>
              <span className="file-drop-or">{text.orDrop}</span>
            </div>
            {hint && <p className="field-hint">{hint}</p>}
          </>
        )}
      </DropZone>
      <div aria-live="polite">
        {shownFault && (
          <p className="field-fault">
            <Icon name="alert" size="sm" />
            <span>{shownFault}</span>
          </p>
        )}
      </div>
    </div>
  )
}
