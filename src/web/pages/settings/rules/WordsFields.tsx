/** What something is called, in both languages. */
import { useText } from '../../../text/dictionary.ts'
import { ruleText } from '../../../text/rule.ts'
import { TextField } from '../../../ui/TextField.tsx'

export interface Words {
  th: string
  en: string
}

export function WordsFields({ value, onChange }: { value: Words; onChange: (changes: Partial<Words>) => void }) {
  const text = useText(ruleText)
  return (
    <>
      <TextField label={text.th} maxLength={120} value={value.th} onChange={(th) => onChange({ th })} />
      <TextField label={text.en} maxLength={120} value={value.en} onChange={(en) => onChange({ en })} />
    </>
  )
}
