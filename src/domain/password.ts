/** What a password must be: long, not the username, not what everybody uses. Nothing else is asked (NIST SP 800-63B). */

export const shortestPassword = 12

/**
 * Hours for which a password that another person made lets its owner in. It travels on paper or by telephone, so it must
 * not lie about for long; three days reach somebody who was told on a Friday and sits at a desk on Monday.
 */
export const oneTimePasswordHours = 72

/** Whether a one-time password that was made at `since` has run out at `now`. */
export function isOneTimeOver(since: Date, now: Date): boolean {
  return now.getTime() - since.getTime() >= oneTimePasswordHours * 60 * 60 * 1000
}

export type PasswordFault = 'tooShort' | 'containsUsername' | 'common'

/** What people choose when twelve characters are asked for; a word stands before those that it begins with. */
const commonCores = [
  'password',
  'passw0rd',
  'qwertyuiop',
  'qwerty',
  'asdfghjkl',
  'zxcvbnm',
  '1q2w3e4r',
  'qazwsx',
  'iloveyou',
  'letmein',
  'welcome',
  'administrator',
  'admin',
  'thailand',
  'bangkok',
  'kaejon',
  'sawasdee',
  'changeme',
  'abcdefghijkl',
  'แก้จน',
  'รหัสผ่าน',
  'ประเทศไทย',
]

/** The first fault of a password, or null when it will do. */
export function passwordFault(password: string, username: string): PasswordFault | null {
  if (Array.from(password).length < shortestPassword) return 'tooShort'
  const folded = password.toLowerCase()
  const name = username.toLowerCase()
  // Taking a short name out of a long password leaves enough; a password that is little more than the name does not.
  if (name !== '' && folded.replaceAll(name, '').length < shortestPassword / 2) return 'containsUsername'
  return isCommon(folded) ? 'common' : null
}

/** Well-known words with little else around them, nothing but digits (a telephone, an id), or a few signs repeated. */
function isCommon(folded: string): boolean {
  if (/^[\p{Nd}\s./-]+$/u.test(folded) || new Set(folded).size < 6) return true
  const others = commonCores.reduce((rest, core) => rest.replaceAll(core, ''), folded)
  return others !== folded && others.replace(/[^\p{L}]/gu, '').length < 4
}
