/** One target list in one area: what it is, the registry's count beside the official figures. */
import { useState } from 'react'
import { useParams } from 'wouter'
import { listEdit, listRemoveDenominator } from '../../../contract/lists.ts'
import { useMay, usePerson } from '../../session.tsx'
import { commonText } from '../../text/common.ts'
import { useText } from '../../text/dictionary.ts'
import { useFormat } from '../../text/format.ts'
import { listText } from '../../text/list.ts'
import { Button } from '../../ui/Button.tsx'
import { DataTable } from '../../ui/DataTable.tsx'
import { KeyValueList } from '../../ui/Facts.tsx'
import { EmptyState, ProblemAlert } from '../../ui/Feedback.tsx'
import { Dialog } from '../../ui/Overlay.tsx'
import { Card, Columns, FilterBar, PageHeader, Section, Stack } from '../../ui/Page.tsx'
import { showToast } from '../../ui/Toast.tsx'
import { Answered } from '../shared/Answered.tsx'
import { AreaFilter, useAreaName } from '../shared/AreaFilter.tsx'
import { useWrite } from '../shared/write.ts'
import { DenominatorForm } from './DenominatorForm.tsx'
import { ListForm } from './ListForm.tsx'
import { type ListRow, RegistryCount, useListArea, useLists } from './Lists.tsx'

export default function List() {
  const { code } = useParams<{ code: string }>()
  const text = useText(listText)
  const [area, setArea] = useListArea()
  const query = useLists(area)
  return (
    <Answered query={query}>
      {({ lists }) => {
        const list = lists.find((one) => one.code === code)
        return list ? (
          <ListFacts list={list} area={area} onArea={setArea} />
        ) : (
          <>
            <PageHeader title={text.title} crumbs={[{ label: text.title, href: '/lists' }, { label: code }]} />
            <ProblemAlert problem={{ problem: 'notFound', code: 404.1 }} />
          </>
        )
      }}
    </Answered>
  )
}

function ListFacts({ list, area, onArea }: { list: ListRow; area: string; onArea: (area: string) => void }) {
  const text = useText(listText)
  const { locale, ...format } = useFormat()
  const name = locale === 'th' ? list.nameTh : list.nameEn
  const [isOpen, setOpen] = useState(false)
  const owner = useAreaName(list.area)
  const latest = list.denominators[0]
  const edit = useWrite(listEdit, () => {
    showToast({ message: text.saved })
    setOpen(false)
  })
  return (
    <>
      <PageHeader
        title={name}
        crumbs={[{ label: text.title, href: `/lists?area=${area || 'nation'}` }, { label: name }]}
        actions={
          list.mayEdit && (
            <Button icon="edit" onPress={() => setOpen(true)}>
              {text.editTitle}
            </Button>
          )
        }
      />
      <Stack gap="large">
        <FilterBar label={text.figures}>
          <AreaFilter value={area} onChange={onArea} />
        </FilterBar>
        <Columns>
          <Card title={text.figures}>
            <KeyValueList
              items={[
                { label: text.inRegistry, value: <RegistryCount list={list} /> },
                { label: text.official, value: latest ? format.number(latest.households) : text.notStated },
                { label: text.inRegistryPersons, value: <RegistryCount list={list} of="persons" /> },
                {
                  label: text.officialPersons,
                  value: latest?.persons != null ? format.number(latest.persons) : text.notStated,
                },
              ]}
            />
          </Card>
          <Card title={text.facts}>
            <KeyValueList
              items={[
                { label: text.listDate, value: format.date(list.listDate) },
                { label: text.document, value: list.document },
                { label: text.clause, value: list.clause },
                { label: text.scope, value: list.area === '' ? text.forNation : owner },
                { label: `${text.trust} (${text.assumption})`, value: format.number(list.trust) },
              ]}
            />
          </Card>
        </Columns>
        <Denominators list={list} area={area} />
      </Stack>
      <Dialog title={text.editTitle} size="wide" isOpen={isOpen} onOpenChange={setOpen}>
        {(close) => (
          <ListForm
            label={text.editTitle}
            before={list}
            problem={edit.problem}
            isSending={edit.isSending}
            onSend={(facts) => edit.send({ ...facts })}
            onCancel={close}
          />
        )}
      </Dialog>
    </>
  )
}

function Denominators({ list, area }: { list: ListRow; area: string }) {
  const text = useText(listText)
  const common = useText(commonText)
  const format = useFormat()
  const [isOpen, setOpen] = useState(false)
  const remove = useWrite(listRemoveDenominator, () => showToast({ message: text.denominatorRemoved }))
  // A province states its own figure on a list of the nation, whose name and day it may not edit.
  const mayEditLists = useMay('list.edit')
  const { homeArea } = usePerson()
  const mayState = list.mayEdit || (mayEditLists && list.area === '' && area !== '' && area.startsWith(homeArea))
  return (
    <Section
      title={text.denominators}
      lead={text.denominatorsLead}
      actions={
        mayState && (
          <Button icon="plus" onPress={() => setOpen(true)}>
            {text.setDenominator}
          </Button>
        )
      }
    >
      {remove.problem && <ProblemAlert problem={remove.problem} />}
      <DataTable
        caption={text.denominators}
        rows={list.denominators}
        rowKey={(one) => `${one.area} ${one.asOf}`}
        columns={[
          { id: 'asOf', header: text.asOf, cell: ({ asOf }) => format.date(asOf) },
          {
            id: 'households',
            header: text.households,
            align: 'end',
            cell: ({ households }) => format.number(households),
          },
          { id: 'persons', header: text.persons, align: 'end', cell: ({ persons }) => format.number(persons) },
          { id: 'document', header: text.document, cell: ({ document }) => document },
          ...(mayState
            ? [
                {
                  id: 'remove',
                  header: common.actions,
                  cell: (one: ListRow['denominators'][number]) => (
                    <Button
                      size="small"
                      isDisabled={remove.isSending}
                      onPress={() => remove.send({ code: list.code, area: one.area, asOf: one.asOf })}
                    >
                      {common.remove}
                    </Button>
                  ),
                },
              ]
            : []),
        ]}
        whenEmpty={
          <EmptyState icon="figure" title={text.noDenominators}>
            {mayState && text.noDenominatorsNext}
          </EmptyState>
        }
      />
      <Dialog title={text.setDenominator} isOpen={isOpen} onOpenChange={setOpen}>
        {(close) => <DenominatorForm code={list.code} area={area} onDone={close} />}
      </Dialog>
    </Section>
  )
}
