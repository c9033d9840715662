/** Who did what: the trace that every write and every logged read leaves, newest first. */
import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { auditList } from '../../../contract/audit.ts'
import type { OutputOf } from '../../../contract/route.ts'
import type { PlaceKind } from '../../../domain/grant.ts'
import type { Decision } from '../../../domain/import/verdict.ts'
import type { Role } from '../../../domain/permission.ts'
import { ask, problemOf } from '../../api.ts'
import { useReach } from '../../session.tsx'
import { auditText } from '../../text/audit.ts'
import { useText } from '../../text/dictionary.ts'
import { useFormat } from '../../text/format.ts'
import { decisionText } from '../../text/importWords.ts'
import { peopleText } from '../../text/people.ts'
import { BuddhistDateField, type PartialDate } from '../../ui/BuddhistDateField.tsx'
import { TextLink } from '../../ui/Button.tsx'
import { Select } from '../../ui/Choice.tsx'
import { type Column, DataTable } from '../../ui/DataTable.tsx'
import { EmptyState, ProblemAlert, StateMark, Tag } from '../../ui/Feedback.tsx'
import { FilterBar, PageHeader, Stack } from '../../ui/Page.tsx'
import { Pager } from '../../ui/Pager.tsx'
import { useAddress, useKeysetPages } from '../shared/address.ts'
import { AreaFilter, useAreaName } from '../shared/AreaFilter.tsx'
import { FoldedOnPhone } from '../shared/FoldedOnPhone.tsx'

type Entry = OutputOf<typeof auditList>['entries'][number]

const limit = 50
const groupPrefixes = {
  all: '',
  session: 'session.',
  people: 'people.',
  role: 'role.',
  household: 'household.',
  nationalId: 'nationalId.',
  import: 'import.',
  list: 'list.',
  area: 'area.',
  centre: 'centre.',
  setting: 'setting.',
} as const
type Group = keyof typeof groupPrefixes

export default function Audit() {
  const text = useText(auditText)
  const format = useFormat()
  const reach = useReach('audit.read')
  const [filter, setFilter] = useAddress(['area', 'action', 'person', 'from', 'to'])
  const pages = useKeysetPages(JSON.stringify(filter))
  const group = readGroup(filter.action)
  const query = useQuery({
    queryKey: ['audit.list', filter, pages.after],
    queryFn: ({ signal }) =>
      ask(
        auditList,
        {
          ...(filter.area !== '' && { areaCode: filter.area }),
          ...(group !== 'all' && { action: groupPrefixes[group] }),
          ...(filter.person !== '' && { personId: filter.person }),
          ...(filter.from !== '' && { from: filter.from }),
          ...(filter.to !== '' && { to: filter.to }),
          ...(pages.after !== undefined && { after: pages.after }),
          limit,
        },
        { signal },
      ),
    placeholderData: keepPreviousData,
  })
  const entries = query.data?.entries ?? null
  const columns: readonly Column<Entry>[] = [
    { id: 'when', header: text.when, cell: ({ at }) => <span className="number">{format.moment(at)}</span> },
    { id: 'who', header: text.who, cell: (entry) => <Who entry={entry} /> },
    { id: 'what', header: text.what, cell: (entry) => <What entry={entry} /> },
    { id: 'about', header: text.about, cell: (entry) => <About entry={entry} /> },
    { id: 'where', header: text.where, cell: ({ areaCode }) => <Where code={areaCode} /> },
    { id: 'detail', header: text.detail, cell: (entry) => <Detail detail={entry.detail} /> },
  ]
  const person =
    filter.person === '' ? null : (entries?.find(({ person: by }) => by?.id === filter.person)?.person ?? null)
  return (
    <>
      <PageHeader title={text.title} lead={text.lead} />
      <Stack>
        <FilterBar label={text.title}>
          <FoldedOnPhone>
            <Select
              label={text.action}
              value={group}
              onChange={(id) => setFilter({ action: id === 'all' ? '' : id })}
              options={(Object.keys(groupPrefixes) as Group[]).map((id) => ({ id, label: text.groups[id] }))}
            />
            <AreaFilter value={filter.area} within={reach} onChange={(area) => setFilter({ area })} />
            <BuddhistDateField
              label={text.from}
              hint=""
              isOptional
              defaultValue={readDay(filter.from)}
              onChange={(day) => setFilter({ from: writeDay(day) })}
            />
            <BuddhistDateField
              label={text.to}
              hint=""
              isOptional
              defaultValue={readDay(filter.to)}
              onChange={(day) => setFilter({ to: writeDay(day) })}
            />
          </FoldedOnPhone>
        </FilterBar>
        {filter.person !== '' && (
          <div>
            <Tag onRemove={() => setFilter({ person: '' })} removeLabel={text.clearPerson}>
              {text.onePerson}
              {person ? `: ${person.name}` : ''}
            </Tag>
          </div>
        )}
        {query.error ? (
          <ProblemAlert problem={problemOf(query.error)} />
        ) : (
          <>
            <DataTable
              caption={text.title}
              rows={entries}
              rowKey={({ id }) => id}
              columns={columns}
              isRefreshing={query.isPlaceholderData}
              whenEmpty={
                <EmptyState icon="audit" title={text.none}>
                  {text.noneNext}
                </EmptyState>
              }
            />
            <Pager
              from={pages.from(limit)}
              shown={entries?.length ?? 0}
              onPrevious={pages.onPrevious}
              onNext={pages.onNext(query.data?.next ?? null)}
            />
          </>
        )}
      </Stack>
    </>
  )
}

