import { worklistCounts, worklistPage } from '../../contract/worklists.ts'
import { countWork, pageOfWork } from '../actions/worklists.ts'
import { readCursor, writeCursor } from './cursor.ts'
import { endpoint, type Endpoint } from './endpoint.ts'

export const worklistEndpoints: readonly Endpoint[] = [
  endpoint(worklistCounts, (call, { area }) => countWork(call, call.reach, area)),
  endpoint(worklistPage, async (call, input) => {
    const { cursor, limit: _limit, ...filters } = input
    const question = [call.actor.userId, filters]
    const after = cursor === null ? null : readCursor(call.secrets, question, cursor)
    const page = await pageOfWork(call, call.reach, input, after)
    return { ...page, next: page.next && writeCursor(call.secrets, question, page.next) }
  }),
]
