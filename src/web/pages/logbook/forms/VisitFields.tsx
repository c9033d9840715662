import { useText } from '../../../text/dictionary.ts'
import { entryFormText } from '../../../text/entryForm.ts'
import { TextAreaField } from '../../../ui/TextField.tsx'
import { DayField } from './DayField.tsx'
import type { FieldsProps } from './fields.ts'
import { MetFields } from './MetFields.tsx'
import { PhotoFields } from './PhotoFields.tsx'

/** A visit: who was met, what was seen, what they said. */
export function VisitFields({ scene, content, change, faultOf }: FieldsProps<'visit'>) {
  const form = useText(entryFormText)
  const text = form.visit
  return (
    <>
      <MetFields scene={scene} met={content.met} onMet={(met) => change({ met })} fault={faultOf('met')} />
      <TextAreaField
        label={text.seen}
        hint={text.seenHint}
        isOptional
        name="seen"
        value={content.seen}
        onChange={(seen) => change({ seen })}
        fault={faultOf('seen')}
      />
      <TextAreaField
        label={text.words}
        hint={text.wordsHint}
        isOptional
        name="words"
        value={content.words}
        onChange={(words) => change({ words })}
        fault={faultOf('words')}
      />
      <TextAreaField
        label={text.skipped}
        isOptional
        rows={2}
        name="skipped"
        value={content.skipped}
        onChange={(skipped) => change({ skipped })}
        fault={faultOf('skipped')}
      />
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
