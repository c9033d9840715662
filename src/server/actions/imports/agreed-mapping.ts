/** How people of a province agreed to read a list with these headings, wherever in the file the sheet stands this time. */
import { provinceOf } from '../../../domain/area.ts'
import type { ProposedMapping } from '../../../domain/import/columns.ts'
import type { ColumnMapping } from '../../../domain/import/field.ts'
import type { Db } from '../../db/database.ts'
import { findRememberedMapping } from '../../queries/imports.ts'

/** Null when nobody there confirmed a mapping for these headings yet. */
export async function agreedMapping(
  db: Db,
  proposed: Pick<ProposedMapping, 'mapping' | 'fingerprint'>,
  listCode: string,
  areaCode: string,
): Promise<ColumnMapping | null> {
  const found = await findRememberedMapping(db, provinceOf(areaCode), proposed.fingerprint, listCode)
  return found && { ...proposed.mapping, columns: found.columns }
}
