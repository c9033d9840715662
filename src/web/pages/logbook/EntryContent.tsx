/** What an entry says, in words: only what was said, each under its name. */
import { type ReactNode, useState } from 'react'
import { type CaseView, photoShow, type Said } from '../../../contract/logbook.ts'
import { type ContentOf, fourTSides } from '../../../domain/logbook/entry.ts'
import { dimensionNames, editions } from '../../../domain/logbook/indicators.ts'
import { worthOf } from '../../../domain/logbook/worth.ts'
import { downloadAddress } from '../../api.ts'
import { useText } from '../../text/dictionary.ts'
import { entryText } from '../../text/entry.ts'
import { entryFormText } from '../../text/entryForm.ts'
import { useFormat } from '../../text/format.ts'
import { Button, TextLink } from '../../ui/Button.tsx'
import { householdAddress } from '../households/address.ts'
import { useFourTChoices } from './useFourTChoices.ts'

interface Person {
  id: string
  name: string
}

/** What names the things that an entry speaks of by their ids. */
type NamingCase = Pick<CaseView, 'province' | 'id'> & { state: Pick<CaseView['state'], 'problems' | 'outcomes'> }

export interface EntryContentProps {
  /** Null for an entry that was taken back: then nothing is shown. */
  said: Said | null
  found: NamingCase
  members: readonly Person[]
}

type Line = readonly [label: string, value: ReactNode] | null

export function EntryContent({ said, found, members }: EntryContentProps) {
  const lines = useLines(said, found, members).filter((line) => line !== null && line[1] !== null && line[1] !== '')
  if (!said || lines.length === 0) return null
  return (
    <dl className="entry-said">
      {lines.map((line, index) => (
        // Lines never move.
        // oxlint-disable-next-line react/no-array-index-key
        <div key={index}>
          <dt>{line?.[0]}</dt>
          <dd>{line?.[1]}</dd>
        </div>
      ))}
    </dl>
  )
}

