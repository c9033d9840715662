import { describe, expect, it } from 'vitest'
import type { RecordOutcome } from '../../../contract/logbook.ts'
import type { WorklistRow } from '../../../contract/worklists.ts'
import { entrySchema } from '../../../domain/logbook/entry.ts'
import { newId } from '../../new-id.ts'
import { entriesOf, merged, withOutcomes } from './entries.ts'
import { readWorkView, workAddress } from './address.ts'

const row = (id: string, more: Partial<WorklistRow> = {}) =>
  ({ id, province: '31', outcome: null, ...more }) as WorklistRow
const proposal = (mayDecide: boolean): Partial<WorklistRow> => ({
  outcome: { outcomeId: newId(), outcome: 'moved', on: '2026-11-01', by: 'ก', mayDecide },
})
const refused = (entryId: string): RecordOutcome => ({
  entryId,
  outcome: 'refused',
  code: 409.4,
  problem: 'wrongState',
  details: {},
})

describe('what is recorded for many households at once', () => {
  it('is one whole entry for each, with an id of its own', () => {
    const rows = [row('a'), row('b')]
    const assistance = entriesOf(
      {
        act: 'assistance',
        happenedOn: '2026-11-20',
        content: {
          what: 'ถุงยังชีพ',
          givers: [{ kind: 'agency', name: 'อบต.' }],
          value: 350,
          source: 'local',
          evidence: null,
        },
      },
      rows,
      newId,
    )
    const hold = entriesOf(
      { act: 'hold', happenedOn: '2026-11-20', untilOn: '2026-12-15', reason: 'น้ำท่วม' },
      rows,
      newId,
    )
    for (const { entry } of [...assistance, ...hold]) expect(entrySchema.safeParse(entry).success).toBe(true)
    expect(new Set([...assistance, ...hold].map(({ entry }) => entry.id)).size).toBe(4)
  })

  it('decides only what this person may decide, and names what they have seen', () => {
    const mine = row('a', proposal(false))
    const theirs = row('b', proposal(true))
    const sent = entriesOf({ act: 'approve', happenedOn: '2026-11-20', reason: null }, [mine, theirs, row('c')], newId)
    expect(sent.map((one) => one.row.id)).toEqual(['b'])
    expect(sent[0]!.entry).toMatchObject({ content: { outcomeId: theirs.outcome!.outcomeId, decision: 'approve' } })
    expect(entrySchema.safeParse(sent[0]!.entry).success).toBe(true)
  })

  it('keeps the ids of those that failed, so that trying again doubles nothing', () => {
    const sent = entriesOf(
      { act: 'hold', happenedOn: '2026-11-20', untilOn: '2026-12-15', reason: 'น้ำท่วม' },
      [row('a'), row('b')],
      newId,
    )
    const first = withOutcomes(
      sent,
      sent.map(({ entry }) => refused(entry.id)),
    )
    const second = merged(
      first,
      withOutcomes(sent.slice(1), [{ ...refused(sent[1]!.entry.id), outcome: 'alreadyThere' } as never]),
    )
    expect(second.map(({ outcome }) => outcome.outcome)).toEqual(['refused', 'alreadyThere'])
    expect(second[1]!.entry.id).toBe(first[1]!.entry.id)
  })
})

describe('the address of a work list', () => {
  it('brings back the view, and reads nothing into what it does not understand', () => {
    const view = { area: '3104', worklist: 'relapsed', sort: 'address' } as const
    expect(readWorkView(new URLSearchParams(workAddress(view).split('?')[1]))).toEqual(view)
    expect(workAddress(readWorkView(new URLSearchParams('area=x&list=names&sort=1')))).toBe('/worklists')
  })
})
