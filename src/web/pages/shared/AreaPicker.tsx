/** Chooses an area: by a part of its name, or level by level down to the one that is meant. */
import { useQueries, useQuery } from '@tanstack/react-query'
import { useDeferredValue, useId, useState } from 'react'
import { type AreaAnswer, areaChildren, areaSearch, type AreaWithPath } from '../../../contract/areas.ts'
import { areaLevel, type AreaLevel, areaLevels, areaPath } from '../../../domain/area.ts'
import { ask } from '../../api.ts'
import { areaName, areaPathLine, areaText } from '../../text/area.ts'
import { useText } from '../../text/dictionary.ts'
import { useLocale } from '../../text/locale.ts'
import { ComboBox, type Option } from '../../ui/Choice.tsx'
import { OptionalMark } from '../../ui/Field.tsx'
import { Icon } from '../../ui/Icon.tsx'
import './area-picker.css'

export interface AreaPickerProps {
  label: string
  hint?: string
  fault?: string | null | undefined
  isOptional?: boolean
  /** The chosen code, '' for the nation, null while none is chosen. */
  value: string | null
  onChange: (code: string | null) => void
  /** Nothing outside of this area can be chosen; '' is the nation. */
  within?: string
  /** The smallest level that may be chosen. */
  deepest?: AreaLevel
  /** For `FaultSummary`: pressing its line leads here. */
  id?: string
}

const everyAt = {
  nation: 'nation',
  province: 'everyProvince',
  district: 'everyDistrict',
  subdistrict: 'everySubdistrict',
  village: 'everyVillage',
} as const
const namesStayMs = 10 * 60_000

export function AreaPicker(props: AreaPickerProps) {
  const { label, hint, fault, isOptional = false, value, onChange, within = '', deepest = 'village', id } = props
  const text = useText(areaText)
  const faultId = useId()
  const lastLevel = areaLevels.indexOf(deepest)
  return (
    <fieldset
      className="field area-picker"
      id={id}
      data-invalid={fault ? true : undefined}
      aria-describedby={fault ? faultId : undefined}
    >
      <legend className="field-label">
        {label}
        {isOptional && <OptionalMark />}
      </legend>
      {hint && <p className="field-hint">{hint}</p>}
      <FindByName within={within} levels={areaLevels.slice(1, lastLevel + 1)} onChange={onChange} />
      <p className="field-hint">{text.stepByStep}</p>
      <LevelByLevel value={value} within={within} lastLevel={lastLevel} onChange={onChange} />
      <div id={faultId} aria-live="polite">
        {fault && (
          <p className="field-fault">
            <Icon name="alert" size="sm" />
            <span>{fault}</span>
          </p>
        )}
      </div>
    </fieldset>
  )
}

function FindByName({
  within,
  levels,
  onChange,
}: {
  within: string
  levels: AreaLevel[]
  onChange: (code: string) => void
}) {
  const text = useText(areaText)
  const locale = useLocale()
  const [typed, setTyped] = useState('')
  const words = useDeferredValue(typed.trim())
  const { data } = useQuery({
    queryKey: ['area.search', words, within, levels],
    queryFn: ({ signal }) => ask(areaSearch, { text: words, within, levels, limit: 12 }, { signal }),
    enabled: words.length > 1,
    placeholderData: (earlier) => earlier,
    staleTime: namesStayMs,
  })
  const options = words.length > 1 ? (data?.areas ?? []).map(optionOf) : []
  function optionOf(area: AreaWithPath): Option {
    const around = areaPathLine(
      area.path.filter(({ code }) => code !== area.code),
      locale,
    )
    return {
      id: area.code,
      label: areaName(area, locale),
      description: [around, area.code].filter(Boolean).join(' · '),
    }
  }
  return (
    <ComboBox
      label={text.find}
      hint={text.findHint}
      menuTrigger="input"
      isFilteredElsewhere
      // "Nothing found" is for words that were typed; the field is empty again once an area is chosen.
      allowsEmptyCollection={typed.trim().length > 1}
      options={options}
      value={null}
      inputValue={typed}
      onInputChange={setTyped}
      onChange={(code) => {
        if (code === null) return
        onChange(code)
        setTyped('')
      }}
    />
  )
}

function LevelByLevel({
  value,
  within,
  lastLevel,
  onChange,
}: {
  value: string | null
  within: string
  lastLevel: number
  onChange: (code: string | null) => void
}) {
  const text = useText(areaText)
  const locale = useLocale()
  // One choice for each area on the way whose parts may still be chosen.
  const parents = areaPath(value ?? within).filter(
    (code) => code.length >= within.length && areaLevels.indexOf(areaLevel(code) ?? 'village') < lastLevel,
  )
  const answers = useQueries({
    queries: parents.map((area) => ({
      queryKey: ['area.children', area],
      queryFn: () => ask(areaChildren, { area }),
      staleTime: namesStayMs,
    })),
  })
  return (
    <div className="area-levels">
      {parents.map((parent, index) => {
        const level = areaLevels[areaPath(parent).length] ?? 'village'
        const answer = answers[index]?.data
        const chosen = value !== null && value.length > parent.length ? value.slice(0, parent.length + 2) : null
        const whole: Option = { id: 'whole', label: text[everyAt[level]] }
        const options = (answer?.children ?? []).map((area: AreaAnswer) => ({
          id: area.code,
          label: areaName(area, locale),
        }))
        return (
          <ComboBox
            // Names come later than the choice; a fresh field writes the name of what is chosen.
            key={`${parent} ${answer ? 'here' : 'coming'}`}
            label={text[level]}
            // A list that was opened before its names came would be lost with the field.
            isDisabled={!answer}
            options={[whole, ...options]}
            value={chosen ?? (value === parent ? 'whole' : null)}
            onChange={(code) => onChange(code === 'whole' ? parent : (code ?? (parent === '' ? null : parent)))}
          />
        )
      })}
    </div>
  )
}