function useLines(said: Said | null, found: NamingCase, members: readonly Person[]): Line[] {
  const words = useText(entryText)
  const form = useText(entryFormText)
  const format = useFormat()
  const answered = said?.kind === 'assessment' ? (said.content.fourT?.version ?? null) : null
  const choices = useFourTChoices(found.province, answered)
  if (!said) return []
  const memberName = (id: string | null) => (id === null ? null : (members.find((one) => one.id === id)?.name ?? '–'))
  const giverLine = ({ name, value, source }: ContentOf<'assistance'>['givers'][number]) =>
    [name, value !== undefined && words.baht(format.number(value)), source && words.sources[source]]
      .filter(Boolean)
      .join(' · ')
  const problemName = (id: string) => found.state.problems.find((one) => one.id === id)?.problem ?? '–'
  const list = (items: readonly ReactNode[]): ReactNode => {
    if (items.length === 0) return null
    if (items.length === 1) return items[0]
    return (
      <ul className="entry-said-list">
        {items.map((item, index) => (
          // oxlint-disable-next-line react/no-array-index-key
          <li key={index}>{item}</li>
        ))}
      </ul>
    )
  }
  const met = (all: Extract<Said, { kind: 'visit' }>['content']['met']): Line => [
    form.met.label,
    all.map(({ memberId, name }) => memberName(memberId) ?? name).join(', '),
  ]
  const photos = (ids: readonly string[]): Line =>
    ids.length === 0 ? null : [form.photos.label, <Photos key="photos" ids={ids} found={found} />]
  const { kind, content } = said
  switch (kind) {
    case 'assessment':
      return [
        content.noProblem ? [words.kinds.result, form.assessment.noProblem] : null,
        ...content.problems.map(({ id, dimension, problem, need, solution, memberId }): Line => [
          dimensionNames[dimension][format.locale],
          <span key={id}>
            <strong>{problem}</strong>
            {memberId && ` (${memberName(memberId)})`}
            {[need, solution].filter(Boolean).map((part) => ` → ${part}`)}
          </span>,
        ]),
        ...fourTSides.map((side): Line => {
          const given = content.fourT?.[side]
          if (!given) return null
          const labels = given.choices.map(
            (code) => choices[side].find((choice) => choice.code === code)?.[format.locale] ?? code,
          )
          return [words.sides[side], [...labels, given.words && `“${given.words}”`].filter(Boolean).join(' · ')]
        }),
        [
          form.assessment.income,
          content.incomePerPerson === null ? null : words.bahtAYear(format.number(content.incomePerPerson)),
        ],
        [
          form.assessment.answers,
          content.answers.length === 0
            ? null
            : (list(
                content.answers
                  .filter(({ answer }) => answer === 'fail')
                  .map(({ edition, number, memberId }) => {
                    const indicator = editions[edition].indicators.find((one) => one.number === number)
                    const whose = memberId === null ? '' : ` (${memberName(memberId)})`
                    return `${words.answers.fail}: ${number}. ${indicator?.[format.locale] ?? ''}${whose}`
                  }),
              ) ?? form.assessment.answersGiven(String(content.answers.length), String(content.answers.length))),
        ],
        [
          form.assessment.health,
          list(
            (content.health ?? []).map(({ memberId, condition, caresForSelf }) =>
              [memberName(memberId), words.health[condition], !caresForSelf && words.needsCare]
                .filter(Boolean)
                .join(' · '),
            ),
          ),
        ],
        [
          form.assessment.class,
          [content.path && words.paths[content.path], content.stage && words.stages[content.stage]]
            .filter(Boolean)
            .join(' · '),
        ],
        [form.assessment.words, content.words],
      ]
    case 'visit':
      return [
        met(content.met),
        [form.visit.seen, content.seen],
        [form.visit.words, content.words && `“${content.words}”`],
        [form.visit.skipped, content.skipped],
        [form.nextOn, content.nextOn && format.date(content.nextOn)],
        photos(content.photos),
      ]
    case 'plan':
      return content.steps.map((step): Line => [
        words.horizons[step.horizon],
        [step.text, step.owner, step.dueOn && format.date(step.dueOn), words.stepStates[step.state]]
          .filter(Boolean)
          .join(' · '),
      ])
    case 'assistance':
      return [
        [form.assistance.what, content.what],
        [
          form.assistance.givers,
          content.givers.some(({ value, source }) => value !== undefined || source)
            ? list(content.givers.map(giverLine))
            : content.givers.map(({ name }) => name).join(', '),
        ],
        [
          form.assistance.value,
          [
            worthOf(content) !== null && words.baht(format.number(worthOf(content)!)),
            content.quantity && `${format.number(content.quantity.amount)} ${content.quantity.unit}`,
            content.source && words.sources[content.source],
          ]
            .filter(Boolean)
            .join(' · '),
        ],
        [form.assistance.forProblems, list(content.problemIds.map(problemName))],
        [form.members.label, memberName(content.memberId)],
        [form.assistance.evidence, content.evidence],
        photos(content.photos),
      ]
    case 'result':
      return content.results.map(({ problemId, result, words: more }): Line => [
        words.problemStates[result],
        [problemName(problemId), more].filter(Boolean).join(' · '),
      ])
    case 'followUp':
      return [
        [form.followUp.condition, words.conditions[content.condition]],
        met(content.met),
        [form.followUp.words, content.words],
        [form.nextOn, content.nextOn && format.date(content.nextOn)],
        photos(content.photos),
      ]
    case 'relapse':
      return [
        [form.relapse.which, list(content.problemIds.map(problemName))],
        [form.relapse.words, content.words],
      ]
    case 'hold':
      return [
        [form.hold.untilOn, format.date(content.untilOn)],
        [form.hold.reason, content.reason],
      ]
    case 'outcome':
      return [
        [form.outcome.which, words.outcomes[content.outcome]],
        content.sameAs === undefined
          ? null
          : [
              form.outcome.sameAsShort,
              <TextLink key="same" href={householdAddress({ province: found.province, id: content.sameAs })}>
                {form.outcome.openSame}
              </TextLink>,
            ],
        [form.outcome.evidence, content.evidence],
        photos(content.photos),
      ]
    case 'outcomeDecision': {
      const proposal = found.state.outcomes.find(({ versionId, entryId }) =>
        [versionId, entryId].includes(content.outcomeId),
      )
      return [
        [form.outcome.which, proposal ? words.outcomes[proposal.outcome] : null],
        [words.kinds.result, words.decisions[content.decision]],
        [form.reason, content.reason],
      ]
    }
  }
}

/** Looking at a photograph leaves a trace, so each is fetched only when somebody asks for it. */
function Photos({ ids, found }: { ids: readonly string[]; found: NamingCase }) {
  const text = useText(entryFormText).photos
  const [isOpen, setOpen] = useState(false)
  if (!isOpen)
    return (
      <Button size="small" icon="eye" onPress={() => setOpen(true)}>
        {text.show(String(ids.length))}
      </Button>
    )
  return (
    <span className="entry-photos">
      {ids.map((photoId, index) => (
        <img
          key={photoId}
          src={downloadAddress(photoShow, { province: found.province, id: found.id, photoId })}
          alt={text.one(String(index + 1))}
          loading="lazy"
        />
      ))}
    </span>
  )
}
