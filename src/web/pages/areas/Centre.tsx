/** One centre: what it answers for, since when, and how many households that is. */
import { useQuery } from '@tanstack/react-query'
import { useState } from 'react'
import { useParams } from 'wouter'
import { centreEdit, centreSetCoverage, centreShow, municipalKinds } from '../../../contract/centres.ts'
import type { OutputOf } from '../../../contract/route.ts'
import { ask } from '../../api.ts'
import { areaText, useAreaNames } from '../../text/area.ts'
import { centreText } from '../../text/centre.ts'
import { commonText } from '../../text/common.ts'
import { useText } from '../../text/dictionary.ts'
import { useFormat } from '../../text/format.ts'
import { peopleText } from '../../text/people.ts'
import { sessionText } from '../../text/session.ts'
import { BuddhistDateField, type PartialDate } from '../../ui/BuddhistDateField.tsx'
import { Button, ButtonRow, TextLink } from '../../ui/Button.tsx'
import { DataTable } from '../../ui/DataTable.tsx'
import { KeyValueList } from '../../ui/Facts.tsx'
import { Notice, ProblemAlert, Tag } from '../../ui/Feedback.tsx'
import { Dialog } from '../../ui/Overlay.tsx'
import { Card, Form, PageHeader, Section, Stack } from '../../ui/Page.tsx'
import { showToast } from '../../ui/Toast.tsx'
import { Answered } from '../shared/Answered.tsx'
import { useAreaName } from '../shared/AreaFilter.tsx'
import { AreaPicker } from '../shared/AreaPicker.tsx'
import { fieldFault, useWrite } from '../shared/write.ts'
import { CentreNames } from './Centres.tsx'

type Shown = OutputOf<typeof centreShow>

export default function Centre() {
  const { id } = useParams<{ id: string }>()
  const query = useQuery({ queryKey: ['centre.show', id], queryFn: () => ask(centreShow, { id }) })
  return <Answered query={query}>{(shown) => <CentreFacts shown={shown} />}</Answered>
}

function CentreFacts({ shown }: { shown: Shown }) {
  const text = useText(centreText)
  const format = useFormat()
  const { centre, households, mayEdit } = shown
  const areaName = useAreaName(centre.areaCode)
  const [open, setOpen] = useState<'names' | 'coverage' | null>(null)
  const isMunicipal = municipalKinds.some((kind) => kind === centre.kind)
  const close = () => setOpen(null)
  return (
    <>
      <PageHeader
        title={format.locale === 'th' ? centre.shortNameTh : centre.nameEn}
        lead={format.locale === 'th' ? centre.nameTh : centre.shortNameTh}
        crumbs={[
          { label: text.title, href: `/areas?area=${centre.areaCode}&tab=centres` },
          { label: centre.shortNameTh },
        ]}
        actions={
          mayEdit && (
            <Button icon="edit" onPress={() => setOpen('names')}>
              {text.editCentre}
            </Button>
          )
        }
      />
      <Stack gap="large">
        <Card>
          <KeyValueList
            items={[
              { label: text.code, value: <span className="number">{centre.code}</span> },
              { label: text.kind, value: text.kinds[centre.kind] },
              {
                label: text.belongsTo,
                value: <TextLink href={`/areas?area=${centre.areaCode}`}>{areaName}</TextLink>,
              },
              {
                label: text.validFrom,
                value: centre.validFrom === null ? text.always : format.date(centre.validFrom),
              },
              { label: text.validTo, value: centre.validTo === null ? text.stillValid : format.date(centre.validTo) },
              ...(households === null
                ? []
                : [
                    {
                      label: text.hasHouseholds,
                      value: (
                        <TextLink href={`/households?centre=${centre.id}`}>
                          <span className="number">{format.number(households)}</span>
                        </TextLink>
                      ),
                    },
                  ]),
            ]}
          />
        </Card>
        {isMunicipal ? (
          <Coverage shown={shown} onEdit={() => setOpen('coverage')} />
        ) : (
          <Notice>{text.coverageWhole(areaName)}</Notice>
        )}
      </Stack>
      <Dialog title={text.editCentre} isOpen={open === 'names'} onOpenChange={close}>
        <NamesForm shown={shown} onDone={close} />
      </Dialog>
      <Dialog title={text.editCoverage} size="wide" isOpen={open === 'coverage'} onOpenChange={close}>
        <CoverageForm shown={shown} onDone={close} />
      </Dialog>
    </>
  )
}

function Coverage({ shown, onEdit }: { shown: Shown; onEdit: () => void }) {
  const text = useText(centreText)
  const areas = useText(areaText)
  const names = useAreaNames()
  const format = useFormat()
  return (
    <Section
      title={text.coverage}
      lead={text.coverageLead}
      actions={shown.mayEdit && <Button onPress={onEdit}>{text.editCoverage}</Button>}
    >
      {shown.coverage.length === 0 ? (
        <Notice tone="attention">{text.noCoverageLead}</Notice>
      ) : (
        <DataTable
          caption={text.coverage}
          rows={shown.coverage}
          rowKey={({ code }) => code}
          rowHref={({ code }) => `/areas?area=${code}`}
          columns={[
            { id: 'name', header: text.name, cell: (area) => names.name(area) },
            { id: 'path', header: areas.area, cell: ({ path }) => names.pathName(path) },
            { id: 'code', header: text.code, cell: ({ code }) => <span className="number">{code}</span> },
            {
              id: 'from',
              header: text.validFrom,
              cell: ({ validFrom }) => (validFrom === null ? text.always : format.date(validFrom)),
            },
          ]}
        />
      )}
    </Section>
  )
}

