/** Photographs of the logbook: stored once, encrypted, shown to whom they are for, and none lost. */
import { describe, expect, it } from 'vitest'
import { photoAdd, photoShow } from '../../src/contract/logbook.ts'
import { newId } from '../../src/server/ids.ts'
import { sweepPhotos } from '../../src/server/jobs/photo-files.ts'
import { engine } from '../_world.ts'
import { audited, household, mentor, openLogbook, secretary, world } from './_logbook.ts'

openLogbook()

describe(`photographs (${engine})`, () => {
  const picture = (...rest: number[]) => new Uint8Array([0xff, 0xd8, 0xff, 0xe0, ...rest])

  it('are stored once, encrypted, and given back as they came, with a trace of each look', async () => {
    const ref = await household()
    const photoId = newId()
    const bytes = picture(...Array.from({ length: 100_000 }, (_, index) => index % 251))
    const first = await world.ask(mentor, photoAdd, { ...ref, photoId, bytes })
    expect(first.output).toEqual({ photoId, bytes: bytes.length, outcome: 'recorded' })
    expect((await world.ask(mentor, photoAdd, { ...ref, photoId, bytes })).output.outcome).toBe('alreadyThere')
    expect((await world.ask(mentor, photoAdd, { ...ref, photoId, bytes: picture(1) })).problem).toBe(
      'sameIdOtherContent',
    )
    const path = photoShow.path.replace(':province', ref.province).replace(':id', ref.id).replace(':photoId', photoId)
    const shown = await world.fetch(secretary, path)
    expect(shown.headers.get('content-type')).toBe('image/jpeg')
    expect(Buffer.from(await shown.arrayBuffer()).equals(Buffer.from(bytes))).toBe(true)
    expect((await audited('photo.show')).filter(({ subject_id }) => subject_id === ref.id)).toHaveLength(1)
    const { readFileSync } = await import('node:fs')
    expect(readFileSync(world.deps.photos.path(photoId)).includes(Buffer.from(bytes.subarray(0, 64)))).toBe(false)
    const outside = await world.person('district', '3105')
    expect((await world.fetch(outside, path)).status).toBe(404)
  })

  it('are refused when they are no pictures or too long, and none of another household is shown', async () => {
    const [ref, other] = [await household(), await household()]
    const add = (bytes: Uint8Array) => world.ask(mentor, photoAdd, { ...ref, photoId: newId(), bytes })
    expect((await add(new TextEncoder().encode('<svg onload="alert(1)">'))).problem).toBe('notAPhotograph')
    expect((await add(new Uint8Array())).problem).toBe('notAPhotograph')
    expect((await add(new Uint8Array(8 * 1024 * 1024 + 1).fill(0xff))).problem).toBe('tooLarge')
    const photoId = newId()
    await world.ask(mentor, photoAdd, { ...ref, photoId, bytes: picture(1, 2, 3) })
    const shown = await world.fetch(mentor, `/api/households/31/${other.id}/photos/${photoId}`)
    expect(shown.status).toBe(404)
  })

  it('leave no file behind when nothing was recorded, and lose none that was', async () => {
    const { photos } = world.deps
    const ref = await household()
    const send = (photoId: string) => world.ask(mentor, photoAdd, { ...ref, photoId, bytes: picture(1, 2, 3) })
    const [kept, unmoved, lost] = [newId(), newId(), newId()]
    const { keep, write } = photos
    photos.keep = async () => {}
    await send(unmoved)
    photos.keep = keep
    photos.write = async (...piece) => {
      await write(...piece)
      throw new Error('the program stopped')
    }
    expect((await send(lost)).status).toBe(500)
    photos.write = write
    await send(kept)
    const loose = async () => (await photos.list()).map(({ uploadId }) => uploadId).toSorted()
    // Moved after the answer, so a moment later.
    await expect.poll(loose).toEqual([unmoved, lost].toSorted())

    await sweepPhotos(world.deps)
    expect(await loose()).toEqual([lost])
    world.setNow(new Date(Date.now() + 31 * 24 * 60 * 60 * 1000).toISOString())
    await sweepPhotos(world.deps)
    expect(await loose()).toEqual([])
    expect(await photos.has(lost)).toBe(false)
    for (const id of [kept, unmoved]) {
      const shown = await world.fetch(mentor, `/api/households/31/${ref.id}/photos/${id}`)
      expect(new Uint8Array(await shown.arrayBuffer())).toEqual(picture(1, 2, 3))
    }
  })
})
