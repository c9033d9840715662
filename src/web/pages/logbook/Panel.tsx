import type { ReactNode } from 'react'

export interface PanelProps {
  title: string
  lead?: string
  actions?: ReactNode
  children: ReactNode
}

/** A quiet sheet beside the main story. */
export function Panel({ title, lead, actions, children }: PanelProps) {
  return (
    <section className="card" data-size="small">
      <div className="panel-head">
        <h2>{title}</h2>
        {actions}
      </div>
      {lead && <p className="panel-lead">{lead}</p>}
      {children}
    </section>
  )
}
