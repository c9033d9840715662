/** A household's row of facts as the database stages it: the same for a row of a file and for one typed at a desk. */
import { provinceOf } from '../../../domain/area.ts'
import { deriveHousehold } from '../../../domain/derive.ts'
import { isInvalid, type Fault, type StagedRow } from '../../../domain/import/staged.ts'
import { nameKey } from '../../../domain/thai/key.ts'
import { newId } from '../../ids.ts'
import type { Secrets } from '../../secrets.ts'

/** The columns of source_row under one-letter names, so that the texts stay short. */
export const stagedColumns = [
  ['n', 'row_number', 'integer'],
  ['l', 'leader_row', 'integer'],
  ['p', 'province_code', 'smallint'],
  ['a', 'area_code', 'text'],
  ['v', 'village_name', 'text'],
  ['c', 'house_code', 'text'],
  ['fn', 'family_number', 'text'],
  ['h', 'house_number', 'text'],
  ['hk', 'house_number_key', 'text'],
  ['la', 'lane', 'text'],
  ['ro', 'road', 'text'],
  ['ph', 'phone', 'text'],
  ['y', 'latitude', 'double precision'],
  ['x', 'longitude', 'double precision'],
  ['sm', 'stated_members', 'smallint'],
  ['no', 'note', 'text'],
  ['o', 'position', 'smallint'],
  ['re', 'relation', 'text'],
  ['t', 'title', 'text'],
  ['f', 'first_name', 'text'],
  ['s', 'last_name', 'text'],
  ['k', 'name_key', 'text'],
  ['sk', 'sort_key', 'text'],
  ['st', 'search_text', 'text'],
  ['ih', 'national_id_hash', 'hex'],
  ['ic', 'national_id_cipher', 'hex'],
  ['g', 'sex', 'text'],
  ['b', 'birth_date', 'date'],
  ['bp', 'birth_precision', 'text'],
  ['oc', 'occupation', 'text'],
  ['in', 'annual_income', 'integer'],
  ['fa', 'faults', 'jsonb'],
  ['i', 'invalid', 'boolean'],
  ['uh', 'new_household_id', 'uuid'],
  ['um', 'new_member_id', 'uuid'],
  ['ul', 'new_listing_id', 'uuid'],
] as const

type StagedKey = (typeof stagedColumns)[number][0]
export type StagedJson = Partial<Record<StagedKey, string | number | boolean | readonly Fault[]>>

/** National ids leave this function hashed and encrypted; ids of what the row may bring into being are made here. */
export function stageRow(row: StagedRow, secrets: Secrets, place: { leaderRow: number; areaCode: string }): StagedJson {
  const { household, member } = row
  const invalid = isInvalid(row)
  const isLeader = place.leaderRow === row.rowNumber
  const outside = row.faults.some(({ fault }) => fault === 'areaOutsidePermission')
  const areaCode = household.areaCode === '' || outside ? place.areaCode : household.areaCode
  const json: StagedJson = { n: row.rowNumber, l: place.leaderRow, p: provinceOf(areaCode), a: areaCode }
  const put = (key: StagedKey, value: string | number | null | undefined): void => {
    if (value !== null && value !== undefined && value !== '') json[key] = value
  }
  put('v', household.villageName)
  put('c', household.houseCode)
  put('fn', household.familyNumber)
  put('h', household.houseNumber)
  put('la', household.lane)
  put('ro', household.road)
  put('ph', household.phone)
  put('y', household.latitude)
  put('x', household.longitude)
  put('sm', household.memberCount)
  put('no', household.note)
  const position = member?.order ?? 1
  const derived = deriveHousehold(
    household,
    member === null ? [] : [{ position, title: member.title, firstName: member.firstName, lastName: member.lastName }],
  )
  put('hk', derived.houseNumberKey)
  put('sk', derived.sortKey)
  if (isLeader) put('st', derived.searchText)
  if (member !== null) {
    put('o', member.order)
    put('re', member.relation)
    put('t', member.title)
    put('f', member.firstName)
    put('s', member.lastName)
    put('k', nameKey(member.lastName === null ? member.firstName : `${member.firstName} ${member.lastName}`))
    put('g', member.sex)
    put('b', member.birthDate)
    put('bp', member.birthPrecision)
    put('oc', member.occupation)
    put('in', member.annualIncome)
    if (member.nationalId !== null) {
      const hash = secrets.hashNationalId(member.nationalId)
      json.ih = hash.toString('hex')
      json.ic = secrets.encryptNationalId(member.nationalId, hash).toString('hex')
    }
  }
  if (row.faults.length > 0) json.fa = row.faults
  if (invalid) json.i = true
  else {
    if (isLeader) {
      json.uh = newId()
      json.ul = newId()
    }
    if (member !== null) json.um = newId()
  }
  return json
}
