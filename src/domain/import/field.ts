/** The fields that a column of a list can be mapped to, and what each is about. */

export const importFields = [
  // where
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
  'latitude',
  'longitude',
  // which household
  'houseCode',
  'familyNumber',
  'memberCount',
  'phone',
  'note',
  // who
  'memberOrder',
  'relation',
  'title',
  'firstName',
  'lastName',
  'fullName',
  'nationalId',
  'sex',
  'birthDate',
  'age',
  'occupation',
  'annualIncome',
] as const

export type ImportField = (typeof importFields)[number]

/** Which column (0-based) feeds which field, in which sheet, under which header row. */
export interface ColumnMapping {
  sheet: string
  /** 1-based number of the header row; rows up to it are titles. */
  headerRow: number
  columns: Partial<Record<ImportField, number>>
}
