import { holdAdd, holdEnd, holdList } from '../../contract/holds.ts'
import { addHold, endHoldNow, listHolds } from '../actions/holds.ts'
import { endpoint, type Endpoint } from './endpoint.ts'

export const holdEndpoints: readonly Endpoint[] = [
  endpoint(holdList, (call, { area }) => listHolds(call, call.reach, area)),
  endpoint(holdAdd, addHold),
  endpoint(holdEnd, endHoldNow),
]
