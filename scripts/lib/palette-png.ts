/** Screenshots as palette PNGs: a page has few colours, so 256 of them look the same at a third of the size. */
import { crc32, deflateSync, inflateSync } from 'node:zlib'

const signature = Buffer.from([0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a])
const mostColours = 256

/**
 * The same picture with at most 256 colours: the commonest, and every other pixel in the nearest of them.
 *
 * @param png 8 bits a channel, RGB or RGBA without interlace, as a browser writes its screenshots
 */
export function toPalette(png: Buffer): Buffer {
  const { width, height, pixels } = decode(png)
  const palette = commonest(pixels)
  const indexOf = nearestIn(palette)
  const lines = Buffer.alloc((width + 1) * height)
  for (let y = 0; y < height; y += 1) {
    for (let x = 0; x < width; x += 1) {
      lines[y * (width + 1) + 1 + x] = indexOf(pixels[y * width + x] ?? 0)
    }
  }
  const header = Buffer.alloc(13)
  header.writeUInt32BE(width, 0)
  header.writeUInt32BE(height, 4)
  header.set([8, 3, 0, 0, 0], 8)
  const colours = Buffer.from(palette.flatMap((colour) => [colour >> 16, (colour >> 8) & 255, colour & 255]))
  const body = deflateSync(lines, { level: 9 })
  return Buffer.concat([
    signature,
    chunk('IHDR', header),
    chunk('PLTE', colours),
    chunk('IDAT', body),
    chunk('IEND', Buffer.alloc(0)),
  ])
}

/** Each pixel as 0xRRGGBB. */
function decode(png: Buffer): { width: number; height: number; pixels: Uint32Array } {
  const parts: Buffer[] = []
  for (let at = signature.length; at < png.length;) {
    const length = png.readUInt32BE(at)
    if (png.toString('latin1', at + 4, at + 8) === 'IDAT') parts.push(png.subarray(at + 8, at + 8 + length))
    at += length + 12
  }
  const width = png.readUInt32BE(16)
  const height = png.readUInt32BE(20)
  const [depth, kind, , , interlace] = png.subarray(24, 29)
  if (depth !== 8 || (kind !== 2 && kind !== 6) || interlace !== 0) throw new Error('Not a screenshot of a browser')
  const perPixel = kind === 6 ? 4 : 3
  const bytes = unfilter(inflateSync(Buffer.concat(parts)), width * perPixel, height, perPixel)
  const pixels = new Uint32Array(width * height)
  for (let pixel = 0; pixel < pixels.length; pixel += 1) {
    const at = pixel * perPixel
    pixels[pixel] = ((bytes[at] ?? 0) << 16) | ((bytes[at + 1] ?? 0) << 8) | (bytes[at + 2] ?? 0)
  }
  return { width, height, pixels }
}

/** Takes back the filter of each line (PNG specification, 9.2). */
function unfilter(lines: Buffer, stride: number, height: number, perPixel: number): Buffer {
  const bytes = Buffer.alloc(stride * height)
  for (let y = 0; y < height; y += 1) {
    const filter = lines[y * (stride + 1)]
    for (let x = 0; x < stride; x += 1) {
      const at = y * stride + x
      const left = x >= perPixel ? (bytes[at - perPixel] ?? 0) : 0
      const above = y > 0 ? (bytes[at - stride] ?? 0) : 0
      const corner = x >= perPixel && y > 0 ? (bytes[at - stride - perPixel] ?? 0) : 0
      const guess = [0, left, above, (left + above) >> 1, paeth(left, above, corner)][filter ?? 0] ?? 0
      bytes[at] = ((lines[y * (stride + 1) + 1 + x] ?? 0) + guess) & 255
    }
  }
  return bytes
}

function paeth(left: number, above: number, corner: number): number {
  const guess = left + above - corner
  const [toLeft, toAbove, toCorner] = [Math.abs(guess - left), Math.abs(guess - above), Math.abs(guess - corner)]
  if (toLeft <= toAbove && toLeft <= toCorner) return left
  return toAbove <= toCorner ? above : corner
}

function commonest(pixels: Uint32Array): number[] {
  const counts = new Map<number, number>()
  for (const colour of pixels) counts.set(colour, (counts.get(colour) ?? 0) + 1)
  const sorted = [...counts].sort((one, other) => other[1] - one[1])
  return sorted.slice(0, mostColours).map(([colour]) => colour)
}

function nearestIn(palette: readonly number[]): (colour: number) => number {
  const known = new Map(palette.map((colour, index) => [colour, index]))
  return (colour) => {
    const found = known.get(colour)
    if (found !== undefined) return found
    let best = 0
    let least = Number.POSITIVE_INFINITY
    for (const [index, candidate] of palette.entries()) {
      const far = distance(colour, candidate)
      if (far < least) [best, least] = [index, far]
    }
    known.set(colour, best)
    return best
  }
}

function distance(one: number, other: number): number {
  const red = (one >> 16) - (other >> 16)
  const green = ((one >> 8) & 255) - ((other >> 8) & 255)
  const blue = (one & 255) - (other & 255)
  return red * red + green * green + blue * blue
}

function chunk(kind: string, data: Buffer): Buffer {
  const body = Buffer.concat([Buffer.from(kind, 'latin1'), data])
  const part = Buffer.alloc(body.length + 8)
  part.writeUInt32BE(data.length, 0)
  body.copy(part, 4)
  part.writeUInt32BE(crc32(body), body.length + 4)
  return part
}
