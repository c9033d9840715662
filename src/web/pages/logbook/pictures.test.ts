import { expect, it } from 'vitest'
import { effectiveEntries } from '../../../domain/logbook/effective.ts'
import { fold } from '../../../domain/logbook/fold.ts'
import { defaultRules } from '../../../domain/logbook/rules/index.ts'
import { idOf, logbook, problem } from '../../../../test/support/logbook.ts'
import { failingMembers, picturesOverTime } from './pictures.ts'

const picture = (on: string, health: 'pass' | 'fail' | 'unknown', living: 'pass' | 'fail' | 'unknown') => ({
  on,
  entryId: on,
  dimensions: { health, living, education: 'unknown', income: 'unknown', access: 'unknown' } as const,
})

it('carries what was known through an assessment that did not ask, and marks it as earlier', () => {
  const columns = picturesOverTime([
    picture('2023-03-01', 'unknown', 'pass'),
    picture('2023-02-01', 'unknown', 'unknown'),
    picture('2023-01-01', 'fail', 'fail'),
  ])
  expect(columns.map(({ on, cells: { health, living, income } }) => [on, health, living, income.answer])).toEqual([
    ['2023-01-01', { answer: 'fail', isEarlier: false }, { answer: 'fail', isEarlier: false }, 'unknown'],
    ['2023-02-01', { answer: 'fail', isEarlier: true }, { answer: 'fail', isEarlier: true }, 'unknown'],
    ['2023-03-01', { answer: 'fail', isEarlier: true }, { answer: 'pass', isEarlier: false }, 'unknown'],
  ])
})

it('names those in whom a dimension fails, from the assessment that last asked of it', () => {
  const { says } = logbook()
  const [child, elder] = [idOf(0xc1), idOf(0xc2)]
  const answer = (number: number, memberId: string | null, given: 'pass' | 'fail' = 'fail') => ({
    edition: 'bmn-2565' as const,
    number,
    memberId,
    answer: given,
  })
  const first = says('assessment', '2023-01-10', { answers: [answer(34, elder), answer(22, child)] })
  const second = says('assessment', '2023-05-10', {
    answers: [answer(22, child, 'pass')],
    problems: [problem(1, { dimension: 'health', memberId: elder, problem: 'ปวดเข่า' }), problem(2)],
  })
  const found = (...all: (typeof first)[]) => ({
    state: fold(all, defaultRules),
    entries: [...effectiveEntries(all).effective].map((entry) => ({ id: entry.id, said: entry })) as never,
  })
  expect(found(first).state.pictures[0]!.dimensions).toMatchObject({ education: 'fail', access: 'fail' })
  expect(failingMembers(found(first)).map(({ dimension, memberId }) => [dimension, memberId])).toEqual([
    ['education', child],
    ['access', elder],
  ])
  expect(failingMembers(found(first, second))).toEqual([
    { dimension: 'health', memberId: elder, because: 'ปวดเข่า' },
    { dimension: 'access', memberId: elder, because: { edition: 'bmn-2565', number: 34 } },
  ])
})
