/**
 * Text as people meant it, whatever the file did to it: one spelling for what looks the same on paper, so that two
 * lists can be compared. Bytes that were lost or read in the wrong encoding stay as they are, for `isDamaged` to find.
 */

/** Anything that `cleanText` might change; most cells of most lists have none of it. */
const untidy =
  // outside plain ASCII and Thai; nikhahit; spaces at the ends or doubled; two sara e; marks in the wrong order
  /[^\x20-\x7e\u0e01-\u0e3a\u0e3f-\u0e4c\u0e4e-\u0e5b]|^ | $| {2}|\u0e40\u0e40|[\u0e48-\u0e4c][\u0e31\u0e34-\u0e3a\u0e47]|\u0e33[\u0e48-\u0e4b]|([\u0e31\u0e33-\u0e3a\u0e47-\u0e4e])\1/

// oxlint-disable-next-line no-control-regex, no-misleading-character-class -- spreadsheets hold single ones
const invisible = /[\u0000-\u0008\u000e-\u001f\u007f\u00ad\u200b-\u200f\u202a-\u202e\u2060-\u2064\ufe00-\ufe0f\ufeff]/g
const spaces = /[\s\u0085\u00a0\u1680\u180e\u2000-\u200a\u2028\u2029\u202f\u205f\u3000]+/g
const glyphCodes = /[\uf700-\uf71a]/g

/**
 * Old Thai fonts drew marks that were moved left or down by codes of their own, U+F700–U+F71A; programs of that time
 * saved them as text. In order of code.
 */
const letterOfGlyph =
  'ฐ\u0e34\u0e35\u0e36\u0e37\u0e48\u0e49\u0e4a\u0e4b\u0e4c\u0e48\u0e49\u0e4a\u0e4b\u0e4cญ\u0e31\u0e4d\u0e47\u0e48\u0e49\u0e4a\u0e4b\u0e4c\u0e38\u0e39\u0e3a'

/**
 * Cleans a piece of text: invisible characters go, all spaces become one, sara am is one character, marks stand once
 * and in writing order, two sara e are sara ae. Applying it twice changes nothing more.
 */
export function cleanText(text: string): string {
  return untidy.test(text) ? rewritten(text) : text
}

/** Whether `cleanText` would leave the text as it is; also true of no damaged text. */
export function isTidy(text: string): boolean {
  return !untidy.test(text)
}

function rewritten(text: string): string {
  let previous = text
  // One repair can put two marks side by side that another repair is for; each round shortens or sorts, so it ends.
  for (let round = 0; round < 8; round += 1) {
    const next = repairedOnce(previous)
    if (next === previous) break
    previous = next
  }
  return previous
}

function repairedOnce(text: string): string {
  return text
    .replace(glyphCodes, (glyph) => letterOfGlyph[glyph.charCodeAt(0) - 0xf700]!)
    .replace(spaces, ' ')
    .replace(invisible, '')
    .normalize('NFC')
    .replace(/\u0e40\u0e40/g, '\u0e41')
    .replace(/([\u0e48-\u0e4c]{1,4})([\u0e31\u0e34-\u0e3a\u0e47])/g, '$2$1')
    .replace(/\u0e4d([\u0e48-\u0e4b]?)\u0e32/g, '$1\u0e33')
    .replace(/\u0e33([\u0e48-\u0e4b]+)/g, '$1\u0e33')
    .replace(/([\u0e31\u0e33-\u0e3a\u0e47-\u0e4e])\1+/g, '$1')
    .replace(/ {2,}/g, ' ')
    .trim()
}

/**
 * U+FFFD and C1 controls are lost bytes; U+F8C1–U+F8C8 are bytes that windows-874 does not define; the rest is Thai
 * that was UTF-8 and was read as Latin-1 ("à¸ª") or as windows-874 ("เธชเธกเธ"), or was windows-874 and was read as
 * Latin-1 ("ÊÁªÒÂ").
 */
const damaged = /[\ufffd\uf8c1-\uf8c8\u0080-\u009f]|à[¸¹]|(?:เ[ธน](?:[ก-ฟ]|[^\u0e00-\u0e7f])){3}|[\u00a1-\u00ff]{3}/

/** Whether characters of a cleaned text were lost before the text came here: a person has to look at the source. */
export function isDamaged(text: string): boolean {
  return damaged.test(text)
}
