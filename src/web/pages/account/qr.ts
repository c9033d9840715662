/**
 * Text as a QR code (ISO/IEC 18004): byte mode, error correction level M, versions 1 to 40. Drawn here, so that the
 * secret of a second factor never leaves the page.
 */

/** Check codewords in each block at level M, by version. */
const checkLengths = [
  10, 16, 26, 18, 24, 16, 18, 22, 22, 26, 30, 22, 22, 24, 24, 28, 28, 26, 26, 26, 26, 28, 28, 28, 28, 28, 28, 28, 28,
  28, 28, 28, 28, 28, 28, 28, 28, 28, 28, 28,
]
/** Blocks at level M, by version. */
const blockCounts = [
  1, 1, 1, 2, 2, 4, 4, 4, 5, 5, 5, 8, 9, 9, 10, 10, 11, 13, 14, 16, 17, 17, 18, 20, 21, 23, 25, 26, 28, 29, 31, 33, 35,
  37, 38, 40, 43, 45, 47, 49,
]

/** The dark modules of the code, row by row, without the quiet edge of four; null for more than fits (2331 bytes). */
export function qrCode(text: string): boolean[][] | null {
  const bytes = [...new TextEncoder().encode(text)]
  const version = checkLengths.findIndex(
    (_, index) => bytes.length * 8 + headBits(index + 1) <= dataBytes(index + 1) * 8,
  )
  if (version === -1) return null
  const codewords = interleave(toCodewords(bytes, version + 1), version + 1)
  const drawings = [0, 1, 2, 3, 4, 5, 6, 7].map((mask) => draw(codewords, version + 1, mask))
  return drawings.reduce((best, other) => (penalty(other) < penalty(best) ? other : best))
}

function headBits(version: number): number {
  return 4 + (version < 10 ? 8 : 16)
}

/** Modules that carry codewords: all but the patterns that find, align and name the code. */
function rawModules(version: number): number {
  const alignments = version < 2 ? 0 : Math.floor(version / 7) + 2
  const aligned = version < 2 ? 0 : (25 * alignments - 10) * alignments - 55
  return (16 * version + 128) * version + 64 - aligned - (version < 7 ? 0 : 36)
}

function dataBytes(version: number): number {
  return Math.floor(rawModules(version) / 8) - checkLengths[version - 1]! * blockCounts[version - 1]!
}

function toCodewords(bytes: readonly number[], version: number): number[] {
  const bits = [
    ...toBits(4, 4),
    ...toBits(bytes.length, version < 10 ? 8 : 16),
    ...bytes.flatMap((byte) => toBits(byte, 8)),
  ]
  const capacity = dataBytes(version) * 8
  bits.push(...Array<number>(Math.min(4, capacity - bits.length)).fill(0))
  while (bits.length % 8 > 0) bits.push(0)
  for (let pad = 0xec; bits.length < capacity; pad ^= 0xec ^ 0x11) bits.push(...toBits(pad, 8))
  return Array.from({ length: bits.length / 8 }, (_, index) =>
    parseInt(bits.slice(index * 8, index * 8 + 8).join(''), 2),
  )
}

function toBits(value: number, length: number): number[] {
  return Array.from({ length }, (_, index) => (value >> (length - 1 - index)) & 1)
}

/** Splits into blocks, adds each block's check codewords, and weaves the blocks together. */
function interleave(data: readonly number[], version: number): number[] {
  const count = blockCounts[version - 1]!
  const short = Math.floor(data.length / count)
  const blocks = Array.from({ length: count }, (_, index) => {
    const longBefore = Math.max(0, index - (count - (data.length % count)))
    const isLong = index >= count - (data.length % count)
    const from = index * short + longBefore
    return data.slice(from, from + short + (isLong ? 1 : 0))
  })
  const checks = blocks.map((block) => checkCodewords(block, checkLengths[version - 1]!))
  const woven = (parts: number[][]) =>
    Array.from({ length: Math.max(...parts.map((part) => part.length)) }, (_, index) =>
      parts.flatMap((part) => (index < part.length ? [part[index]!] : [])),
    ).flat()
  return [...woven(blocks), ...woven(checks)]
}

/** Reed–Solomon check codewords of a block over GF(256) with the polynomial 0x11d. */
export function checkCodewords(block: readonly number[], length: number): number[] {
  let generator = [1]
  for (let root = 1, step = 0; step < length; step += 1, root = multiply(root, 2))
    generator = [...generator, 0].map((value, index) => value ^ multiply(generator[index - 1] ?? 0, root))
  const rest = [...block, ...Array<number>(length).fill(0)]
  for (let at = 0; at < block.length; at += 1) {
    const factor = rest[at]!
    generator.forEach((value, index) => (rest[at + index]! ^= multiply(value, factor)))
  }
  return rest.slice(block.length)
}

function multiply(a: number, b: number): number {
  let product = 0
  for (let bit = 7; bit >= 0; bit -= 1) product = (product << 1) ^ ((product >> 7) * 0x11d) ^ (((b >> bit) & 1) * a)
  return product
}

