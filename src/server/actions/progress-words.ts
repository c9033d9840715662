/** What stands beside the figures of progress: the names of the counted facts, and what is assumed where no rule exists. */
import type { CountedFact, Milestone } from '../../contract/progress.ts'
import { targetFact } from '../../domain/logbook/rules/facts.ts'
import type { Rules } from '../../domain/logbook/rules/index.ts'

/** The target, which is no rule, and the facts of the rules, in order. */
export function factsShown(rules: Pick<Rules, 'facts'>): CountedFact[] {
  return [
    {
      code: targetFact,
      nameTh: 'ครัวเรือนเป้าหมาย',
      nameEn: 'Target households',
      document: null,
      clause: null,
      isAssumption: true,
    },
    ...rules.facts.map(({ code, th, en, document, clause, isAssumption }) => ({
      code,
      nameTh: th,
      nameEn: en,
      document,
      clause,
      isAssumption,
    })),
  ]
}

export function assumptionsOf(
  milestone: Pick<Rules['milestones'][number], 'lists' | 'isAssumption'>,
  rules: Pick<Rules, 'outcomes'>,
  isStated: boolean,
): Milestone['assumptions'] {
  const notes: Milestone['assumptions'] = []
  if (milestone.isAssumption)
    notes.push({
      th: 'เอกสารไม่ได้ระบุบัญชีที่ใช้เป็นฐาน จึงใช้บัญชีที่แสดงไว้',
      en: 'The document does not say which lists make the target: those shown are assumed',
    })
  const leaving = rules.outcomes.filter(({ effect, isAssumption }) => effect === 'leaves' && isAssumption)
  if (leaving.length > 0)
    notes.push({
      th: `ไม่นับเป็นฐานเมื่อได้รับอนุมัติว่า ${leaving.map(({ th }) => th).join(' ')}`,
      en: `Out of the target once approved as: ${leaving.map(({ en }) => en.toLowerCase()).join('; ')}`,
    })
  if (!isStated && milestone.lists.length > 1)
    notes.push({
      th: 'ไม่มีเอกสารที่ระบุยอดรวมของบัญชีเหล่านี้โดยไม่นับซ้ำ',
      en: 'No document states how many households these lists are together, each once',
    })
  return notes
}
