/** The document that says so, and its clause. */
import { useText } from '../../../text/dictionary.ts'
import { ruleText } from '../../../text/rule.ts'
import { TextField } from '../../../ui/TextField.tsx'

export interface DocumentFieldsProps {
  value: { document: string | null; clause: string | null }
  isOptional?: boolean
  onChange: (changes: { document?: string; clause?: string | null }) => void
}

export function DocumentFields({ value, isOptional = false, onChange }: DocumentFieldsProps) {
  const text = useText(ruleText)
  return (
    <>
      <TextField
        label={text.document}
        isOptional={isOptional}
        maxLength={200}
        value={value.document ?? ''}
        onChange={(document) => onChange({ document })}
      />
      <TextField
        label={text.clause}
        isOptional
        maxLength={200}
        value={value.clause ?? ''}
        onChange={(clause) => onChange({ clause: clause || null })}
      />
    </>
  )
}
