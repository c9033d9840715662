import { describe, expect, it } from 'vitest'
import * as devices from '../../contract/devices.ts'
import * as sync from '../../contract/sync.ts'
import * as own from './messages.ts'

const routes = [...devices.deviceRoutes, ...sync.syncRoutes]

describe('the messages of a phone', () => {
  it('are those of the contract, which is too heavy to be carried along', () => {
    for (const [name, { method, path }] of Object.entries(own.messages)) {
      const route = routes.find((each) => each.name === name)
      expect([name, route?.method, route?.path]).toEqual([name, method, path])
    }
  })

  it('keep to its limits', () => {
    expect(own.syncProtocol).toBe(sync.syncProtocol)
    expect(own.packedProtocol).toBe(sync.packedProtocol)
    expect(own.mostItemsAtOnce).toBe(sync.mostItemsAtOnce)
    expect(own.mostHouseholdsAtOnce).toBe(sync.mostHouseholdsAtOnce)
    expect(own.manyHouseholds).toBe(sync.manyHouseholds)
    expect(own.mostHouseholds).toBe(sync.mostHouseholds)
    expect(own.mostBytesPerItem).toBe(sync.mostBytesPerItem)
    expect(own.mostBytesPerSealedPhoto).toBe(sync.mostBytesPerSealedPhoto)
    expect(own.mostBytesPerPhotoPiece).toBe(sync.mostBytesPerPhotoPiece)
  })
})
