import { Problem, type ProblemName } from '../../domain/problem.ts'
import { OutsideTransaction } from '../db/transaction.ts'

/** Which rule of the database was broken, in the words of a person. Names of constraints are an interface. */
const problemByConstraint: Record<string, ProblemName> = {
  account_email_key: 'alreadyExists',
  account_username_key: 'alreadyExists',
  target_list_pkey: 'alreadyExists',
  centre_code_key: 'alreadyExists',
  listing_province_code_household_id_list_code_key: 'conflictingEdit',
}

/** Turns whatever was thrown into a problem that can be shown; what nobody foresaw becomes `unexpected`. */
export function problemOf(error: unknown): Problem {
  if (error instanceof Problem) return error
  if (error instanceof OutsideTransaction) return new Problem('unexpected')
  const fields = error as { code?: string; constraint?: string } | null
  if (fields?.code === '23505' && fields.constraint) {
    const name = problemByConstraint[fields.constraint]
    if (name) return new Problem(name)
  }
  // Serialization failure and deadlock: nothing was stored, and the same request may be sent again.
  if (fields?.code === '40001' || fields?.code === '40P01') return new Problem('conflictingEdit')
  return new Problem('unexpected')
}
