import type { ByteSource } from './source.ts'

export type TextEncodingName = 'utf-8' | 'utf-16le' | 'utf-16be' | 'windows-874'

/**
 * The rule that was right for every Thai list tried: byte order mark, else strict UTF-8 over the whole file (a file can
 * be ASCII for its first megabyte), else windows-874. A UTF-8 file with a few damaged bytes is still UTF-8: its Thai
 * letters are three-byte sequences that no windows-874 text is made of.
 */
export async function detectTextEncoding(source: ByteSource): Promise<TextEncodingName> {
  const start = await source.read(0, 3)
  if (start[0] === 0xef && start[1] === 0xbb && start[2] === 0xbf) return 'utf-8'
  if (start[0] === 0xff && start[1] === 0xfe) return 'utf-16le'
  if (start[0] === 0xfe && start[1] === 0xff) return 'utf-16be'
  if (await isStrictUtf8(source)) return 'utf-8'
  return (await isMostlyThaiUtf8(source)) ? 'utf-8' : 'windows-874'
}

async function isStrictUtf8(source: ByteSource): Promise<boolean> {
  const decoder = new TextDecoder('utf-8', { fatal: true })
  try {
    for await (const piece of source.stream()) decoder.decode(piece, { stream: true })
    decoder.decode()
    return true
  } catch (error) {
    if (error instanceof TypeError) return false
    throw error
  }
}

async function isMostlyThaiUtf8(source: ByteSource): Promise<boolean> {
  let highBytes = 0
  let thaiBytes = 0
  for await (const piece of source.stream()) {
    for (let index = 0; index < piece.length; index++) {
      const byte = piece[index] ?? 0
      if (byte < 0x80) continue
      highBytes++
      const second = piece[index + 1] ?? 0
      const third = piece[index + 2] ?? 0
      if (byte === 0xe0 && (second === 0xb8 || second === 0xb9) && third >= 0x80 && third <= 0xbf) {
        highBytes += 2
        thaiBytes += 3
        index += 2
      }
    }
  }
  return thaiBytes >= highBytes * 0.9
}

/**
 * The text in pieces. Line ends become `\n`. What no Thai text holds (bytes that windows-874 does not define, which the
 * decoder turns into control or private-use characters) becomes U+FFFD, so that the rules can fault the cell.
 */
export async function* decodeText(
  pieces: AsyncIterable<Uint8Array>,
  encoding: TextEncodingName,
): AsyncGenerator<string> {
  const decoder = new TextDecoder(encoding)
  let heldReturn = false
  for await (const piece of pieces) {
    let text = decoder.decode(piece, { stream: true })
    if (text === '') continue
    if (heldReturn) text = `\r${text}`
    heldReturn = text.endsWith('\r')
    if (heldReturn) text = text.slice(0, -1)
    if (text !== '') yield cleanText(text, encoding)
  }
  const last = decoder.decode()
  if (heldReturn || last !== '') yield cleanText(`${heldReturn ? '\r' : ''}${last}`, encoding)
}

function cleanText(text: string, encoding: TextEncodingName): string {
  const lines = text.includes('\r') ? text.replace(/\r\n?/g, '\n') : text
  return encoding === 'windows-874' ? lines.replace(/[\u0080-\u009f\uf8c1-\uf8c8]/g, repairThaiCharacter) : lines
}

/** Windows-874 does define a few of 80–9F: the euro, dots, quotes and dashes that Word puts in. */
const definedByByte: Readonly<Record<string, string>> = {
  '\u0080': '€',
  '\u0085': '…',
  '\u0091': '‘',
  '\u0092': '’',
  '\u0093': '“',
  '\u0094': '”',
  '\u0095': '•',
  '\u0096': '–',
  '\u0097': '—',
}

function repairThaiCharacter(character: string): string {
  return definedByByte[character] ?? '\ufffd'
}
