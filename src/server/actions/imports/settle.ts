/** What an import does to households of which something is recorded already: their cases follow as after any change. */
import type { Tx } from '../../db/database.ts'
import { moveLogbook } from '../../queries/case.ts'
import type { TouchedCase } from '../../queries/imports/spans.ts'
import { settleCases } from '../case-change.ts'

const casesAtOnce = 500

/** Settles cases whose households were changed in this transaction; entries of those that moved go with them. */
export async function settleTouched(tx: Tx, now: Date, households: readonly TouchedCase[]): Promise<void> {
  for (let from = 0; from < households.length; from += casesAtOnce) {
    const some = households.slice(from, from + casesAtOnce)
    for (const { province_code, id, area_code, moved } of some)
      if (moved) await moveLogbook(tx, { provinceCode: province_code, id }, area_code)
    await settleCases({ tx, now }, some)
  }
}
