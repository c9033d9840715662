/** How a page is laid out: its name, its parts, and the distances between them. */
import { type ReactNode, useEffect } from 'react'
import { commonText } from '../text/common.ts'
import { useText } from '../text/dictionary.ts'
import { Breadcrumbs, type Crumb } from './Navigation.tsx'
import './page.css'

export interface PageHeaderProps {
  title: string
  /** One sentence: what this page is for, or what it shows. */
  lead?: ReactNode
  /** The path to here: of the area, or of the pages above. */
  crumbs?: readonly Crumb[]
  actions?: ReactNode
}

/** The one h1 of a page; also names the browser's tab. Never put a person's name or id in `title`'s tab: see `tabTitle`. */
export function PageHeader({ title, lead, crumbs, actions, tabTitle }: PageHeaderProps & { tabTitle?: string }) {
  const product = useText(commonText).productName
  useEffect(() => {
    document.title = `${tabTitle ?? title} · ${product}`
  }, [title, tabTitle, product])
  return (
    <header className="page-header">
      {crumbs && <Breadcrumbs crumbs={crumbs} />}
      <div className="page-header-row">
        <div className="page-header-words">
          <h1>{title}</h1>
          {lead && <p className="page-lead">{lead}</p>}
        </div>
        {actions && <div className="page-actions not-on-paper">{actions}</div>}
      </div>
    </header>
  )
}

/** The parts of a page under one another. */
export function Stack({ children, gap = 'normal' }: { children: ReactNode; gap?: 'small' | 'normal' | 'large' }) {
  return (
    <div className="stack" data-gap={gap}>
      {children}
    </div>
  )
}

export interface SectionProps {
  title: string
  lead?: ReactNode
  actions?: ReactNode
  children: ReactNode
}

export function Section({ title, lead, actions, children }: SectionProps) {
  return (
    <section className="section">
      <div className="section-head">
        <div>
          <h2>{title}</h2>
          {lead && <p className="soft">{lead}</p>}
        </div>
        {actions}
      </div>
      {children}
    </section>
  )
}

/** A sheet of paper on the table. */
export function Card({ children, title }: { children: ReactNode; title?: string }) {
  return (
    <div className="card">
      {title && <h3>{title}</h3>}
      {children}
    </div>
  )
}

/** Side by side on a desk, under one another on a phone. `main` gives the first the larger part. */
export function Columns({ children, kind = 'even' }: { children: ReactNode; kind?: 'even' | 'main' }) {
  return (
    <div className="columns" data-kind={kind}>
      {children}
    </div>
  )
}

/** Fields and buttons above a table. */
export function FilterBar({ children, label }: { children: ReactNode; label: string }) {
  return (
    <search className="filter-bar not-on-paper" aria-label={label}>
      {children}
    </search>
  )
}

export interface FormProps {
  children: ReactNode
  onSubmit: () => void
  label?: string
}

/** Fields under one another, as wide as is good to read. */
export function Form({ children, onSubmit, label }: FormProps) {
  return (
    <form
      className="form"
      noValidate
      aria-label={label}
      onSubmit={(event) => {
        event.preventDefault()
        onSubmit()
      }}
    >
      {children}
    </form>
  )
}
