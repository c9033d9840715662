import {
  householdAdd,
  householdCheck,
  householdEdit,
  householdFindByNationalId,
  householdHistory,
  householdList,
  householdMerge,
  householdRestore,
  householdShow,
  householdUnmerge,
  householdWithdraw,
  nationalIdReveal,
} from '../../contract/households.ts'
import { addHousehold, checkDraft } from '../actions/found-households.ts'
import { editHousehold, listPage, setHouseholdState, showHistory, showHousehold } from '../actions/households.ts'
import { revealNationalId } from '../actions/members.ts'
import { mergeHouseholds, unmergeHouseholds } from '../actions/merges.ts'
import { findByNationalId } from '../actions/national-id-search.ts'
import { readCursor, writeCursor } from './cursor.ts'
import { endpoint, type Endpoint } from './endpoint.ts'

export const householdEndpoints: readonly Endpoint[] = [
  endpoint(householdList, async (call, input) => {
    const { cursor, limit: _limit, ...filters } = input
    const question = [call.actor.userId, filters]
    const after = cursor === null ? null : readCursor(call.secrets, question, cursor)
    const page = await listPage(call, call.reach, input, after)
    return { ...page, next: page.next && writeCursor(call.secrets, question, page.next) }
  }),
  endpoint(householdFindByNationalId, (call, input) => findByNationalId(call, call.reach, input.nationalId)),
  endpoint(householdShow, showHousehold),
  endpoint(householdHistory, showHistory),
  endpoint(nationalIdReveal, async (call, input) => ({ nationalId: await revealNationalId(call, input) })),
  endpoint(householdEdit, editHousehold),
  endpoint(householdCheck, (call, input) => checkDraft(call, input.draft)),
  endpoint(householdAdd, addHousehold),
  endpoint(householdMerge, mergeHouseholds),
  endpoint(householdUnmerge, unmergeHouseholds),
  endpoint(householdWithdraw, (call, input) => setHouseholdState(call, input, 'withdrawn')),
  endpoint(householdRestore, (call, input) => setHouseholdState(call, input, 'active')),
]
