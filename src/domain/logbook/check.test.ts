import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import {
  anew,
  district,
  histories,
  idOf,
  logbook,
  mentor,
  problem,
  secondMentor,
} from '../../../test/support/logbook.ts'
import { checkEntry, type EntryContext } from './check.ts'
import { effectiveEntries } from './effective.ts'
import type { Entry } from './entry.ts'
import { fold } from './fold.ts'
import { defaultRules } from './rules/index.ts'

const context: EntryContext = { today: '2023-06-15', listDate: '2022-12-09', accountId: mentor, rules: defaultRules }
const faults = (existing: Entry[], draft: Entry, more: Partial<EntryContext> = {}) =>
  checkEntry(existing, draft, { ...context, ...more }).map(({ fault, field }) => `${fault} ${field}`)

describe('a duplicate', () => {
  const book = logbook()
  const [seen, unseen] = [idOf(0xb1), idOf(0xb2)]
  const others = new Set([seen])
  const duplicate = (sameAs?: string) =>
    book.says('outcome', '2023-06-01', { outcome: 'duplicate', ...(sameAs === undefined ? {} : { sameAs }) })

  it('names a household that its writer may see, or none', () => {
    expect(faults([], duplicate(), { others })).toEqual([])
    expect(faults([], duplicate(seen), { others })).toEqual([])
    expect(faults([], duplicate(unseen), { others })).toEqual(['unknownHousehold content.sameAs'])
    expect(faults([], duplicate(seen))).toEqual(['unknownHousehold content.sameAs'])
  })

  it('keeps the household that it names when somebody corrects it who does not see that', () => {
    const outcome = duplicate(seen)
    const corrected = (sameAs: string) =>
      book.corrects(outcome, anew(outcome, { sameAs, evidence: 'ตรวจแล้ว' }), {}, 'ผิด', '2023-06-02')
    expect(faults([outcome], corrected(seen))).toEqual([])
    expect(faults([outcome], corrected(unseen))).toEqual(['unknownHousehold content.replacement.content.sameAs'])
  })
})

describe('the day of an entry', () => {
  const book = logbook()

  it('may be today and any day since the list, not tomorrow', () => {
    expect(faults([], book.says('visit', '2023-06-15'))).toEqual([])
    expect(faults([], book.says('visit', '2022-12-09'))).toEqual([])
    expect(faults([], book.says('visit', '2023-06-16'))).toEqual(['futureDay happenedOn'])
  })

  it('may lie before the list only for help that had been given, and not for ever', () => {
    expect(faults([], book.says('visit', '2022-12-08'))).toEqual(['dayBeforeList happenedOn'])
    expect(faults([], book.says('assistance', '2021-05-01'))).toEqual([])
    expect(faults([], book.says('assistance', '2012-12-08'))).toEqual(['dayBeforeList happenedOn'])
  })

  it('has a limit too where no list has a day: a year that nobody meant is noticed', () => {
    const loose = { listDate: null }
    expect(faults([], book.says('visit', '2020-01-01'), loose)).toEqual([])
    expect(faults([], book.says('visit', '1923-06-15'), loose)).toEqual([])
    expect(faults([], book.says('visit', '1480-06-15'), loose)).toEqual(['dayTooLongAgo happenedOn'])
    expect(faults([], book.says('assistance', '2013-06-15'), loose)).toEqual([])
    expect(faults([], book.says('assistance', '2013-06-14'), loose)).toEqual(['dayTooLongAgo happenedOn'])
    const visit = book.says('visit', '2020-01-01')
    expect(faults([visit], book.corrects(visit, anew(visit, {}, '0202-01-01'), {}, 'ผิด', '2023-06-01'), loose)).toEqual(
      ['dayTooLongAgo content.replacement.happenedOn'],
    )
  })

  it.each([
    ['2566-03-12', '2023-03-12'],
    ['2567-02-28', '2024-02-28'],
    // 2568 is a leap year of the common era, 2025 is not.
    ['2568-02-29', '2025-02-28'],
  ])('in the Buddhist era is noticed: %s was meant as %s', (typed, meant) => {
    expect(checkEntry([], book.says('visit', typed), context)).toEqual([
      { fault: 'buddhistYear', field: 'happenedOn', suggestion: meant },
    ])
  })

  it('that was agreed lies after the visit and in the same era', () => {
    expect(faults([], book.says('visit', '2023-06-01', { nextOn: '2023-07-01' }))).toEqual([])
    expect(faults([], book.says('visit', '2023-06-01', { nextOn: '2023-06-01' }))).toEqual([
      'dayBeforeEntry content.nextOn',
    ])
    expect(faults([], book.says('followUp', '2023-06-01', { nextOn: '2566-07-01' }))).toEqual([
      'buddhistYear content.nextOn',
    ])
    expect(faults([], book.says('hold', '2023-06-01', { untilOn: '2023-05-01' }))).toEqual([
      'dayBeforeEntry content.untilOn',
    ])
    const step = book.says('plan', '2023-06-01').content.steps[0]!
    expect(faults([], book.says('plan', '2023-06-01', { steps: [step, { ...step, dueOn: '2566-07-01' }] }))).toEqual([
      'buddhistYear content.steps.1.dueOn',
    ])
  })
})

