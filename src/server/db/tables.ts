// Made by `npm run tables` from the migrated database; a test fails when it is stale.

import type { ColumnType, Generated } from 'kysely'

/** jsonb: parsed when read; written as JSON text. */
export type Json = ColumnType<unknown, string, string>

export interface AccountTable {
  id: string
  name: string
  email: string
  email_verified: Generated<boolean>
  image: string | null
  username: string | null
  display_username: string | null
  second_factor_enabled: Generated<boolean>
  disabled_at: Date | null
  created_at: Generated<Date>
  updated_at: Generated<Date>
  password_one_time: Generated<boolean>
  password_one_time_at: Date | null
}

export interface AgencyTable {
  id: string
  kind: string
  name_th: string
  name_en: string | null
  area_code: string
  created_at: Generated<Date>
}

export interface AreaTable {
  code: string
  name_th: string
  name_en: string | null
  name_key: string
  origin: string
  valid_from: Generated<string>
  valid_to: string | null
}

export interface AttemptTable {
  id: string
  key: string
  count: number
  last_request: number
}

export interface AuditEntryTable {
  province_code: number
  id: string
  at: Date
  account_id: string | null
  action: string
  subject_kind: string | null
  subject_id: string | null
  area_code: Generated<string>
  detail: ColumnType<unknown, string | undefined, string>
  request_id: string | null
}

export interface CatalogueItemTable {
  province_code: number
  code: string
  name_th: string
  name_en: string
  dimension: string
  agency: string
  eligible: Json
  amount_th: string
  amount_en: string
  amount_baht: number | null
  source: string
  valid_from: string
  valid_to: string | null
  account_id: string | null
  updated_at: Date
}

export interface CentreTable {
  id: string
  code: string
  kind: string
  name_th: string
  short_name_th: string
  name_en: string
  province_code: number
  area_code: string
  valid_from: Generated<string>
  valid_to: string | null
}

export interface CentreCoverageTable {
  centre_id: string
  area_code: string
  valid_from: Generated<string>
  valid_to: string | null
}

export interface CredentialTable {
  id: string
  account_id: string
  external_id: string
  provider_id: string
  access_token: string | null
  refresh_token: string | null
  id_token: string | null
  access_token_expires_at: Date | null
  refresh_token_expires_at: Date | null
  scope: string | null
  password: string | null
  created_at: Generated<Date>
  updated_at: Generated<Date>
}

export interface DeviceTable {
  id: string
  account_id: string
  name: string
  province_code: number
  areas: string
  state: Generated<string>
  data_key: Uint8Array
  secret_digest: Uint8Array
  app_version: string
  protocol: number
  registered_at: Date
  last_seen_at: Date
  last_sync_at: Date | null
  waiting_items: Generated<number>
  waiting_photos: Generated<number>
  waiting_since: Date | null
  to_fetch: Generated<number>
  clock_offset: number | null
  cursor_given: string | null
  cursor_before: string | null
  revoked_at: Date | null
  revoked_by: string | null
  revoke_reason: string | null
  wiped_at: Date | null
  lost_items: number | null
}

export interface DutyHoldTable {
  province_code: number
  id: string
  area_code: string
  from_on: string
  until_on: string
  reason: string
  account_id: string
  created_at: Date
  ended_at: Date | null
}

export interface EntryTable {
  province_code: number
  id: string
  household_id: string
  area_code: string
  kind: string
  happened_on: string
  recorded_at: Date
  account_id: string
  corrects: string | null
  content: Json
  digest: Uint8Array
}

export interface FactChangeTable {
  province_code: number
  id: string
  household_id: string
  member_id: string | null
  field: string
  old_value: string | null
  new_value: string | null
  source: string
  batch_id: string | null
  row_number: number | null
  account_id: string | null
  reason: string | null
  as_of: string
  at: Date
}

export interface FactSpanTable {
  province_code: number
  household_id: string
  fact: string
  from_at: Date
  to_at: Date | null
  area_code: string
  list_set: string
}

export interface HouseholdTable {
  province_code: number
  id: string
  area_code: string
  centre_id: string | null
  state: Generated<string>
  merged_into: string | null
  house_code: string | null
  family_number: string | null
  house_number: string | null
  house_number_key: string | null
  lane: string | null
  road: string | null
  phone: string | null
  latitude: number | null
  longitude: number | null
  stated_members: number | null
  note: string | null
  head_name: string | null
  sort_key: Generated<string>
  search_text: Generated<string>
  member_count: Generated<number>
  list_set: Generated<string>
  as_of: string
  trust: Generated<number>
  created_batch: string | null
  version: Generated<number>
  created_at: Date
  updated_at: Date
}