function Who({ entry: { person, action } }: { entry: Entry }) {
  const text = useText(auditText)
  if (person) return <TextLink href={`/people/${person.id}`}>{person.name}</TextLink>
  return <span className="soft">{action.startsWith('session.') ? text.unknownPerson : text.program}</span>
}

function What({ entry: { action, detail } }: { entry: Entry }) {
  const text = useText(auditText)
  const key = action.replace('.', '_')
  const words = Object.hasOwn(text.actions, key) ? text.actions[key as keyof typeof text.actions] : action
  if (detail['refused'] !== true) return words
  return (
    <span>
      {words} <StateMark tone="danger">{text.facts.refused}</StateMark>
    </span>
  )
}

function About({ entry: { subjectKind, subjectId, areaCode } }: { entry: Entry }) {
  const text = useText(auditText)
  if (subjectKind === null) return '–'
  const words = Object.hasOwn(text.subjects, subjectKind)
    ? text.subjects[subjectKind as keyof typeof text.subjects]
    : subjectKind
  const href = subjectId === null ? null : subjectAddress(subjectKind, subjectId, areaCode)
  return href === null ? words : <TextLink href={href}>{words}</TextLink>
}

function subjectAddress(kind: string, id: string, areaCode: string): string | null {
  if (kind === 'person') return `/people/${id}`
  if (kind === 'household' && areaCode.length >= 2) return `/households/${areaCode.slice(0, 2)}/${id}`
  if (kind === 'import' || kind === 'batch') return `/imports/${id}`
  if (kind === 'list') return `/lists/${id}`
  if (kind === 'centre') return `/areas/centres/${id}`
  return kind === 'area' ? `/areas?area=${id}` : null
}

function Where({ code }: { code: string }) {
  const name = useAreaName(code)
  return name
}

/** Counts and names of fields; what the screen has no word for stands as the program writes it. */
function Detail({ detail }: { detail: Entry['detail'] }) {
  const text = useText(auditText)
  const people = useText(peopleText)
  const decisions = useText(decisionText)
  const format = useFormat()
  function wordOf(key: string, value: unknown): string | null {
    if (typeof value !== 'string') return null
    if (key === 'role' && Object.hasOwn(people.roles, value)) return people.roles[value as Role]
    if (key === 'place' && Object.hasOwn(people.placeKinds, value)) return people.placeKinds[value as PlaceKind]
    if (key === 'decision' && Object.hasOwn(decisions.short, value)) return decisions.short[value as Decision]
    if ((key === 'verdict' || key === 'state') && Object.hasOwn(text.outcomes, value))
      return text.outcomes[value as keyof typeof text.outcomes]
    return /^\d{4}-\d\d-\d\d$/.test(value) ? format.date(value) : null
  }
  const shown = Object.entries(detail).filter(
    ([key, value]) => key !== 'refused' && key !== 'grant' && value !== null && value !== false && !isEmptyList(value),
  )
  if (shown.length === 0) return '–'
  return shown.map(([key, value], index) => {
    const label = Object.hasOwn(text.facts, key) ? text.facts[key as keyof typeof text.facts] : key
    return (
      <span key={key}>
        {index > 0 && ' · '}
        {value === true ? (
          label
        ) : (
          <>
            {label}: {wordOf(key, value) ?? <Value value={value} />}
          </>
        )}
      </span>
    )
  })
}

/** A number, a text, or several; codes of areas are named. */
function Value({ value }: { value: unknown }) {
  const format = useFormat()
  if (Array.isArray(value))
    return value.map((one: unknown, index) => (
      <span key={String(one)}>
        {index > 0 && ', '}
        <Value value={one} />
      </span>
    ))
  if (typeof value === 'number') return format.number(value)
  return typeof value === 'string' && areaCode.test(value) ? <Where code={value} /> : String(value)
}

/** Two to eight digits in pairs, as in `area.ts`. */
const areaCode = /^([0-9]{2}){1,4}$/

function isEmptyList(value: unknown): boolean {
  return Array.isArray(value) && value.length === 0
}

function readGroup(action: string): Group {
  return Object.hasOwn(groupPrefixes, action) ? (action as Group) : 'all'
}

function readDay(day: string): PartialDate | null {
  return /^\d{4}-\d\d-\d\d$/.test(day) ? { date: day, precision: 'day' } : null
}

function writeDay(day: PartialDate | null | 'unreadable'): string {
  return day === null || day === 'unreadable' || day.precision !== 'day' ? '' : day.date
}
