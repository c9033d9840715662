/** The story of one household, readable at arm's length, and the one big button. */
import type { OutboxView, PhoneHouseholdView } from '../offline/phone.ts'
import { openProblems } from '../pages/logbook/typed.ts'
import { addressLine } from '../text/area.ts'
import { commonText } from '../text/common.ts'
import { useText } from '../text/dictionary.ts'
import { entryText } from '../text/entry.ts'
import { fieldText } from '../text/field.ts'
import { useFormat } from '../text/format.ts'
import { fullName } from '../../domain/derive.ts'
import { dimensionNames } from '../../domain/logbook/indicators.ts'
import { Icon } from '../ui/Icon.tsx'
import { todayOf } from './caseload.ts'
import { EntryWords } from './EntryWords.tsx'
import { formOf } from './forms.ts'
import { useDueWords } from './HouseholdRow.tsx'
import { BackButton, Button, Notice, Screen, Spinner } from './parts.tsx'
import { useDrafts, useHousehold, usePhone } from './phone.tsx'
import { go, goBack } from './router.ts'

export function Household({ id }: { id: string }) {
  const household = useHousehold(id)
  const text = useText(fieldText).household
  const common = useText(commonText)
  if (household === undefined)
    return (
      <Screen title={common.loading} top={<BackButton onPress={goBack} />}>
        <Spinner label={common.loading} />
      </Screen>
    )
  if (household === null)
    return (
      <Screen title={text.gone} top={<BackButton onPress={goBack} />}>
        <p>{common.notFoundLead}</p>
      </Screen>
    )
  return <Story household={household} />
}

function Story({ household }: { household: PhoneHouseholdView }) {
  const phone = usePhone()
  const drafts = useDrafts()
  const all = useText(fieldText)
  const text = all.household
  const words = useText(entryText)
  const format = useFormat()
  const today = phone.today().day
  const [row] = todayOf([household], today, null).rows
  const problems = openProblems(household.case)
  const isBegun = drafts?.some(({ name }) => {
    const form = formOf(name)
    return form?.kind === 'visit' && form.id === household.id
  })
  const own = phone.status().person?.id
  const { latitude, longitude } = household
  return (
    <Screen
      title={household.headName ?? all.today.noName}
      lead={addressLine(household, household.place, format.locale, 'subdistrict')}
      top={<BackButton onPress={goBack} />}
      actions={
        <Button kind="primary" isBig icon="edit" onPress={() => go({ page: 'visit', id: household.id })}>
          {isBegun ? text.goOnVisit : text.visit}
        </Button>
      }
    >
      {row && <DueLine row={row} />}
      {household.keptBecause === 'waiting' && <Notice tone="attention" title={text.keptBecause} />}
      <div className="pair">
        {household.phone && (
          <a className="button" data-kind="plain" href={`tel:${household.phone.replace(/[^0-9+]/g, '')}`}>
            {text.call(household.phone)}
          </a>
        )}
        {latitude !== null && longitude !== null && (
          <a className="button" data-kind="plain" href={`geo:${latitude},${longitude}`} rel="noreferrer">
            <Icon name="area" /> <span>{text.map}</span>
          </a>
        )}
        <Button icon="hands" onPress={() => go({ page: 'help', id: household.id })}>
          {text.give}
        </Button>
      </div>
      <section>
        <h2>{problems.length > 0 ? text.openProblems : text.noOpenProblems}</h2>
        <ul className="problem-list">
          {problems.map((problem) => (
            <li key={problem.id}>
              <p className="problem-kind">{dimensionNames[problem.dimension][format.locale]}</p>
              <p className="problem-words">{problem.problem}</p>
              {problem.need && (
                <p>
                  <Icon name="heart" size="sm" /> {problem.need}
                </p>
              )}
              <p className="soft">{words.problemStates[problem.state]}</p>
            </li>
          ))}
        </ul>
      </section>
      {household.case.plan.some(({ state }) => state === 'planned' || state === 'doing') && (
        <section>
          <h2>{text.plan}</h2>
          <ul className="plain-list">
            {household.case.plan
              .filter(({ state }) => state === 'planned' || state === 'doing')
              .map((step) => (
                <li key={step.id}>
                  {step.text}
                  <span className="soft">
                    {' '}
                    {[step.owner, step.dueOn && all.today.dueOn(format.date(step.dueOn))].filter(Boolean).join(' · ')}
                  </span>
                </li>
              ))}
          </ul>
        </section>
      )}
      <section>
        <h2>{text.lastVisits}</h2>
        <ol className="story">
          {household.waiting.map((item) => (
            <WaitingEntry key={item.itemId} item={item} household={household} />
          ))}
          {household.recent.map((entry) => (
            <li key={entry.id}>
              <p className="story-head">
                <strong>{words.kinds[entry.kind]}</strong> {format.date(entry.happenedOn)}
                <span className="soft"> · {entry.by.id === own ? text.byYou : entry.by.name}</span>
              </p>
              {entry.said && <EntryWords said={entry.said} household={household} />}
              {entry.by.id === own && entry.said && isCorrectable(entry.kind) && (
                <Button
                  kind="quiet"
                  icon="edit"
                  onPress={() => go({ page: 'correct', id: household.id, entryId: entry.id })}
                >
                  {text.correct}
                </Button>
              )}
            </li>
          ))}
        </ol>
        {household.waiting.length === 0 && household.recent.length === 0 && <p className="soft">{all.today.never}</p>}
      </section>
      <section>
        <h2>{text.facts}</h2>
        <ul className="plain-list">
          {household.members.map((member) => (
            <li key={member.id}>
              {fullName(member)}
              <span className="soft">
                {' '}
                {[member.relation, member.birthDate && text.age(String(ageOn(today, member.birthDate)))]
                  .filter(Boolean)
                  .join(' · ')}
              </span>
            </li>
          ))}
        </ul>
        {household.note && <p>{household.note}</p>}
      </section>
    </Screen>
  )
}

function DueLine({ row }: { row: Parameters<typeof useDueWords>[0] }) {
  const due = useDueWords(row)
  return due === null ? null : (
    <p className="due-line" data-group={row.group}>
      {due}
    </p>
  )
}

function WaitingEntry({ item, household }: { item: OutboxView; household: PhoneHouseholdView }) {
  const text = useText(fieldText).household
  const words = useText(entryText)
  const format = useFormat()
  const entry = item.item?.kind === 'entry' ? item.item.entry : null
  if (!entry) return null
  return (
    <li>
      <p className="story-head">
        <strong>{words.kinds[entry.kind]}</strong> {format.date(entry.happenedOn)}{' '}
        <span className="mark">{text.waitingMark}</span>
      </p>
      {entry.kind !== 'correction' && <EntryWords said={entry} household={household} />}
      {isCorrectable(entry.kind) && (
        <Button kind="quiet" icon="edit" onPress={() => go({ page: 'correct', id: household.id, entryId: entry.id })}>
          {text.correct}
        </Button>
      )}
    </li>
  )
}

function isCorrectable(kind: string): boolean {
  return ['visit', 'assessment', 'assistance', 'result'].includes(kind)
}

function ageOn(today: string, birthDate: string): number {
  const years = Number(today.slice(0, 4)) - Number(birthDate.slice(0, 4))
  return today.slice(5) < birthDate.slice(5) ? years - 1 : years
}
