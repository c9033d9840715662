/** What every field has: a label above, a hint below it, the control, and its fault in words. */
import type { ReactNode } from 'react'
import { FieldError, Label, Text } from 'react-aria-components'
import { commonText } from '../text/common.ts'
import { useText } from '../text/dictionary.ts'
import { Icon } from './Icon.tsx'
import './field.css'

export interface FieldTexts {
  label: string
  /** How to fill it in, when the label alone does not say. */
  hint?: ReactNode
  /** What is wrong, in words; shown under the field, and the field is marked. */
  fault?: string | null | undefined
  /** Fields are required unless they say so. */
  isOptional?: boolean
  /** Room that the control takes: what fits the answer, so that its length is a hint. */
  width?: 'short' | 'medium' | 'full'
}

/** The label, hint and fault around a React Aria field's control. */
export function FieldParts({ label, hint, fault, isOptional, children }: FieldTexts & { children: ReactNode }) {
  return (
    <>
      <Label className="field-label">
        {label}
        {isOptional && <OptionalMark />}
      </Label>
      {hint && (
        <Text slot="description" className="field-hint">
          {hint}
        </Text>
      )}
      {children}
      <FaultText fault={fault} />
    </>
  )
}

export function OptionalMark() {
  return <span className="field-optional">({useText(commonText).optional})</span>
}

function FaultText({ fault }: { fault: string | null | undefined }) {
  return (
    <FieldError className="field-fault">
      <Icon name="alert" size="sm" />
      <span>{fault}</span>
    </FieldError>
  )
}

/** Splits the words of a field from what React Aria wants to know about it. */
export function fieldProps<Props extends FieldTexts>(props: Props) {
  const { label, hint, fault, isOptional = false, width = 'full', ...control } = props
  return {
    texts: { label, hint, fault, isOptional },
    control,
    frame: {
      className: 'field',
      'data-width': width,
      isInvalid: Boolean(fault),
      isRequired: !isOptional,
      validationBehavior: 'aria' as const,
    },
  }
}
