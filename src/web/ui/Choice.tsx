/** Fields that are chosen from: one of many, several of many, yes or no. */
import type { ReactNode } from 'react'
import {
  Button as AriaButton,
  Checkbox as AriaCheckbox,
  CheckboxGroup as AriaCheckboxGroup,
  type CheckboxGroupProps as AriaCheckboxGroupProps,
  type CheckboxProps as AriaCheckboxProps,
  ComboBox as AriaComboBox,
  type ComboBoxProps as AriaComboBoxProps,
  Group,
  Input,
  type Key,
  ListBox,
  ListBoxItem,
  Popover,
  Radio,
  RadioGroup as AriaRadioGroup,
  type RadioGroupProps as AriaRadioGroupProps,
  Select as AriaSelect,
  type SelectProps as AriaSelectProps,
  SelectValue,
  Switch as AriaSwitch,
  type SwitchProps as AriaSwitchProps,
  Text,
} from 'react-aria-components'
import { useText } from '../text/dictionary.ts'
import { uiText } from '../text/ui.ts'
import { FieldParts, fieldProps, type FieldTexts } from './Field.tsx'
import { Icon } from './Icon.tsx'
import './choice.css'

type Own = 'children' | 'className' | 'style' | 'isInvalid' | 'isRequired' | 'validationBehavior' | 'aria-label'

export interface Option {
  id: string
  label: string
  description?: string
  isDisabled?: boolean
}

export interface SelectProps
  extends Omit<AriaSelectProps<Option>, Own | 'items' | 'onChange' | 'value' | 'defaultValue'>, FieldTexts {
  options: readonly Option[]
  value?: string | null
  defaultValue?: string
  onChange?: (id: string) => void
}

/** For up to about fifteen choices; typing letters jumps. Longer lists take `ComboBox`. */
export function Select({ options, value, defaultValue, onChange, ...props }: SelectProps) {
  const { texts, control, frame } = fieldProps(props)
  return (
    <AriaSelect
      {...control}
      {...frame}
      // While its options are coming, it would ignore a press and not look like it.
      isDisabled={control.isDisabled || options.length === 0}
      {...(value !== undefined && { value })}
      {...(defaultValue !== undefined && { defaultValue })}
      onChange={(key: Key | null) => key !== null && onChange?.(String(key))}
    >
      <FieldParts {...texts}>
        <AriaButton className="input select-button">
          <SelectValue className="select-value" />
          <Icon name="chevronDown" />
        </AriaButton>
      </FieldParts>
      <Options options={options} />
    </AriaSelect>
  )
}

export interface ComboBoxProps
  extends
    Omit<
      AriaComboBoxProps<Option>,
      Own | 'items' | 'defaultItems' | 'onChange' | 'value' | 'defaultValue' | 'onSelectionChange'
    >,
    FieldTexts {
  options: readonly Option[]
  value?: string | null
  defaultValue?: string
  onChange?: (id: string | null) => void
  /** Set when `options` are already what fits the typed words, as found by the server. */
  isFilteredElsewhere?: boolean
  placeholder?: string
}

/** Type to narrow down, arrows to choose: districts, subdistricts, villages, centres. */
export function ComboBox({
  options,
  value,
  defaultValue,
  onChange,
  isFilteredElsewhere = false,
  placeholder = '',
  ...props
}: ComboBoxProps) {
  const { texts, control, frame } = fieldProps(props)
  const text = useText(uiText).comboBox
  return (
    <AriaComboBox
      menuTrigger="focus"
      allowsEmptyCollection
      {...control}
      {...frame}
      {...(isFilteredElsewhere ? { items: options } : { defaultItems: options })}
      {...(value !== undefined && { value })}
      {...(defaultValue !== undefined && { defaultValue })}
      onChange={(key: Key | null) => onChange?.(key === null ? null : String(key))}
    >
      <FieldParts {...texts}>
        <Group className="input-box">
          <Input className="input-inside" placeholder={placeholder} />
          <AriaButton className="input-button">
            <Icon name="chevronDown" />
          </AriaButton>
        </Group>
      </FieldParts>
      <Options whenEmpty={text.none} />
    </AriaComboBox>
  )
}

