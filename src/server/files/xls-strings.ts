import { damagedFile, fileTooLarge, hostileFile } from './limits.ts'
import type { Limits } from './limits.ts'

/**
 * A string inside one record: a count of `countBytes` bytes, a flag, then one or two bytes a character.
 *
 * @throws Problem truncatedFile
 */
export function readBiffString(data: DataView, offset: number, countBytes: 1 | 2): string {
  if (offset + countBytes + 1 > data.byteLength) throw damagedFile('string')
  const count = countBytes === 1 ? data.getUint8(offset) : data.getUint16(offset, true)
  const wide = (data.getUint8(offset + countBytes) & 1) !== 0
  const start = offset + countBytes + 1
  const length = wide ? count * 2 : count
  if (start + length > data.byteLength) throw damagedFile('string')
  return characters(data, start, count, wide)
}

/**
 * The shared strings of a workbook ([MS-XLS] 2.4.265). They run on over CONTINUE records; a string that is cut says anew,
 * at the head of the next block, whether its characters have one byte or two.
 *
 * @throws Problem truncatedFile, hostileFile, tooLarge
 */
export function readSharedStringTable(blocks: readonly DataView[], limits: Limits): string[] {
  const strings: string[] = []
  let total = 0
  let block = 0
  let offset = 8
  const first = blocks[0]
  if (first === undefined || first.byteLength < 8) throw damagedFile('sharedStrings')
  const count = first.getUint32(4, true)
  if (count > limits.sharedStrings) throw fileTooLarge('sharedStrings', limits.sharedStrings)

  function current(): DataView {
    const view = blocks[block]
    if (view === undefined) throw damagedFile('sharedStrings')
    return view
  }

  function nextBlockAtEnd(): void {
    while (block < blocks.length && offset >= current().byteLength) {
      block++
      offset = 0
    }
  }

  function readByte(): number {
    nextBlockAtEnd()
    return current().getUint8(offset++)
  }

  function readBytes(length: number): number {
    let value = 0
    for (let index = 0; index < length; index++) value += readByte() * 256 ** index
    return value
  }

  function skip(length: number): void {
    let left = length
    while (left > 0) {
      nextBlockAtEnd()
      const taken = Math.min(left, current().byteLength - offset)
      offset += taken
      left -= taken
    }
  }

  function readText(length: number, startsWide: boolean): string {
    let wide = startsWide
    let text = ''
    let left = length
    while (left > 0) {
      if (offset >= current().byteLength) {
        block++
        offset = 0
        wide = (readByte() & 1) !== 0
      }
      const size = wide ? 2 : 1
      const taken = Math.min(left, Math.floor((current().byteLength - offset) / size))
      if (taken === 0) throw damagedFile('sharedStrings')
      text += characters(current(), offset, taken, wide)
      offset += taken * size
      left -= taken
    }
    return text
  }

  for (let index = 0; index < count; index++) {
    const length = readBytes(2)
    const flags = readByte()
    const runs = (flags & 8) === 0 ? 0 : readBytes(2)
    const extension = (flags & 4) === 0 ? 0 : readBytes(4)
    const text = readText(length, (flags & 1) !== 0)
    skip(runs * 4 + extension)
    if (text.length > limits.cellCharacters) throw hostileFile('cellCharacters', limits.cellCharacters)
    total += text.length
    if (total > limits.sharedCharacters) throw fileTooLarge('sharedCharacters', limits.sharedCharacters)
    strings.push(text)
  }
  return strings
}

function characters(data: DataView, start: number, count: number, wide: boolean): string {
  const bytes = Buffer.from(data.buffer, data.byteOffset + start, wide ? count * 2 : count)
  return wide ? bytes.toString('utf16le') : bytes.toString('latin1')
}
