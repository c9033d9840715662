import { describe, expect, it } from 'vitest'
import type { Entry } from './entry.ts'
import { replayFacts } from './replay.ts'
import { defaultRules } from './rules/index.ts'

const moment = (day: string) => Date.parse(`${day}T03:00:00.000Z`)
const id = (number: number) => `00000000-0000-7000-8000-${String(number).padStart(12, '0')}`
const entry = (number: number, kind: string, recordedOn: string, content: object, happenedOn = '2023-01-05') =>
  ({
    id: id(number),
    kind,
    happenedOn,
    recordedAt: new Date(moment(recordedOn)).toISOString(),
    accountId: id(99),
    content,
  }) as unknown as Entry

describe('replaying facts', () => {
  it('begins and ends a fact when it was recorded, not when it happened, in whatever order the entries come', () => {
    const visit = entry(1, 'visit', '2023-02-01', { nextOn: null })
    const takenBack = entry(2, 'correction', '2023-03-01', { corrects: id(1), reason: 'ผิดบ้าน', replacement: null })
    const again = entry(3, 'visit', '2023-04-01', { nextOn: null }, '2023-01-09')
    const spans = replayFacts(moment('2023-01-01'), [again, takenBack, visit], defaultRules)
    const of = (fact: string) => spans.filter((span) => span.fact === fact)
    expect(of('target')).toEqual([{ fact: 'target', from: moment('2023-01-01'), to: null }])
    expect(of('visited-2023-01')).toEqual([
      { fact: 'visited-2023-01', from: moment('2023-02-01'), to: moment('2023-03-01') },
      { fact: 'visited-2023-01', from: moment('2023-04-01'), to: null },
    ])
  })

  it('takes entries of one moment as one change', () => {
    const visit = entry(1, 'visit', '2023-02-01', { nextOn: null })
    const takenBack = entry(2, 'correction', '2023-02-01', { corrects: id(1), reason: 'ผิดบ้าน', replacement: null })
    const spans = replayFacts(moment('2023-01-01'), [visit, takenBack], defaultRules)
    expect(spans.map(({ fact }) => fact)).toEqual(['target'])
  })
})
