import { hostileFile } from './limits.ts'

/**
 * A small forward scanner for the XML inside spreadsheet files. It builds no tree, expands no declared entity, loads
 * nothing from elsewhere, and takes what it does not understand as text: there is nothing to attack.
 */
export interface XmlHandler {
  /** `tag` is the text between `<name` and `>`; ask `attribute` for what it holds. */
  open?(name: string, tag: string, selfClosing: boolean): void
  close?(name: string): void
  /** Entities are decoded. */
  text?(text: string): void
}

export interface XmlScanner {
  push(piece: string): void
  /** True when every piece of markup that was begun was also finished. */
  end(): boolean
}

const longestTag = 1024 * 1024

export function createXmlScanner(handler: XmlHandler): XmlScanner {
  let rest = ''

  function push(piece: string): void {
    const text = rest === '' ? piece : rest + piece
    let position = 0
    while (position < text.length) {
      const open = text.indexOf('<', position)
      if (open === -1) {
        // A text may go on in the next piece, but an entity must not be cut in two.
        const ampersand = text.indexOf('&', Math.max(position, text.length - 12))
        const end = ampersand === -1 ? text.length : ampersand
        if (end > position) handler.text?.(decodeXmlText(text.slice(position, end)))
        position = end
        break
      }
      if (open > position) handler.text?.(decodeXmlText(text.slice(position, open)))
      position = open
      const end = readMarkup(text, open, handler)
      if (end === -1) break
      position = end
    }
    rest = text.slice(position)
    if (rest.length > longestTag) throw hostileFile('xmlTag', longestTag)
  }

  return { push, end: () => rest.trim() === '' }
}

/** A whole small part at once. */
export function scanXml(text: string, handler: XmlHandler): void {
  const scanner = createXmlScanner(handler)
  scanner.push(text)
  scanner.end()
}

/** The end of the markup at `open`, or -1 when it is not all there yet. */
function readMarkup(text: string, open: number, handler: XmlHandler): number {
  const second = text[open + 1]
  if (second === undefined) return -1
  if (second === '!') {
    if (text.startsWith('<![CDATA[', open)) {
      const end = text.indexOf(']]>', open + 9)
      if (end === -1) return -1
      handler.text?.(text.slice(open + 9, end))
      return end + 3
    }
    const closing = text.startsWith('<!--', open) ? '-->' : '>'
    // `<!` alone may still become a comment or a CDATA section.
    if (text.length - open < 9) return -1
    const end = text.indexOf(closing, open + 2)
    return end === -1 ? -1 : end + closing.length
  }
  const end = findTagEnd(text, open + 1)
  if (end === -1) return -1
  if (second === '/') handler.close?.(text.slice(open + 2, end).trim())
  else if (second !== '?') readOpenTag(text.slice(open + 1, end), handler)
  return end + 1
}

function readOpenTag(inside: string, handler: XmlHandler): void {
  const selfClosing = inside.endsWith('/')
  const nameEnd = inside.search(/[\s/]/)
  const name = nameEnd === -1 ? inside : inside.slice(0, nameEnd)
  handler.open?.(name, inside, selfClosing)
  if (selfClosing) handler.close?.(name)
}

/** The `>` that ends a tag, past those inside quoted values; -1 when it is not there yet. */
function findTagEnd(text: string, from: number): number {
  let position = from
  for (;;) {
    const close = text.indexOf('>', position)
    if (close === -1) return -1
    const quoteEnd = endOfQuoteBefore(text, position, close)
    if (quoteEnd === null) return close
    if (quoteEnd === -1) return -1
    position = quoteEnd
  }
}

/** Past the closing quote of the first quoted value that begins before `limit`; null when there is none, -1 when it is open. */
function endOfQuoteBefore(text: string, from: number, limit: number): number | null {
  for (let index = from; index < limit; index++) {
    const code = text.charCodeAt(index)
    if (code === 34 || code === 39) return text.indexOf(code === 34 ? '"' : "'", index + 1) + 1 || -1
  }
  return null
}

/** The value of an attribute by its full name, or null. */
export function attribute(tag: string, name: string): string | null {
  let from = 0
  for (;;) {
    const at = tag.indexOf(name, from)
    if (at === -1) return null
    from = at + name.length
    if (!/\s/.test(tag[at - 1] ?? '')) continue
    const equals = /^\s*=\s*(["'])/.exec(tag.slice(from, from + 20))
    if (equals === null) continue
    const start = from + equals[0].length
    const end = tag.indexOf(equals[1] ?? '"', start)
    return end === -1 ? null : decodeXmlText(tag.slice(start, end))
  }
}

/** The name without its namespace prefix. */
export function localName(name: string): string {
  return name.slice(name.indexOf(':') + 1)
}

const namedEntities: Readonly<Record<string, string>> = { amp: '&', lt: '<', gt: '>', quot: '"', apos: "'" }

export function decodeXmlText(text: string): string {
  const plain = text.includes('\r') ? text.replace(/\r\n?/g, '\n') : text
  if (!plain.includes('&')) return plain
  return plain.replace(/&(#x[0-9a-f]{1,6}|#\d{1,7}|[a-z]{2,4});/gi, (whole, entity: string) => {
    if (!entity.startsWith('#')) return namedEntities[entity] ?? whole
    return characterFromReference(entity.slice(1)) ?? whole
  })
}

/** `x0E01` or `3585` as a character; null for what no text may hold. */
export function characterFromReference(reference: string): string | null {
  const hexadecimal = reference.startsWith('x') || reference.startsWith('X')
  const code = hexadecimal ? Number.parseInt(reference.slice(1), 16) : Number.parseInt(reference, 10)
  if (!(code > 0 && code <= 0x10ffff) || (code >= 0xd800 && code <= 0xdfff)) return null
  return String.fromCodePoint(code)
}
