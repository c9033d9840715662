/** The first rows as the registry would read them, with what is wrong in words at its own cell. */
import { type ReactNode, useState } from 'react'
import type { importMap } from '../../../contract/imports.ts'
import type { OutputOf } from '../../../contract/route.ts'
import type { ImportField } from '../../../domain/import/field.ts'
import { useText } from '../../text/dictionary.ts'
import { useFormat } from '../../text/format.ts'
import { importColumnsText } from '../../text/importColumns.ts'
import { importFieldText } from '../../text/importWords.ts'
import { Button, ButtonRow } from '../../ui/Button.tsx'
import { type Column, DataTable } from '../../ui/DataTable.tsx'
import { StateMark } from '../../ui/Feedback.tsx'
import { Place } from './BatchFacts.tsx'
import { FaultLines } from './FaultLines.tsx'

type PreviewRow = OutputOf<typeof importMap>['rows'][number]

const fieldsOfColumn = {
  place: [
    'provinceCode',
    'provinceName',
    'districtCode',
    'districtName',
    'subdistrictCode',
    'subdistrictName',
    'villageCode',
    'villageName',
    'moo',
    'houseNumber',
    'lane',
    'road',
  ],
  houseCode: ['houseCode', 'familyNumber'],
  person: ['title', 'firstName', 'lastName', 'fullName', 'relation', 'sex', 'memberOrder'],
  nationalId: ['nationalId'],
  birthDate: ['birthDate', 'age'],
} as const satisfies Record<string, readonly ImportField[]>

const fewRows = 8

const placed = new Set<ImportField>(Object.values(fieldsOfColumn).flat())

export function MappingPreview({ rows, isRefreshing }: { rows: readonly PreviewRow[] | null; isRefreshing: boolean }) {
  const text = useText(importColumnsText)
  const words = useText(importFieldText)
  const [isWhole, setWhole] = useState(false)
  const format = useFormat()

  function cell(
    row: PreviewRow,
    fields: readonly ImportField[],
    values: readonly (string | null | undefined)[],
    more?: ReactNode,
  ) {
    return <Cell faults={row.faults.filter(({ field }) => fields.includes(field))} values={values} more={more} />
  }

  const columns: readonly Column<PreviewRow>[] = [
    {
      id: 'row',
      header: text.rowNumber,
      cell: (row) => (
        <span className="preview-row">
          <span className="number">{row.rowNumber}</span>
          {row.faults.some(({ invalid }) => invalid) ? (
            <StateMark tone="danger" icon="cross">
              {text.willStayOut}
            </StateMark>
          ) : (
            <StateMark tone="success">{text.willComeIn}</StateMark>
          )}
        </span>
      ),
    },
    {
      id: 'place',
      header: text.place,
      cell: (row) => {
        const { houseNumber, lane, road } = row.household
        return cell(row, fieldsOfColumn.place, [houseNumber, lane, road], <Place household={row.household} />)
      },
    },
    {
      id: 'houseCode',
      header: words.names.houseCode,
      cell: (row) => cell(row, fieldsOfColumn.houseCode, [row.household.houseCode, row.household.familyNumber]),
    },
    {
      id: 'person',
      header: text.person,
      cell: ({ member, ...row }) =>
        cell({ member, ...row }, fieldsOfColumn.person, [
          member &&
            [member.title, member.firstName]
              .filter(Boolean)
              .join('')
              .concat(` ${member.lastName ?? ''}`),
          member?.relation,
          member?.sex && words.sexes[member.sex],
        ]),
    },
    {
      id: 'nationalId',
      header: words.names.nationalId,
      cell: (row) => cell(row, fieldsOfColumn.nationalId, [row.member?.nationalIdMasked]),
    },
    {
      id: 'birthDate',
      header: words.names.birthDate,
      cell: ({ member, ...row }) =>
        cell({ member, ...row }, fieldsOfColumn.birthDate, [
          member?.birthDate && format.date(member.birthDate, { precision: member.birthPrecision ?? 'day' }),
        ]),
    },
    {
      id: 'other',
      header: text.otherFaults,
      cell: (row) => {
        const others = row.faults.filter(({ field }) => !placed.has(field))
        const { phone, memberCount, note } = row.household
        const named = (label: string, value: string | null | undefined) => (value ? `${label} ${value}` : null)
        return (
          <Cell
            faults={others}
            isFieldNamed
            values={[
              named(words.names.phone, phone),
              named(words.names.memberCount, memberCount === null ? null : format.number(memberCount)),
              named(words.names.occupation, row.member?.occupation),
              named(
                words.names.annualIncome,
                row.member?.annualIncome == null ? null : format.number(row.member.annualIncome),
              ),
              note,
            ]}
          />
        )
      },
    },
  ]
  const shown = rows && !isWhole ? rows.slice(0, fewRows) : rows
  return (
    <div className="preview-table">
      <DataTable
        caption={text.preview}
        columns={columns}
        rows={shown}
        rowKey={(row) => String(row.rowNumber)}
        isRefreshing={isRefreshing}
        whenEmpty={<p className="table-empty">{text.previewEmpty}</p>}
      />
      {rows && shown && shown.length < rows.length && (
        <ButtonRow>
          <Button size="small" onPress={() => setWhole(true)}>
            {text.previewAll(format.number(rows.length))}
          </Button>
        </ButtonRow>
      )}
    </div>
  )
}

function Cell({
  faults,
  values,
  more,
  isFieldNamed = false,
}: {
  faults: PreviewRow['faults']
  values: readonly (string | null | undefined)[]
  more?: ReactNode
  isFieldNamed?: boolean
}): ReactNode {
  const shown = values.filter(Boolean).join(' · ')
  return (
    <span className="preview-cell">
      <span>
        {shown || (more ? null : '–')} {more}
      </span>
      <FaultLines faults={faults} isFieldNamed={isFieldNamed} />
    </span>
  )
}
