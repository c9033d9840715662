/** Phones as rows, of an area or of one person; each can be revoked. */
import { type ReactNode, useState } from 'react'
import type { DeviceView } from '../../../contract/devices.ts'
import { useMay } from '../../session.tsx'
import { useText } from '../../text/dictionary.ts'
import { useFormat } from '../../text/format.ts'
import { phoneText } from '../../text/phone.ts'
import { Button, TextLink } from '../../ui/Button.tsx'
import { type Column, DataTable } from '../../ui/DataTable.tsx'
import { LastSync, PhoneState, Waits } from './PhoneFacts.tsx'
import { RevokePhone } from './RevokePhone.tsx'
import { useAreaNames } from './useAreaNames.ts'

const areasNamed = 2

export interface PhoneTableProps {
  caption: string
  rows: readonly DeviceView[] | null
  /** Whose they are is known already. */
  isOwn?: boolean
  isRefreshing?: boolean
  whenEmpty?: ReactNode
}

export function PhoneTable({ caption, rows, isOwn = false, isRefreshing = false, whenEmpty }: PhoneTableProps) {
  const text = useText(phoneText)
  const format = useFormat()
  const mayReadPeople = useMay('people.read')
  const [now] = useState(() => new Date())
  const [revoking, setRevoking] = useState<DeviceView | null>(null)
  const named = (rows ?? []).flatMap(({ areas }) => areas.slice(0, areasNamed))
  const areaName = useAreaNames(named)
  const columns: Column<DeviceView>[] = [
    isOwn
      ? { id: 'name', header: text.table.name, width: '12rem', cell: ({ name }) => name }
      : {
          id: 'person',
          header: text.table.person,
          width: '12rem',
          cell: ({ person }) =>
            mayReadPeople ? <TextLink href={`/people/${person.id}`}>{person.name}</TextLink> : person.name,
          note: ({ name }) => <span className="phone-name">{name}</span>,
        },
    {
      id: 'areas',
      header: text.table.areas,
      width: '14rem',
      cell: ({ areas }) => (
        <span className="phone-lines">
          {areas.slice(0, areasNamed).map((code) => (
            <span key={code}>{areaName(code)}</span>
          ))}
          {areas.length > areasNamed && (
            <span className="soft">{text.moreAreas(format.number(areas.length - areasNamed))}</span>
          )}
        </span>
      ),
    },
    {
      id: 'lastSync',
      header: text.table.lastSync,
      width: '11rem',
      cell: (phone) => <LastSync phone={phone} now={now} />,
    },
    { id: 'waiting', header: text.table.waiting, width: '9rem', cell: (phone) => <Waits phone={phone} now={now} /> },
    { id: 'state', header: text.table.state, cell: (phone) => <PhoneState phone={phone} /> },
    {
      id: 'revoke',
      header: text.table.revoke,
      width: '9rem',
      cell: (phone) =>
        phone.state === 'active' ? (
          <Button
            size="small"
            aria-label={text.revoke.of(isOwn ? phone.name : `${phone.name} (${phone.person.name})`)}
            onPress={() => setRevoking(phone)}
          >
            {text.table.revoke}
          </Button>
        ) : (
          '–'
        ),
    },
  ]
  return (
    <>
      <DataTable
        caption={caption}
        columns={columns}
        rows={rows}
        rowKey={({ id }) => id}
        isRefreshing={isRefreshing}
        whenEmpty={whenEmpty}
      />
      {revoking && <RevokePhone phone={revoking} onClose={() => setRevoking(null)} />}
    </>
  )
}
