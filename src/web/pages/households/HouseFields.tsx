/** Where a household lives: the village, the house, and what helps to find it. */
import { householdTextLimits } from '../../../domain/household.ts'
import { useText } from '../../text/dictionary.ts'
import { householdFormText } from '../../text/householdForm.ts'
import { importFieldText } from '../../text/importWords.ts'
import { KeyValueList } from '../../ui/Facts.tsx'
import { Disclosure } from '../../ui/Navigation.tsx'
import { TextAreaField, TextField } from '../../ui/TextField.tsx'
import { AreaPicker } from '../shared/AreaPicker.tsx'
import type { HouseText, TypedHousehold } from './draft.ts'
import type { FaultWords } from './faultWords.ts'
import { useAreaName } from './useAreaName.ts'

const villageDigits = 8
const subdistrictDigits = 6

export interface HouseFieldsProps {
  typed: TypedHousehold
  onChange: (typed: TypedHousehold) => void
  faults: FaultWords
  /** Nothing outside of this area can be chosen. */
  within: string
  /** Lane, road, family, position and note folded away. */
  isBrief: boolean
}

export function HouseFields({ typed, onChange, faults, within, isBrief }: HouseFieldsProps) {
  const text = useText(householdFormText)
  const names = useText(importFieldText).names
  const { inFull } = useAreaName(typed.areaCode ?? '')
  const rare = (
    <>
      {line('lane')}
      {line('road')}
      {line('familyNumber', text.familyHint, 'short')}
      <div className="field-pair">
        <TextField
          label={names.latitude}
          name="latitude"
          isOptional
          inputMode="decimal"
          value={typed.latitude}
          onChange={(latitude) => onChange({ ...typed, latitude })}
          fault={faults.get('latitude')}
        />
        <TextField
          label={names.longitude}
          name="longitude"
          isOptional
          inputMode="decimal"
          value={typed.longitude}
          onChange={(longitude) => onChange({ ...typed, longitude })}
          fault={faults.get('longitude')}
        />
      </div>
      <TextAreaField
        label={names.note}
        hint={text.noteHint}
        name="note"
        isOptional
        maxLength={householdTextLimits.note}
        value={typed.texts.note}
        onChange={(value) => change('note', value)}
        fault={faults.get('note')}
      />
    </>
  )
  return (
    <>
      {within.length === villageDigits ? (
        <KeyValueList items={[{ label: text.areaLabel, value: inFull }]} />
      ) : (
        <AreaPicker
          id="areaCode"
          label={text.areaLabel}
          hint={text.areaHint}
          value={typed.areaCode}
          within={within}
          onChange={(areaCode) => onChange({ ...typed, areaCode })}
          fault={faults.get('areaCode')}
        />
      )}
      {within.length < villageDigits && typed.areaCode && <p className="chosen-area">{inFull}</p>}
      {typed.areaCode?.length === subdistrictDigits && (
        <div className="field-pair">
          <TextField
            label={names.moo}
            hint={text.mooHint}
            name="moo"
            isOptional
            width="short"
            inputMode="numeric"
            maxLength={2}
            value={typed.moo}
            onChange={(moo) => onChange({ ...typed, moo })}
            fault={faults.get('moo')}
          />
          <TextField
            label={names.villageName}
            name="villageName"
            isOptional
            maxLength={householdTextLimits.villageName}
            value={typed.villageName}
            onChange={(villageName) => onChange({ ...typed, villageName })}
            fault={faults.get('villageName')}
          />
        </div>
      )}
      {line('houseNumber', undefined, 'short')}
      {line('houseCode', text.houseCodeHint, 'medium')}
      {line('phone', text.phoneHint, 'medium')}
      {isBrief ? <Disclosure title={text.moreAddress}>{rare}</Disclosure> : rare}
    </>
  )

  function line(field: Exclude<HouseText, 'note'>, hint?: string, width: 'short' | 'medium' | 'full' = 'full') {
    return (
      <TextField
        label={names[field]}
        name={field}
        isOptional
        width={width}
        maxLength={field === 'houseCode' ? 20 : householdTextLimits[field]}
        autoComplete="off"
        {...(hint && { hint })}
        {...(field === 'houseCode' && { inputMode: 'numeric' as const })}
        {...(field === 'phone' && { inputMode: 'tel' as const })}
        value={typed.texts[field]}
        onChange={(value) => change(field, value)}
        fault={faults.get(field)}
      />
    )
  }

  function change(field: HouseText, value: string) {
    onChange({ ...typed, texts: { ...typed.texts, [field]: value } })
  }
}
