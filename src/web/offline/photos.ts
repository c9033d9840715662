/**
 * Photographs travel after the items, sealed, in pieces. The server knows from which byte to go on, so nothing about it is
 * kept here: a piece that was sent and whose answer was lost is simply not asked for again.
 */
import type { Line } from './line.ts'
import { mostBytesPerPhotoPiece } from './messages.ts'
import { change, type DeviceRow, type PhotoRow } from './storage.ts'
import { Trouble } from './transport.ts'

/** @throws Trouble when the line or the session ends; a single photograph that is refused stays and says why */
export async function sendPhotos(line: Line, device: DeviceRow): Promise<void> {
  const { database } = line
  for (const order of await database.getAllKeys('photo')) {
    const photo = await database.get('photo', order)
    const bytes = await database.get('photoBytes', order)
    if (!photo || !bytes) continue
    try {
      await sendPhoto(line, photo, bytes)
      await change(database, ['photo', 'photoBytes'], async (tx) => {
        await tx.objectStore('photo').delete(order)
        await tx.objectStore('photoBytes').delete(order)
      })
    } catch (error) {
      if (!(error instanceof Trouble)) throw error
      const isOthers = photo.deviceId !== device.id && error.problem.startsWith('device')
      if (!isOthers && !isAboutPhoto(error)) throw error
      await change(database, ['photo'], (tx) => tx.objectStore('photo').put({ ...photo, problem: error.problem }))
    }
  }
}

async function sendPhoto({ transport }: Line, photo: PhotoRow, bytes: Uint8Array<ArrayBuffer>): Promise<void> {
  const { deviceId, photoId, province, householdId } = photo
  let { received, complete } = await transport.ask('sync.photoStart', { deviceId, photoId, bytes: bytes.length })
  // Each turn moves on, or the server contradicts itself.
  let turns = Math.ceil(bytes.length / mostBytesPerPhotoPiece) * 2 + 2
  while (!complete) {
    if (turns-- === 0) throw new Trouble('unexpected', 500.1)
    // Whole, and not complete: the last piece again, so that it is completed.
    const offset = received < bytes.length ? received : Math.max(0, bytes.length - mostBytesPerPhotoPiece)
    const piece = bytes.slice(offset, offset + mostBytesPerPhotoPiece)
    try {
      const input = { deviceId, photoId, province, householdId, offset, bytes: bytes.length }
      ;({ received, complete } = await transport.ask('sync.photoPiece', input, piece))
    } catch (error) {
      const goOn = error instanceof Trouble && error.problem === 'uploadOutOfOrder' && error.details['received']
      if (typeof goOn !== 'number') throw error
      received = goOn
    }
  }
}

/** 400, 404, 409, 410, 413, 422: about this photograph, not about the line. */
function isAboutPhoto({ code }: Trouble): boolean {
  return [400, 404, 409, 410, 413, 422].includes(Math.trunc(code))
}
