import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { centreList } from '../../../contract/centres.ts'
import { teamCreate, teamList } from '../../../contract/people.ts'
import { ask, problemOf } from '../../api.ts'
import { useMay, useReach } from '../../session.tsx'
import { commonText } from '../../text/common.ts'
import { useText } from '../../text/dictionary.ts'
import { useFormat } from '../../text/format.ts'
import { peopleText } from '../../text/people.ts'
import { sessionText } from '../../text/session.ts'
import { Button, ButtonRow } from '../../ui/Button.tsx'
import { ComboBox, RadioGroup } from '../../ui/Choice.tsx'
import { DataTable } from '../../ui/DataTable.tsx'
import { EmptyState, ProblemAlert } from '../../ui/Feedback.tsx'
import { Dialog } from '../../ui/Overlay.tsx'
import { FilterBar, Form, Section } from '../../ui/Page.tsx'
import { TextField } from '../../ui/TextField.tsx'
import { showToast } from '../../ui/Toast.tsx'
import { useAddress } from '../shared/address.ts'
import { AreaFilter, useAreaName } from '../shared/AreaFilter.tsx'
import { AreaPicker } from '../shared/AreaPicker.tsx'
import { useWrite } from '../shared/write.ts'

export function Teams() {
  const text = useText(peopleText)
  const format = useFormat()
  const mayEdit = useMay('people.edit')
  const [isOpen, setOpen] = useState(false)
  const reach = useReach('people.read')
  const [{ area }, setAddress] = useAddress(['area'])
  const query = useQuery({
    queryKey: ['team.list', area],
    queryFn: () => ask(teamList, area === '' ? {} : { areaCode: area }),
  })
  const add = mayEdit && (
    <Button icon="plus" onPress={() => setOpen(true)}>
      {text.addTeam}
    </Button>
  )
  return (
    <Section title={text.tabs.teams} lead={text.teamsLead} actions={add}>
      <FilterBar label={text.changeFilter}>
        <AreaFilter value={area} within={reach} onChange={(code) => setAddress({ area: code })} />
      </FilterBar>
      {query.error ? (
        <ProblemAlert problem={problemOf(query.error)} />
      ) : (
        <DataTable
          caption={text.tabs.teams}
          rows={query.data?.teams ?? null}
          rowKey={({ id }) => id}
          columns={[
            { id: 'name', header: text.teamName, cell: ({ name }) => name },
            { id: 'kind', header: text.kind, cell: ({ kind }) => text.roles[kind] },
            { id: 'centre', header: text.centre, cell: ({ centreName }) => centreName },
            { id: 'area', header: text.placeKinds.area, cell: ({ areaCode }) => <AreaNamed code={areaCode} /> },
            { id: 'people', header: text.peopleCount, align: 'end', cell: ({ people }) => format.number(people) },
          ]}
          whenEmpty={
            <EmptyState icon="people" title={text.noTeams}>
              {mayEdit && text.noTeamsNext}
            </EmptyState>
          }
        />
      )}
      <Dialog title={text.addTeam} isOpen={isOpen} onOpenChange={setOpen}>
        {(close) => <TeamForm onDone={close} />}
      </Dialog>
    </Section>
  )
}

export function AreaNamed({ code }: { code: string }) {
  return useAreaName(code)
}

function TeamForm({ onDone }: { onDone: () => void }) {
  const text = useText(peopleText)
  const common = useText(commonText)
  const session = useText(sessionText)
  const format = useFormat()
  const [kind, setKind] = useState<'mentor' | 'operations'>('mentor')
  const [name, setName] = useState('')
  const [centreId, setCentre] = useState<string | null>(null)
  const [areaCode, setArea] = useState<string | null>(null)
  const [wasSent, setSent] = useState(false)
  const centres = useQuery({ queryKey: ['centre.list', ''], queryFn: () => ask(centreList) })
  const { send, isSending, problem } = useWrite(teamCreate, () => {
    showToast({ message: text.teamAdded })
    onDone()
  })
  return (
    <Form
      label={text.addTeam}
      onSubmit={() => {
        setSent(true)
        if (name.trim() !== '' && centreId !== null && areaCode !== null && !isSending)
          send({ kind, name, centreId, areaCode })
      }}
    >
      {problem && <ProblemAlert problem={problem} />}
      <RadioGroup
        label={text.kind}
        orientation="horizontal"
        value={kind}
        onChange={(id) => setKind(id === 'operations' ? 'operations' : 'mentor')}
        options={[
          { id: 'mentor', label: text.roles.mentor },
          { id: 'operations', label: text.roles.operations },
        ]}
      />
      <TextField
        label={text.teamName}
        name="name"
        maxLength={120}
        value={name}
        onChange={setName}
        fault={wasSent && name.trim() === '' ? session.required : null}
      />
      <ComboBox
        key={centres.data ? 'here' : 'coming'}
        label={text.centre}
        // A list that was opened before its names came would be lost with the field.
        isDisabled={!centres.data}
        value={centreId}
        onChange={setCentre}
        options={(centres.data?.centres ?? []).map((centre) => ({
          id: centre.id,
          label: format.locale === 'th' ? centre.shortNameTh : centre.nameEn,
        }))}
        fault={wasSent && centreId === null ? text.centreMissing : null}
      />
      <AreaPicker
        label={text.placeKinds.area}
        value={areaCode}
        onChange={setArea}
        fault={wasSent && areaCode === null ? text.areaMissing : null}
      />
      <ButtonRow>
        <Button type="submit" kind="primary" isPending={isSending}>
          {text.addTeam}
        </Button>
        <Button onPress={onDone}>{common.cancel}</Button>
      </ButtonRow>
    </Form>
  )
}
