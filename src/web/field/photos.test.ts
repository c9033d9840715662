import { describe, expect, it } from 'vitest'
import { PhotoGone, photosToSave, sweepPhotos } from './photos.ts'

const now = Date.parse('2026-03-02T02:00:00Z')
const household = { province: '31', id: '01890000-0000-7000-8000-000000000001' }

function phoneWith(kept: Record<string, { value: unknown; minutesOld: number }>) {
  const dropped: string[] = []
  return {
    dropped,
    drafts: async () =>
      Object.entries(kept).map(([name, { minutesOld }]) => ({
        name,
        savedAt: new Date(now - minutesOld * 60_000).toISOString(),
      })),
    draft: async (name: string) => kept[name]?.value ?? null,
    dropDraft: async (name: string) => void dropped.push(name),
  }
}

describe('photographs of forms', () => {
  it('are swept when no form speaks of them, but not while a form in another tab is about to', async () => {
    const phone = phoneWith({
      'photo/new': { value: 'aa', minutesOld: 0 },
      // A clock that was set back.
      'photo/later': { value: 'aa', minutesOld: -500 },
      'photo/old': { value: 'aa', minutesOld: 90 },
      'photo/used': { value: 'aa', minutesOld: 90 },
      'visit/1': { value: { help: { photos: ['used'] } }, minutesOld: 90 },
    })
    await sweepPhotos(phone, now)
    expect(phone.dropped).toEqual(['photo/old'])
  })

  it('are saved with their entry all of them, or none', async () => {
    const phone = phoneWith({ 'photo/a': { value: 'aa==', minutesOld: 1 } })
    expect(await photosToSave(phone, household, ['a'])).toMatchObject([{ id: 'a', household }])
    await expect(photosToSave(phone, household, ['a', 'unreadable'])).rejects.toThrow(PhotoGone)
  })
})
