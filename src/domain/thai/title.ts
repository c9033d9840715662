/**
 * Titles and ranks in front of a name.
 *
 * The rule. A title is taken off when it cannot be part of a name: it is written with full stops (น.ส., จ.ส.อ.), or a
 * space follows it, or it is long enough to be nothing else (นางสาว, เด็กชาย, ว่าที่ร้อยตรี). นาย, นาง and พระ glued to
 * what follows are titles only when a name can begin there: at least two more characters, the first a consonant or a
 * leading vowel with its consonant, and no mark belongs to the title's own last letter (so นายิกา stays whole). A
 * single word such as นางนวล is a name in its own right; with a surname behind it, นางนวล ใจดี, it is นาง + นวล, as
 * nearly every list of people means it. The few names that really begin so, พระพาย for one, are listed.
 */

export interface SplitTitle {
  /** As people write it in full where a short form has only one meaning (น.ส. gives นางสาว); null when there is none. */
  title: string | null
  rest: string
}

const longTitles = [
  'นางสาว',
  'เด็กชาย',
  'เด็กหญิง',
  'สามเณรี',
  'สามเณร',
  'แม่ชี',
  'หม่อมราชวงศ์',
  'หม่อมหลวง',
  'หม่อมเจ้า',
  'พระครูสังฆรักษ์',
  'พระครูวินัยธร',
  'พระครูใบฎีกา',
  'พระครูสมุห์',
  'พระครูปลัด',
  'พระครู',
  'พระมหา',
  'พระอธิการ',
  'พระปลัด',
  'พระสมุห์',
  'พระใบฎีกา',
  'พระภิกษุ',
  'พลเรือเอก',
  'พลเรือโท',
  'พลเรือตรี',
  'พลอากาศเอก',
  'พลอากาศโท',
  'พลอากาศตรี',
  'พลตำรวจเอก',
  'พลตำรวจโท',
  'พลตำรวจตรี',
  'พันตำรวจเอก',
  'พันตำรวจโท',
  'พันตำรวจตรี',
  'ร้อยตำรวจเอก',
  'ร้อยตำรวจโท',
  'ร้อยตำรวจตรี',
  'จ่าสิบตำรวจ',
  'สิบตำรวจเอก',
  'สิบตำรวจโท',
  'สิบตำรวจตรี',
  'ดาบตำรวจ',
  'นาวาอากาศเอก',
  'นาวาอากาศโท',
  'นาวาอากาศตรี',
  'เรืออากาศเอก',
  'เรืออากาศโท',
  'เรืออากาศตรี',
  'พันจ่าอากาศเอก',
  'พันจ่าอากาศโท',
  'พันจ่าอากาศตรี',
  'จ่าอากาศเอก',
  'จ่าอากาศโท',
  'จ่าอากาศตรี',
  'นาวาเอก',
  'นาวาโท',
  'นาวาตรี',
  'เรือเอก',
  'เรือโท',
  'เรือตรี',
  'พันจ่าเอก',
  'พันจ่าโท',
  'พันจ่าตรี',
  'พลเอก',
  'พลโท',
  'พลตรี',
  'พันเอก',
  'พันโท',
  'พันตรี',
  'ร้อยเอก',
  'ร้อยโท',
  'ร้อยตรี',
  'จ่าสิบเอก',
  'จ่าสิบโท',
  'จ่าสิบตรี',
  'จ่าเอก',
  'จ่าโท',
  'จ่าตรี',
  'สิบเอก',
  'สิบโท',
  'สิบตรี',
  'พลทหาร',
  'พลตำรวจ',
]

/** Also names or the beginnings of names, so only with a space behind them. */
const spacedTitles = ['คุณ', 'หม่อม', 'ดาบ', 'จ่า', 'ผู้ใหญ่บ้าน', 'กำนัน', 'หลวงพ่อ', 'หลวงปู่', 'นส', 'ดช', 'ดญ', 'ดร']

/** Names that begin like a title glued to a name. */
const wholeNames = new Set(['พระพาย', 'พระจันทร์', 'พระเพลิง', 'พระแพง', 'พระราม', 'พระนาง', 'พระนาย', 'นายก'])

const fullTitles = new Map([
  ['น.ส.', 'นางสาว'],
  ['นส', 'นางสาว'],
  ['นส.', 'นางสาว'],
  ['น.ส', 'นางสาว'],
  ['ด.ช.', 'เด็กชาย'],
  ['ดช', 'เด็กชาย'],
  ['ดช.', 'เด็กชาย'],
  ['ด.ช', 'เด็กชาย'],
  ['ด.ญ.', 'เด็กหญิง'],
  ['ดญ', 'เด็กหญิง'],
  ['ดญ.', 'เด็กหญิง'],
  ['ด.ญ', 'เด็กหญิง'],
])

