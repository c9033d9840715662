import { conditions } from '../../../../domain/logbook/entry.ts'
import { useText } from '../../../text/dictionary.ts'
import { entryText } from '../../../text/entry.ts'
import { entryFormText } from '../../../text/entryForm.ts'
import { RadioGroup } from '../../../ui/Choice.tsx'
import { TextAreaField } from '../../../ui/TextField.tsx'
import { DayField } from './DayField.tsx'
import type { FieldsProps } from './fields.ts'
import { MetFields } from './MetFields.tsx'
import { PhotoFields } from './PhotoFields.tsx'

/** How they are since they were helped. */
export function FollowUpFields({ scene, content, change, faultOf }: FieldsProps<'followUp'>) {
  const form = useText(entryFormText)
  const words = useText(entryText)
  return (
    <>
      <RadioGroup
        label={form.followUp.condition}
        id="condition"
        orientation="horizontal"
        options={conditions.map((id) => ({ id, label: words.conditions[id] }))}
        value={content.condition}
        onChange={(id) => change({ condition: conditions.find((one) => one === id) ?? null })}
        fault={faultOf('condition')}
      />
      <TextAreaField
        label={form.followUp.words}
        isOptional
        name="words"
        value={content.words}
        onChange={(said) => change({ words: said })}
        fault={faultOf('words')}
      />
      <MetFields scene={scene} met={content.met} onMet={(met) => change({ met })} fault={faultOf('met')} />
      <DayField
        label={form.nextOn}
        hint=""
        isOptional
        name="nextOn"
        day={content.nextOn}
        onDay={(nextOn) => change({ nextOn })}
        fault={faultOf('nextOn')}
      />
      <PhotoFields scene={scene} photos={content.photos} onPhotos={(photos) => change({ photos })} />
    </>
  )
}
