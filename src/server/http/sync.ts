/** The routes by which phones send and fetch. What touches the files of photographs stands here. */
import {
  syncEstimate,
  syncHouseholds,
  syncPull,
  syncPush,
  syncRescue,
  syncUnfiledDecide,
  syncUnfiledList,
} from '../../contract/sync.ts'
import { estimate, phoneHouseholds, pull } from '../actions/phone-households.ts'
import type { ItemContext } from '../actions/phone-items.ts'
import { pushItems, rescueItems } from '../actions/sync.ts'
import { decideUnfiled, unfiledPage } from '../actions/unfiled.ts'
import { known } from './devices.ts'
import { endpoint, type Call, type Endpoint } from './endpoint.ts'

export const syncEndpoints: readonly Endpoint[] = [
  endpoint(syncPush, (call, input) => pushItems(itemContext(call), input)),
  endpoint(syncRescue, (call, input) => known(call, () => rescueItems(itemContext(call), input))),
  endpoint(syncPull, pull),
  endpoint(syncHouseholds, phoneHouseholds),
  endpoint(syncEstimate, estimate),
  endpoint(syncUnfiledList, unfiledPage),
  endpoint(syncUnfiledDecide, (call, input) => decideUnfiled(itemContext(call), input)),
]

/** An item that fails as nobody foresaw is kept unfiled; what happened is written into the log, without what it says. */
function itemContext({ deps, ...call }: Call): ItemContext {
  return {
    ...call,
    unforeseen: (error) => {
      const name = error instanceof Error ? error.name : typeof error
      const code = (error as { code?: unknown } | null)?.code
      deps.log.error({ error: name, ...(typeof code === 'string' ? { code } : {}) }, 'an item could not be recorded')
    },
  }
}
