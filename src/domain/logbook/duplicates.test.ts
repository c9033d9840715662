import { describe, expect, it } from 'vitest'
import { findDoubleHelp, sameHelpAs } from './duplicates.ts'
import type { EffectiveEntry } from './effective.ts'

let count = 0
function help(
  on: string,
  what: string,
  giver: string,
  more: { item?: string; memberId?: string } = {},
): Extract<EffectiveEntry, { kind: 'assistance' }> {
  count += 1
  const id = `01890000-0000-7000-8000-${String(count).padStart(12, '0')}`
  return {
    id,
    versionId: id,
    kind: 'assistance',
    happenedOn: on,
    recordedAt: `${on}T03:00:00.000Z`,
    accountId: id,
    content: {
      problemIds: [],
      memberId: more.memberId ?? null,
      item: more.item ?? null,
      what,
      givers: [{ kind: 'agency', name: giver }],
      value: 3000,
      source: null,
      quantity: null,
      evidence: null,
      photos: [],
    },
  }
}

describe('the same help given twice', () => {
  it('is noticed across agencies, also in other words', () => {
    const first = help('2023-01-10', 'มอบถุงยังชีพ 1 ชุด', 'อบต.ทดสอบ')
    const second = help('2023-02-02', 'มอบถุงยังชีพ', 'พมจ.')
    expect(findDoubleHelp([second, first, help('2023-02-03', 'ซ่อมหลังคา', 'อบต.ทดสอบ')])).toEqual([
      {
        entryIds: [first.id, second.id],
        why: 'alike',
        acrossGivers: true,
        firstOn: '2023-01-10',
        lastOn: '2023-02-02',
      },
    ])
  })

  it('is noticed for the same item of the catalogue whatever the words, once for three times', () => {
    const three = ['2023-01-10', '2023-03-10', '2023-04-01'].map((on) =>
      help(on, `เงิน ${on}`, 'พมจ.', { item: 'relief' }),
    )
    const found = findDoubleHelp(three)
    expect(found).toHaveLength(1)
    expect(found[0]).toMatchObject({ entryIds: three.map(({ id }) => id), why: 'sameItem', acrossGivers: false })
  })

  it('is not that of two members, of two items, or of another year', () => {
    expect(
      findDoubleHelp([
        help('2023-01-10', 'เงินสงเคราะห์', 'พมจ.', { memberId: 'ก' }),
        help('2023-01-10', 'เงินสงเคราะห์', 'พมจ.', { memberId: 'ข' }),
      ]),
    ).toEqual([])
    expect(
      findDoubleHelp([
        help('2023-01-10', 'เงิน', 'พมจ.', { item: 'one' }),
        help('2023-01-10', 'เงิน', 'พมจ.', { item: 'two' }),
      ]),
    ).toEqual([])
    expect(findDoubleHelp([help('2022-01-10', 'ถุงยังชีพ', 'พมจ.'), help('2023-01-10', 'ถุงยังชีพ', 'พมจ.')])).toEqual([])
  })

  it('is that of the household and of one of its members', () => {
    expect(
      findDoubleHelp([help('2023-01-10', 'รถเข็น', 'พมจ.', { memberId: 'ก' }), help('2023-01-12', 'รถเข็น', 'รพ.สต.')]),
    ).toHaveLength(1)
  })

  it('is not help that may come again after the months that its item states', () => {
    const monthly = ['2023-01-10', '2023-02-10', '2023-03-10'].map((on) => help(on, 'นม', 'อบต.', { item: 'milk' }))
    const again = new Map([['milk', { onlyOnce: false, againAfterMonths: 1 }]])
    expect(findDoubleHelp(monthly, again)).toEqual([])
    expect(findDoubleHelp([...monthly, help('2023-03-20', 'นม', 'พมจ.', { item: 'milk' })], again)).toHaveLength(1)
  })

  it('is help that is given only once, however many years lie between; not help that runs on', () => {
    const houses = ['2013-01-10', '2023-02-10'].map((on) => help(on, 'สร้างบ้าน', 'พอช.', { item: 'house' }))
    const item = (onlyOnce: boolean) => new Map([['house', { onlyOnce, againAfterMonths: null }]])
    expect(findDoubleHelp(houses, item(true))).toMatchObject([{ firstOn: '2013-01-10', lastOn: '2023-02-10' }])
    expect(findDoubleHelp(houses, item(false))).toEqual([])
  })
})

describe('help that is being typed', () => {
  const typed = (on: string, what: string, more: { item?: string; memberId?: string } = {}) => help(on, what, '', more)
  const bag = help('2023-01-10', 'มอบถุงยังชีพ 1 ชุด', 'อบต.ทดสอบ')
  const house = help('2013-01-10', 'สร้างบ้าน', 'พอช.', { item: 'house' })
  const milk = help('2023-01-10', 'นม', 'อบต.', { item: 'milk', memberId: 'ก' })
  const given = [bag, house, milk]
  const again = new Map([
    ['house', { onlyOnce: true, againAfterMonths: null }],
    ['milk', { onlyOnce: false, againAfterMonths: 1 }],
  ])

  it('is compared with what was given, before it is saved and also when it lies before', () => {
    expect(sameHelpAs(typed('2023-02-02', 'มอบถุงยังชีพ'), given, again)).toEqual([bag])
    expect(sameHelpAs(typed('2022-12-02', 'ถุงยังชีพ'), given, again)).toEqual([bag])
    expect(sameHelpAs(typed('2023-02-02', ''), given, again)).toEqual([])
    expect(sameHelpAs(typed('2024-02-02', 'มอบถุงยังชีพ'), given, again)).toEqual([])
  })

  it('follows what the catalogue says of giving it again', () => {
    expect(sameHelpAs(typed('2023-02-02', 'บ้านใหม่', { item: 'house' }), given, again)).toEqual([house])
    expect(sameHelpAs(typed('2023-02-10', 'นม', { item: 'milk', memberId: 'ก' }), given, again)).toEqual([])
    expect(sameHelpAs(typed('2023-02-09', 'นม', { item: 'milk', memberId: 'ก' }), given, again)).toEqual([milk])
    expect(sameHelpAs(typed('2023-02-09', 'นม', { item: 'milk', memberId: 'ข' }), given, again)).toEqual([])
  })
})
