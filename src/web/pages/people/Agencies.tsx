import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { agencyCreate, agencyList } from '../../../contract/people.ts'
import { ask, problemOf } from '../../api.ts'
import { useMay, useReach } from '../../session.tsx'
import { commonText } from '../../text/common.ts'
import { useText } from '../../text/dictionary.ts'
import { peopleText } from '../../text/people.ts'
import { sessionText } from '../../text/session.ts'
import { Button, ButtonRow } from '../../ui/Button.tsx'
import { RadioGroup } from '../../ui/Choice.tsx'
import { DataTable } from '../../ui/DataTable.tsx'
import { EmptyState, ProblemAlert } from '../../ui/Feedback.tsx'
import { Dialog } from '../../ui/Overlay.tsx'
import { FilterBar, Form, Section } from '../../ui/Page.tsx'
import { TextField } from '../../ui/TextField.tsx'
import { showToast } from '../../ui/Toast.tsx'
import { useAddress } from '../shared/address.ts'
import { AreaFilter } from '../shared/AreaFilter.tsx'
import { AreaPicker } from '../shared/AreaPicker.tsx'
import { useWrite } from '../shared/write.ts'
import { AreaNamed } from './Teams.tsx'

export function Agencies() {
  const text = useText(peopleText)
  const mayEdit = useMay('people.edit')
  const [isOpen, setOpen] = useState(false)
  const reach = useReach('people.read')
  const [{ area }, setAddress] = useAddress(['area'])
  const query = useQuery({
    queryKey: ['agency.list', area],
    queryFn: () => ask(agencyList, area === '' ? {} : { areaCode: area }),
  })
  const add = mayEdit && (
    <Button icon="plus" onPress={() => setOpen(true)}>
      {text.addAgency}
    </Button>
  )
  return (
    <Section title={text.tabs.agencies} lead={text.agenciesLead} actions={add}>
      <FilterBar label={text.changeFilter}>
        <AreaFilter value={area} within={reach} onChange={(code) => setAddress({ area: code })} />
      </FilterBar>
      {query.error ? (
        <ProblemAlert problem={problemOf(query.error)} />
      ) : (
        <DataTable
          caption={text.tabs.agencies}
          rows={query.data?.agencies ?? null}
          rowKey={({ id }) => id}
          columns={[
            { id: 'name', header: text.nameTh, cell: ({ nameTh }) => nameTh },
            { id: 'nameEn', header: text.nameEn, cell: ({ nameEn }) => nameEn ?? '–' },
            { id: 'kind', header: text.kind, cell: ({ kind }) => text.roles[kind] },
            { id: 'area', header: text.placeKinds.area, cell: ({ areaCode }) => <AreaNamed code={areaCode} /> },
          ]}
          whenEmpty={
            <EmptyState icon="centre" title={text.noAgencies}>
              {mayEdit && text.noAgenciesNext}
            </EmptyState>
          }
        />
      )}
      <Dialog title={text.addAgency} isOpen={isOpen} onOpenChange={setOpen}>
        {(close) => <AgencyForm onDone={close} />}
      </Dialog>
    </Section>
  )
}

function AgencyForm({ onDone }: { onDone: () => void }) {
  const text = useText(peopleText)
  const common = useText(commonText)
  const session = useText(sessionText)
  const [kind, setKind] = useState<'agency' | 'partner'>('agency')
  const [nameTh, setNameTh] = useState('')
  const [nameEn, setNameEn] = useState('')
  const [areaCode, setArea] = useState<string | null>(null)
  const [wasSent, setSent] = useState(false)
  const { send, isSending, problem } = useWrite(agencyCreate, () => {
    showToast({ message: text.agencyAdded })
    onDone()
  })
  return (
    <Form
      label={text.addAgency}
      onSubmit={() => {
        setSent(true)
        if (nameTh.trim() !== '' && areaCode !== null && !isSending)
          send({ kind, nameTh, areaCode, ...(nameEn.trim() !== '' && { nameEn }) })
      }}
    >
      {problem && <ProblemAlert problem={problem} />}
      <RadioGroup
        label={text.kind}
        orientation="horizontal"
        value={kind}
        onChange={(id) => setKind(id === 'partner' ? 'partner' : 'agency')}
        options={[
          { id: 'agency', label: text.roles.agency },
          { id: 'partner', label: text.roles.partner },
        ]}
      />
      <TextField
        label={text.nameTh}
        name="nameTh"
        maxLength={200}
        value={nameTh}
        onChange={setNameTh}
        fault={wasSent && nameTh.trim() === '' ? session.required : null}
      />
      <TextField label={text.nameEn} name="nameEn" isOptional maxLength={200} value={nameEn} onChange={setNameEn} />
      <AreaPicker
        label={text.placeKinds.area}
        value={areaCode}
        onChange={setArea}
        deepest="subdistrict"
        fault={wasSent && areaCode === null ? text.areaMissing : null}
      />
      <ButtonRow>
        <Button type="submit" kind="primary" isPending={isSending}>
          {text.addAgency}
        </Button>
        <Button onPress={onDone}>{common.cancel}</Button>
      </ButtonRow>
    </Form>
  )
}