export interface HouseholdCaseTable {
  province_code: number
  household_id: string
  area_code: string
  list_set: string
  standing: string
  recorded: boolean
  entries: number
  state: Json
  last_visit_on: string | null
  due_on: string | null
  waiting: Generated<string>
  updated_at: Date
}

export interface HouseholdFigureTable {
  province_code: number
  area_code: string
  list_set: string
  households: number
  persons: number
}

export interface HouseholdMergeTable {
  province_code: number
  id: string
  kept_id: string
  merged_id: string
  moved: Json
  reason: string | null
  account_id: string
  at: Date
  undone_by: string | null
  undone_at: Date | null
}

export interface ImportBatchTable {
  id: string
  upload_id: string
  list_code: string
  list_date: string
  area_code: string
  file_name: string
  file_digest: string
  format: string | null
  mapping: ColumnType<unknown, string | null | undefined, string | null>
  sample: Uint8Array | null
  reach: ColumnType<unknown, string | undefined, string>
  villages: ColumnType<unknown, string | undefined, string>
  state: Generated<string>
  progress: ColumnType<unknown, string | undefined, string>
  counts: ColumnType<unknown, string | undefined, string>
  result: ColumnType<unknown, string | null | undefined, string | null>
  problem: ColumnType<unknown, string | null | undefined, string | null>
  guard_waived: Generated<boolean>
  committed_through: Generated<number>
  matched_at: Date | null
  account_id: string
  created_at: Date
  updated_at: Date
  committed_at: Date | null
  undone_at: Date | null
  undone_by: string | null
  elsewhere: Generated<string>
}

export interface ImportFigureTable {
  province_code: number
  batch_id: string
  area_code: string
  list_code: string
  verdict: string
  waiting: boolean
  rows: number
}

export interface JobTable {
  id: string
  kind: string
  payload: Json
  state: Generated<string>
  attempts: Generated<number>
  run_at: Generated<Date>
  claimed_until: Date | null
  last_error: string | null
  created_at: Generated<Date>
}

export interface ListDenominatorTable {
  list_code: string
  area_code: string
  households: number
  persons: number | null
  document: string
  as_of: string
  entered_at: Date
  replaced_at: Date | null
}

export interface ListingTable {
  province_code: number
  id: string
  household_id: string
  area_code: string
  list_code: string
  state: Generated<string>
  list_date: string
  batch_id: string | null
  row_number: number | null
  account_id: string | null
  created_at: Date
}

export interface MemberTable {
  province_code: number
  id: string
  household_id: string
  area_code: string
  state: Generated<string>
  position: number
  relation: string | null
  title: string | null
  first_name: string
  last_name: string | null
  name_key: string
  national_id_hash: Uint8Array | null
  national_id_cipher: Uint8Array | null
  sex: string | null
  birth_date: string | null
  birth_precision: string | null
  occupation: string | null
  annual_income: number | null
  created_batch: string | null
  created_at: Date
  updated_at: Date
}

export interface MigrationTable {
  name: string
  applied_at: Generated<Date>
}

export interface PhotoTable {
  province_code: number
  id: string
  household_id: string
  area_code: string
  bytes: number
  sha256: Uint8Array
  account_id: string
  created_at: Date
}

export interface ProgressFigureTable {
  province_code: number
  area_code: string
  fact: string
  day: string
  counts: Json
}

export interface ProgressPendingTable {
  province_code: number
  id: string
  area_code: string
  list_set: string
  fact: string
  day: string
  delta: number
}

export interface RememberedMappingTable {
  fingerprint: string
  list_code: string
  mapping: Json
  updated_at: Date
  province_code: number
}

export interface RoleGrantTable {
  id: string
  account_id: string
  role: string
  area_code: string | null
  centre_id: string | null
  team_id: string | null
  agency_id: string | null
  valid_from: string
  valid_to: string | null
  granted_by: string | null
  revoked_at: Date | null
  created_at: Generated<Date>
}

export interface RowVerdictTable {
  province_code: number
  batch_id: string
  row_number: number
  area_code: string
  verdict: string
  reason: string
  score: number | null
  candidate_id: string | null
  duplicate_of: number | null
  waiting: Generated<boolean>
  decision: string | null
  decided_by: string | null
  decided_at: Date | null
  household_id: string | null
  committed_at: Date | null
}

