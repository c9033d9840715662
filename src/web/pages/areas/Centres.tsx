/** The centres of an area: its own, those below, and the municipal ones of its province. */
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { useLocation } from 'wouter'
import { centreCreate, centreKinds, centreList, municipalKinds } from '../../../contract/centres.ts'
import { ask, problemOf } from '../../api.ts'
import { useMay } from '../../session.tsx'
import { centreText } from '../../text/centre.ts'
import { commonText } from '../../text/common.ts'
import { useText } from '../../text/dictionary.ts'
import { useFormat } from '../../text/format.ts'
import { sessionText } from '../../text/session.ts'
import { Button, ButtonRow } from '../../ui/Button.tsx'
import { RadioGroup, Select } from '../../ui/Choice.tsx'
import { DataTable } from '../../ui/DataTable.tsx'
import { EmptyState, ProblemAlert } from '../../ui/Feedback.tsx'
import { Dialog } from '../../ui/Overlay.tsx'
import { FilterBar, Form, Section } from '../../ui/Page.tsx'
import { TextField } from '../../ui/TextField.tsx'
import { showToast } from '../../ui/Toast.tsx'
import { useAddress } from '../shared/address.ts'
import { AreaPicker } from '../shared/AreaPicker.tsx'
import { useWrite } from '../shared/write.ts'

export function Centres({ area }: { area: string }) {
  const text = useText(centreText)
  const common = useText(commonText)
  const { locale, date, number } = useFormat()
  const mayEdit = useMay('centre.edit')
  const [isOpen, setOpen] = useState(false)
  const [{ kind }, setAddress] = useAddress(['kind'])
  // The nation has more than a thousand; the provinces' come first.
  const asked = centreKinds.find((one) => one === kind) ?? (area === '' ? 'province' : undefined)
  const query = useQuery({
    queryKey: ['centre.list', area, asked],
    queryFn: () => ask(centreList, { area, ...(asked && { kind: asked }) }),
  })
  return (
    <Section
      title={text.tabs.centres}
      actions={
        mayEdit && (
          <Button icon="plus" onPress={() => setOpen(true)}>
            {text.addCentre}
          </Button>
        )
      }
    >
      <FilterBar label={text.kind}>
        <Select
          label={text.kind}
          value={asked ?? 'all'}
          onChange={(id) => setAddress({ kind: id === 'all' ? '' : id })}
          options={[
            ...(area === '' ? [] : [{ id: 'all', label: common.all }]),
            ...centreKinds.map((one) => ({ id: one, label: text.kinds[one] })),
          ]}
        />
      </FilterBar>
      {query.error ? (
        <ProblemAlert problem={problemOf(query.error)} />
      ) : (
        <DataTable
          caption={text.tabs.centres}
          rows={query.data?.centres ?? null}
          rowKey={({ id }) => id}
          rowHref={({ id }) => `/areas/centres/${id}`}
          columns={[
            {
              id: 'name',
              header: text.shortName,
              cell: (centre) => (locale === 'th' ? centre.shortNameTh : centre.nameEn),
            },
            { id: 'kind', header: text.kind, cell: (centre) => text.kinds[centre.kind] },
            { id: 'code', header: text.code, cell: ({ code }) => <span className="number">{code}</span> },
            {
              id: 'coverage',
              header: text.coverageCount,
              align: 'end',
              cell: ({ kind: one, coverageCount }) =>
                municipalKinds.some((municipal) => municipal === one)
                  ? coverageCount === 0
                    ? text.noCoverage
                    : number(coverageCount)
                  : '–',
            },
            {
              id: 'to',
              header: text.validTo,
              cell: ({ validTo }) => (validTo === null ? text.stillValid : date(validTo)),
            },
          ]}
          whenEmpty={
            <EmptyState icon="centre" title={text.noCentres}>
              {text.noCentresNext}
            </EmptyState>
          }
        />
      )}
      <Dialog title={text.addCentre} isOpen={isOpen} onOpenChange={setOpen}>
        {(close) => <CentreForm province={area.slice(0, 2)} onDone={close} />}
      </Dialog>
    </Section>
  )
}

function CentreForm({ province, onDone }: { province: string; onDone: () => void }) {
  const text = useText(centreText)
  const common = useText(commonText)
  const session = useText(sessionText)
  const [, navigate] = useLocation()
  const [area, setArea] = useState<string | null>(province || null)
  const [kind, setKind] = useState<(typeof municipalKinds)[number]>('town')
  const [names, setNames] = useState({ nameTh: '', shortNameTh: '', nameEn: '' })
  const [wasSent, setSent] = useState(false)
  const { send, isSending, problem } = useWrite(centreCreate, ({ centre }) => {
    showToast({ message: text.centreAdded })
    onDone()
    navigate(`/areas/centres/${centre.id}`)
  })
  const missing = (value: string | null) => (wasSent && !value?.trim() ? session.required : null)
  return (
    <Form
      label={text.addCentre}
      onSubmit={() => {
        setSent(true)
        if (area && Object.values(names).every((name) => name.trim() !== '') && !isSending)
          send({ area, kind, ...names })
      }}
    >
      {problem && <ProblemAlert problem={problem} />}
      <p className="soft">{text.addCentreLead}</p>
      <AreaPicker
        label={text.province}
        value={area}
        onChange={(code) => setArea(code || null)}
        deepest="province"
        fault={missing(area)}
      />
      <RadioGroup
        label={text.kind}
        value={kind}
        onChange={(id) => setKind(municipalKinds.find((one) => one === id) ?? 'town')}
        options={municipalKinds.map((one) => ({ id: one, label: text.kinds[one] }))}
      />
      <CentreNames names={names} onChange={setNames} missing={missing} />
      <ButtonRow>
        <Button type="submit" kind="primary" isPending={isSending}>
          {text.addCentre}
        </Button>
        <Button onPress={onDone}>{common.cancel}</Button>
      </ButtonRow>
    </Form>
  )
}

interface Names {
  nameTh: string
  shortNameTh: string
  nameEn: string
}

export function CentreNames({
  names,
  onChange,
  missing,
}: {
  names: Names
  onChange: (names: Names) => void
  missing: (value: string) => string | null
}) {
  const text = useText(centreText)
  return (
    <>
      <TextField
        label={text.fullName}
        name="nameTh"
        maxLength={300}
        value={names.nameTh}
        onChange={(nameTh) => onChange({ ...names, nameTh })}
        fault={missing(names.nameTh)}
      />
      <TextField
        label={text.shortName}
        name="shortNameTh"
        maxLength={120}
        value={names.shortNameTh}
        onChange={(shortNameTh) => onChange({ ...names, shortNameTh })}
        fault={missing(names.shortNameTh)}
      />
      <TextField
        label={text.englishName}
        name="nameEn"
        maxLength={300}
        value={names.nameEn}
        onChange={(nameEn) => onChange({ ...names, nameEn })}
        fault={missing(names.nameEn)}
      />
    </>
  )
}