describe('what an entry names', () => {
  const book = logbook()
  const assessment = book.says('assessment', '2023-01-10', { problems: [problem(1)] })
  const result = book.says('result', '2023-03-01', {
    results: [1, 2].map((number) => ({ problemId: problem(number).id, result: 'solved', words: null })),
  })

  it('must be a problem of this household', () => {
    expect(faults([assessment], result)).toEqual(['unknownProblem content.results.1.problemId'])
    expect(faults([], result)).toHaveLength(2)
    const ids = [problem(1).id, problem(3).id]
    expect(faults([assessment], book.says('relapse', '2023-05-01', { problemIds: ids }))).toEqual([
      'unknownProblem content.problemIds.1',
    ])
    expect(faults([assessment], book.says('assistance', '2023-05-01', { problemIds: ids }))).toEqual([
      'unknownProblem content.problemIds.1',
    ])
    const step = book.says('plan', '2023-06-01').content.steps[0]!
    expect(
      faults([assessment], book.says('plan', '2023-06-01', { steps: [{ ...step, problemId: problem(2).id }] })),
    ).toEqual(['unknownProblem content.steps.0.problemId'])
  })

  it('is no problem any more once its assessment was taken back', () => {
    const help = book.says('assistance', '2023-05-01', { problemIds: [problem(1).id] })
    expect(faults([assessment], help)).toEqual([])
    expect(faults([assessment, book.corrects(assessment, null)], help)).toHaveLength(1)
  })
})

describe('a special outcome', () => {
  const book = logbook()
  const moved = book.says('outcome', '2023-03-01')
  const approve = book.decides(moved.id, 'approve', '2023-03-05')
  const decides = (existing: Entry[], draft: Entry, by = district) => faults(existing, draft, { accountId: by })

  it('is decided once, by somebody who did not propose it', () => {
    expect(decides([moved], approve)).toEqual([])
    expect(decides([moved], approve, mentor)).toEqual(['ownProposal content.outcomeId'])
    expect(decides([moved], book.decides(moved.id, 'refuse', '2023-03-05'), mentor)).toEqual([
      'ownProposal content.outcomeId',
    ])
    expect(decides([moved, approve], book.decides(moved.id, 'refuse', '2023-03-06'))).toEqual([
      'outcomeDecided content.outcomeId',
    ])
    expect(decides([], approve)).toEqual(['unknownOutcome content.outcomeId'])
    expect(decides([moved, book.corrects(moved, null)], approve)).toEqual(['unknownOutcome content.outcomeId'])
  })

  it('is not approved by whoever corrected it, nor by one who had not seen the correction', () => {
    const corrected = book.corrects(moved, anew(moved, { outcome: 'deceased' }), { by: secondMentor })
    expect(decides([moved, corrected], approve)).toEqual(['correctedMeanwhile content.outcomeId'])
    const seen = book.decides(corrected.id, 'approve', '2023-03-06')
    expect(decides([moved, corrected], seen)).toEqual([])
    expect(decides([moved, corrected], seen, secondMentor)).toEqual(['ownProposal content.outcomeId'])
    expect(decides([moved, corrected], seen, mentor)).toEqual(['ownProposal content.outcomeId'])
  })

  it('is undone only while it is approved, by anybody who may; the decision itself is not corrected', () => {
    const undo = book.decides(moved.id, 'undo', '2023-04-01')
    expect(decides([moved], undo)).toEqual(['outcomeNotApproved content.outcomeId'])
    expect(decides([moved, approve], undo, mentor)).toEqual([])
    expect(decides([moved, approve, undo], book.decides(moved.id, 'approve', '2023-04-02'))).toEqual([
      'outcomeDecided content.outcomeId',
    ])
    expect(faults([moved, approve], book.corrects(approve, null, {}, 'ผิด', '2023-06-01'))).toEqual([
      'decisionStands content.corrects',
    ])
  })
})

