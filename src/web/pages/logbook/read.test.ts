import { describe, expect, it } from 'vitest'
import { entrySchema } from '../../../domain/logbook/entry.ts'
import { fold } from '../../../domain/logbook/fold.ts'
import { defaultRules } from '../../../domain/logbook/rules/index.ts'
import { newId } from '../../new-id.ts'
import { fieldOfServer, isUntouched, readEntry } from './read.ts'
import {
  beginEntry,
  blankProblem,
  type FormKind,
  formKinds,
  type SaidOfForm,
  typedCorrection,
  type TypedContents,
  type TypedEntry,
  unreadableDay,
} from './typed.ts'

const today = '2026-11-24'
const kneeId = newId()
const assessed = entrySchema.parse({
  id: newId(),
  kind: 'assessment',
  happenedOn: '2026-10-01',
  content: {
    problems: [
      {
        id: kneeId,
        dimension: 'health',
        indicator: null,
        memberId: null,
        problem: 'ปวดเข่า',
        need: 'พบแพทย์',
        solution: null,
      },
    ],
    noProblem: false,
    answers: [],
    fourT: null,
    incomePerPerson: 21_000,
    path: null,
    stage: null,
    words: null,
  },
})
const state = fold([{ ...assessed, recordedAt: '2026-10-01T00:00:00.000Z', accountId: 'a' }], defaultRules)
const empty = fold([], defaultRules)
const begin = <Kind extends FormKind>(kind: Kind, from = state) =>
  beginEntry(kind, { today, state: from, fourTVersion: 0, newId })
const filled = <Kind extends FormKind>(kind: Kind, changes: Partial<TypedContents[Kind]>, from = state) => {
  const begun = begin(kind, from)
  return { ...begun, content: { ...begun.content, ...changes } } as TypedEntry
}
const faultsOf = (typed: TypedEntry) => Object.fromEntries(readEntry(typed, today).faults ?? [])

describe('a form begins', () => {
  it('today, untouched, and with what is open', () => {
    for (const kind of formKinds) {
      const begun = begin(kind)
      expect(begun.happenedOn).toBe(today)
      expect(isUntouched(begun, begin(kind)) || ['plan', 'assessment'].includes(kind), kind).toBe(true)
    }
    expect(begin('result').content.results).toEqual([{ problemId: kneeId, result: null, words: '' }])
    expect(begin('assessment').content.problems).toMatchObject([{ id: kneeId, problem: 'ปวดเข่า', need: 'พบแพทย์' }])
    expect(begin('assistance').content.problemIds).toEqual([kneeId])
    expect(begin('assessment', empty).content.problems).toMatchObject([{ problem: '', dimension: null }])
  })

  it('knows what was typed from what it began with', () => {
    const begun = begin('visit')
    expect(isUntouched({ ...begun, id: newId() }, begun)).toBe(true)
    expect(isUntouched(filled('visit', { seen: 'น้ำท่วม' }), begun)).toBe(false)
  })
})

