/** The area of a view as one button; the picker opens over the page. */
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { areaShow } from '../../../contract/areas.ts'
import { ask } from '../../api.ts'
import { areaText, useAreaNames } from '../../text/area.ts'
import { commonText } from '../../text/common.ts'
import { useText } from '../../text/dictionary.ts'
import { Button } from '../../ui/Button.tsx'
import { Dialog } from '../../ui/Overlay.tsx'
import { AreaPicker, type AreaPickerProps } from './AreaPicker.tsx'

export interface AreaFilterProps extends Pick<AreaPickerProps, 'within' | 'deepest'> {
  label?: string
  /** '' for all of `within`, which is the nation when it is left out. */
  value: string
  onChange: (code: string) => void
}

export function AreaFilter({ label, value, onChange, within = '', deepest = 'village' }: AreaFilterProps) {
  const text = useText(areaText)
  const common = useText(commonText)
  const [isOpen, setOpen] = useState(false)
  const [chosen, setChosen] = useState(value)
  const name = useAreaName(value || within)
  const shownLabel = label ?? text.area
  return (
    <div className="field">
      <span className="field-label" aria-hidden="true">
        {shownLabel}
      </span>
      <Button
        icon="area"
        aria-label={`${shownLabel}: ${name}`}
        onPress={() => {
          setChosen(value || within)
          setOpen(true)
        }}
      >
        {name}
      </Button>
      <Dialog
        title={shownLabel}
        isOpen={isOpen}
        onOpenChange={setOpen}
        actions={(close) => (
          <>
            <Button
              kind="primary"
              onPress={() => {
                onChange(chosen === within ? '' : chosen)
                close()
              }}
            >
              {common.show}
            </Button>
            <Button onPress={close}>{common.cancel}</Button>
          </>
        )}
      >
        <AreaPicker
          label={shownLabel}
          value={chosen}
          onChange={(code) => setChosen(code ?? within)}
          within={within}
          deepest={deepest}
        />
      </Dialog>
    </div>
  )
}

/** The name of an area by its code; the code until the name is here. */
export function useAreaName(code: string): string {
  const text = useText(areaText)
  const names = useAreaNames()
  const { data } = useQuery({
    queryKey: ['area.show', code],
    queryFn: () => ask(areaShow, { area: code }),
    enabled: code !== '',
    staleTime: 10 * 60_000,
  })
  if (code === '') return text.nation
  return data ? names.name(data.area) : code
}
