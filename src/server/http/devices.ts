/** The routes of phones. Those without a session are throttled by address. */
import {
  deviceKey,
  deviceList,
  deviceOwn,
  deviceRegister,
  deviceRevoke,
  deviceStatus,
  deviceWiped,
} from '../../contract/devices.ts'
import { Problem } from '../../domain/problem.ts'
import {
  deviceBySecret,
  devicePage,
  ownDevices,
  registerDevice,
  revokeDevice,
  showDeviceKey,
  wipeDevice,
} from '../actions/devices.ts'
import type { Deps } from '../deps.ts'
import { endpoint, type Call, type Endpoint } from './endpoint.ts'
import { createThrottle, type Throttle } from './throttle.ts'

export const deviceEndpoints: readonly Endpoint[] = [
  endpoint(deviceRegister, registerDevice),
  endpoint(deviceKey, (call, input) => known(call, () => showDeviceKey(call, input))),
  endpoint(deviceStatus, (call, input) =>
    known(call, async () => {
      const device = await deviceBySecret(call.tx, input)
      if (!device) throttleOf(call.deps).failed(call.address, call.now)
      const state = (device?.state ?? 'unknown') as 'active' | 'revoked' | 'wiped' | 'unknown'
      return { state, serverTime: call.now.toISOString() }
    }),
  ),
  endpoint(deviceWiped, (call, input) =>
    known(call, async () => {
      await wipeDevice(call, input)
      return {}
    }),
  ),
  endpoint(deviceOwn, ownDevices),
  endpoint(deviceList, devicePage),
  endpoint(deviceRevoke, async (call, input) => ({ device: await revokeDevice(call, input) })),
]

const throttles = new WeakMap<Deps, Throttle>()

function throttleOf(deps: Deps): Throttle {
  const throttle = throttles.get(deps) ?? createThrottle()
  throttles.set(deps, throttle)
  return throttle
}

/** Counts phones that nobody knows and secrets that are wrong. @throws Problem tooManyTries */
export async function known<Result>(call: Call, work: () => Promise<Result>): Promise<Result> {
  const throttle = throttleOf(call.deps)
  throttle.requireTriesLeft(call.address, call.now)
  try {
    return await work()
  } catch (error) {
    if (error instanceof Problem && error.problem === 'deviceUnknown') throttle.failed(call.address, call.now)
    throw error
  }
}
