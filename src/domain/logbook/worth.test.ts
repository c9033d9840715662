import { describe, expect, it } from 'vitest'
import { anew, idOf, logbook, mentor } from '../../../test/support/logbook.ts'
import { checkEntry } from './check.ts'
import { entrySchema, type ContentOf } from './entry.ts'
import { fold } from './fold.ts'
import { defaultRules } from './rules/index.ts'
import { worthOf } from './worth.ts'

type Giver = ContentOf<'assistance'>['givers'][number]
const giver = (name: string, more: Partial<Giver> = {}): Giver => ({ kind: 'agency', name, ...more })
const shares = [
  giver('อบต.', { value: 6_000, source: 'local' }),
  giver('กาชาด', { value: 3_000, source: 'donation' }),
  giver('วัด'),
]
const context = { today: '2023-06-15', listDate: '2022-12-09', accountId: mentor, rules: defaultRules }

describe('help that several gave', () => {
  const book = logbook()
  const gives = (value: number | null, givers = shares) => book.says('assistance', '2023-02-01', { value, givers })

  it('counts its whole once, whatever each gave of it', () => {
    expect(fold([gives(10_000), gives(9_000)], defaultRules).assistance).toMatchObject({ count: 2, value: 19_000 })
  })

  it('is worth what the givers gave together where nobody states the whole', () => {
    expect(fold([gives(null)], defaultRules).assistance.value).toBe(9_000)
    expect(worthOf({ value: null, givers: [giver('วัด')] })).toBeNull()
    expect(worthOf({ value: null, givers: [giver('วัด', { value: 0 })] })).toBe(0)
  })

  it('is refused when the shares are more than the whole, also in a correction', () => {
    const faults = (entry: Parameters<typeof checkEntry>[1], existing: Parameters<typeof checkEntry>[0] = []) =>
      checkEntry(existing, entry, context).map(({ fault, field }) => `${fault} ${field}`)
    expect(faults(gives(9_000))).toEqual([])
    expect(faults(gives(8_999))).toEqual(['sharesExceedValue content.value'])
    const good = gives(9_000)
    const less = book.corrects(good, anew(good, { value: 5_000 }), {}, 'ยอดผิด', '2023-03-01')
    expect(faults(less, [good])).toEqual(['sharesExceedValue content.replacement.content.value'])
  })

  it('stays as it was sent: who says no share gets none', () => {
    const { recordedAt: _at, accountId: _by, ...sent } = book.says('assistance', '2023-02-01', {}, { id: idOf(9) })
    expect(JSON.stringify(entrySchema.parse(sent).content)).toBe(JSON.stringify(sent.content))
  })
})
