import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { passwordFault, shortestPassword } from './password.ts'

describe('passwords', () => {
  it('twelve characters are the least, counted as people see them', () => {
    expect(passwordFault('กขฃคฅฆงจฉชซ', 'somchai')).toBe('tooShort')
    expect(passwordFault('กขฃคฅฆงจฉชซฌ', 'somchai')).toBeNull()
    expect(passwordFault('😀😁😂😃😄😅', 'somchai')).toBe('tooShort')
  })

  it('refuses what everybody uses, with whatever digits and signs around it', () => {
    const common = [
      'Password1234!',
      'qwertyuiop12',
      'Thailand2566!!',
      'admin-admin-admin',
      'รหัสผ่าน123456789',
      '3310500123456',
    ]
    for (const password of [...common, '111111111111', 'ababababab.ab']) {
      expect(passwordFault(password, 'somchai'), password).toBe('common')
    }
  })

  it('refuses little more than the username', () => {
    expect(passwordFault('Somchai.Somchai.1', 'somchai')).toBe('containsUsername')
    expect(passwordFault('somchai goes to the market', 'somchai')).toBeNull()
  })

  it('takes phrases that contain a common word', () => {
    expect(passwordFault('my thailand rice field', 'somchai')).toBeNull()
  })

  it('never takes a password that is too short', () => {
    fc.assert(
      fc.property(fc.string({ unit: 'grapheme', maxLength: 20 }), (text) => {
        if (Array.from(text).length < shortestPassword) expect(passwordFault(text, 'x')).toBe('tooShort')
        else expect(passwordFault(text, 'x')).not.toBe('tooShort')
      }),
    )
  })
})
