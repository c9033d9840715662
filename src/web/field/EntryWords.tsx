/** What an entry says, in a few lines. */
import type { Said } from '../../contract/logbook.ts'
import type { PhoneHousehold } from '../../contract/sync.ts'
import { worthOf } from '../../domain/logbook/worth.ts'
import { useText } from '../text/dictionary.ts'
import { entryText } from '../text/entry.ts'
import { entryFormText } from '../text/entryForm.ts'
import { fieldFormText } from '../text/fieldForm.ts'
import { useFormat } from '../text/format.ts'

export function EntryWords({ said, household }: { said: Said; household: PhoneHousehold }) {
  const lines = useLines(said, household)
  return (
    <>
      {lines.map((line) => (
        <p key={line}>{line}</p>
      ))}
    </>
  )
}

function useLines(said: Said, { members, case: state }: PhoneHousehold): string[] {
  const words = useText(entryText)
  const forms = useText(fieldFormText)
  const desk = useText(entryFormText)
  const format = useFormat()
  const nameOf = (id: string | null) => members.find((member) => member.id === id)?.firstName ?? null
  const problemOf = (id: string) => state.problems.find((problem) => problem.id === id)?.problem ?? '–'
  const met = (list: { memberId: string | null; name: string | null }[]) =>
    list.length > 0 && `${forms.steps.met}: ${list.map((one) => one.name ?? nameOf(one.memberId) ?? '–').join(', ')}`
  const next = (day: string | null) => day && `${desk.nextOn}: ${format.date(day)}`
  const lines = (...all: (string | false | null | undefined)[]) => all.filter((line): line is string => Boolean(line))
  switch (said.kind) {
    case 'visit':
      return lines(
        met(said.content.met),
        said.content.seen,
        said.content.words && `“${said.content.words}”`,
        said.content.photos.length > 0 && forms.summary.photos(format.number(said.content.photos.length)),
        next(said.content.nextOn),
      )
    case 'followUp':
      return lines(words.conditions[said.content.condition], said.content.words, next(said.content.nextOn))
    case 'assessment':
      return lines(
        said.content.noProblem && desk.assessment.noProblem,
        ...said.content.problems.map(({ problem }) => problem),
        ...(said.content.health ?? []).map(
          ({ memberId, condition, caresForSelf }) =>
            `${nameOf(memberId) ?? '–'}: ${[words.health[condition], !caresForSelf && words.needsCare].filter(Boolean).join(' · ')}`,
        ),
        said.content.words,
      )
    case 'assistance':
      return lines(
        said.content.what,
        said.content.givers.map(({ name }) => name).join(', '),
        worthOf(said.content) !== null && words.baht(format.number(worthOf(said.content)!)),
      )
    case 'result':
      return said.content.results.map((one) => `${problemOf(one.problemId)}: ${words.problemStates[one.result]}`)
    case 'plan':
      return said.content.steps.map(({ text }) => text)
    case 'relapse':
      return lines(said.content.words)
    case 'hold':
      return lines(said.content.reason, format.date(said.content.untilOn))
    case 'outcome':
      return lines(words.outcomes[said.content.outcome], said.content.evidence)
    case 'outcomeDecision':
      return lines(words.decisions[said.content.decision])
  }
}
