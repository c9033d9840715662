import { describe, expect, it } from 'vitest'
import { anew, idOf, logbook } from '../../../test/support/logbook.ts'
import { effectiveEntries } from './effective.ts'
import type { Entry, MemberHealth } from './entry.ts'
import { healthOf } from './health.ts'

const [grandmother, son] = [idOf(0xa1), idOf(0xa2)]
const ill = (memberId: string): MemberHealth => ({ memberId, condition: 'chronicallyIll', caresForSelf: false })
const well = (memberId: string): MemberHealth => ({ memberId, condition: 'normal', caresForSelf: true })

describe('the health of members', () => {
  const book = logbook()
  const first = book.says('assessment', '2023-01-10', { health: [ill(grandmother), ill(son)] })
  const later = book.says('assessment', '2023-03-10', { health: [well(son)] })
  const silent = book.says('assessment', '2023-04-10')
  const known = (...entries: Entry[]) => healthOf(effectiveEntries(entries).effective)

  it('is the newest that somebody said of each, whatever the order in which it came', () => {
    const both = [
      { ...ill(grandmother), on: '2023-01-10' },
      { ...well(son), on: '2023-03-10' },
    ]
    expect(known(first, later, silent)).toEqual(both)
    expect(known(silent, later, first)).toEqual(both)
  })

  it('is not known any more once it was taken back or corrected', () => {
    expect(known(first, book.corrects(first, null))).toEqual([])
    expect(known(first, book.corrects(first, anew(first, { health: [ill(son)] })))).toEqual([
      { ...ill(son), on: '2023-01-10' },
    ])
  })
})