export interface RuleVersionTable {
  province_code: number
  kind: string
  version: number
  content: Json
  reason: string | null
  account_id: string | null
  created_at: Date
}

export interface SealedPhotoTable {
  device_id: string
  photo_id: string
  file_id: string
  province_code: number
  household_id: string
  bytes: number
  received: Generated<number>
  failures: Generated<number>
  completed_at: Date | null
  filed_at: Date | null
  created_at: Date
  updated_at: Date
}

export interface SecondFactorTable {
  id: string
  account_id: string
  secret: string
  backup_codes: string
  verified: Generated<boolean>
  failed_verification_count: Generated<number>
  locked_until: Date | null
  last_used_step: number | null
}

export interface SessionTable {
  id: string
  account_id: string
  token: string
  expires_at: Date
  ip_address: string | null
  user_agent: string | null
  created_at: Generated<Date>
  updated_at: Generated<Date>
}

export interface SettingTable {
  key: string
  value: Json
  updated_at: Generated<Date>
}

export interface SourceRowTable {
  province_code: number
  batch_id: string
  row_number: number
  leader_row: number
  area_code: string
  village_name: string | null
  house_code: string | null
  family_number: string | null
  house_number: string | null
  house_number_key: string | null
  lane: string | null
  road: string | null
  phone: string | null
  latitude: number | null
  longitude: number | null
  stated_members: number | null
  note: string | null
  position: number | null
  relation: string | null
  title: string | null
  first_name: string | null
  last_name: string | null
  name_key: string | null
  sort_key: string | null
  search_text: string | null
  national_id_hash: Uint8Array | null
  national_id_cipher: Uint8Array | null
  sex: string | null
  birth_date: string | null
  birth_precision: string | null
  occupation: string | null
  annual_income: number | null
  faults: ColumnType<unknown, string | null | undefined, string | null>
  invalid: Generated<boolean>
  new_household_id: string | null
  new_member_id: string | null
  new_listing_id: string | null
}

export interface TargetListTable {
  code: string
  name_th: string
  name_en: string
  list_date: string
  document: string
  clause: string | null
  trust: Generated<number>
  position: number
  province_code: Generated<number>
  created_at: Generated<Date>
}

export interface TeamTable {
  id: string
  kind: string
  name: string
  centre_id: string
  area_code: string
  created_at: Generated<Date>
}

export interface UnfiledItemTable {
  province_code: number
  id: string
  area_code: string
  device_id: string
  account_id: string
  kind: string
  household_id: string | null
  saved_at: Date
  received_at: Date
  problem: string
  details: ColumnType<unknown, string | undefined, string>
  content: Uint8Array | null
  digest: Uint8Array
  protocol: number
  state: Generated<string>
  recorded_household: string | null
  decided_by: string | null
  decided_at: Date | null
  reason: string | null
}

export interface UploadTable {
  id: string
  account_id: string
  file_name: string
  size: number
  received: Generated<number>
  digest: string | null
  created_at: Date
  completed_at: Date | null
}

export interface VerificationTable {
  id: string
  identifier: string
  value: string
  expires_at: Date
  created_at: Generated<Date>
  updated_at: Generated<Date>
}

export interface Tables {
  account: AccountTable
  agency: AgencyTable
  area: AreaTable
  attempt: AttemptTable
  audit_entry: AuditEntryTable
  catalogue_item: CatalogueItemTable
  centre: CentreTable
  centre_coverage: CentreCoverageTable
  credential: CredentialTable
  device: DeviceTable
  duty_hold: DutyHoldTable
  entry: EntryTable
  fact_change: FactChangeTable
  fact_span: FactSpanTable
  household: HouseholdTable
  household_case: HouseholdCaseTable
  household_figure: HouseholdFigureTable
  household_merge: HouseholdMergeTable
  import_batch: ImportBatchTable
  import_figure: ImportFigureTable
  job: JobTable
  list_denominator: ListDenominatorTable
  listing: ListingTable
  member: MemberTable
  migration: MigrationTable
  photo: PhotoTable
  progress_figure: ProgressFigureTable
  progress_pending: ProgressPendingTable
  remembered_mapping: RememberedMappingTable
  role_grant: RoleGrantTable
  row_verdict: RowVerdictTable
  rule_version: RuleVersionTable
  sealed_photo: SealedPhotoTable
  second_factor: SecondFactorTable
  session: SessionTable
  setting: SettingTable
  source_row: SourceRowTable
  target_list: TargetListTable
  team: TeamTable
  unfiled_item: UnfiledItemTable
  upload: UploadTable
  verification: VerificationTable
}
