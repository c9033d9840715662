import { randomFillSync } from 'node:crypto'

const random = new Uint8Array(32_768)
const hexOfByte = Array.from({ length: 256 }, (_, byte) => byte.toString(16).padStart(2, '0'))
let used = random.length
let lastMs = 0
let sequence = 0

/**
 * A new UUIDv7 (RFC 9562): 48 bits of time, then a counter that keeps ids of one process in order within a
 * millisecond, then 62 random bits. Ids are made here, never by the database, so that both engines do the same.
 */
export function newId(): string {
  let ms = Date.now()
  if (ms > lastMs) {
    lastMs = ms
    sequence = 0
  } else {
    sequence += 1
    if (sequence > 0xfff) {
      lastMs += 1
      sequence = 0
    }
    ms = lastMs
  }
  if (used + 8 > random.length) {
    randomFillSync(random)
    used = 0
  }
  let tail = hexOfByte[(random[used]! & 0x3f) | 0x80]!
  for (let index = 1; index < 8; index += 1) tail += hexOfByte[random[used + index]!]!
  used += 8
  const time = ms.toString(16).padStart(12, '0')
  const counter = (0x7000 | sequence).toString(16)
  return `${time.slice(0, 8)}-${time.slice(8)}-${counter}-${tail.slice(0, 4)}-${tail.slice(4)}`
}
