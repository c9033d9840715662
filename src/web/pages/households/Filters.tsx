/** Area, list, centre, state and order; each stands in the address. */
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { centreList } from '../../../contract/centres.ts'
import { householdSorts, noList } from '../../../contract/households.ts'
import { householdStates } from '../../../domain/household.ts'
import { ask } from '../../api.ts'
import { usePerson } from '../../session.tsx'
import { useText } from '../../text/dictionary.ts'
import { householdText } from '../../text/household.ts'
import { useLocale } from '../../text/locale.ts'
import { Button } from '../../ui/Button.tsx'
import { ComboBox, Select } from '../../ui/Choice.tsx'
import { Tag } from '../../ui/Feedback.tsx'
import { Dialog } from '../../ui/Overlay.tsx'
import { FilterBar } from '../../ui/Page.tsx'
import { AreaPicker } from '../shared/AreaPicker.tsx'
import { type HouseholdFilters, type HouseholdSort, noFilters } from './address.ts'
import { useAreaName } from './useAreaName.ts'
import { useListNames, useLists } from './useListNames.ts'

export interface FiltersProps {
  filters: HouseholdFilters
  onChange: (changes: Partial<HouseholdFilters>) => void
}

const every = 'every'
const namesStayMs = 10 * 60_000

export function Filters({ filters, onChange }: FiltersProps) {
  const text = useText(householdText)
  const listName = useListNames()
  const lists = useLists()
  return (
    <FilterBar label={text.list.filters}>
      <AreaFilter filters={filters} onChange={onChange} />
      <Select
        label={text.list.list}
        isOptional={false}
        value={filters.list ?? every}
        options={[
          { id: every, label: text.list.everyList },
          ...lists.map((list) => ({ id: list.code, label: listName(list.code) })),
          { id: noList, label: text.list.noList },
        ]}
        onChange={(id) => onChange({ list: id === every ? null : id, listSet: null })}
      />
      <CentreFilter filters={filters} onChange={onChange} />
      <Select
        label={text.list.state}
        value={filters.state}
        options={householdStates.map((state) => ({ id: state, label: text.states[state] }))}
        onChange={(id) => onChange({ state: householdStates.find((state) => state === id) ?? 'active' })}
      />
      <Select
        label={text.list.sort}
        value={filters.sort}
        options={householdSorts.map((sort) => ({ id: sort, label: text.list.sorts[sort] }))}
        onChange={(id) => onChange({ sort: id as HouseholdSort })}
      />
    </FilterBar>
  )
}

function AreaFilter({ filters, onChange }: FiltersProps) {
  const text = useText(householdText).list
  const { name } = useAreaName(filters.area)
  const [chosen, setChosen] = useState<string | null>(filters.area)
  return (
    <div className="field">
      <span className="field-label" id="area-filter">
        {text.area}
      </span>
      <Dialog
        title={text.chooseArea}
        trigger={
          <Button icon="area" aria-describedby="area-filter">
            {filters.area === '' ? text.everyArea : name}
          </Button>
        }
        actions={(close) => (
          <>
            <Button
              kind="primary"
              onPress={() => {
                onChange({ area: chosen ?? '' })
                close()
              }}
            >
              {text.useArea}
            </Button>
            <Button
              onPress={() => {
                setChosen('')
                onChange({ area: '' })
                close()
              }}
            >
              {text.everyArea}
            </Button>
          </>
        )}
      >
        <AreaPicker label={text.area} value={chosen} onChange={setChosen} />
      </Dialog>
    </div>
  )
}

function CentreFilter({ filters, onChange }: FiltersProps) {
  const text = useText(householdText).list
  const locale = useLocale()
  const { homeArea } = usePerson()
  const found = useQuery({
    queryKey: ['centre.list', homeArea],
    queryFn: () => ask(centreList, { area: homeArea }),
    staleTime: namesStayMs,
  })
  const centres = found.data?.centres ?? []
  return (
    <ComboBox
      // Names come later than the choice; a fresh field writes the name of what is chosen.
      key={found.data ? 'here' : 'coming'}
      label={text.centre}
      // A list that was opened before its names came would be lost with the field.
      isDisabled={!found.data}
      value={filters.centreId ?? every}
      options={[
        { id: every, label: text.everyCentre },
        ...centres.map((centre) => ({
          id: centre.id,
          label: locale === 'th' ? centre.shortNameTh : centre.nameEn,
        })),
      ]}
      onChange={(id) => onChange({ centreId: id === every ? null : id })}
    />
  )
}

/** What is set, in words, each with a way to take it off; seen also when the fields are folded away. */
export function FiltersInWords({ filters, onChange }: FiltersProps) {
  const text = useText(householdText)
  const listName = useListNames()
  const area = useAreaName(filters.area)
  const words: { id: keyof HouseholdFilters; label: string }[] = [
    ...(filters.area === '' ? [] : [{ id: 'area' as const, label: area.inFull }]),
    ...(filters.list === null
      ? []
      : [{ id: 'list' as const, label: filters.list === noList ? text.list.noList : listName(filters.list) }]),
    ...(filters.listSet === null ? [] : [{ id: 'listSet' as const, label: setInWords(filters.listSet) }]),
    ...(filters.centreId === null ? [] : [{ id: 'centreId' as const, label: text.list.centre }]),
    ...(filters.state === noFilters.state ? [] : [{ id: 'state' as const, label: text.states[filters.state] }]),
  ]
  if (words.length === 0) return null
  return (
    <div className="tags">
      {words.map(({ id, label }) => (
        <Tag key={id} removeLabel={text.list.removeFilter(label)} onRemove={() => onChange({ [id]: noFilters[id] })}>
          {label}
        </Tag>
      ))}
      {words.length > 1 && (
        <Button kind="quiet" size="small" onPress={() => onChange({ ...noFilters, sort: filters.sort })}>
          {text.list.clearAll}
        </Button>
      )}
    </div>
  )

  function setInWords(set: string): string {
    if (set === '') return text.list.noList
    return text.list.exactly(set.split(',').map(listName).join(' + '))
  }
}
