import { describe, expect, it } from 'vitest'
import type { EntryView } from '../../contract/logbook.ts'
import type { PhoneItem } from '../../contract/sync.ts'
import { afterTheirs, mended, theirsOf } from './mend.ts'

const idOf = (digit: number) => `01890000-0000-7000-8000-00000000000${digit}`
const seen = { met: [], seen: 'หลังคารั่ว', words: null, place: null, photos: [], skipped: null, nextOn: null }
const said = { kind: 'visit' as const, content: seen }
const mine: PhoneItem = {
  kind: 'entry',
  household: { province: '31', id: idOf(9) },
  entry: {
    id: idOf(2),
    kind: 'correction',
    happenedOn: '2026-03-09',
    content: { corrects: idOf(1), reason: 'พิมพ์ผิด', replacement: { ...said, happenedOn: '2026-03-05' } },
  },
}
const version = (id: string, counts: boolean) => ({
  ...{ id, counts, said, reason: null, happenedOn: '2026-03-01' },
  ...{ recordedAt: '2026-03-01T00:00:00Z', by: { id, name: 'นิภา ดูแล' } },
})
const recentOf = (...versions: EntryView['versions']) => ({ recent: [{ id: idOf(1), versions } as EntryView] })

describe('mending', () => {
  it('changes the day of what a correction says, and dates the correction today at the latest', () => {
    const today = { day: '2026-03-08', isSure: true }
    expect(mended(mine, { day: '2026-03-04', reason: '' }, today)).toMatchObject({
      entry: { happenedOn: '2026-03-08', content: { replacement: { happenedOn: '2026-03-04' } } },
    })
    const unsure = mended(mine, { day: '2026-03-04', reason: '' }, { day: '2020-01-01', isSure: false })
    expect(unsure).toMatchObject({
      entry: { happenedOn: '2026-03-04', content: { replacement: { happenedOn: '2026-03-04' } } },
    })
  })

  it('shows the correction that came before one’s own, and puts one’s own after it', () => {
    const household = recentOf(version(idOf(1), false), version(idOf(3), true))
    const theirs = theirsOf(household, mine)
    expect(theirs).toMatchObject({ id: idOf(3), by: { name: 'นิภา ดูแล' } })
    expect(afterTheirs(mine, theirs!)).toEqual({
      ...mine,
      entry: { ...mine.entry, content: { ...mine.entry.content, corrects: idOf(3) } },
    })
  })

  it('shows nothing where no other came, or the phone does not hold the entry', () => {
    expect(theirsOf(recentOf(version(idOf(1), true)), mine)).toBeNull()
    expect(theirsOf(recentOf(version(idOf(1), false), version(idOf(2), true)), mine)).toBeNull()
    expect(theirsOf({ recent: [] }, mine)).toBeNull()
  })
})
