import { expect, it } from 'vitest'
import { picturesOverTime } from './pictures.ts'

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
