import { specialOutcomes } from '../../../../domain/logbook/entry.ts'
import { useText } from '../../../text/dictionary.ts'
import { entryText } from '../../../text/entry.ts'
import { entryFormText } from '../../../text/entryForm.ts'
import { RadioGroup } from '../../../ui/Choice.tsx'
import { TextAreaField } from '../../../ui/TextField.tsx'
import type { FieldsProps } from './fields.ts'
import { PhotoFields } from './PhotoFields.tsx'
import { SameHousehold } from './SameHousehold.tsx'

/** A special outcome is proposed with evidence; somebody else approves it. */
export function OutcomeFields({ scene, content, change, faultOf }: FieldsProps<'outcome'>) {
  const text = useText(entryFormText).outcome
  const words = useText(entryText)
  return (
    <>
      <RadioGroup
        label={text.which}
        hint={text.lead}
        id="outcome"
        options={specialOutcomes.map((id) => ({ id, label: words.outcomes[id] }))}
        value={content.outcome}
        onChange={(id) => change({ outcome: specialOutcomes.find((one) => one === id) ?? null })}
        fault={faultOf('outcome')}
      />
      {content.outcome === 'duplicate' && (
        <SameHousehold
          scene={scene}
          sameAs={content.sameAs}
          onSameAs={(sameAs) => change({ sameAs })}
          fault={faultOf('sameAs')}
        />
      )}
      <TextAreaField
        label={text.evidence}
        hint={text.evidenceHint}
        name="evidence"
        value={content.evidence}
        onChange={(evidence) => change({ evidence })}
        fault={faultOf('evidence')}
      />
      <PhotoFields scene={scene} photos={content.photos} onPhotos={(photos) => change({ photos })} />
    </>
  )
}
