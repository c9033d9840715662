import { damagedFile } from './limits.ts'

/** An entry of an OLE2 compound file, the container of .xls and of encrypted workbooks. */
export interface CompoundEntry {
  name: string
  start: number
  size: number
  isStream: boolean
  isRoot: boolean
}

const endOfChain = 0xfffffffe
const free = 0xffffffff

interface Compound {
  view: DataView
  bytes: Uint8Array
  sectorSize: number
  miniCutoff: number
  table: Uint32Array
  miniTable: Uint32Array
  directory: CompoundEntry[]
}

/** @throws Problem truncatedFile */
export function readCompoundDirectory(bytes: Uint8Array): CompoundEntry[] {
  return openCompound(bytes).directory
}

/**
 * One stream of a compound file ([MS-CFB]) as one piece, or null when there is none of that name. Chains that run in
 * circles, leave the file or claim more than it holds are refused.
 *
 * @throws Problem truncatedFile
 */
export function readCompoundStream(bytes: Uint8Array, name: string): Uint8Array | null {
  const compound = openCompound(bytes)
  const entry = compound.directory.find((one) => one.isStream && one.name === name)
  if (entry === undefined) return null
  if (entry.size >= compound.miniCutoff) return readChain(compound, entry.start, entry.size)
  const root = compound.directory.find((one) => one.isRoot)
  if (root === undefined) throw damagedFile('compoundDirectory')
  return readMiniChain(readChain(compound, root.start, root.size), compound.miniTable, entry)
}

function openCompound(bytes: Uint8Array): Compound {
  if (bytes.length < 512) throw damagedFile('compoundHeader')
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  const shift = view.getUint16(30, true)
  if (shift !== 9 && shift !== 12) throw damagedFile('compoundHeader')
  const compound: Compound = {
    view,
    bytes,
    sectorSize: 1 << shift,
    miniCutoff: view.getUint32(56, true),
    table: new Uint32Array(0),
    miniTable: new Uint32Array(0),
    directory: [],
  }
  compound.table = readTable(compound)
  const miniStart = view.getUint32(60, true)
  if (miniStart < endOfChain - 4) compound.miniTable = toNumbers(readChain(compound, miniStart, null))
  compound.directory = readDirectory(readChain(compound, view.getUint32(48, true), null))
  return compound
}

/** Where each sector goes on: the numbers of the table's own sectors stand in the header, more in a chain behind it. */
function readTable(compound: Compound): Uint32Array {
  const { view, bytes, sectorSize } = compound
  const sectorCount = Math.ceil(bytes.length / sectorSize)
  const tableSectors: number[] = []
  for (let index = 0; index < 109; index++) {
    const sector = view.getUint32(76 + index * 4, true)
    if (sector < endOfChain - 4) tableSectors.push(sector)
  }
  let next = view.getUint32(68, true)
  for (let steps = 0; next < endOfChain - 4; steps++) {
    if (steps > sectorCount) throw damagedFile('compoundChain')
    const numbers = toNumbers(sectorAt(compound, next))
    for (const sector of numbers.subarray(0, -1)) if (sector < endOfChain - 4) tableSectors.push(sector)
    next = numbers[numbers.length - 1] ?? endOfChain
  }
  if (tableSectors.length > sectorCount) throw damagedFile('compoundChain')
  const perSector = sectorSize / 4
  const table = new Uint32Array(tableSectors.length * perSector)
  tableSectors.forEach((sector, index) => table.set(toNumbers(sectorAt(compound, sector)), index * perSector))
  return table
}

function readDirectory(bytes: Uint8Array): CompoundEntry[] {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  const entries: CompoundEntry[] = []
  for (let offset = 0; offset + 128 <= bytes.length; offset += 128) {
    const kind = bytes[offset + 66] ?? 0
    if (kind !== 1 && kind !== 2 && kind !== 5) continue
    let name = ''
    for (let index = 0; index < 62; index += 2) {
      const code = view.getUint16(offset + index, true)
      if (code === 0) break
      name += String.fromCharCode(code)
    }
    const start = view.getUint32(offset + 116, true)
    const size = view.getUint32(offset + 120, true)
    entries.push({ name, start, size, isStream: kind === 2, isRoot: kind === 5 })
  }
  return entries
}

function readChain(compound: Compound, start: number, size: number | null): Uint8Array {
  const { table, sectorSize, bytes } = compound
  const sectors: number[] = []
  const most = Math.ceil(bytes.length / sectorSize)
  for (let sector = start; sector < endOfChain - 4; sector = table[sector] ?? free) {
    if (sectors.length > most) throw damagedFile('compoundChain')
    sectors.push(sector)
    if (size !== null && sectors.length * sectorSize >= size) break
  }
  const length = size ?? sectors.length * sectorSize
  if (length > sectors.length * sectorSize) throw damagedFile('compoundStream')
  const joined = new Uint8Array(sectors.length * sectorSize)
  sectors.forEach((sector, index) => {
    const offset = index * sectorSize
    joined.set(sectorAt(compound, sector, Math.min(sectorSize, length - offset)), offset)
  })
  return joined.subarray(0, length)
}

function readMiniChain(container: Uint8Array, table: Uint32Array, entry: CompoundEntry): Uint8Array {
  const miniSize = 64
  if (entry.size > container.length) throw damagedFile('compoundStream')
  const joined = new Uint8Array(Math.ceil(entry.size / miniSize) * miniSize)
  let sector = entry.start
  for (let offset = 0; offset < entry.size; offset += miniSize) {
    const from = sector * miniSize
    if (from >= container.length) throw damagedFile('compoundStream')
    joined.set(container.subarray(from, from + miniSize), offset)
    sector = table[sector] ?? free
  }
  return joined.subarray(0, entry.size)
}

/** The bytes of a sector. Some writers leave the last one short; what is needed of it has to be there. */
function sectorAt({ bytes, sectorSize }: Compound, sector: number, needed: number = sectorSize): Uint8Array {
  const offset = (sector + 1) * sectorSize
  if (offset + needed > bytes.length) throw damagedFile('compoundSector')
  return bytes.subarray(offset, offset + sectorSize)
}

function toNumbers(bytes: Uint8Array): Uint32Array {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.byteLength)
  const numbers = new Uint32Array(bytes.length >> 2)
  for (let index = 0; index < numbers.length; index++) numbers[index] = view.getUint32(index * 4, true)
  return numbers
}
