import { giverKinds, moneySources } from '../../../../domain/logbook/entry.ts'
import { commonText } from '../../../text/common.ts'
import { useText } from '../../../text/dictionary.ts'
import { entryText } from '../../../text/entry.ts'
import { entryFormText } from '../../../text/entryForm.ts'
import { Button, IconButton } from '../../../ui/Button.tsx'
import { Select } from '../../../ui/Choice.tsx'
import { Tag } from '../../../ui/Feedback.tsx'
import { NumberField, TextAreaField, TextField } from '../../../ui/TextField.tsx'
import { openProblems } from '../typed.ts'
import type { FieldsProps } from './fields.ts'
import { MemberSelect } from './MemberSelect.tsx'
import { PhotoFields } from './PhotoFields.tsx'
import { ProblemPicker } from './ProblemPicker.tsx'
import { GivenBefore } from './GivenBefore.tsx'

const notStated = 'none'

export interface AssistanceFieldsProps extends FieldsProps<'assistance'> {
  happenedOn: string | null
  /** What is corrected, which is no other help; null for a new entry. */
  corrects: string | null
}

/** What was given, by whom, its worth, and the problems it is meant for. */
export function AssistanceFields({ happenedOn, corrects, ...props }: AssistanceFieldsProps) {
  const { scene, content, change, faultOf } = props
  const text = useText(entryFormText).assistance
  const words = useText(entryText)
  const common = useText(commonText)
  const { state } = scene.found
  const open = openProblems(state)
  const shown = state.problems.filter((one) => open.includes(one) || content.problemIds.includes(one.id))
  const changeGiver = (at: number, changes: Partial<(typeof content.givers)[number]>) =>
    change({ givers: content.givers.map((giver, index) => (index === at ? { ...giver, ...changes } : giver)) })
  const sources = [
    { id: notStated, label: text.noSource },
    ...moneySources.map((id) => ({ id, label: words.sources[id] })),
  ]
  // One giver alone gave the whole.
  const hasShares =
    content.givers.length > 1 || content.givers.some(({ value, source }) => value !== undefined || source)
  return (
    <>
      <TextField
        label={text.what}
        name="what"
        value={content.what}
        onChange={(what) => change({ what })}
        fault={faultOf('what')}
      />
      {content.item && (
        <div className="tags">
          <Tag onRemove={() => change({ item: null })} removeLabel={common.remove}>
            {text.fromCatalogue(content.item)}
          </Tag>
        </div>
      )}
      <GivenBefore scene={scene} content={content} happenedOn={happenedOn} corrects={corrects} />
      {shown.length > 0 && (
        <ProblemPicker
          label={text.forProblems}
          hint={text.forProblemsHint}
          isOptional
          problems={shown}
          chosen={content.problemIds}
          onChoose={(problemIds) => change({ problemIds })}
          fault={faultOf('problemIds')}
        />
      )}
      <fieldset className="form-part">
        <legend>{text.givers}</legend>
        <p className="soft">{text.giversHint}</p>
        {content.givers.map((giver, index) => (
          // Givers have no id of their own, and stay in their order.
          // oxlint-disable-next-line react/no-array-index-key
          <fieldset key={index} className="entry-row" aria-label={text.giverNumber(String(index + 1))}>
            <Select
              label={text.giverKind}
              options={giverKinds.map((id) => ({ id, label: words.giverKinds[id] }))}
              value={giver.kind}
              onChange={(id) => changeGiver(index, { kind: giverKinds.find((one) => one === id) ?? 'other' })}
            />
            <TextField
              label={text.giverName}
              name={`givers.${index}.name`}
              value={giver.name}
              onChange={(name) => changeGiver(index, { name })}
              fault={faultOf(`givers.${index}.name`)}
            />
            {content.givers.length > 1 && (
              <IconButton
                icon="cross"
                label={text.removeGiver(String(index + 1))}
                onPress={() => change({ givers: content.givers.filter((_, at) => at !== index) })}
              />
            )}
            {hasShares && (
              <div className="giver-share">
                <NumberField
                  label={text.share}
                  unit={text.bahtUnit}
                  isOptional
                  id={`givers.${index}.value`}
                  minValue={0}
                  value={giver.value ?? Number.NaN}
                  onChange={(value) =>
                    changeGiver(index, { value: Number.isNaN(value) ? undefined : Math.round(value) })
                  }
                  fault={faultOf(`givers.${index}.value`)}
                />
                <Select
                  label={text.shareSource}
                  isOptional
                  options={sources}
                  value={giver.source ?? notStated}
                  onChange={(id) => changeGiver(index, { source: moneySources.find((one) => one === id) })}
                />
              </div>
            )}
          </fieldset>
        ))}
        <div>
          <Button
            size="small"
            icon="plus"
            onPress={() => change({ givers: [...content.givers, { kind: 'agency', name: '' }] })}
          >
            {text.addGiver}
          </Button>
        </div>
      </fieldset>
      <div className="field-pair">
        <NumberField
          label={text.value}
          unit={text.bahtUnit}
          isOptional
          id="value"
          minValue={0}
          value={content.value ?? Number.NaN}
          onChange={(value) => change({ value: Number.isNaN(value) ? null : Math.round(value) })}
          fault={faultOf('value')}
        />
        <Select
          label={text.source}
          isOptional
          options={sources}
          value={content.source ?? notStated}
          onChange={(id) => change({ source: moneySources.find((one) => one === id) ?? null })}
        />
      </div>
      <div className="field-pair">
        <NumberField
          label={text.amount}
          isOptional
          id="amount"
          minValue={0}
          value={content.amount ?? Number.NaN}
          onChange={(amount) => change({ amount: Number.isNaN(amount) ? null : amount })}
          fault={faultOf('amount')}
        />
        <TextField
          label={text.unit}
          isOptional
          name="unit"
          value={content.unit}
          onChange={(unit) => change({ unit })}
          fault={faultOf('unit')}
        />
      </div>
      <MemberSelect scene={scene} memberId={content.memberId} onMember={(memberId) => change({ memberId })} />
      <TextAreaField
        label={text.evidence}
        hint={text.evidenceHint}
        isOptional
        rows={2}
        name="evidence"
        value={content.evidence}
        onChange={(evidence) => change({ evidence })}
        fault={faultOf('evidence')}
      />
      <PhotoFields scene={scene} photos={content.photos} onPhotos={(photos) => change({ photos })} />
    </>
  )
}
