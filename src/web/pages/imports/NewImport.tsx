/** `/imports/new`: which list, which area, which day, and the file, which is sent while the rest is filled in. */
import { useQuery, useQueryClient } from '@tanstack/react-query'
import { useEffect, useEffectEvent, useState } from 'react'
import { useLocation } from 'wouter'
import { importCreate } from '../../../contract/imports.ts'
import { listList } from '../../../contract/lists.ts'
import type { ProblemAnswer } from '../../../contract/problem.ts'
import { commonArea } from '../../../domain/area.ts'
import { permissionsByRole, type Role } from '../../../domain/permission.ts'
import { ask, problemOf } from '../../api.ts'
import { usePerson } from '../../session.tsx'
import { useText } from '../../text/dictionary.ts'
import { useFormat } from '../../text/format.ts'
import { importText } from '../../text/import.ts'
import { BuddhistDateField, type PartialDate } from '../../ui/BuddhistDateField.tsx'
import { Button, ButtonRow, TextLink } from '../../ui/Button.tsx'
import { Select } from '../../ui/Choice.tsx'
import { FaultSummary, Notice, ProblemAlert } from '../../ui/Feedback.tsx'
import { FileDrop } from '../../ui/FileDrop.tsx'
import { Stepper } from '../../ui/Navigation.tsx'
import { Card, Form, PageHeader, Stack } from '../../ui/Page.tsx'
import { AreaPicker } from '../shared/AreaPicker.tsx'
import { batchKey, importSteps } from './batch.ts'
import { UploadCard, useUpload } from './UploadCard.tsx'
import './imports.css'

const endings = ['.xlsx', '.xls', '.ods', '.csv']
const mostBytes = 500 * 1024 * 1024

/** Whoever answers for several areas, as a municipal centre does, may bring a file that speaks of all of them. */
const mayImport = (role: Role): boolean => permissionsByRole[role].includes('import.write')

