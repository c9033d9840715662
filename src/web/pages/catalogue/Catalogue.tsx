/** What help there is in a place: filtered by dimension and day; those who may, add, change and end it. */
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { catalogueList, type CatalogueItem } from '../../../contract/catalogue.ts'
import { dimensions } from '../../../domain/logbook/entry.ts'
import { dimensionNames } from '../../../domain/logbook/indicators.ts'
import { ask, problemOf } from '../../api.ts'
import { catalogueText } from '../../text/catalogue.ts'
import { commonText } from '../../text/common.ts'
import { useText } from '../../text/dictionary.ts'
import { useFormat } from '../../text/format.ts'
import { useReasonWords } from '../../text/reasons.ts'
import { Button, ButtonRow } from '../../ui/Button.tsx'
import { Select } from '../../ui/Choice.tsx'
import { type Column, DataTable } from '../../ui/DataTable.tsx'
import { EmptyState, ProblemAlert } from '../../ui/Feedback.tsx'
import { FilterBar, PageHeader, Stack } from '../../ui/Page.tsx'
import { useToday } from '../households/useToday.ts'
import { DayField } from '../logbook/forms/DayField.tsx'
import { isDay } from '../logbook/typed.ts'
import { useOwner } from '../settings/Rules.tsx'
import { useAddress } from '../shared/address.ts'
import { AreaFilter } from '../shared/AreaFilter.tsx'
import { FoldedOnPhone } from '../shared/FoldedOnPhone.tsx'
import { EndDialog } from './EndDialog.tsx'
import { ItemDialog } from './ItemDialog.tsx'
import { useWho } from './useWho.ts'

const dayPattern = /^[0-9]{4}-[0-9]{2}-[0-9]{2}$/
/** In the address instead of a day: no day was left out by mistake. */
const anyDay = 'any'

type Open = { act: 'add' } | { act: 'change' | 'end'; item: CatalogueItem }

export default function Catalogue() {
  const text = useText(catalogueText)
  const common = useText(commonText)
  const { locale } = useFormat()
  const today = useToday()
  const [area, setArea] = useOwner()
  const [address, setAddress] = useAddress(['dimension', 'on'])
  const [open, setOpen] = useState<Open | null>(null)
  const dimension = dimensions.find((one) => one === address.dimension)
  const on = address.on === anyDay ? undefined : dayPattern.test(address.on) ? address.on : today
  const query = useQuery({
    queryKey: ['catalogue.list', area, dimension, on],
    queryFn: () => ask(catalogueList, { area, ...(dimension && { dimension }), ...(on && { on }) }),
  })
  const mayEdit = query.data?.mayEdit === true
  const columns = useColumns()
  const close = () => setOpen(null)
  return (
    <>
      <PageHeader
        title={text.title}
        lead={text.lead}
        actions={
          mayEdit && (
            <Button kind="primary" icon="plus" onPress={() => setOpen({ act: 'add' })}>
              {text.add}
            </Button>
          )
        }
      />
      <Stack>
        <FilterBar label={text.title}>
          <FoldedOnPhone>
            <AreaFilter label={text.owner} value={area} deepest="province" onChange={setArea} />
            <Select
              label={text.dimension}
              options={[
                { id: 'all', label: text.anyDimension },
                ...dimensions.map((id) => ({ id, label: dimensionNames[id][locale] })),
              ]}
              value={dimension ?? 'all'}
              onChange={(id) => setAddress({ dimension: id === 'all' ? '' : id })}
            />
            <DayField
              label={text.on}
              hint={text.onHint}
              isOptional
              day={on ?? null}
              onDay={(day) => (day === null || isDay(day)) && setAddress({ on: day ?? anyDay })}
            />
          </FoldedOnPhone>
        </FilterBar>
        {query.error ? (
          <ProblemAlert problem={problemOf(query.error)} />
        ) : (
          <DataTable
            caption={text.title}
            rows={query.data?.items ?? null}
            rowKey={({ area: owner, code, validFrom }) => `${owner} ${code} ${validFrom}`}
            columns={
              mayEdit
                ? [
                    ...columns,
                    {
                      id: 'actions',
                      header: common.actions,
                      width: '9rem',
                      cell: (item) => (
                        <ButtonRow>
                          <Button
                            size="small"
                            aria-label={`${text.change}: ${nameOf(item, locale)}`}
                            onPress={() => setOpen({ act: 'change', item })}
                          >
                            {common.edit}
                          </Button>
                          <Button
                            size="small"
                            aria-label={text.endOf(nameOf(item, locale))}
                            onPress={() => setOpen({ act: 'end', item })}
                          >
                            {text.validTo}
                          </Button>
                        </ButtonRow>
                      ),
                    },
                  ]
                : columns
            }
            whenEmpty={
              <EmptyState icon="hands" title={text.none}>
                {text.noneNext}
              </EmptyState>
            }
          />
        )}
      </Stack>
      {open?.act === 'add' && <ItemDialog area={area} before={null} today={today} onClose={close} />}
      {open?.act === 'change' && <ItemDialog area={area} before={open.item} today={today} onClose={close} />}
      {open?.act === 'end' && <EndDialog area={area} item={open.item} onClose={close} />}
    </>
  )
}

function nameOf(item: CatalogueItem, locale: 'th' | 'en'): string {
  return locale === 'th' ? item.nameTh : item.nameEn
}

function useColumns(): Column<CatalogueItem>[] {
  const text = useText(catalogueText)
  const { locale, ...format } = useFormat()
  const { question } = useReasonWords()
  const who = useWho()
  return [
    {
      id: 'name',
      header: text.name,
      width: '12rem',
      cell: (item) => (
        <div>
          <div>{nameOf(item, locale)}</div>
          <div className="soft">{dimensionNames[item.dimension][locale]}</div>
        </div>
      ),
    },
    {
      id: 'who',
      header: text.who,
      cell: (item) => (
        <div>
          {who(item).map((line) => (
            <div key={line}>{line}</div>
          ))}
          {item.eligible.ask.length > 0 && (
            <div className="soft">
              {text.ask}: {item.eligible.ask.map(question).join(', ')}
            </div>
          )}
        </div>
      ),
    },
    { id: 'amount', header: text.amount, cell: (item) => (locale === 'th' ? item.amountTh : item.amountEn) },
    { id: 'agency', header: text.agency, cell: ({ agency }) => agency },
    {
      id: 'validity',
      header: text.validity,
      width: '8rem',
      cell: ({ validFrom, validTo }) =>
        validTo === null
          ? text.since(format.date(validFrom))
          : text.between(format.date(validFrom), format.date(validTo)),
    },
    {
      id: 'source',
      header: text.source,
      cell: ({ source, changedBy, changedAt }) => (
        <div>
          <div>{source}</div>
          {changedAt !== null && changedBy !== null && (
            <div className="soft">{text.changedBy(changedBy, format.moment(changedAt))}</div>
          )}
        </div>
      ),
    },
  ]
}
