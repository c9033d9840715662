/** A list that is edited item by item: each opens in a dialog, and is put up, down or out with one press. */
import { type ReactNode, useState } from 'react'
import type { z } from 'zod'
import { commonText } from '../../../text/common.ts'
import { useText } from '../../../text/dictionary.ts'
import { ruleText } from '../../../text/rule.ts'
import { Button, IconButton } from '../../../ui/Button.tsx'
import { Notice } from '../../../ui/Feedback.tsx'
import { Dialog } from '../../../ui/Overlay.tsx'
import { Stack } from '../../../ui/Page.tsx'
import { useRuleFaults } from './faults.ts'
import './rules.css'

export interface ItemListProps<Item> {
  label: string
  items: readonly Item[]
  keyOf: (item: Item) => string
  nameOf: (item: Item) => string
  /** What stands under the name. */
  lines?: (item: Item) => ReactNode
  /** What an item must fit before it is taken. */
  schema: z.ZodType
  form: (item: Item, change: (changes: Partial<Item>) => void) => ReactNode
  /** Absent where items are neither added nor taken out. */
  create?: () => Item
  /** Null while it is only read. */
  onChange: ((items: Item[]) => void) | null
}

export function ItemList<Item>(props: ItemListProps<Item>) {
  const { label, items, keyOf, nameOf, lines, create, onChange } = props
  const text = useText(ruleText)
  const [open, setOpen] = useState<{ item: Item; at: number } | null>(null)
  return (
    <Stack gap="small">
      {items.length === 0 && <p className="soft">{text.noItems}</p>}
      <ul className="rule-items" aria-label={label}>
        {items.map((item, at) => (
          <li key={keyOf(item)} className="rule-item">
            <div className="rule-item-words">
              <p className="rule-item-name">{nameOf(item)}</p>
              {lines?.(item)}
            </div>
            {onChange && (
              <div className="rule-item-actions">
                <IconButton icon="edit" label={text.editItem(nameOf(item))} onPress={() => setOpen({ item, at })} />
                {create && (
                  <>
                    <IconButton
                      icon="arrowUp"
                      label={text.moveUp(nameOf(item))}
                      isDisabled={at === 0}
                      onPress={() => onChange(moved(items, at, at - 1))}
                    />
                    <IconButton
                      icon="arrowDown"
                      label={text.moveDown(nameOf(item))}
                      isDisabled={at === items.length - 1}
                      onPress={() => onChange(moved(items, at, at + 1))}
                    />
                    <IconButton
                      icon="cross"
                      label={text.removeItem(nameOf(item))}
                      onPress={() => onChange(items.toSpliced(at, 1))}
                    />
                  </>
                )}
              </div>
            )}
          </li>
        ))}
      </ul>
      {onChange && create && (
        <div>
          <Button icon="plus" size="small" onPress={() => setOpen({ item: create(), at: items.length })}>
            {text.addItem}
          </Button>
        </div>
      )}
      {open && (
        <ItemDialog
          {...props}
          item={open.item}
          title={open.at < items.length ? text.editItem(nameOf(open.item)) : text.addItem}
          onClose={() => setOpen(null)}
          onTake={(item) => {
            onChange?.(items.toSpliced(open.at, 1, item))
            setOpen(null)
          }}
        />
      )}
    </Stack>
  )
}

interface ItemDialogProps<Item> extends Pick<ItemListProps<Item>, 'schema' | 'form'> {
  item: Item
  title: string
  onTake: (item: Item) => void
  onClose: () => void
}

function ItemDialog<Item>({ item, title, schema, form, onTake, onClose }: ItemDialogProps<Item>) {
  const text = useText(ruleText)
  const common = useText(commonText)
  const { ofIssues } = useRuleFaults()
  const [typed, setTyped] = useState(item)
  const [wasTried, setTried] = useState(false)
  const parsed = schema.safeParse(typed)
  const faults = wasTried && !parsed.success ? ofIssues(parsed.error.issues) : []
  return (
    <Dialog
      title={title}
      isOpen
      onOpenChange={(isOpen) => !isOpen && onClose()}
      actions={(close) => (
        <>
          <Button
            kind="primary"
            onPress={() => {
              setTried(true)
              if (parsed.success) onTake(parsed.data as Item)
            }}
          >
            {text.apply}
          </Button>
          <Button onPress={close}>{common.cancel}</Button>
        </>
      )}
    >
      <Stack>
        {faults.length > 0 && (
          <Notice tone="danger" isLive>
            {faults.map((fault) => (
              <p key={fault}>{fault}</p>
            ))}
          </Notice>
        )}
        {form(typed, (changes) => setTyped((before) => ({ ...before, ...changes })))}
      </Stack>
    </Dialog>
  )
}

function moved<Item>(items: readonly Item[], from: number, to: number): Item[] {
  return items.toSpliced(from, 1).toSpliced(to, 0, items[from]!)
}