function NamesForm({ shown: { centre }, onDone }: { shown: Shown; onDone: () => void }) {
  const text = useText(centreText)
  const common = useText(commonText)
  const session = useText(sessionText)
  const people = useText(peopleText)
  const format = useFormat()
  const [names, setNames] = useState({
    nameTh: centre.nameTh,
    shortNameTh: centre.shortNameTh,
    nameEn: centre.nameEn,
  })
  const before: PartialDate | null = centre.validTo === null ? null : { date: centre.validTo, precision: 'day' }
  const [ends, setEnds] = useState<PartialDate | null | 'unreadable'>(before)
  const [wasSent, setSent] = useState(false)
  const { send, isSending, problem } = useWrite(centreEdit, ({ reassigned }) => {
    showToast({ message: text.centreSaved(format.number(reassigned)) })
    onDone()
  })
  const isDayMissing = ends === 'unreadable' || (ends !== null && ends.precision !== 'day')
  const isNotOver = fieldFault(problem, 'validTo') !== null
  return (
    <Form
      label={text.editCentre}
      onSubmit={() => {
        setSent(true)
        if (isDayMissing || Object.values(names).some((name) => name.trim() === '') || isSending) return
        send({ id: centre.id, ...names, validTo: ends === null ? null : ends.date })
      }}
    >
      {problem && !isNotOver && <ProblemAlert problem={problem} />}
      <CentreNames
        names={names}
        onChange={setNames}
        missing={(value) => (wasSent && value.trim() === '' ? session.required : null)}
      />
      <BuddhistDateField
        label={text.ends}
        hint={text.endsHint}
        isOptional
        defaultValue={before}
        onChange={setEnds}
        fault={wasSent && isDayMissing ? people.dateWhole : isNotOver ? text.endsFault : null}
      />
      <ButtonRow>
        <Button type="submit" kind="primary" isPending={isSending}>
          {common.save}
        </Button>
        <Button onPress={onDone}>{common.cancel}</Button>
      </ButtonRow>
    </Form>
  )
}

function CoverageForm({ shown: { centre, coverage }, onDone }: { shown: Shown; onDone: () => void }) {
  const text = useText(centreText)
  const common = useText(commonText)
  const areas = useText(areaText)
  const format = useFormat()
  const [codes, setCodes] = useState<readonly string[]>(coverage.map(({ code }) => code))
  const [candidate, setCandidate] = useState<string | null>(centre.areaCode)
  const { send, isSending, problem } = useWrite(centreSetCoverage, ({ reassigned }) => {
    showToast({ message: text.centreSaved(format.number(reassigned)) })
    onDone()
  })
  const isCovered = fieldFault(problem, 'areas') === 'coveredByOther'
  const coveredArea = useAreaName(isCovered ? String(problem?.details['area']) : '')
  const mayAdd = candidate !== null && candidate.length >= 4 && !codes.includes(candidate)
  return (
    <Form
      label={text.editCoverage}
      onSubmit={() => {
        if (!isSending) send({ id: centre.id, areas: [...codes] })
      }}
    >
      {problem && !isCovered && <ProblemAlert problem={problem} />}
      {isCovered && (
        <Notice tone="danger" isLive>
          {text.coveredByOther(coveredArea, String(problem?.details['centre']))}
        </Notice>
      )}
      <p className="soft">{text.editCoverageLead}</p>
      <div className="button-row">
        {codes.map((code) => (
          <CoverageTag key={code} code={code} onRemove={() => setCodes(codes.filter((one) => one !== code))} />
        ))}
      </div>
      <AreaPicker label={areas.area} value={candidate} onChange={setCandidate} within={centre.areaCode} />
      <ButtonRow>
        <Button
          icon="plus"
          isDisabled={!mayAdd}
          onPress={() => {
            if (candidate !== null) setCodes([...codes, candidate].sort())
            setCandidate(centre.areaCode)
          }}
        >
          {text.addArea}
        </Button>
      </ButtonRow>
      <ButtonRow>
        <Button type="submit" kind="primary" isPending={isSending}>
          {common.save}
        </Button>
        <Button onPress={onDone}>{common.cancel}</Button>
      </ButtonRow>
    </Form>
  )
}

function CoverageTag({ code, onRemove }: { code: string; onRemove: () => void }) {
  const text = useText(centreText)
  const name = useAreaName(code)
  return (
    <Tag onRemove={onRemove} removeLabel={text.removeArea(name)}>
      {name}
    </Tag>
  )
}
