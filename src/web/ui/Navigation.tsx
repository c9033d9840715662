/** Ways around: the path to here, tabs of one thing, folded parts, the steps of a longer task. */
import { type ReactNode, useEffect, useRef } from 'react'
import {
  Breadcrumb,
  Breadcrumbs as AriaBreadcrumbs,
  Button as AriaButton,
  Disclosure as AriaDisclosure,
  DisclosurePanel,
  Heading,
  Link as AriaLink,
  Tab,
  TabList,
  TabPanel,
  Tabs as AriaTabs,
} from 'react-aria-components'
import { commonText } from '../text/common.ts'
import { useText } from '../text/dictionary.ts'
import { uiText } from '../text/ui.ts'
import { Icon } from './Icon.tsx'
import './navigation.css'

export interface Crumb {
  label: string
  /** Absent for the last one, which is this page. */
  href?: string
}

/** ประเทศ › บุรีรัมย์ › อ.เมืองบุรีรัมย์; also the path of an area. */
export function Breadcrumbs({ crumbs }: { crumbs: readonly Crumb[] }) {
  const text = useText(commonText)
  return (
    <nav aria-label={text.whereAmI} className="crumbs-frame">
      <AriaBreadcrumbs className="crumbs">
        {crumbs.map((crumb, index) => (
          <Breadcrumb key={`${index} ${crumb.label}`} className="crumb">
            <AriaLink {...(crumb.href && { href: crumb.href })} className="crumb-link">
              {crumb.label}
            </AriaLink>
            {index < crumbs.length - 1 && <Icon name="chevronRight" size="sm" />}
          </Breadcrumb>
        ))}
      </AriaBreadcrumbs>
    </nav>
  )
}

interface TabItem {
  id: string
  label: string
  /** Stands after the label, such as a count of what waits. */
  count?: string
  content: ReactNode
}

export interface TabsProps {
  label: string
  tabs: readonly TabItem[]
  selected?: string
  onSelect?: (id: string) => void
}

export function Tabs({ label, tabs, selected, onSelect }: TabsProps) {
  const row = useRef<HTMLDivElement>(null)
  useEffect(() => {
    // The tabs themselves are drawn a moment after their row.
    const frame = requestAnimationFrame(() => showChosen(row.current))
    return () => cancelAnimationFrame(frame)
  }, [selected])
  return (
    <AriaTabs
      className="tabs"
      {...(selected !== undefined && { selectedKey: selected })}
      onSelectionChange={(key) => onSelect?.(String(key))}
    >
      <TabList ref={row} aria-label={label} className="tab-list not-on-paper">
        {tabs.map((tab) => (
          <Tab key={tab.id} id={tab.id} className="tab">
            {tab.label}
            {tab.count !== undefined && <span className="tab-count">{tab.count}</span>}
          </Tab>
        ))}
      </TabList>
      {tabs.map((tab) => (
        <TabPanel key={tab.id} id={tab.id} className="tab-panel">
          {tab.content}
        </TabPanel>
      ))}
    </AriaTabs>
  )
}

/** Where the row is wider than the screen, the chosen tab stands in its middle; the page itself does not move. */
function showChosen(row: HTMLElement | null): void {
  const chosen = row?.querySelector('[aria-selected=true]')
  if (!row || !chosen) return
  const [frame, tab] = [row.getBoundingClientRect(), chosen.getBoundingClientRect()]
  row.scrollLeft += tab.left - frame.left - (frame.width - tab.width) / 2
}

export interface DisclosureProps {
  title: string
  children: ReactNode
  isOpenAtFirst?: boolean
}

/** What most people do not need, one press away. */
export function Disclosure({ title, children, isOpenAtFirst = false }: DisclosureProps) {
  return (
    <AriaDisclosure className="disclosure" defaultExpanded={isOpenAtFirst}>
      <Heading level={3} className="disclosure-heading">
        <AriaButton slot="trigger" className="disclosure-button">
          <Icon name="chevronRight" />
          {title}
        </AriaButton>
      </Heading>
      <DisclosurePanel className="disclosure-panel">
        <div className="disclosure-content">{children}</div>
      </DisclosurePanel>
    </AriaDisclosure>
  )
}

export interface Step {
  id: string
  label: string
  /** Finished steps may be gone back to. */
  href?: string
}

/** The steps of an import or a set-up: where I am, what is behind, what is left. */
export function Stepper({ steps, current }: { steps: readonly Step[]; current: string }) {
  const text = useText(uiText).steps
  const at = steps.findIndex((step) => step.id === current)
  return (
    <nav aria-label={text.label} className="stepper-frame not-on-paper">
      <p className="stepper-brief">
        {text.of(String(at + 1), String(steps.length))} <strong>{steps[at]?.label}</strong>
      </p>
      <ol className="stepper">
        {steps.map((step, index) => {
          const state = index < at ? 'done' : index === at ? 'current' : 'ahead'
          return (
            <li
              key={step.id}
              className="step"
              data-state={state}
              aria-current={state === 'current' ? 'step' : undefined}
            >
              <span className="step-mark" aria-hidden="true">
                {state === 'done' ? <Icon name="check" size="sm" /> : index + 1}
              </span>
              {state === 'done' && <span className="only-for-readers">{text.done}: </span>}
              {state === 'done' && step.href ? (
                <AriaLink href={step.href} className="step-label">
                  {step.label}
                </AriaLink>
              ) : (
                <span className="step-label">{step.label}</span>
              )}
            </li>
          )
        })}
      </ol>
    </nav>
  )
}
