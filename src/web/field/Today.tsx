/** What is to be done today, the nearest or most pressing first; and every household of the phone, by a part of its name. */
import { useDeferredValue, useMemo, useState } from 'react'
import { commonText } from '../text/common.ts'
import { useText } from '../text/dictionary.ts'
import { fieldText } from '../text/field.ts'
import { useFormat } from '../text/format.ts'
import { searchHouseholds, todayOf, workGroups } from './caseload.ts'
import { HouseholdRow } from './HouseholdRow.tsx'
import { InstallHint, Notices } from './notices.tsx'
import { Button, Screen, Spinner, TextInput } from './parts.tsx'
import { useHouseholds, usePhone, useStatus } from './phone.tsx'
import { FoundHere } from './FoundHere.tsx'
import { UnfinishedForms } from './UnfinishedForms.tsx'
import { useWhere } from './where.ts'

const firstRows = 20

export function Today() {
  const phone = usePhone()
  const status = useStatus()
  const households = useHouseholds()
  const text = useText(fieldText).today
  const common = useText(commonText)
  const format = useFormat()
  const where = useWhere()
  const [typed, setTyped] = useState('')
  const words = useDeferredValue(typed)
  const [shown, setShown] = useState(firstRows)
  const { day } = phone.today()
  const list = useMemo(() => households && todayOf(households, day, where.position), [households, day, where.position])
  const found = useMemo(() => {
    if (!list || words.trim() === '') return null
    const matching = new Set(
      searchHouseholds(
        list.rows.map(({ household }) => household),
        words,
      ).map(({ id }) => id),
    )
    return list.rows.filter(({ household }) => matching.has(household.id))
  }, [list, words])
  if (!list)
    return (
      <Screen title={text.title}>
        <Spinner label={common.loading} />
      </Screen>
    )
  const rows = found ?? list.rows
  const visible = rows.slice(0, shown)
  return (
    <Screen title={text.title} top={<p className="soft">{format.date(day, { month: 'long' })}</p>}>
      <Notices isHome />
      {list.all > 0 ? (
        <div className="month">
          <p>{text.done(format.number(list.done), format.number(list.all))}</p>
          <progress
            value={list.done}
            max={list.all}
            aria-label={text.done(format.number(list.done), format.number(list.all))}
          />
        </div>
      ) : (
        list.rows.length > 0 && <p className="soft">{text.noWork}</p>
      )}
      {status.toFetch > 0 && <Spinner label={text.fetching(format.number(status.toFetch))} />}
      <UnfinishedForms />
      <FoundHere />
      {list.rows.length === 0 && status.toFetch === 0 && (
        <div className="empty">
          <p>
            <strong>{status.isSyncing ? common.loading : text.empty}</strong>
          </p>
          {!status.isSyncing && <p>{text.emptyLead}</p>}
        </div>
      )}
      {list.rows.length > 0 && (
        <>
          <TextInput
            label={text.search}
            type="search"
            autoComplete="off"
            spellCheck={false}
            value={typed}
            onChange={(value) => {
              setTyped(value)
              setShown(firstRows)
            }}
          />
          {where.state !== 'on' && (
            <Button icon="area" onPress={where.ask} isPending={where.state === 'asking'}>
              {where.state === 'asking' ? text.locating : text.nearest}
            </Button>
          )}
          {where.state === 'failed' && <p className="soft">{text.noPlace}</p>}
          <output className="only-for-readers">{found ? text.found(format.number(found.length)) : ''}</output>
        </>
      )}
      {found?.length === 0 && <p className="empty">{text.nothingFound}</p>}
      {workGroups.map((group) => {
        const here = visible.filter((row) => row.group === group)
        if (here.length === 0) return null
        const count = rows.filter((row) => row.group === group).length
        return (
          <section key={group} aria-label={text.groups[group]}>
            <h2 className="group" data-group={group}>
              {text.groups[group]} <span className="number soft">{format.number(count)}</span>
            </h2>
            <ul className="rows">
              {here.map((row) => (
                <HouseholdRow key={row.household.id} row={row} />
              ))}
            </ul>
          </section>
        )
      })}
      {rows.length > shown && (
        <Button onPress={() => setShown(shown + 100)}>
          {text.more(format.number(Math.min(100, rows.length - shown)))}
        </Button>
      )}
      <InstallHint />
    </Screen>
  )
}
