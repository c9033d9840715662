/** What the fields of every form are given. */
import type { HouseholdRef } from '../../../../contract/households.ts'
import type { FourTRule } from '../../../../domain/logbook/rules/fourT.ts'
import type { CaseView } from '../../../../contract/logbook.ts'
import type { AskedMember } from '../../../../domain/logbook/indicators.ts'
import type { FormKind, TypedContents } from '../typed.ts'

/** The household that the form speaks of. */
export interface Scene {
  household: HouseholdRef
  found: CaseView
  /** Those who live there, by their place in the household. */
  members: readonly ({ id: string; name: string } & Pick<AskedMember, 'birthDate' | 'sex'>)[]
  /** The day in Thailand, ISO in the common era. */
  today: string
  /** The choices of the 4ท analysis, with their version. */
  fourT: { version: number; choices: FourTRule }
}

export interface FieldsProps<Kind extends FormKind> {
  scene: Scene
  content: TypedContents[Kind]
  change: (changes: Partial<TypedContents[Kind]>) => void
  /** The sentence under a field, by its name; null while it is well. */
  faultOf: (field: string) => string | null
}
