/** What is wrong with a form, as sentences beside its fields: found here, or by the server alone. */
import type { ProblemAnswer } from '../../../contract/problem.ts'
import { problemSentences } from '../../../text/problems.ts'
import { useText } from '../../text/dictionary.ts'
import { entryText } from '../../text/entry.ts'
import { entryFormText } from '../../text/entryForm.ts'
import { useLocale } from '../../text/locale.ts'
import type { FormFault } from '../../ui/Feedback.tsx'
import { type EntryFault, entryFaults, type EntryFaults, fieldOfServer } from './read.ts'
import type { TypedEntry } from './typed.ts'

/** By field, the sentence that stands under it. */
export type FieldWords = ReadonlyMap<string, string>

export function useEntryFaults(): {
  ofFaults: (faults: EntryFaults) => FieldWords
  ofProblem: (problem: ProblemAnswer, typed: TypedEntry) => FieldWords
  summary: (words: FieldWords) => FormFault[]
} {
  const form = useText(entryFormText)
  const { kinds } = useText(entryText)
  const locale = useLocale()
  const labels: Readonly<Record<string, string>> = {
    happenedOn: form.happenedOn,
    correctionReason: form.reason,
    nextOn: form.nextOn,
    met: form.met.others,
    seen: form.visit.seen,
    skipped: form.visit.skipped,
    problemIds: form.assistance.forProblems,
    what: form.assistance.what,
    value: form.assistance.value,
    amount: form.assistance.amount,
    unit: form.assistance.unit,
    evidence: form.assistance.evidence,
    incomePerPerson: form.assessment.income,
    condition: form.followUp.condition,
    untilOn: form.hold.untilOn,
    reason: form.hold.reason,
    outcome: form.outcome.which,
    sameAs: form.outcome.sameAs,
    results: kinds.result,
    result: kinds.result,
    dimension: form.assessment.dimension,
    problem: form.assessment.problem,
    need: form.assessment.need,
    solution: form.assessment.solution,
    indicator: form.assessment.indicator,
    name: form.assistance.giverName,
    text: form.plan.text,
    owner: form.plan.owner,
    dueOn: form.plan.dueOn,
    words: form.assessment.words,
  }

  return {
    ofFaults: (faults) => new Map([...faults].map(([field, fault]) => [field, form.faults[fault]])),
    ofProblem(problem, typed) {
      const { fields } = problem.details
      const found = Array.isArray(fields) ? (fields as unknown[]).flatMap((one) => read(one, typed)) : []
      return new Map(found)
    },
    summary: (words) => [...words].map(([field, fault]) => ({ field, fault, label: label(field) })),
  }

  function read(one: unknown, typed: TypedEntry): [string, string][] {
    if (typeof one !== 'object' || one === null || !('field' in one) || !('fault' in one)) return []
    const fault = String(one.fault)
    const own = entryFaults.find((known): known is EntryFault => known === fault)
    const { what } = problemSentences(fault, {}, locale)
    const unexpected = problemSentences('unexpected', {}, locale).what
    const words = own ? form.faults[own] : what === unexpected ? form.faults.other : what
    return [[fieldOfServer(String(one.field), typed), words]]
  }

  /** `problems.1.need` is the need of the second problem. */
  function label(field: string): string {
    const [list, index, part] = field.split('.')
    if (index === undefined || part === undefined) return labels[field] ?? field
    const number = String(Number(index) + 1)
    const row =
      list === 'problems' ? form.assessment.problemNumber(number) : list === 'steps' ? form.plan.step(number) : ''
    return [row, labels[part] ?? part].filter(Boolean).join(' ')
  }
}
