/** The choices of the 4ท analysis, side by side of it. */
import { fourTSides } from '../../../../domain/logbook/entry.ts'
import { fourTChoiceSchema, type FourTRule } from '../../../../domain/logbook/rules/fourT.ts'
import { newId } from '../../../new-id.ts'
import { useText } from '../../../text/dictionary.ts'
import { entryText } from '../../../text/entry.ts'
import { useFormat } from '../../../text/format.ts'
import { Card, Stack } from '../../../ui/Page.tsx'
import type { EditorProps } from './editors.ts'
import { ItemList } from './ItemList.tsx'
import { WordsFields } from './WordsFields.tsx'

export function FourTEditor({ value, onChange }: EditorProps<FourTRule>) {
  const words = useText(entryText)
  const { locale } = useFormat()
  return (
    <Stack gap="large">
      {fourTSides.map((side) => (
        <Card key={side} title={words.sides[side]}>
          <ItemList
            label={words.sides[side]}
            items={value[side]}
            keyOf={({ code }) => code}
            nameOf={(choice) => choice[locale]}
            lines={(choice) => <p className="soft">{choice[locale === 'th' ? 'en' : 'th']}</p>}
            schema={fourTChoiceSchema}
            form={(choice, change) => <WordsFields value={choice} onChange={change} />}
            create={() => ({ code: `own-${newId().slice(-12)}`, th: '', en: '' })}
            onChange={onChange && ((choices) => onChange({ ...value, [side]: choices }))}
          />
        </Card>
      ))}
    </Stack>
  )
}
