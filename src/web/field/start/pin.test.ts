import { describe, expect, it } from 'vitest'
import { isEasyPin } from './pin.ts'

describe('a PIN', () => {
  it.each(['000000', '123456', '987654', '890123', '121212', '123123'])('%s is easy to guess', (pin) => {
    expect(isEasyPin(pin)).toBe(true)
  })

  it.each(['271946', '100200', '135790'])('%s is not', (pin) => {
    expect(isEasyPin(pin)).toBe(false)
  })
})
