import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { histories, logbook, problem, shuffled } from '../../../test/support/logbook.ts'
import type { Entry, ProblemResult, SpecialOutcome } from './entry.ts'
import { factsOf, predicatesOf } from './facts.ts'
import { fold } from './fold.ts'
import { defaultRules, rulesFaults, type Rules } from './rules/index.ts'

const told = (entries: Entry[], rules: Pick<Rules, 'facts' | 'outcomes'> = defaultRules) =>
  factsOf(fold(entries, rules), rules)
const result = (book: ReturnType<typeof logbook>, day: string, number: number, found: ProblemResult = 'solved') =>
  book.says('result', day, { results: [{ problemId: problem(number).id, result: found, words: null }] })

describe('what counts', () => {
  it('a household without entries is a target, and nothing more', () => {
    expect(factsOf(null, defaultRules)).toEqual(['target'])
    expect(told([])).toEqual(['target'])
  })

  it('is recorded once every problem has a need and a way of solving it', () => {
    const book = logbook()
    const lacking = book.says('assessment', '2023-01-10', { problems: [problem(1), problem(2, { solution: '' })] })
    expect(told([lacking])).toEqual(['target'])
    const completed = book.says('assessment', '2023-02-10', { problems: [problem(2)] })
    expect(told([lacking, completed])).toEqual(['recorded', 'target'])
    expect(
      told([lacking, completed, book.says('assessment', '2023-03-01', { problems: [problem(3, { need: null })] })]),
    ).toEqual(['target'])
  })

  it('is recorded when somebody looked and found no problem, not when an assessment is empty', () => {
    const book = logbook()
    expect(told([book.says('assessment', '2023-01-10')])).toEqual(['target'])
    expect(told([book.says('assessment', '2023-01-10', { noProblem: true })])).toEqual(['recorded', 'target'])
  })

  it('keeps apart visited, helped, helped with a result, and solved', () => {
    const book = logbook()
    const story: Entry[] = [book.says('visit', '2023-01-10')]
    expect(told(story)).toEqual(['target', 'visited-2023-01'])
    story.push(book.says('assessment', '2023-01-10', { problems: [problem(1), problem(2)] }))
    expect(told(story)).toEqual(['recorded', 'target', 'visited-2023-01'])
    story.push(book.says('assistance', '2023-02-01', { problemIds: [problem(1).id] }))
    expect(told(story)).toContain('helped')
    expect(told(story)).not.toContain('helpedWithResult')
    story.push(result(book, '2023-03-01', 1))
    expect(told(story)).toEqual(['helped', 'helpedWithResult', 'recorded', 'target', 'visited-2023-01'])
    story.push(result(book, '2023-03-01', 2, 'partly'))
    expect(told(story)).toContain('allResults')
    expect(told(story)).not.toContain('solved')
    story.push(result(book, '2023-04-01', 2, 'bySelf'))
    expect(told(story)).toContain('solved')
  })

  it('a hundred visits without a result are no progress on the result', () => {
    const book = logbook()
    const visits = Array.from({ length: 100 }, (_, index) =>
      book.says('visit', `2023-${String((index % 11) + 1).padStart(2, '0')}-05`),
    )
    expect(told([book.says('assessment', '2023-01-01', { problems: [problem(1)] }), ...visits])).not.toContain(
      'helpedWithResult',
    )
  })

  it('a result without help is not "helped with result", and a relapse takes both back', () => {
    const book = logbook()
    const story: Entry[] = [
      book.says('assessment', '2023-01-10', { problems: [problem(1)] }),
      result(book, '2023-02-01', 1, 'bySelf'),
    ]
    expect(told(story)).not.toContain('helpedWithResult')
    story.push(book.says('assistance', '2023-02-03'))
    expect(told(story)).toContain('helpedWithResult')
    story.push(book.says('relapse', '2023-05-01', { problemIds: [problem(1).id] }))
    expect(told(story)).toEqual(['helped', 'recorded', 'relapsed', 'target'])
    story.push(book.says('assistance', '2023-06-01', { problemIds: [problem(1).id] }))
    expect(told(story)).toContain('relapsed')
    story.push(result(book, '2023-07-01', 1))
    expect(told(story)).not.toContain('relapsed')
  })
})

describe('a special outcome', () => {
  const approved = (outcome: SpecialOutcome): Entry[] => {
    const book = logbook()
    const proposal = book.says('outcome', '2023-03-01', { outcome })
    return [book.says('visit', '2023-02-01'), proposal, book.decides(proposal.id, 'approve', '2023-03-05')]
  }

  it.each(['deceased', 'moved', 'duplicate', 'notEligible'] as const)(
    '%s takes the household out of everything',
    (outcome) => {
      expect(told(approved(outcome))).toEqual(['left'])
      expect(told(approved(outcome).slice(0, 2))).toEqual(['target', 'visited-2023-02'])
    },
  )

  it.each(['refuses', 'notFound'] as const)(
    '%s leaves the household a target that still counts for nothing',
    (outcome) => {
      expect(told(approved(outcome))).toEqual(['target', 'visited-2023-02'])
    },
  )

  it('counts as recorded where a province decided so', () => {
    const outcomes = defaultRules.outcomes.map((rule) =>
      rule.code === 'refuses' ? { ...rule, countsAs: ['recorded'] } : rule,
    )
    const rules = { ...defaultRules, outcomes }
    expect(rulesFaults(rules)).toEqual([])
    expect(told(approved('refuses'), rules)).toContain('recorded')
    expect(told(approved('refuses').slice(0, 2), rules)).not.toContain('recorded')
  })
})

describe('whatever happens', () => {
  it('facts do not depend on the order of arrival', () => {
    fc.assert(
      fc.property(shuffled, ([entries, others]) => {
        expect(told(others)).toEqual(told(entries))
      }),
    )
  })

  it('whatever a milestone counts is a target: no numerator is larger than its denominator', () => {
    fc.assert(
      fc.property(histories, (entries) => {
        const facts = told(entries)
        expect(facts).toEqual([...new Set(facts)].toSorted())
        if (!facts.includes('target')) expect(facts).toEqual(['left'])
      }),
    )
  })

  it('one thing follows from another', () => {
    fc.assert(
      fc.property(histories, (entries) => {
        const holds = predicatesOf(fold(entries, defaultRules), defaultRules.outcomes)
        const follows = (from: string, to: string) =>
          expect(!holds.has(from as never) || holds.has(to as never)).toBe(true)
        follows('complete', 'assessed')
        follows('allResults', 'resultRecorded')
        follows('allSolved', 'allResults')
        expect(holds.has('relapsed') && holds.has('allResults')).toBe(false)
      }),
    )
  })
})