/** Value followed by its remainder: the check bits of the format (0x537) and of the version (0x1f25). */
export function withRemainder(value: number, polynomial: number, length: number): number {
  let rest = value
  for (let step = 0; step < length; step += 1) rest = (rest << 1) ^ ((rest >> (length - 1)) * polynomial)
  return (value << length) | rest
}

const masks: ((x: number, y: number) => boolean)[] = [
  (x, y) => (x + y) % 2 === 0,
  (_, y) => y % 2 === 0,
  (x) => x % 3 === 0,
  (x, y) => (x + y) % 3 === 0,
  (x, y) => (Math.floor(x / 3) + Math.floor(y / 2)) % 2 === 0,
  (x, y) => ((x * y) % 2) + ((x * y) % 3) === 0,
  (x, y) => (((x * y) % 2) + ((x * y) % 3)) % 2 === 0,
  (x, y) => (((x + y) % 2) + ((x * y) % 3)) % 2 === 0,
]

function draw(codewords: readonly number[], version: number, mask: number): boolean[][] {
  const size = version * 4 + 17
  const drawn = Array.from({ length: size }, () => Array<boolean | null>(size).fill(null))
  const set = (x: number, y: number, isDark: boolean) => {
    if (drawn[y] && x >= 0 && x < size) drawn[y][x] = isDark
  }
  const square = (cx: number, cy: number, radius: number, isDark: (distance: number) => boolean) => {
    for (let dy = -radius; dy <= radius; dy += 1)
      for (let dx = -radius; dx <= radius; dx += 1) set(cx + dx, cy + dy, isDark(Math.max(Math.abs(dx), Math.abs(dy))))
  }
  for (let at = 0; at < size; at += 1) {
    set(6, at, at % 2 === 0)
    set(at, 6, at % 2 === 0)
  }
  for (const [x, y] of [
    [3, 3],
    [size - 4, 3],
    [3, size - 4],
  ] as const)
    square(x, y, 4, (d) => d !== 2 && d !== 4)
  const places = alignmentPlaces(version)
  const last = places.length - 1
  places.forEach((x, i) =>
    places.forEach((y, j) => {
      const isAtFinder = (i === 0 && j === 0) || (i === 0 && j === last) || (i === last && j === 0)
      if (!isAtFinder) square(x, y, 2, (d) => d !== 1)
    }),
  )
  // Level M is 00 before the mask's number.
  const format = withRemainder(mask, 0x537, 10) ^ 0x5412
  for (let bit = 0; bit < 15; bit += 1) {
    const isDark = ((format >> bit) & 1) === 1
    set(8, bit < 6 ? bit : bit < 8 ? bit + 1 : size - 15 + bit, isDark)
    set(bit < 8 ? size - 1 - bit : bit === 8 ? 7 : 14 - bit, 8, isDark)
  }
  set(8, size - 8, true)
  const name = withRemainder(version, 0x1f25, 12)
  for (let bit = 0; version >= 7 && bit < 18; bit += 1) {
    const [far, near] = [size - 11 + (bit % 3), Math.floor(bit / 3)]
    set(far, near, ((name >> bit) & 1) === 1)
    set(near, far, ((name >> bit) & 1) === 1)
  }
  let bit = 0
  for (let right = size - 1; right >= 1; right -= right === 8 ? 3 : 2)
    for (let step = 0; step < size; step += 1) {
      const isUpward = ((right + 1) & 2) === 0
      const y = isUpward ? size - 1 - step : step
      for (const x of [right, right - 1]) {
        if (drawn[y]![x] !== null) continue
        set(
          x,
          y,
          (((codewords[bit >> 3] ?? 0) >> (7 - (bit & 7))) & 1) === 1 ? !masks[mask]!(x, y) : masks[mask]!(x, y),
        )
        bit += 1
      }
    }
  return drawn.map((row) => row.map((isDark) => isDark === true))
}

function alignmentPlaces(version: number): number[] {
  if (version === 1) return []
  const count = Math.floor(version / 7) + 2
  const step = Math.floor((version * 8 + count * 3 + 5) / (count * 4 - 4)) * 2
  const others = Array.from({ length: count - 1 }, (_, index) => version * 4 + 10 - index * step)
  return [6, ...others.reverse()]
}

/** How hard a drawing is to read, by the four rules of the standard. */
function penalty(code: readonly boolean[][]): number {
  const size = code.length
  const lines = [...code, ...code.map((_, x) => code.map((row) => row[x]!))].map((line) =>
    line.map((isDark) => (isDark ? '1' : '0')).join(''),
  )
  const runs = lines.flatMap((line) => line.match(/0{5,}|1{5,}/g) ?? []).reduce((sum, run) => sum + run.length - 2, 0)
  const finders = lines.flatMap((line) => line.match(/(?=10111010000|00001011101)/g) ?? []).length * 40
  let blocks = 0
  for (let y = 1; y < size; y += 1)
    for (let x = 1; x < size; x += 1) {
      const around = [code[y]![x], code[y - 1]![x], code[y]![x - 1], code[y - 1]![x - 1]]
      if (around.every((isDark) => isDark === around[0])) blocks += 3
    }
  const dark = code.flat().filter(Boolean).length
  const unevenness = Math.floor(Math.abs((dark * 20) / (size * size) - 10)) * 10
  return runs + finders + blocks + unevenness
}
