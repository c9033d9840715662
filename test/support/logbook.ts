/** Entries of logbooks for tests: said in a line, and whole histories made at random. */
import fc from 'fast-check'
import {
  conditions,
  dimensions,
  outcomeDecisions,
  problemResults,
  specialOutcomes,
  type ContentOf,
  type Entry,
  type EntryKind,
  type ProblemStatement,
  type Replacement,
} from '../../src/domain/logbook/entry.ts'

/** A version 7 UUID; larger numbers are later. */
export function idOf(number: number): string {
  return `01890000-0000-7000-8000-${number.toString(16).padStart(12, '0')}`
}

export const mentor = idOf(0xa1)
export const secondMentor = idOf(0xa2)
export const district = idOf(0xd1)

const plain: { [Kind in Exclude<EntryKind, 'correction' | 'outcomeDecision'>]: ContentOf<Kind> } = {
  assessment: {
    problems: [],
    noProblem: false,
    answers: [],
    fourT: null,
    incomePerPerson: null,
    path: null,
    stage: null,
    words: null,
  },
  visit: { met: [], seen: null, words: null, place: null, photos: [], skipped: null, nextOn: null },
  plan: {
    steps: [
      {
        id: idOf(0xf1),
        horizon: 'now',
        text: 'ซ่อมหลังคา',
        owner: null,
        dueOn: null,
        state: 'planned',
        problemId: null,
      },
    ],
  },
  assistance: {
    problemIds: [],
    memberId: null,
    item: null,
    what: 'ถุงยังชีพ',
    givers: [{ kind: 'agency', name: 'อบต.' }],
    value: null,
    source: null,
    quantity: null,
    evidence: null,
    photos: [],
  },
  result: { results: [] },
  followUp: { met: [], condition: 'same', words: null, photos: [], nextOn: null },
  relapse: { problemIds: [], words: 'กลับมาตกงาน' },
  hold: { untilOn: '2023-12-31', reason: 'น้ำท่วม' },
  outcome: { outcome: 'moved', evidence: 'ผู้ใหญ่บ้านรับรอง', photos: [] },
}

type Plain = keyof typeof plain
export interface Telling {
  id?: string
  by?: string
  recordedAt?: string
}

/** Entries with rising ids, as people would send them one after the other. */
export function logbook(first = 1) {
  let number = first
  const stored = (kind: EntryKind, happenedOn: string, content: unknown, telling: Telling): Entry =>
    ({
      id: telling.id ?? idOf(number++),
      kind,
      happenedOn,
      content,
      recordedAt: telling.recordedAt ?? `${happenedOn}T04:00:00.000Z`,
      accountId: telling.by ?? mentor,
    }) as Entry
  return {
    says<Kind extends Plain>(
      kind: Kind,
      happenedOn: string,
      content: Partial<ContentOf<Kind>> = {},
      telling: Telling = {},
    ): Extract<Entry, { kind: Kind }> {
      return stored(kind, happenedOn, { ...plain[kind], ...content }, telling) as Extract<Entry, { kind: Kind }>
    },
    decides(
      outcomeId: string,
      decision: ContentOf<'outcomeDecision'>['decision'],
      happenedOn: string,
      telling: Telling = {},
    ): Entry {
      return stored('outcomeDecision', happenedOn, { outcomeId, decision, reason: null }, { by: district, ...telling })
    },
    /** Puts other content in the place of an entry; null takes it back. */
    corrects(
      seen: { id: string },
      replacement: Replacement,
      telling: Telling = {},
      reason = 'บันทึกผิด',
      happenedOn = '2023-08-01',
    ): Entry {
      return stored('correction', happenedOn, { corrects: seen.id, reason, replacement }, telling)
    },
  }
}

/** What stands in an entry, with some of it said anew. */
export function anew<Kind extends Plain>(
  entry: { kind: Kind; happenedOn: string; content: ContentOf<Kind> },
  content: Partial<ContentOf<Kind>>,
  happenedOn = entry.happenedOn,
): Replacement {
  return { kind: entry.kind, happenedOn, content: { ...entry.content, ...content } } as Replacement
}

export function problem(number: number, statement: Partial<ProblemStatement> = {}): ProblemStatement {
  return {
    id: idOf(0x1000 + number),
    dimension: 'living',
    indicator: null,
    memberId: null,
    problem: 'หลังคารั่ว',
    need: 'ซ่อมหลังคา',
    solution: 'ขอ อบต. ช่วยซ่อม',
    ...statement,
  }
}

const day = fc
  .integer({ min: 0, max: 330 })
  .map((days) => new Date(Date.UTC(2023, 0, 1 + days)).toISOString().slice(0, 10))
