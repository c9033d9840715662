import { describe, expect, it } from 'vitest'
import type { CaseState, OutcomeCase, ProblemCase } from './state.ts'
import { isSortedByAddress, lastDay, waitingOf, withoutResult } from './work.ts'

type Part = Parameters<typeof waitingOf>[0]
const problem = (state: ProblemCase['state'], assistance = ['help']) =>
  ({ state, assistance, result: ['open', 'helped', 'relapsed'].includes(state) ? null : {} }) as ProblemCase
const caseOf = (more: Partial<Part>): Part => ({
  problems: [],
  outcome: null,
  relapsedOn: null,
  assistance: { count: 0, value: 0, lastOn: null },
  ...more,
})
const given: CaseState['assistance'] = { count: 1, value: 0, lastOn: '2026-08-01' }
const proposal = (state: OutcomeCase['state']) => ({ state, on: '2026-11-02' }) as OutcomeCase

describe('what a case leaves to do', () => {
  it('is nothing where nothing was recorded', () => {
    expect(waitingOf(caseOf({}))).toEqual([])
  })

  it('is a result, once a problem was helped and until it has one', () => {
    expect(waitingOf(caseOf({ problems: [problem('helped')], assistance: given }))).toEqual(['result:2026-08-01'])
    expect(waitingOf(caseOf({ problems: [problem('solved')], assistance: given }))).toEqual([])
  })

  it('is a result too where help named no problem, until any problem has one', () => {
    const open = problem('open', [])
    expect(waitingOf(caseOf({ problems: [open], assistance: given }))).toEqual(['result:2026-08-01'])
    expect(withoutResult(caseOf({ problems: [open, open], assistance: given }))).toHaveLength(2)
    expect(waitingOf(caseOf({ problems: [open] }))).toEqual([])
    expect(waitingOf(caseOf({ problems: [open, problem('partly', [])], assistance: given }))).toEqual([])
    // Without a problem there is nothing to ask about.
    expect(waitingOf(caseOf({ assistance: given }))).toEqual([])
  })

  it('is help, once the trouble came back', () => {
    const back = caseOf({ problems: [problem('relapsed')], relapsedOn: '2026-10-01', assistance: given })
    expect(waitingOf(back)).toEqual(['relapse:2026-10-01'])
  })

  it('is a decision while a proposal waits, and no longer', () => {
    expect(waitingOf(caseOf({ outcome: proposal('waiting') }))).toEqual(['outcome:2026-11-02'])
    for (const state of ['approved', 'refused', 'undone'] as const)
      expect(waitingOf(caseOf({ outcome: proposal(state) }))).toEqual([])
  })

  it('keeps one order, and stands last where no day is known', () => {
    const all = caseOf({ problems: [problem('helped'), problem('relapsed')], outcome: proposal('waiting') })
    expect(waitingOf(all)).toEqual(['outcome:2026-11-02', `relapse:${lastDay}`, `result:${lastDay}`])
    expect(withoutResult(all)).toHaveLength(1)
  })

  it('has an order of its own only where some wait longer than others', () => {
    expect(isSortedByAddress('notRecorded', 'since')).toBe(true)
    expect(isSortedByAddress('overdue', 'since')).toBe(false)
    expect(isSortedByAddress('overdue', 'address')).toBe(true)
  })
})
