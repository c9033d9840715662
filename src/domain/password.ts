/** What a password must be: long, not the username, not what everybody uses. Nothing else is asked (NIST SP 800-63B). */

export const shortestPassword = 12

export type PasswordFault = 'tooShort' | 'containsUsername' | 'common'

/** The beginnings of what people choose when twelve characters are asked for; digits and signs around them do not help. */
const commonCores = [
  'password',
  'passw0rd',
  'qwerty',
  'qwertyuiop',
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
  if ([...password].length < shortestPassword) return 'tooShort'
  const folded = password.toLowerCase()
  const name = username.toLowerCase()
  // Taking a short name out of a long password leaves enough; a password that is little more than the name does not.
  if (name !== '' && folded.replaceAll(name, '').length < shortestPassword / 2) return 'containsUsername'
  let rest = folded.replace(/[\s\d._!@#$%^&*+=-]/gu, '')
  for (const core of commonCores) {
    rest = rest.replaceAll(core, '')
    if (folded.replaceAll(core, '').length < 5) return 'common'
  }
  // Digits, a single character over and over, or nothing but well-known words.
  return rest.length < 3 && new Set(folded).size < 12 ? 'common' : null
}
