/** Faults in words, beside their fields: those found here, and those that only the server finds. */
import type { ProblemAnswer } from '../../../contract/problem.ts'
import { faultSentences } from '../../../text/faults.ts'
import type { RowFault } from '../../../domain/import/staged.ts'
import { rowFaults } from '../../../domain/import/staged.ts'
import { useText } from '../../text/dictionary.ts'
import { householdText } from '../../text/household.ts'
import { householdFormText } from '../../text/householdForm.ts'
import { importFieldText } from '../../text/importWords.ts'
import { useLocale } from '../../text/locale.ts'
import type { FormFault } from '../../ui/Feedback.tsx'
import { type DraftFault, type Faults, memberField, type TypedHousehold } from './draft.ts'

/** By field, the sentence that stands under it. */
export type FaultWords = ReadonlyMap<string, string>

export function useFaultWords(): {
  ofFaults: (faults: Faults) => FaultWords
  ofProblem: (problem: ProblemAnswer, typed: TypedHousehold) => FaultWords
  summary: (words: FaultWords, typed: TypedHousehold) => FormFault[]
} {
  const text = useText(householdFormText)
  const page = useText(householdText).page
  const names = useText(importFieldText).names
  const locale = useLocale()
  return {
    ofFaults: (faults) => new Map([...faults].map(([field, fault]) => [field, text.faults[fault]])),
    ofProblem: (problem, typed) => {
      const { fields } = problem.details
      const found = Array.isArray(fields) ? (fields as unknown[]).flatMap((one) => readFault(one, typed)) : []
      return new Map(found.map(([field, fault]) => [field, words(fault)]))
    },
    summary: (found, typed) => [...found].map(([field, fault]) => ({ field, fault, label: label(field, typed) })),
  }

  function words(fault: string): string {
    if (fault in text.faults) return text.faults[fault as DraftFault]
    if (Object.hasOwn(rowFaults, fault)) return faultSentences(fault as RowFault, locale).what
    return text.faults.other
  }

  function label(field: string, typed: TypedHousehold): string {
    const [kind, id, ofMember] = field.split(' ')
    if (kind === 'member' && id && ofMember) {
      const person = typed.members.find((member) => member.id === id)?.texts.firstName || text.nameless
      return page.stated(person, names[ofMember as keyof typeof names] ?? ofMember)
    }
    if (field === 'members') return text.who
    if (field === 'areaCode') return text.areaLabel
    if (field === 'asOf') return text.asOf
    return names[field as keyof typeof names] ?? field
  }
}

/** `members.0.nationalId` of an added household, `add.0.…` and `change.0.…` of an edited one, `facts.phone` or `phone`. */
function readFault(one: unknown, typed: TypedHousehold): [string, string][] {
  if (typeof one !== 'object' || one === null || !('field' in one) || !('fault' in one)) return []
  const [path, fault] = [String(one.field), String(one.fault)]
  const parts = path.split('.')
  const field = parts.at(-1) ?? path
  const here = typed.members.filter((member) => member.isHere)
  const listed = { members: here, add: here.filter((member) => member.isNew), change: here }
  const kind = parts.find((part) => part in listed) as keyof typeof listed | undefined
  const which = parts.find((part) => /^[0-9]+$/.test(part))
  const byId = typed.members.find(({ id }) => parts.includes(id))
  const member = byId ?? (kind && which !== undefined ? listed[kind][Number(which)] : undefined)
  return [[member ? memberField(member.id, field) : field, fault]]
}
