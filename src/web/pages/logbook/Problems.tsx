/** The problems of a household, each with its chain: need, solution, assistance, result. */
import type { ReactNode } from 'react'
import type { CaseView, EntryView } from '../../../contract/logbook.ts'
import type { Dimension } from '../../../domain/logbook/entry.ts'
import { dimensionNames, findIndicator } from '../../../domain/logbook/indicators.ts'
import type { ProblemCase } from '../../../domain/logbook/state.ts'
import { worthOf } from '../../../domain/logbook/worth.ts'
import { useText } from '../../text/dictionary.ts'
import { entryText } from '../../text/entry.ts'
import { useFormat } from '../../text/format.ts'
import { logbookText } from '../../text/logbook.ts'
import { LinkButton } from '../../ui/Button.tsx'
import { EmptyState, Notice } from '../../ui/Feedback.tsx'
import { Icon, type IconName } from '../../ui/Icon.tsx'
import { Disclosure } from '../../ui/Navigation.tsx'
import { Section } from '../../ui/Page.tsx'
import { recordAddress } from './address.ts'
import { ProblemStateMark } from './ProblemStateMark.tsx'
import { openProblems } from './typed.ts'

export const dimensionIcons: Record<Dimension, IconName> = {
  health: 'heart',
  living: 'home',
  education: 'book',
  income: 'coin',
  access: 'hands',
}

export interface ProblemsProps {
  found: CaseView
  mayRecord: boolean
  memberName: (id: string) => string
}

export function Problems({ found, mayRecord, memberName }: ProblemsProps) {
  const text = useText(logbookText)
  const format = useFormat()
  const { state } = found
  const open = openProblems(state)
  const closed = state.problems.filter((problem) => !open.includes(problem))
  const list = (problems: readonly ProblemCase[]) => (
    <ul className="problem-list">
      {problems.map((problem) => (
        <li key={problem.id}>
          <Problem problem={problem} found={found} mayRecord={mayRecord} memberName={memberName} />
        </li>
      ))}
    </ul>
  )
  return (
    <Section title={text.problems}>
      {state.problems.length === 0 && state.noProblem && (
        <Notice tone="success">{text.noProblemFound(format.date(state.assessedOn))}</Notice>
      )}
      {state.problems.length === 0 && !state.noProblem && (
        <EmptyState
          icon="list"
          title={text.noProblems}
          actions={
            mayRecord && (
              <LinkButton href={recordAddress(found, 'assessment')} icon="plus">
                {text.record}
              </LinkButton>
            )
          }
        >
          {text.noProblemsLead}
        </EmptyState>
      )}
      {open.length > 0 && list(open)}
      {closed.length > 0 && (
        <Disclosure title={text.closedProblems(format.number(closed.length))} isOpenAtFirst={open.length === 0}>
          {list(closed)}
        </Disclosure>
      )}
    </Section>
  )
}

interface ProblemProps extends ProblemsProps {
  problem: ProblemCase
}

function Problem({ problem, found, mayRecord, memberName }: ProblemProps) {
  const text = useText(logbookText)
  const words = useText(entryText)
  const format = useFormat()
  const { locale } = format
  const indicator = problem.indicator && findIndicator(problem.indicator)
  const help = found.entries.filter(({ id }) => problem.assistance.includes(id)).toReversed()
  const { result } = problem
  return (
    <article className="problem" data-state={problem.state}>
      <header className="problem-head">
        <span className="problem-icon">
          <Icon name={dimensionIcons[problem.dimension]} />
        </span>
        <div className="problem-words">
          <p className="problem-over">
            {[
              dimensionNames[problem.dimension][locale],
              problem.memberId && memberName(problem.memberId),
              text.statedOn(format.date(problem.statedOn)),
            ]
              .filter(Boolean)
              .join(' · ')}
          </p>
          <h3>{problem.problem}</h3>
          {indicator && problem.indicator && (
            <p className="problem-over">
              {words.indicator(String(problem.indicator.number))} {indicator[locale]}
            </p>
          )}
        </div>
        <ProblemStateMark state={problem.state} />
      </header>
      <ol className="chain">
        <Link name={text.chain.need} isDone={problem.need !== null}>
          {problem.need ?? <span className="chain-missing">{text.chain.missing}</span>}
        </Link>
        <Link name={text.chain.solution} isDone={problem.solution !== null}>
          {problem.solution ?? <span className="chain-missing">{text.chain.missing}</span>}
        </Link>
        <Link name={text.chain.assistance} isDone={help.length > 0}>
          {help.length === 0 && <span className="chain-missing">{text.chain.noHelp}</span>}
          {help.map((entry) => (
            <span key={entry.id} className="chain-part">
              <HelpLine entry={entry} />
            </span>
          ))}
        </Link>
        <Link name={text.chain.result} isDone={result !== null}>
          {result ? (
            <>
              {words.problemStates[result.result]}
              <span className="chain-fine">{[format.date(result.on), result.words].filter(Boolean).join(' · ')}</span>
            </>
          ) : (
            <span className="chain-missing">
              {problem.state === 'relapsed' ? words.problemStates.relapsed : text.chain.noResult}
              {problem.state === 'relapsed' && problem.relapsedOn && ` ${format.date(problem.relapsedOn)}`}
            </span>
          )}
        </Link>
      </ol>
      {mayRecord && (
        <div className="problem-tools not-on-paper">
          <LinkButton
            size="small"
            kind="quiet"
            icon="hands"
            href={recordAddress(found, 'assistance', { problemId: problem.id })}
          >
            {text.giveHelp}
          </LinkButton>
          {help.length > 0 && (
            <LinkButton size="small" kind="quiet" icon="check" href={recordAddress(found, 'result')}>
              {text.giveResult}
            </LinkButton>
          )}
        </div>
      )}
    </article>
  )
}

function Link({ name, isDone, children }: { name: string; isDone: boolean; children: ReactNode }) {
  return (
    <li className="chain-link" data-done={isDone || undefined}>
      <span className="chain-name">{name}</span>
      <div className="chain-words">{children}</div>
    </li>
  )
}

function HelpLine({ entry }: { entry: EntryView }) {
  const words = useText(entryText)
  const format = useFormat()
  if (entry.said?.kind !== 'assistance') return null
  const { what, givers } = entry.said.content
  const worth = worthOf(entry.said.content)
  return (
    <>
      {what}
      <span className="chain-fine">
        {[
          givers
            .map(({ name, value }) => (value === undefined ? name : `${name} ${words.baht(format.number(value))}`))
            .join(', '),
          worth !== null && words.baht(format.number(worth)),
          format.date(entry.happenedOn),
        ]
          .filter(Boolean)
          .join(' · ')}
      </span>
    </>
  )
}