describe('an approved special outcome', () => {
  const book = logbook()
  const moved = book.says('outcome', '2023-03-01')
  const approve = book.decides(moved.id, 'approve', '2023-03-05')
  const undo = book.decides(moved.id, 'undo', '2023-03-06')
  const takenBack = book.corrects(moved, null, {}, 'พิมพ์ผิด', '2023-06-01')
  const corrected = book.corrects(moved, anew(moved, { outcome: 'deceased' }), {}, 'พิมพ์ผิด', '2023-06-01')

  it('is undone before it is taken back or corrected', () => {
    for (const change of [takenBack, corrected]) {
      expect(faults([moved], change)).toEqual([])
      expect(faults([moved, approve], change)).toEqual(['outcomeApproved content.corrects'])
      expect(faults([moved, approve, undo], change)).toEqual([])
    }
  })

  it('may be taken back by whoever records where the rule asked for no approval', () => {
    const outcomes = defaultRules.outcomes.map((rule) => ({ ...rule, needsApproval: false }))
    expect(faults([moved], takenBack, { rules: { outcomes } })).toEqual([])
  })
})

describe('a correction', () => {
  const book = logbook()
  const visit = book.says('visit', '2023-01-10')
  const first = book.corrects(visit, anew(visit, { seen: 'พบยาย' }), {}, 'พิมพ์ผิด', '2023-06-01')
  const again = (seen: { id: string }, replacement: Parameters<typeof book.corrects>[1]) =>
    book.corrects(seen, replacement, {}, 'พิมพ์ผิด', '2023-06-02')

  it('corrects the version that its writer had seen, if nobody was faster', () => {
    expect(faults([visit], first)).toEqual([])
    expect(faults([visit, first], again(first, null))).toEqual([])
    expect(faults([visit, first], again(visit, null))).toEqual(['correctedMeanwhile content.corrects'])
    expect(faults([visit], again({ id: idOf(999) }, null))).toEqual(['unknownEntry content.corrects'])
  })

  it('may restore what was taken back', () => {
    const takenBack = again(visit, null)
    expect(faults([visit, takenBack], again(takenBack, anew(visit, {})))).toEqual([])
  })

  it('keeps the kind, and what it says is checked like an entry of its own', () => {
    expect(faults([visit], again(visit, anew(book.says('hold', '2023-01-10'), {})))).toEqual([
      'otherKind content.replacement.kind',
    ])
    expect(faults([visit], again(visit, anew(visit, {}, '2566-01-10')))).toEqual([
      'buddhistYear content.replacement.happenedOn',
    ])
    expect(faults([visit], again(visit, anew(visit, {}, '2022-01-10')))).toEqual([
      'dayBeforeList content.replacement.happenedOn',
    ])
    expect(faults([visit], again(visit, anew(visit, { nextOn: '2023-01-09' })))).toEqual([
      'dayBeforeEntry content.replacement.content.nextOn',
    ])
    const help = book.says('assistance', '2023-01-10')
    expect(faults([help], again(help, anew(help, { problemIds: [problem(9).id] })))).toEqual([
      'unknownProblem content.replacement.content.problemIds.0',
    ])
  })
})

describe('whatever happens', () => {
  it('an entry sent again is judged as it was the first time', () => {
    fc.assert(
      fc.property(histories, (entries) => {
        const last = entries.at(-1)
        if (!last) return
        expect(checkEntry(entries, last, context)).toEqual(checkEntry(entries.slice(0, -1), last, context))
      }),
    )
  })

  it('what passes the check is never loose', () => {
    fc.assert(
      fc.property(histories, (entries) => {
        const later = { ...context, today: '2024-01-01', accountId: idOf(0xff) }
        const kept: Entry[] = []
        for (const entry of entries) if (checkEntry(kept, entry, later).length === 0) kept.push(entry)
        // Taking back an assessment can make loose what was sound before; corrections may do that on purpose.
        const withoutCorrections = kept.filter(({ kind }) => kind !== 'correction')
        expect(effectiveEntries(kept).loose).toEqual([])
        if (withoutCorrections.length === kept.length) expect(fold(kept, defaultRules).loose).toEqual([])
      }),
      { numRuns: 300 },
    )
  })
})
