/** Beside the problems: the five dimensions over time, who lives here, the plan. */
import { useState } from 'react'
import type { HouseholdView } from '../../../contract/households.ts'
import type { CaseView } from '../../../contract/logbook.ts'
import { ageAt } from '../../../domain/date.ts'
import { fullName } from '../../../domain/derive.ts'
import { dimensions, planHorizons } from '../../../domain/logbook/entry.ts'
import { dimensionNames, findIndicator } from '../../../domain/logbook/indicators.ts'
import { useText } from '../../text/dictionary.ts'
import { entryText } from '../../text/entry.ts'
import { useFormat } from '../../text/format.ts'
import { logbookText } from '../../text/logbook.ts'
import { Button, LinkButton } from '../../ui/Button.tsx'
import { StateMark, type Tone } from '../../ui/Feedback.tsx'
import { Icon, type IconName } from '../../ui/Icon.tsx'
import { useToday } from '../households/useToday.ts'
import { recordAddress } from './address.ts'
import { Panel } from './Panel.tsx'
import { failingMembers, picturesOverTime } from './pictures.ts'
import { dimensionIcons } from './Problems.tsx'

const picturesShown = 4
const pictureIcons = { pass: 'check', fail: 'cross', unknown: 'dash' } as const

/** The latest on the right, as time runs. */
export function DimensionPictures({ found, memberName }: { found: CaseView; memberName: (id: string) => string }) {
  const text = useText(logbookText)
  const words = useText(entryText)
  const format = useFormat()
  const [isWhole, setWhole] = useState(false)
  const all = picturesOverTime(found.state.pictures)
  const failing = failingMembers(found)
  const pictures = isWhole ? all : all.slice(-picturesShown)
  return (
    <Panel title={text.pictures} {...(pictures.length > 0 && { lead: text.picturesLead })}>
      {pictures.length === 0 ? (
        <p className="soft">{text.noPictures}</p>
      ) : (
        <>
          {/* It scrolls by itself, so the keyboard must be able to reach it. */}
          {/* oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex */}
          <section className="pictures-scroll" aria-label={text.pictures} tabIndex={0}>
            <table className="pictures">
              <caption className="only-for-readers">{text.pictures}</caption>
              <thead>
                <tr>
                  <th scope="col">
                    <span className="only-for-readers">{text.dimension}</span>
                  </th>
                  {pictures.map((picture) => (
                    <th key={picture.entryId} scope="col">
                      {format.date(picture.on, { precision: 'month' })}
                    </th>
                  ))}
                </tr>
              </thead>
              <tbody>
                {dimensions.map((dimension) => (
                  <tr key={dimension}>
                    <th scope="row">
                      <span className="pictures-name">
                        <Icon name={dimensionIcons[dimension]} size="sm" />
                        {dimensionNames[dimension][format.locale]}
                      </span>
                    </th>
                    {pictures.map((picture) => {
                      const { answer, isEarlier } = picture.cells[dimension]
                      const said = isEarlier ? text.earlierAnswer(words.answers[answer]) : words.answers[answer]
                      return (
                        <td key={picture.entryId}>
                          <span
                            className="picture"
                            data-answer={answer}
                            data-earlier={isEarlier || undefined}
                            title={said}
                          >
                            <Icon name={pictureIcons[answer]} size="sm" />
                            <span className="only-for-readers">{said}</span>
                          </span>
                        </td>
                      )
                    })}
                  </tr>
                ))}
              </tbody>
            </table>
          </section>
          {failing.length > 0 && (
            <div className="pictures-members">
              <h4>{text.failingMembers}</h4>
              <ul>
                {failing.map(({ dimension, memberId, because }) => (
                  <li key={`${dimension} ${memberId} ${JSON.stringify(because)}`}>
                    {dimensionNames[dimension][format.locale]}: <strong>{memberName(memberId)}</strong>{' '}
                    <span className="soft">
                      {typeof because === 'string' ? because : findIndicator(because)?.[format.locale]}
                    </span>
                  </li>
                ))}
              </ul>
            </div>
          )}
          {pictures.length < all.length && (
            <div>
              <Button size="small" onPress={() => setWhole(true)}>
                {text.showAllPictures(format.number(all.length))}
              </Button>
            </div>
          )}
        </>
      )}
    </Panel>
  )
}

export function Residents({ household, health }: { household: HouseholdView; health: CaseView['health'] }) {
  const text = useText(logbookText)
  const words = useText(entryText)
  const format = useFormat()
  const today = useToday()
  return (
    <Panel title={`${text.residents} (${format.number(household.members.length)})`}>
      {household.members.length === 0 ? (
        <p className="soft">{text.noResidents}</p>
      ) : (
        <ul className="residents">
          {household.members.map((member) => (
            <li key={member.id}>
              <span>{fullName(member)}</span>
              <span className="soft">
                {[
                  member.relation,
                  member.birthDate && text.years(format.number(ageAt(member.birthDate, today))),
                  member.occupation,
                  ...health.flatMap(({ memberId, condition, caresForSelf }) =>
                    memberId === member.id
                      ? [condition !== 'normal' && words.health[condition], !caresForSelf && words.needsCare]
                      : [],
                  ),
                ]
                  .filter(Boolean)
                  .join(' · ')}
              </span>
            </li>
          ))}
        </ul>
      )}
    </Panel>
  )
}

const stepLooks: Record<CaseView['state']['plan'][number]['state'], readonly [Tone, IconName]> = {
  planned: ['neutral', 'circle'],
  doing: ['info', 'clock'],
  done: ['success', 'check'],
  dropped: ['neutral', 'cross'],
}

export function Plan({ found, mayRecord }: { found: CaseView; mayRecord: boolean }) {
  const text = useText(logbookText)
  const words = useText(entryText)
  const format = useFormat()
  const today = useToday()
  const { plan } = found.state
  return (
    <Panel
      title={text.plan}
      {...(mayRecord && {
        actions: (
          <LinkButton size="small" kind="quiet" icon="edit" href={recordAddress(found, 'plan')}>
            {text.makePlan}
          </LinkButton>
        ),
      })}
    >
      {plan.length === 0 && <p className="soft">{text.noPlan}</p>}
      {planHorizons
        .map((horizon) => ({ horizon, steps: plan.filter((step) => step.horizon === horizon) }))
        .filter(({ steps }) => steps.length > 0)
        .map(({ horizon, steps }) => (
          <div key={horizon} className="plan-part">
            <h4>{words.horizons[horizon]}</h4>
            <ul>
              {steps.map((step) => {
                const [tone, icon] = stepLooks[step.state]
                const isLate = step.dueOn !== null && step.dueOn < today && ['planned', 'doing'].includes(step.state)
                return (
                  <li key={step.id} className="plan-step" data-state={step.state}>
                    <span className="plan-text">{step.text}</span>
                    <StateMark tone={tone} icon={icon}>
                      {words.stepStates[step.state]}
                    </StateMark>
                    {(step.owner !== null || step.dueOn !== null) && (
                      <span className="plan-fine">
                        {[
                          step.owner && text.owner(step.owner),
                          step.dueOn && !isLate && text.dueOn(format.date(step.dueOn)),
                        ]
                          .filter(Boolean)
                          .join(' · ')}
                        {isLate && (
                          <StateMark tone="danger" icon="alert">
                            {text.lateSince(format.date(step.dueOn))}
                          </StateMark>
                        )}
                      </span>
                    )}
                  </li>
                )
              })}
            </ul>
          </div>
        ))}
    </Panel>
  )
}
