/** Finds a household of the province by a part of its name or address, and chooses it. */
import { keepPreviousData, useQuery } from '@tanstack/react-query'
import { householdList, type HouseholdRow } from '../../../contract/households.ts'
import { ask, problemOf } from '../../api.ts'
import { addressLine } from '../../text/area.ts'
import { useText } from '../../text/dictionary.ts'
import { useFormat } from '../../text/format.ts'
import { householdText } from '../../text/household.ts'
import { phoneText } from '../../text/phone.ts'
import { RadioGroup } from '../../ui/Choice.tsx'
import { ProblemAlert } from '../../ui/Feedback.tsx'
import { SearchField } from '../../ui/TextField.tsx'
import { useSettled } from '../households/useSettled.ts'

const mostShown = 8

export interface HouseholdChoiceProps {
  province: string
  /** What is looked for, where that is not just another household. */
  label?: string
  /** A household that is not offered. */
  except?: string
  /** Offered before anything is typed. */
  candidates: readonly HouseholdRow[]
  words: string
  chosen: HouseholdRow | null
  onType: (words: string) => void
  onChoose: (household: HouseholdRow | null) => void
  fault: string | null
}

export function HouseholdChoice(props: HouseholdChoiceProps) {
  const { province, label, except, candidates, words, chosen, onType, onChoose, fault } = props
  const text = useText(phoneText).unfiled
  const households = useText(householdText)
  const format = useFormat()
  const search = useSettled(words.trim())
  const found = useQuery({
    queryKey: ['household.list', 'unfiled', province, search],
    queryFn: ({ signal }) => ask(householdList, { area: province, search, limit: mostShown }, { signal }),
    placeholderData: keepPreviousData,
    enabled: search !== '',
  })
  const offered = search === '' ? candidates : (found.data?.rows ?? [])
  const listed = offered.filter(({ id }) => id !== except)
  // What was chosen stays in sight while other words are tried.
  const rows = chosen && listed.every(({ id }) => id !== chosen.id) ? [chosen, ...listed] : listed
  return (
    <>
      <SearchField
        label={label ?? text.search}
        hint={text.searchHint}
        value={words}
        onChange={onType}
        maxLength={200}
        autoComplete="off"
      />
      {found.error && <ProblemAlert problem={problemOf(found.error)} />}
      {rows.length > 0 && (
        <RadioGroup
          label={text.results}
          value={chosen?.id ?? ''}
          options={rows.map((row) => ({
            id: row.id,
            label: row.headName ?? households.noHead,
            description: addressLine(row, row.place, format.locale, 'district'),
          }))}
          onChange={(id) => onChoose(rows.find((row) => row.id === id) ?? null)}
        />
      )}
      <div aria-live="polite">
        {search !== '' && found.data && listed.length === 0 && <p className="soft">{text.nothingFound}</p>}
        {fault && <p className="field-fault">{fault}</p>}
      </div>
    </>
  )
}
