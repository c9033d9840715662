/** What stands beside the figures of progress: the names of the counted facts, and what is assumed where no rule exists. */
import type { CountedFact, Milestone } from '../../contract/progress.ts'
import { isVisitedFact, targetFact } from '../../domain/logbook/rules/facts.ts'
import type { Rules } from '../../domain/logbook/rules/index.ts'
import type { Predicate } from '../../domain/logbook/state.ts'

type BothLanguages = Milestone['assumptions'][number]

/** What a predicate is taken to mean where the letter does not say: docs/decisions/0010-the-case.md. */
const assumed: Partial<Record<Predicate, BothLanguages>> = {
  complete: {
    th: 'บันทึกครบ คือทุกปัญหามีความต้องการและแนวทางแก้ไข หรือสำรวจแล้วไม่พบปัญหา',
    en: 'Recorded: every stated problem has a need and a way of solving, or somebody looked and found none.',
  },
  assisted: {
    th: 'ช่วยเหลือแล้ว คือได้รับความช่วยเหลืออย่างน้อยหนึ่งครั้ง',
    en: 'Helped: some help was given, at least once.',
  },
  resultRecorded: {
    th: 'บันทึกผลแล้ว คือมีผลอย่างน้อยหนึ่งปัญหา ไม่ว่าผลใด หากกลับมาประสบปัญหาซ้ำต้องมีผลใหม่',
    en: 'Result recorded: some problem has a result, whichever it is; after a relapse a new one is needed.',
  },
  visited: {
    th: 'การติดตามนับเป็นการลงพื้นที่ และไปแล้วไม่พบผู้ใดก็นับ',
    en: 'A follow-up counts as a visit, and so does one at which nobody was at home.',
  },
}

/** Of a fact that is counted: also of a month's, which no rule names. */
export function notesOf(fact: string, rules: Pick<Rules, 'facts'>): BothLanguages[] {
  const predicates: readonly Predicate[] =
    rules.facts.find(({ code }) => code === fact)?.all ?? (isVisitedFact(fact) ? ['visited'] : [])
  return predicates.flatMap((predicate) => assumed[predicate] ?? [])
}

/** The target, which is no rule, and the facts of the rules, in order. */
export function factsShown(rules: Pick<Rules, 'facts' | 'outcomes'>): CountedFact[] {
  return [
    {
      code: targetFact,
      nameTh: 'ครัวเรือนเป้าหมาย',
      nameEn: 'Target households',
      document: null,
      clause: null,
      isAssumption: true,
      notes: leavingNotes(rules),
    },
    ...rules.facts.map(({ code, th, en, document, clause, isAssumption }) => ({
      code,
      nameTh: th,
      nameEn: en,
      document,
      clause,
      // That it is counted may be ordered, and what it means be assumed all the same.
      isAssumption: isAssumption || notesOf(code, rules).length > 0,
      notes: notesOf(code, rules),
    })),
  ]
}

function leavingNotes({ outcomes }: Pick<Rules, 'outcomes'>): BothLanguages[] {
  const leaving = outcomes.filter(({ effect, isAssumption }) => effect === 'leaves' && isAssumption)
  if (leaving.length === 0) return []
  return [
    {
      th: `ไม่นับเป็นฐานเมื่อได้รับอนุมัติว่า ${leaving.map(({ th }) => th).join(' ')}`,
      en: `Out of the target once approved as: ${leaving.map(({ en }) => en.toLowerCase()).join('; ')}.`,
    },
  ]
}

export function assumptionsOf(
  milestone: Pick<Rules['milestones'][number], 'lists' | 'fact' | 'isAssumption'>,
  rules: Pick<Rules, 'facts' | 'outcomes'>,
  isStated: boolean,
): Milestone['assumptions'] {
  const notes: Milestone['assumptions'] = []
  if (milestone.isAssumption)
    notes.push({
      th: 'เอกสารไม่ได้ระบุบัญชีที่ใช้เป็นฐาน จึงใช้บัญชีที่แสดงไว้',
      en: 'The document does not say which lists make the target: those shown are assumed.',
    })
  notes.push(...notesOf(milestone.fact, rules), ...leavingNotes(rules))
  if (!isStated && milestone.lists.length > 1)
    notes.push({
      th: 'ไม่มีเอกสารที่ระบุยอดรวมของบัญชีเหล่านี้โดยไม่นับซ้ำ',
      en: 'No document states how many households these lists are together, each once.',
    })
  return notes
}
