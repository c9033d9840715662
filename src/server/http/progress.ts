import { progressHouseholds, progressOverview } from '../../contract/progress.ts'
import { showHouseholdsBehind, showProgress } from '../actions/progress.ts'
import { Problem } from '../../domain/problem.ts'
import { endpoint, type Endpoint } from './endpoint.ts'

export const progressEndpoints: readonly Endpoint[] = [
  endpoint(progressOverview, (call, input) => showProgress({ ...call, past: call.deps.pastDecisions }, input)),
  endpoint(progressHouseholds, async (call, input) => {
    const page = await showHouseholdsBehind(call, input, readPosition(input.cursor))
    return { ...page, next: page.next && `${page.next.areaCode}.${page.next.id}` }
  }),
]

/** Where a page ended says nothing but an area and a household's id. @throws Problem malformedInput */
function readPosition(cursor: string | null): { areaCode: string; id: string } | null {
  if (cursor === null) return null
  const [, areaCode, id] = /^([0-9]{8})\.([0-9a-f-]{36})$/.exec(cursor) ?? []
  if (!areaCode || !id) throw new Problem('malformedInput', { fields: [{ field: 'cursor', fault: 'invalid' }] })
  return { areaCode, id }
}