const words = fc.constantFrom(null, '', 'เงินลงทุน', 'ฝึกอาชีพ')
const problemId = fc.integer({ min: 1, max: 5 }).map((number) => problem(number).id)
const accountId = fc.constantFrom(mentor, secondMentor, district)

const statement = fc.record({
  number: fc.integer({ min: 1, max: 4 }),
  dimension: fc.constantFrom(...dimensions),
  need: words,
  solution: words,
})
const answer = fc.record({
  edition: fc.constant('bmn-2565' as const),
  number: fc.integer({ min: 1, max: 36 }),
  memberId: fc.constant(null),
  answer: fc.constantFrom('pass' as const, 'fail' as const, 'notApplicable' as const),
})

const saying = fc.oneof(
  fc
    .record({
      problems: fc.array(statement, { maxLength: 3 }),
      noProblem: fc.boolean(),
      answers: fc.array(answer, { maxLength: 3 }),
      incomePerPerson: fc.option(fc.integer({ min: 0, max: 90_000 })),
    })
    .map(({ problems, ...rest }) => ({
      kind: 'assessment' as const,
      content: { ...plain.assessment, ...rest, problems: problems.map(({ number, ...more }) => problem(number, more)) },
    })),
  fc.option(day).map((nextOn) => ({ kind: 'visit' as const, content: { ...plain.visit, nextOn } })),
  fc.constantFrom(...conditions).map((condition) => ({
    kind: 'followUp' as const,
    content: { ...plain.followUp, condition },
  })),
  fc.constantFrom('planned' as const, 'done' as const, 'dropped' as const).map((state) => ({
    kind: 'plan' as const,
    content: { steps: [{ ...plain.plan.steps[0]!, state }] },
  })),
  fc
    .record({ problemIds: fc.array(problemId, { maxLength: 2 }), value: fc.option(fc.integer({ min: 0, max: 9000 })) })
    .map((content) => ({ kind: 'assistance' as const, content: { ...plain.assistance, ...content } })),
  fc
    .array(fc.record({ problemId, result: fc.constantFrom(...problemResults), words: fc.constant(null) }), {
      minLength: 1,
      maxLength: 3,
    })
    .map((results) => ({ kind: 'result' as const, content: { results } })),
  fc.array(problemId, { minLength: 1, maxLength: 2 }).map((problemIds) => ({
    kind: 'relapse' as const,
    content: { ...plain.relapse, problemIds },
  })),
  day.map((untilOn) => ({ kind: 'hold' as const, content: { ...plain.hold, untilOn } })),
  fc.constantFrom(...specialOutcomes).map((outcome) => ({
    kind: 'outcome' as const,
    content: { ...plain.outcome, outcome },
  })),
)

/**
 * Histories of one household, of up to 25 entries: late ones, corrections of corrections, branches, entries that were
 * taken back or restored, decisions, and some that name what is not there. Every id is different.
 */
export const histories: fc.Arbitrary<Entry[]> = fc
  .array(
    fc.record({
      happenedOn: day,
      accountId,
      minute: fc.integer({ min: 0, max: 400_000 }),
      said: saying,
      /** Above 0.6 it is a correction, above 0.9 a decision, of the entry or correction at `target`. */
      turn: fc.double({ min: 0, max: 1, noNaN: true }),
      target: fc.nat({ max: 24 }),
      isTakenBack: fc.boolean(),
      decision: fc.constantFrom(...outcomeDecisions),
    }),
    { maxLength: 25 },
  )
  .map((drawn) =>
    drawn.map(({ happenedOn, accountId: by, minute, said, turn, target, isTakenBack, decision }, index) => {
      const recordedAt = new Date(Date.UTC(2023, 0, 1, 0, minute)).toISOString()
      const base = { id: idOf(index + 1), happenedOn, accountId: by, recordedAt }
      if (turn > 0.9)
        return { ...base, kind: 'outcomeDecision', content: { outcomeId: idOf(target + 1), decision, reason: null } }
      if (turn > 0.6) {
        const replacement = isTakenBack ? null : { ...said, happenedOn }
        return { ...base, kind: 'correction', content: { corrects: idOf(target + 1), reason: 'บันทึกผิด', replacement } }
      }
      return { ...base, ...said }
    }),
  ) as fc.Arbitrary<Entry[]>

/** A history and the same entries in another order. */
export const shuffled: fc.Arbitrary<[Entry[], Entry[]]> = histories.chain((entries) =>
  fc.tuple(fc.constant(entries), fc.shuffledSubarray(entries, { minLength: entries.length })),
)
