/** What an item is called, who gives it, how much, where that is written, and between which days. */
import { dimensions } from '../../../domain/logbook/entry.ts'
import { dimensionNames } from '../../../domain/logbook/indicators.ts'
import { catalogueText } from '../../text/catalogue.ts'
import { useText } from '../../text/dictionary.ts'
import { useFormat } from '../../text/format.ts'
import { Select } from '../../ui/Choice.tsx'
import { NumberField, TextField } from '../../ui/TextField.tsx'
import { DayField } from '../logbook/forms/DayField.tsx'
import type { TypedItem } from './typed.ts'

export interface ItemFieldsProps {
  typed: TypedItem
  change: (changes: Partial<TypedItem>) => void
  faultOf: (field: keyof TypedItem) => string | null
}

export function ItemFields({ typed, change, faultOf }: ItemFieldsProps) {
  const text = useText(catalogueText)
  const { locale } = useFormat()
  const line = (field: 'nameTh' | 'nameEn' | 'agency' | 'amountTh' | 'amountEn' | 'source', longest: number) => (
    <TextField
      label={text[field]}
      {...(field === 'source' && { hint: text.sourceHint })}
      maxLength={longest}
      value={typed[field]}
      onChange={(value) => change({ [field]: value })}
      fault={faultOf(field)}
    />
  )
  return (
    <>
      {line('nameTh', 200)}
      {line('nameEn', 200)}
      <Select
        label={text.dimension}
        options={dimensions.map((id) => ({ id, label: dimensionNames[id][locale] }))}
        value={typed.dimension || null}
        onChange={(id) => change({ dimension: dimensions.find((one) => one === id) ?? '' })}
        fault={faultOf('dimension')}
      />
      {line('agency', 200)}
      {line('amountTh', 300)}
      {line('amountEn', 300)}
      <NumberField
        label={text.amountBaht}
        unit={text.baht}
        isOptional
        minValue={0}
        value={typed.amountBaht}
        onChange={(amountBaht) => change({ amountBaht })}
        fault={faultOf('amountBaht')}
      />
      {line('source', 300)}
      <DayField
        label={text.validFrom}
        day={typed.validFrom}
        onDay={(validFrom) => change({ validFrom })}
        fault={faultOf('validFrom')}
      />
      <DayField
        label={text.validTo}
        isOptional
        day={typed.validTo}
        onDay={(validTo) => change({ validTo })}
        fault={faultOf('validTo')}
      />
    </>
  )
}
