/** What people record of a household, chapter by chapter: an assessment, help, a result, and visits between and after. */
import type { EntryDraft } from '../../src/domain/logbook/entry.ts'

export function saying(chapter: number, problemId: string): Pick<EntryDraft, 'kind' | 'content'> {
  const words = 'ครัวเรือนเล่าว่าหลังคารั่วมาตั้งแต่ปีก่อน ยังไม่มีเงินซ่อม ลูกเรียนอยู่ชั้นประถม'
  if (chapter === 0) {
    const problem = { id: problemId, dimension: 'living', indicator: null, memberId: null } as const
    return {
      kind: 'assessment',
      content: {
        problems: [{ ...problem, problem: 'หลังคารั่ว', need: 'ซ่อมหลังคา', solution: 'ขอ อบต. ช่วยซ่อม' }],
        noProblem: false,
        answers: Array.from({ length: 20 }, (_, index) => ({
          edition: 'bmn-2565' as const,
          number: 1 + index,
          memberId: null,
          answer: 'pass' as const,
        })),
        fourT: null,
        incomePerPerson: 36_000,
        path: null,
        stage: null,
        words,
      },
    }
  }
  if (chapter === 2) {
    const givers = [{ kind: 'agency' as const, name: 'อบต.' }]
    const rest = { memberId: null, item: null, source: 'local' as const, quantity: null, evidence: null, photos: [] }
    return {
      kind: 'assistance',
      content: { problemIds: [problemId], what: 'กระเบื้องและค่าแรง', givers, value: 12_000, ...rest },
    }
  }
  if (chapter === 4)
    return { kind: 'result', content: { results: [{ problemId, result: 'solved', words: 'หลังคาไม่รั่วแล้ว' }] } }
  const seen = 'พบทั้งครอบครัว บ้านสะอาด'
  const rest = { place: null, photos: [], skipped: null, nextOn: null }
  return { kind: 'visit', content: { met: [{ memberId: null, name: 'เจ้าบ้าน' }], seen, words, ...rest } }
}