function Options({ options, whenEmpty }: { options?: readonly Option[]; whenEmpty?: string }) {
  return (
    <Popover className="popover options-popover" offset={4}>
      <ListBox<Option>
        className="options"
        {...(options && { items: options })}
        renderEmptyState={() => <p className="options-empty">{whenEmpty}</p>}
      >
        {(option) => (
          <ListBoxItem
            className="option"
            id={option.id}
            textValue={option.label}
            isDisabled={option.isDisabled ?? false}
          >
            <span className="option-words">
              <Text slot="label">{option.label}</Text>
              {option.description && (
                <Text slot="description" className="option-description">
                  {option.description}
                </Text>
              )}
            </span>
            <span className="option-check">
              <Icon name="check" size="sm" />
            </span>
          </ListBoxItem>
        )}
      </ListBox>
    </Popover>
  )
}

export interface CheckboxProps extends Omit<AriaCheckboxProps, 'children' | 'className' | 'style'> {
  children: ReactNode
  description?: string
}

export function Checkbox({ children, description, ...props }: CheckboxProps) {
  return (
    <AriaCheckbox {...props} className="tick">
      {({ isSelected, isIndeterminate }) => (
        <>
          <span className="tick-box">
            {isIndeterminate ? <span className="tick-dash" /> : isSelected && <Icon name="check" size="sm" />}
          </span>
          <TickWords description={description}>{children}</TickWords>
        </>
      )}
    </AriaCheckbox>
  )
}

export interface CheckboxGroupProps extends Omit<AriaCheckboxGroupProps, Own>, FieldTexts {
  options: readonly Option[]
}

export function CheckboxGroup({ options, ...props }: CheckboxGroupProps) {
  const { texts, control, frame } = fieldProps(props)
  return (
    <AriaCheckboxGroup {...control} {...frame} isRequired={false}>
      <FieldParts {...texts}>
        <div className="ticks">
          {options.map((option) => (
            <Checkbox
              key={option.id}
              value={option.id}
              isDisabled={option.isDisabled ?? false}
              {...(option.description && { description: option.description })}
            >
              {option.label}
            </Checkbox>
          ))}
        </div>
      </FieldParts>
    </AriaCheckboxGroup>
  )
}

export interface RadioGroupProps extends Omit<AriaRadioGroupProps, Own | 'onChange'>, FieldTexts {
  options: readonly Option[]
  onChange?: (id: string) => void
}

/** All choices in sight; for two to five. `orientation="horizontal"` puts short ones side by side. */
export function RadioGroup({ options, onChange, ...props }: RadioGroupProps) {
  const { texts, control, frame } = fieldProps(props)
  return (
    <AriaRadioGroup {...control} {...frame} onChange={(id) => onChange?.(id)}>
      <FieldParts {...texts}>
        <div className="ticks" data-orientation={props.orientation ?? 'vertical'}>
          {options.map((option) => (
            <Radio key={option.id} value={option.id} isDisabled={option.isDisabled ?? false} className="tick">
              <span className="tick-box" data-round />
              <TickWords description={option.description}>{option.label}</TickWords>
            </Radio>
          ))}
        </div>
      </FieldParts>
    </AriaRadioGroup>
  )
}

function TickWords({ children, description }: { children: ReactNode; description: string | undefined }) {
  return (
    <span className="tick-words">
      {children}
      {description && <span className="option-description">{description}</span>}
    </span>
  )
}

export interface SwitchProps extends Omit<AriaSwitchProps, 'children' | 'className' | 'style'> {
  children: ReactNode
}

/** Acts at once; what waits for "save" is a checkbox. */
export function Switch({ children, ...props }: SwitchProps) {
  return (
    <AriaSwitch {...props} className="switch">
      <span className="switch-track">
        <span className="switch-thumb" />
      </span>
      <span>{children}</span>
    </AriaSwitch>
  )
}