const long = longTitles.join('|')
const titlePattern = new RegExp(
  [
    // acting rank, rank, and หญิง behind it
    `(ว่าที่ ?(?:(?:${long})|(?:[ก-ฮ]{1,3}\\. ?){2,4}) ?(?:หญิง)?) ?`,
    // not of นาง สาวิตรี
    `(นาง สาว(?![\\u0e30-\\u0e3a])|(?:${long})(?:หญิง(?= ))?) ?`,
    `((?:[ก-ฮ]{1,3}\\. ?){2,4}(?:หญิง)?) ?`,
    `((?:น\\.?ส|ด\\.?ช|ด\\.?ญ)\\.?(?= )|(?:นส|ดช|ดญ|ดร|ผศ|รศ|นพ|พญ|ทพ|ทพญ)\\.) ?`,
    `((?:นาย|นาง|พระ|${spacedTitles.join('|')})(?= ))`,
    `((?:mr|mrs|miss|ms|master|dr)(?:\\.| (?=\\S))|(?:miss|master)(?= )) ?`,
  ].join('|'),
  'iy',
)
const gluedTitle = /(นาย|นาง|พระ)(?=(?:[ก-ฮ]|[เแโใไ][ก-ฮ]))/y
/** First characters of all titles above; a name that begins otherwise is not looked at again. */
const mayBeginTitle = /^[นดสแหพรจวผทคกลMmDd]|^เ[ดร]|^[ก-ฮ]{1,3}\./

/** Takes the title off a cleaned full name. See the rule at the head of this file. */
export function splitTitle(fullName: string): SplitTitle {
  if (!mayBeginTitle.test(fullName)) return { title: null, rest: fullName }
  titlePattern.lastIndex = 0
  const match = titlePattern.exec(fullName)
  if (match) {
    const rest = fullName.slice(match[0].length).trimStart()
    if (rest !== '' && canBeginName(rest)) return { title: canonicalTitle(match[0]), rest }
    if (rest === '') return { title: canonicalTitle(match[0]), rest }
  }
  gluedTitle.lastIndex = 0
  const glued = gluedTitle.exec(fullName)
  if (!glued) return isTitle(fullName) ? { title: canonicalTitle(fullName), rest: '' } : { title: null, rest: fullName }
  const title = glued[0]
  const rest = fullName.slice(title.length)
  const space = fullName.indexOf(' ')
  const firstWord = space < 0 ? fullName : fullName.slice(0, space)
  if (wholeNames.has(firstWord) || firstWord.length < title.length + 2) return { title: null, rest: fullName }
  // นางนวล alone is a woman's name; นาย and พระ alone in front of two syllables are not.
  if (space < 0 && title === 'นาง') return { title: null, rest: fullName }
  return { title, rest }
}

const namesWithTitleWord = new Set([...wholeNames, 'นางนวล'])

/** A first name without the title that stands in its own column as well: นาย, นายสมชาย gives สมชาย. */
export function withoutRepeatedTitle(firstName: string, title: string): string {
  if (!firstName.startsWith(title) || namesWithTitleWord.has(firstName)) return firstName
  const rest = firstName.slice(title.length).trimStart()
  return rest.length >= 2 && canBeginName(rest) ? rest : firstName
}

const shortTitles = new Set(['นาย', 'นาง', 'พระ', 'คุณ', 'นส', 'ดช', 'ดญ', 'mr', 'mrs', 'ms', 'miss'])

/** Whether a text is a title and nothing else; used to recognise a column of titles. */
export function isTitle(text: string): boolean {
  if (shortTitles.has(text.toLowerCase())) return true
  titlePattern.lastIndex = 0
  const match = titlePattern.exec(`${text} `)
  return match !== null && match[0].trimEnd() === text
}

const women = /^(?:นาง|นางสาว|เด็กหญิง|แม่ชี|สามเณรี|mrs\.?|miss\.?|ms\.?)$|หญิง$/i
const men = /^(?:นาย|เด็กชาย|สามเณร|พลทหาร|mr\.?)$|^พระ/i

/** What a title says about the sex; null for ranks and degrees, which say nothing. */
export function titleSex(title: string): 'male' | 'female' | null {
  const name = canonicalTitle(title)
  if (women.test(name)) return 'female'
  return men.test(name) ? 'male' : null
}

/** A title in the spelling that this registry keeps: น.ส. and น. ส. are นางสาว. */
export function canonicalTitle(match: string): string {
  const title = match.trim()
  if (title === 'นาย' || title === 'นาง' || title === 'นางสาว') return title
  const tight = title.replace(/([ก-ฮ]\.) (?=[ก-ฮ])/g, '$1').replace('นาง สาว', 'นางสาว')
  return fullTitles.get(tight) ?? tight
}

function canBeginName(rest: string): boolean {
  const first = rest.charCodeAt(0)
  // A vowel or mark cannot begin a word: what looked like a title was part of a longer one.
  return !(first >= 0x0e30 && first <= 0x0e3a) && !(first >= 0x0e45 && first <= 0x0e4e)
}
