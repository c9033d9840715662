import { useText } from '../../../text/dictionary.ts'
import { entryFormText } from '../../../text/entryForm.ts'
import { Notice } from '../../../ui/Feedback.tsx'
import { TextAreaField } from '../../../ui/TextField.tsx'
import type { FieldsProps } from './fields.ts'
import { ProblemPicker } from './ProblemPicker.tsx'

/** The trouble came back: which problems are open again. */
export function RelapseFields({ scene, content, change, faultOf }: FieldsProps<'relapse'>) {
  const text = useText(entryFormText).relapse
  const { problems } = scene.found.state
  if (problems.length === 0) return <Notice>{text.none}</Notice>
  return (
    <>
      <ProblemPicker
        label={text.which}
        problems={problems}
        chosen={content.problemIds}
        onChoose={(problemIds) => change({ problemIds })}
        fault={faultOf('problemIds')}
      />
      <TextAreaField
        label={text.words}
        name="words"
        value={content.words}
        onChange={(words) => change({ words })}
        fault={faultOf('words')}
      />
    </>
  )
}
