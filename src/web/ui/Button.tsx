/** Things to press: `Button` does, `LinkButton` goes. One primary on a screen. */
import type { ReactNode } from 'react'
import {
  Button as AriaButton,
  type ButtonProps as AriaButtonProps,
  Link as AriaLink,
  type LinkProps as AriaLinkProps,
} from 'react-aria-components'
import { commonText } from '../text/common.ts'
import { useText } from '../text/dictionary.ts'
import { Icon, type IconName } from './Icon.tsx'
import './button.css'

export type ButtonKind = 'primary' | 'secondary' | 'quiet' | 'danger'

interface Looks {
  kind?: ButtonKind
  size?: 'normal' | 'small'
  icon?: IconName
  children: ReactNode
}

export interface ButtonProps extends Omit<AriaButtonProps, 'children' | 'className' | 'style'>, Looks {}

/** `isPending` keeps the button focusable and says "working"; it cannot be pressed twice. */
export function Button({ kind = 'secondary', size = 'normal', icon, children, ...rest }: ButtonProps) {
  const text = useText(commonText)
  return (
    <AriaButton {...rest} className="button" data-kind={kind} data-size={size}>
      {rest.isPending ? <Spinner /> : icon && <Icon name={icon} size={size === 'small' ? 'sm' : 'md'} />}
      <span>{children}</span>
      {rest.isPending && <span className="only-for-readers">{text.working}</span>}
    </AriaButton>
  )
}

export interface LinkButtonProps extends Omit<AriaLinkProps, 'children' | 'className' | 'style'>, Looks {
  href: string
}

export function LinkButton({ kind = 'secondary', size = 'normal', icon, children, ...rest }: LinkButtonProps) {
  return (
    <AriaLink {...rest} className="button" data-kind={kind} data-size={size}>
      {icon && <Icon name={icon} size={size === 'small' ? 'sm' : 'md'} />}
      <span>{children}</span>
    </AriaLink>
  )
}

export interface IconButtonProps extends Omit<AriaButtonProps, 'children' | 'className' | 'style'> {
  icon: IconName
  /** Said by a screen reader and shown by the browser when the pointer rests on it. */
  label: string
}

export function IconButton({ icon, label, ...rest }: IconButtonProps) {
  return (
    <AriaButton {...rest} className="icon-button" aria-label={label}>
      <Icon name={icon} />
    </AriaButton>
  )
}

/** A link in running text or a table; stays inside the program without loading it again. */
export function TextLink(props: Omit<AriaLinkProps, 'className' | 'style'> & { href: string }) {
  return <AriaLink {...props} className="text-link" />
}

/** Buttons side by side, wrapping; the first one is the likeliest. */
export function ButtonRow({ children, align = 'start' }: { children: ReactNode; align?: 'start' | 'end' }) {
  return (
    <div className="button-row not-on-paper" data-align={align}>
      {children}
    </div>
  )
}

export function Spinner() {
  return (
    <svg className="spinner" viewBox="0 0 24 24" aria-hidden="true">
      <circle cx="12" cy="12" r="9" />
      <path d="M12 3a9 9 0 0 1 9 9" />
    </svg>
  )
}
