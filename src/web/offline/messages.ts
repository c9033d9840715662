/**
 * The messages of src/contract/sync.ts and devices.ts that a phone sends, without their schemas: those would cost 30 kB of a
 * page that may have 200. messages.test.ts holds this table to the contract.
 */
import type { deviceKey, deviceRegister, deviceStatus, deviceWiped } from '../../contract/devices.ts'
import type { InputOf, OutputOf } from '../../contract/route.ts'
import type {
  syncEstimate,
  syncHouseholds,
  syncPhotoPiece,
  syncPhotoStart,
  syncPull,
  syncPush,
  syncRescue,
} from '../../contract/sync.ts'

export const syncProtocol = 2
export const packedProtocol = 2
export const mostItemsAtOnce = 50
export const mostHouseholdsAtOnce = 100
export const manyHouseholds = 1_000
export const mostHouseholds = 5_000
export const mostBytesPerItem = 200_000
export const mostBytesPerSealedPhoto = 6 * 1024 * 1024
export const mostBytesPerPhotoPiece = 256 * 1024

export const messages = {
  'device.register': { method: 'POST', path: '/api/devices' },
  'device.key': { method: 'POST', path: '/api/devices/:deviceId/key' },
  'device.status': { method: 'POST', path: '/api/devices/status' },
  'device.wiped': { method: 'POST', path: '/api/devices/wiped' },
  'sync.push': { method: 'POST', path: '/api/sync/push' },
  'sync.rescue': { method: 'POST', path: '/api/sync/rescue' },
  'sync.photoStart': { method: 'POST', path: '/api/sync/photos' },
  'sync.photoPiece': { method: 'PUT', path: '/api/sync/photos/:photoId' },
  'sync.pull': { method: 'POST', path: '/api/sync/pull' },
  'sync.households': { method: 'POST', path: '/api/sync/households' },
  'sync.estimate': { method: 'POST', path: '/api/sync/estimate' },
} as const

interface Routes {
  'device.register': typeof deviceRegister
  'device.key': typeof deviceKey
  'device.status': typeof deviceStatus
  'device.wiped': typeof deviceWiped
  'sync.push': typeof syncPush
  'sync.rescue': typeof syncRescue
  'sync.photoStart': typeof syncPhotoStart
  'sync.photoPiece': typeof syncPhotoPiece
  'sync.pull': typeof syncPull
  'sync.households': typeof syncHouseholds
  'sync.estimate': typeof syncEstimate
}

export type MessageName = keyof typeof messages
export type Asked<Name extends MessageName> = InputOf<Routes[Name]>
export type Answered<Name extends MessageName> = OutputOf<Routes[Name]>
