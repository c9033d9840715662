import type { MemberFacts } from '../../../domain/member.ts'
import type { HouseholdFacts } from '../../../domain/household.ts'
import type { Tx } from '../../db/database.ts'
import { newId } from '../../ids.ts'
import type { JudgedBatch } from '../../queries/imports/judge.ts'
import { judgeOne, type OneVerdict } from '../../queries/imports/match-one.ts'
import { deleteStaged, insertStaged } from '../../queries/imports/stage.ts'
import type { Secrets } from '../../secrets.ts'
import { stagedColumns, stageRow } from './stage-row.ts'

/** A household as somebody typed it, its head first. */
export interface OneHousehold {
  household: HouseholdFacts
  members: readonly MemberFacts[]
}

/**
 * Judges one household by the very rules and the very SQL of an import: it is staged under a batch of its own, judged,
 * and taken away again. The transaction must stand beyond the wall, since matching looks outside the person's areas;
 * what it finds there is only told as `elsewhere`.
 */
export async function matchOne(
  tx: Tx,
  one: OneHousehold,
  judge: Omit<JudgedBatch, 'id'>,
  secrets: Secrets,
): Promise<OneVerdict> {
  const batch: JudgedBatch = { ...judge, id: newId() }
  const members = one.members.length === 0 ? [null] : one.members
  const rows = members.map((member, index) =>
    stageRow({ rowNumber: index + 1, householdKey: 'one', household: one.household, member, faults: [] }, secrets, {
      leaderRow: 1,
      areaCode: one.household.areaCode,
    }),
  )
  await insertStaged(tx, batch.id, JSON.stringify(rows), stagedColumns)
  const verdict = await judgeOne(tx, batch)
  await deleteStaged(tx, batch.id)
  return verdict
}
