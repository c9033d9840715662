/** A role, the place it is held at, and its dates: fields that the new account and the "give a role" dialog share. */
import { useQuery } from '@tanstack/react-query'
import { centreList } from '../../../contract/centres.ts'
import { agencyList, newGrantSchema, type RolePlace, teamList } from '../../../contract/people.ts'
import type { InputOf } from '../../../contract/route.ts'
import type { roleGrant } from '../../../contract/people.ts'
import { placesOf, type PlaceKind } from '../../../domain/grant.ts'
import { type Role, roles } from '../../../domain/permission.ts'
import { ask } from '../../api.ts'
import { useText } from '../../text/dictionary.ts'
import { useFormat } from '../../text/format.ts'
import { peopleText } from '../../text/people.ts'
import { BuddhistDateField, type PartialDate } from '../../ui/BuddhistDateField.tsx'
import { ComboBox, RadioGroup, Select } from '../../ui/Choice.tsx'
import { AreaPicker } from '../shared/AreaPicker.tsx'

export interface GrantDraft {
  role: Role
  kind: PlaceKind
  /** A code of an area or an id; null while none is chosen. */
  place: string | null
  from: PartialDate | null | 'unreadable'
  to: PartialDate | null | 'unreadable'
}

export const newGrantDraft: GrantDraft = { role: 'mentor', kind: 'area', place: null, from: null, to: null }

/** What is missing before it may be sent, by field. */
export interface GrantFaults {
  place?: string | null
  from?: string | null
  to?: string | null
}

export interface GrantFieldsProps {
  value: GrantDraft
  onChange: (draft: GrantDraft) => void
  faults: GrantFaults
}

export function GrantFields({ value, onChange, faults }: GrantFieldsProps) {
  const text = useText(peopleText)
  const kinds = placesOf[value.role]
  const change = (changes: Partial<GrantDraft>) => onChange({ ...value, ...changes })
  return (
    <>
      <Select
        label={text.role}
        hint={text.roleHelp[value.role]}
        value={value.role}
        options={roles.map((role) => ({ id: role, label: text.roles[role], description: text.roleHelp[role] }))}
        onChange={(id) => {
          const role = roles.find((one) => one === id) ?? 'mentor'
          const kind = placesOf[role].includes(value.kind) ? value.kind : (placesOf[role][0] ?? 'area')
          change({ role, kind, place: kind === value.kind ? value.place : null })
        }}
      />
      {kinds.length > 1 && (
        <RadioGroup
          label={text.placeKind}
          hint={text.placeHelp[value.role]}
          orientation="horizontal"
          value={value.kind}
          options={kinds.map((kind) => ({ id: kind, label: text.placeKinds[kind] }))}
          onChange={(id) => change({ kind: kinds.find((kind) => kind === id) ?? 'area', place: null })}
        />
      )}
      <PlaceField value={value} onPlace={(place) => change({ place })} fault={faults.place} />
      <BuddhistDateField
        label={text.from}
        hint={text.fromHint}
        isOptional
        onChange={(from) => change({ from })}
        fault={faults.from}
      />
      <BuddhistDateField
        label={text.to}
        hint={text.toHint}
        isOptional
        onChange={(to) => change({ to })}
        fault={faults.to}
      />
    </>
  )
}

interface PlaceFieldProps {
  value: GrantDraft
  onPlace: (place: string | null) => void
  fault: string | null | undefined
}

function PlaceField({ value, onPlace, fault }: PlaceFieldProps) {
  const text = useText(peopleText)
  const options = usePlaces(value)
  if (value.kind === 'area')
    return <AreaPicker label={text.place} id="place" value={value.place} onChange={onPlace} fault={fault} />
  return (
    <ComboBox
      key={`${value.kind} ${value.role} ${options.length}`}
      label={text.placeKinds[value.kind]}
      id="place"
      options={options}
      value={value.place}
      onChange={onPlace}
      fault={fault}
    />
  )
}

function usePlaces({ role, kind }: GrantDraft) {
  const text = useText(peopleText)
  const { locale } = useFormat()
  const centres = useQuery({
    queryKey: ['centre.list', ''],
    queryFn: () => ask(centreList),
    enabled: kind === 'centre',
  })
  const teams = useQuery({ queryKey: ['team.list', ''], queryFn: () => ask(teamList), enabled: kind === 'team' })
  const agencies = useQuery({
    queryKey: ['agency.list', ''],
    queryFn: () => ask(agencyList),
    enabled: kind === 'agency',
  })
  if (kind === 'centre')
    return (centres.data?.centres ?? []).map((centre) => ({
      id: centre.id,
      label: locale === 'th' ? centre.shortNameTh : centre.nameEn,
    }))
  if (kind === 'team')
    return (teams.data?.teams ?? [])
      .filter((team) => team.kind === role)
      .map((team) => ({ id: team.id, label: team.name, description: team.centreName }))
  return (agencies.data?.agencies ?? [])
    .filter((agency) => agency.kind === role)
    .map((agency) => ({
      id: agency.id,
      label: locale === 'th' ? agency.nameTh : (agency.nameEn ?? agency.nameTh),
      description: text.roles[agency.kind],
    }))
}

/** Reads a draft: what to send, or what is missing. */
export function readGrant(
  draft: GrantDraft,
  text: { choosePlace: string; dateWhole: string; beforeFrom: string },
): { grant: Omit<InputOf<typeof roleGrant>, 'personId'> } | { faults: GrantFaults } {
  const dateFault = (date: GrantDraft['from']) =>
    date === 'unreadable' || (date !== null && date.precision !== 'day') ? text.dateWhole : null
  const faults = {
    place: draft.place === null ? text.choosePlace : null,
    from: dateFault(draft.from),
    to: dateFault(draft.to),
  }
  const day = (date: GrantDraft['from']) => (date === null || date === 'unreadable' ? undefined : date.date)
  const [from, to] = [day(draft.from), day(draft.to)]
  if (from !== undefined && to !== undefined && to < from) faults.to = text.beforeFrom
  if (draft.place === null || faults.from || faults.to) return { faults }
  const place = placeOf(draft.kind, draft.place)
  return {
    grant: newGrantSchema.parse({ role: draft.role, place, ...(from && { from }), ...(to && { to }) }),
  }
}

function placeOf(kind: PlaceKind, id: string): RolePlace {
  if (kind === 'area') return { kind, areaCode: id }
  if (kind === 'centre') return { kind, centreId: id }
  return kind === 'team' ? { kind, teamId: id } : { kind, agencyId: id }
}
