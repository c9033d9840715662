/** What opens over the page: dialogs and menus. */
import type { ReactNode } from 'react'
import {
  Button as AriaButton,
  Dialog as AriaDialog,
  DialogTrigger,
  Heading,
  Menu as AriaMenu,
  MenuItem,
  MenuTrigger,
  Modal,
  ModalOverlay,
  Popover,
  Separator,
} from 'react-aria-components'
import { commonText } from '../text/common.ts'
import { useText } from '../text/dictionary.ts'
import { Button, type ButtonKind, IconButton } from './Button.tsx'
import { Icon, type IconName } from './Icon.tsx'
import './choice.css'
import './overlay.css'

export interface DialogProps {
  title: string
  /** Set together with `onOpenChange`, or leave both out and give a `trigger`. */
  isOpen?: boolean
  onOpenChange?: (isOpen: boolean) => void
  /** The button that opens it. */
  trigger?: ReactNode
  size?: 'normal' | 'wide'
  children: ReactNode | ((close: () => void) => ReactNode)
  /** The buttons at its foot, likeliest first. */
  actions?: (close: () => void) => ReactNode
}

/** For what must be answered before going on, and for short forms; on a phone it rises from the foot of the screen. */
export function Dialog({ title, isOpen, onOpenChange, trigger, size = 'normal', children, actions }: DialogProps) {
  const text = useText(commonText)
  const overlay = (
    <ModalOverlay
      className="scrim"
      isDismissable
      {...(isOpen !== undefined && { isOpen })}
      {...(onOpenChange && { onOpenChange })}
    >
      <Modal className="dialog" data-size={size}>
        <AriaDialog className="dialog-content">
          {({ close }) => (
            <>
              <div className="dialog-head">
                <Heading slot="title" level={2} className="dialog-title">
                  {title}
                </Heading>
                <IconButton icon="cross" label={text.close} onPress={close} />
              </div>
              <div className="dialog-body">{typeof children === 'function' ? children(close) : children}</div>
              {actions && <div className="dialog-actions">{actions(close)}</div>}
            </>
          )}
        </AriaDialog>
      </Modal>
    </ModalOverlay>
  )
  return trigger ? (
    <DialogTrigger>
      {trigger}
      {overlay}
    </DialogTrigger>
  ) : (
    overlay
  )
}

export interface MenuEntry {
  id: string
  label: string
  icon?: IconName
  href?: string
  onAction?: () => void
  isDanger?: boolean
  isDisabled?: boolean
  /** A line above it. */
  beginsGroup?: boolean
}

export interface MenuButtonProps {
  label: string
  entries: readonly MenuEntry[]
  icon?: IconName
  kind?: ButtonKind
  /** Three dots, with the label for screen readers only. */
  isIconOnly?: boolean
}

export function MenuButton({ label, entries, icon, kind = 'secondary', isIconOnly = false }: MenuButtonProps) {
  return (
    <MenuTrigger>
      {isIconOnly ? (
        <IconButton icon={icon ?? 'more'} label={label} />
      ) : (
        <Button kind={kind} {...(icon && { icon })}>
          <span className="with-chevron">
            {label}
            <Icon name="chevronDown" size="sm" />
          </span>
        </Button>
      )}
      <MenuPopover label={label} entries={entries} />
    </MenuTrigger>
  )
}

/** The list that drops from any trigger inside a React Aria `MenuTrigger`. */
export function MenuPopover({ label, entries }: { label: string; entries: readonly MenuEntry[] }) {
  return (
    <Popover className="popover" placement="bottom end" offset={6}>
      <AriaMenu className="options" aria-label={label}>
        {entries.flatMap((entry) => [
          ...(entry.beginsGroup ? [<Separator key={`${entry.id} line`} className="menu-line" />] : []),
          <MenuItem
            key={entry.id}
            id={entry.id}
            textValue={entry.label}
            className="option"
            data-danger={entry.isDanger}
            isDisabled={entry.isDisabled ?? false}
            {...(entry.href && { href: entry.href })}
            {...(entry.onAction && { onAction: entry.onAction })}
          >
            {entry.icon && <Icon name={entry.icon} />}
            <span className="option-words">{entry.label}</span>
          </MenuItem>,
        ])}
      </AriaMenu>
    </Popover>
  )
}

export interface PopoverButtonProps {
  label: string
  icon: IconName
  children: ReactNode
}

/** An icon that opens a small panel, such as the display settings. */
export function PopoverButton({ label, icon, children }: PopoverButtonProps) {
  return (
    <DialogTrigger>
      <AriaButton className="icon-button bar-button" aria-label={label}>
        <Icon name={icon} />
      </AriaButton>
      <Popover className="popover" placement="bottom end" offset={8}>
        <AriaDialog className="popover-panel" aria-label={label}>
          {children}
        </AriaDialog>
      </Popover>
    </DialogTrigger>
  )
}
