import { describe, expect, it } from 'vitest'
import { pageInstead, type SessionAnswer, type SignedInPerson } from './first-page.ts'

const person: SignedInPerson = {
  id: '1',
  name: 'สมหญิง ใจกล้า',
  username: 'somying',
  secondFactor: false,
  mustSetSecondFactor: false,
  mustChangePassword: false,
  grants: [],
  permissions: [],
  homeArea: '31',
}

function session(changes: Partial<SessionAnswer>): SessionAnswer {
  return { needsSetup: false, practice: true, registryName: '', person, ...changes }
}

describe('the page that comes first', () => {
  it('is the set-up while nobody has an account', () => {
    const empty = session({ needsSetup: true, person: null })
    expect(pageInstead(empty, '/households', '/')).toBe('/setup')
    expect(pageInstead(empty, '/setup', '/')).toBeNull()
  })

  it('is the sign-in while nobody is signed in, and afterwards the page that was asked for', () => {
    const signedOut = session({ person: null })
    expect(pageInstead(signedOut, '/households', '/')).toBe('/sign-in')
    expect(pageInstead(signedOut, '/setup', '/')).toBe('/sign-in')
    expect(pageInstead(signedOut, '/sign-in', '/')).toBeNull()
    expect(pageInstead(session({}), '/sign-in', '/households?area=3101')).toBe('/households?area=3101')
  })

  it('is the new password, and only then the second factor', () => {
    const both = session({ person: { ...person, mustChangePassword: true, mustSetSecondFactor: true } })
    expect(pageInstead(both, '/', '/')).toBe('/account/password')
    const factor = session({ person: { ...person, mustSetSecondFactor: true } })
    expect(pageInstead(factor, '/account/password', '/')).toBe('/account/second-factor')
    expect(pageInstead(factor, '/account/second-factor', '/')).toBeNull()
  })

  it('is the page itself for somebody who is signed in', () => {
    expect(pageInstead(session({}), '/households', '/')).toBeNull()
    expect(pageInstead(session({}), '/account/password', '/')).toBeNull()
  })
})