describe('what was typed', () => {
  it('becomes an entry that the server’s own schema takes, for every kind', () => {
    const typed: TypedEntry[] = [
      filled('visit', { met: { memberIds: [newId()], others: 'ป้าแดง, ลุงดำ' } }),
      filled('assessment', { words: 'สำรวจซ้ำ' }),
      filled('assistance', { what: 'ข้าวสาร', givers: [{ kind: 'community', name: 'วัด' }], amount: 2, unit: 'ถุง' }),
      filled('result', { results: [{ problemId: kneeId, result: 'partly', words: '' }] }),
      filled('followUp', { condition: 'better' }),
      filled('plan', { steps: [{ ...begin('plan').content.steps[0]!, text: 'พาไปพบแพทย์' }] }),
      filled('relapse', { words: 'ปวดอีก' }),
      filled('hold', { untilOn: '2026-12-31', reason: 'น้ำท่วม' }),
      filled('outcome', { outcome: 'moved', evidence: 'ผู้ใหญ่บ้านยืนยัน' }),
    ]
    expect(typed.map(({ kind }) => kind).toSorted()).toEqual([...formKinds].toSorted())
    for (const one of typed) {
      const { draft } = readEntry(one, today)
      expect(entrySchema.parse(draft), one.kind).toEqual(draft)
    }
  })

  it('says of the health of members only what was asked', () => {
    const one = { memberId: newId(), condition: 'disabled' as const, caresForSelf: false }
    const read = (health: (typeof one)[]) => readEntry(filled('assessment', { problems: [], health }, empty), today)
    expect(read([one]).draft?.content).toMatchObject({ health: [one] })
    // An empty list says nothing and is not sent: what was sent before anybody asked stays the same.
    expect(read([]).faults).not.toBeNull()
    expect(JSON.stringify(readEntry(filled('assessment', { health: [] }), today).draft)).not.toContain('health":[')
  })

  it('says what each giver gave only where it was typed, and not more than the whole', () => {
    const plain = { kind: 'agency' as const, name: 'อบต.' }
    const given = (givers: TypedContents['assistance']['givers'], value: number | null = 9_000) =>
      filled('assistance', { what: 'ซ่อมบ้าน', givers, value })
    const share = { kind: 'community' as const, name: 'วัด', value: 4_000, source: 'donation' as const }
    expect(readEntry(given([plain, share]), today).draft?.content).toMatchObject({ givers: [plain, share] })
    // A share that was taken out again leaves nothing behind.
    const cleared = readEntry(given([{ ...plain, value: undefined, source: undefined }]), today)
    expect(JSON.stringify(cleared.draft)).toContain(JSON.stringify({ givers: [plain] }).slice(1, -1))
    expect(faultsOf(given([plain, share], 3_999))).toEqual({ value: 'sharesExceedValue' })
    expect(faultsOf(given([plain, { ...share, name: ' ' }]))).toEqual({ 'givers.1.name': 'required' })
    expect(faultsOf(given([plain, share], null))).toEqual({})
  })

  it('names others who were met apart from members', () => {
    const memberId = newId()
    const { draft } = readEntry(filled('visit', { met: { memberIds: [memberId], others: ' ป้าแดง ,, ลุงดำ' } }), today)
    expect(draft?.content).toMatchObject({
      met: [
        { memberId, name: null },
        { memberId: null, name: 'ป้าแดง' },
        { memberId: null, name: 'ลุงดำ' },
      ],
    })
  })

  it('leaves blank rows out, and finds the field of a fault in the form all the same', () => {
    const [first] = begin('assessment').content.problems
    const half = { ...blankProblem(newId()), need: 'บ้านใหม่' }
    const typed = filled('assessment', { problems: [blankProblem(newId()), first!, half] })
    expect(faultsOf(typed)).toEqual({ 'problems.2.dimension': 'required', 'problems.2.problem': 'required' })
    expect(fieldOfServer('entry.content.problems.1.need', typed)).toBe('problems.2.need')
    expect(fieldOfServer('entry.content.replacement.content.problems.0.need', typed)).toBe('problems.1.need')
    expect(fieldOfServer('entry.happenedOn', typed)).toBe('happenedOn')
  })

  it('is refused while something is missing, each at its field', () => {
    expect(faultsOf(begin('visit'))).toEqual({ seen: 'nothingSaid' })
    expect(faultsOf(begin('assessment', empty))).toEqual({ 'problems.0.problem': 'nothingSaid' })
    expect(faultsOf(begin('assistance'))).toEqual({ what: 'required', 'givers.0.name': 'required' })
    expect(faultsOf(begin('result'))).toEqual({ 'results.0.result': 'required' })
    expect(faultsOf(begin('followUp'))).toEqual({ condition: 'required' })
    expect(faultsOf(begin('plan'))).toEqual({ 'steps.0.text': 'required' })
    expect(faultsOf(begin('relapse'))).toEqual({ words: 'required' })
    expect(faultsOf(begin('hold'))).toEqual({ untilOn: 'required', reason: 'required' })
    expect(faultsOf(begin('outcome'))).toEqual({ outcome: 'required', evidence: 'required' })
    const unit = filled('assistance', { what: 'ข้าว', givers: [{ kind: 'agency', name: 'วัด' }], amount: 2 })
    expect(faultsOf(unit)).toEqual({ unit: 'unitNeeded' })
  })

  it('may not lie in the future, nor on half a day', () => {
    const typed = filled('visit', { seen: 'บ้านปิด' })
    expect(faultsOf({ ...typed, happenedOn: '2026-11-25' })).toEqual({ happenedOn: 'inFuture' })
    expect(faultsOf({ ...typed, happenedOn: unreadableDay })).toEqual({ happenedOn: 'dayNeeded' })
    expect(faultsOf(filled('visit', { seen: 'บ้านปิด', nextOn: unreadableDay }))).toEqual({ nextOn: 'dayNeeded' })
    expect(faultsOf({ ...typed, happenedOn: null })).toEqual({ happenedOn: 'dayNeeded' })
    expect(faultsOf({ ...typed, content: { ...typed.content, seen: 'ก'.repeat(2001) } as never })).toEqual({
      seen: 'tooLong',
    })
  })
})

describe('a correction', () => {
  const latestId = newId()
  const of = (typed: TypedEntry) => {
    const { draft } = readEntry(typed, today)
    if (!draft || draft.kind === 'correction') throw new Error('not ready')
    return draft
  }

  it('of every kind holds the same content again, so that only what is changed changes', () => {
    const samples = [
      filled('visit', { seen: 'บ้านปิด', met: { memberIds: [newId()], others: 'ป้าแดง' } }),
      filled('assessment', { words: 'สำรวจซ้ำ' }),
      filled('assistance', { what: 'ข้าว', givers: [{ kind: 'agency', name: 'วัด' }], amount: 2, unit: 'ถุง' }),
      filled('result', { results: [{ problemId: kneeId, result: 'solved', words: '' }] }),
      filled('followUp', { condition: 'same', words: 'ทอเสื่อ' }),
      filled('plan', { steps: [{ ...begin('plan').content.steps[0]!, text: 'ซ่อมหลังคา' }] }),
      filled('relapse', { words: 'ปวดอีก' }),
      filled('hold', { untilOn: '2026-12-31', reason: 'น้ำท่วม' }),
      filled('outcome', { outcome: 'notFound', evidence: 'ไปสามครั้ง' }),
    ]
    for (const sample of samples) {
      const said = of(sample)
      const correction = typedCorrection(said as SaidOfForm, {
        happenedOn: '2026-10-05',
        latestId,
        id: newId(),
        fourTVersion: 0,
      })
      const reading = readEntry({ ...correction, reason: 'พิมพ์ผิด' }, today)
      expect(reading.draft, sample.kind).toEqual({
        id: correction.id,
        kind: 'correction',
        happenedOn: today,
        content: {
          corrects: latestId,
          reason: 'พิมพ์ผิด',
          replacement: { kind: said.kind, happenedOn: '2026-10-05', content: said.content },
        },
      })
    }
  })

  it('says why', () => {
    const said = of(filled('visit', { seen: 'บ้านปิด' })) as SaidOfForm
    const typed = typedCorrection(said, { happenedOn: today, latestId, id: newId(), fourTVersion: 0 })
    expect(faultsOf(typed)).toEqual({ correctionReason: 'required' })
    expect(faultsOf({ ...typed, reason: 'ผด' })).toEqual({ correctionReason: 'tooShort' })
  })
})