export default function NewImport() {
  const text = useText(importText)
  const format = useFormat()
  const person = usePerson()
  const around = commonArea(person.grants.filter(({ role }) => mayImport(role)).flatMap(({ areas }) => areas))
  const queries = useQueryClient()
  const [, navigate] = useLocation()
  const [listCode, setListCode] = useState<string | null>(null)
  const [areaCode, setAreaCode] = useState<string | null>(around === '' ? null : around)
  /** Undefined while the list's own day stands. */
  const [typedDate, setTypedDate] = useState<PartialDate | null | 'unreadable' | undefined>()
  /** The list whose own day the field began with; once a person has typed, it begins anew no more. */
  const [dateOf, setDateOf] = useState('')
  const [wasAsked, setAsked] = useState(false)
  const [isWaiting, setWaiting] = useState(false)
  const [isCreating, setCreating] = useState(false)
  const [problem, setProblem] = useState<ProblemAnswer | null>(null)
  const sent = useUpload()

  const province = (areaCode ?? '').slice(0, 2)
  const listsFound = useQuery({
    queryKey: ['list.list', province],
    queryFn: () => ask(listList, { area: province }),
    placeholderData: (earlier) => earlier,
  })
  const lists = listsFound.data?.lists ?? []
  const list = lists.find(({ code }) => code === listCode)
  const ownDate: PartialDate | null = list ? { date: list.listDate, precision: 'day' } : null
  const date = typedDate === undefined ? ownDate : typedDate
  const isDateGood = date !== null && date !== 'unreadable' && date.precision === 'day'

  const faults = [
    { field: 'import-list', label: text.start.list, fault: text.start.listFault, isWrong: !list },
    { field: 'import-area', label: text.start.area, fault: text.start.areaFault, isWrong: areaCode === null },
    { field: 'import-date', label: text.start.listDate, fault: text.start.listDateFault, isWrong: !isDateGood },
    { field: 'import-file', label: text.start.file, fault: text.start.fileFault, isWrong: !sent.file },
  ].filter(({ isWrong }) => wasAsked && isWrong)
  const faultOf = (field: string) => faults.find((fault) => fault.field === field)?.fault ?? null

  const complete = sent.state?.complete ?? null
  const earlier = complete?.earlierImports ?? []

  function chooseList(code: string) {
    setListCode(code)
    if (typedDate === undefined) setDateOf(code)
  }

  async function create() {
    if (!complete || !list || areaCode === null || date === null || date === 'unreadable') return
    setWaiting(false)
    setCreating(true)
    setProblem(null)
    try {
      const batch = await ask(importCreate, {
        uploadId: complete.id,
        listCode: list.code,
        listDate: date.date,
        areaCode,
      })
      queries.setQueryData(batchKey(batch.id), batch)
      void queries.invalidateQueries({ queryKey: ['import.list'] })
      navigate(`/imports/${batch.id}`)
    } catch (error) {
      setProblem(problemOf(error))
      setCreating(false)
    }
  }

  // "Check this file" may be pressed before the file has arrived: it goes on by itself, unless the file is known.
  const goOn = useEffectEvent(() => {
    if (earlier.length > 0) setWaiting(false)
    else void create()
  })
  const isReady = isWaiting && complete !== null
  useEffect(() => {
    // What was waited for is the answer of the upload, which no event of this page brings.
    // oxlint-disable-next-line react/set-state-in-effect
    if (isReady) goOn()
  }, [isReady])

  function submit() {
    setAsked(true)
    if (!list || areaCode === null || !isDateGood || !sent.file) return
    if (complete) void create()
    else setWaiting(true)
  }

  return (
    <>
      <PageHeader
        title={text.start.title}
        lead={text.start.lead}
        crumbs={[{ label: text.listTitle, href: '/imports' }, { label: text.newImport }]}
      />
      <Stack>
        <Stepper steps={importSteps.map((id) => ({ id, label: text.steps[id] }))} current="file" />
        <Card>
          <Form label={text.start.title} onSubmit={submit}>
            <FaultSummary faults={faults} />
            {listsFound.error && <ProblemAlert problem={problemOf(listsFound.error)} />}
            <Select
              id="import-list"
              label={text.start.list}
              fault={faultOf('import-list')}
              value={listCode}
              onChange={chooseList}
              options={lists.map(({ code, nameTh, nameEn, document }) => ({
                id: code,
                label: format.locale === 'th' ? nameTh : nameEn,
                description: document,
              }))}
            />
            <AreaPicker
              id="import-area"
              label={text.start.area}
              hint={text.start.areaHint}
              fault={faultOf('import-area')}
              value={areaCode}
              onChange={setAreaCode}
              within={around}
              deepest="subdistrict"
            />
            <div id="import-date">
              <BuddhistDateField
                key={dateOf}
                label={text.start.listDate}
                hint={text.start.listDateHint}
                fault={faultOf('import-date')}
                defaultValue={ownDate}
                onChange={setTypedDate}
              />
            </div>
            <div id="import-file">
              {sent.file ? (
                <UploadCard sent={sent} />
              ) : (
                <FileDrop
                  label={text.start.file}
                  hint={text.start.fileHint}
                  accepts={endings}
                  limit={mostBytes}
                  onFile={sent.choose}
                  fault={faultOf('import-file')}
                />
              )}
            </div>
            {earlier.length > 0 && (
              <Notice tone="attention" title={text.start.earlierTitle} isLive>
                {text.start.earlierLead}
                <ul className="plain-list">
                  {earlier.map((batch) => (
                    <li key={batch.batchId}>
                      <TextLink href={`/imports/${batch.batchId}`}>
                        {text.start.earlierLine(format.moment(batch.at), nameOf(batch.listCode))}
                      </TextLink>
                    </li>
                  ))}
                </ul>
              </Notice>
            )}
            {problem && <ProblemAlert problem={problem} />}
            <ButtonRow>
              <Button type="submit" kind="primary" isPending={isCreating || isWaiting}>
                {isWaiting ? text.start.submitWaits : earlier.length > 0 ? text.start.again : text.start.submit}
              </Button>
            </ButtonRow>
            <p className="soft">{text.start.nothingYet}</p>
          </Form>
        </Card>
      </Stack>
    </>
  )

  function nameOf(code: string): string {
    const known = lists.find((other) => other.code === code)
    return known ? (format.locale === 'th' ? known.nameTh : known.nameEn) : code
  }
}
