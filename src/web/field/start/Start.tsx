/** The first time on a phone, or again after its data was lost: sign in, areas, PIN. */
import { useState } from 'react'
import type { SignedInPerson } from '../../first-page.ts'
import { permissionsByRole } from '../../../domain/permission.ts'
import { useText } from '../../text/dictionary.ts'
import { commonText } from '../../text/common.ts'
import { fieldText } from '../../text/field.ts'
import { useFormat } from '../../text/format.ts'
import { Icon } from '../../ui/Icon.tsx'
import { LanguageSwitch } from '../LanguageSwitch.tsx'
import { usePhone, useStatus } from '../phone.tsx'
import { BackButton, Notice, Screen } from '../parts.tsx'
import { isApple, isInstalled } from '../install.ts'
import { type ChosenArea, fetchChoices, keepKnown } from '../known.ts'
import { go } from '../router.ts'
import { setFieldSettings } from '../settings.ts'
import { Areas } from './Areas.tsx'
import { SetPin } from './SetPin.tsx'
import { Problem, SignIn, useSending } from './SignIn.tsx'

type Step =
  | { at: 'signIn' }
  | { at: 'notAllowed' }
  | { at: 'areas'; person: SignedInPerson }
  | { at: 'pin'; person: SignedInPerson; province: string; chosen: ChosenArea[] }

export function Start({ isLost }: { isLost: boolean }) {
  const phone = usePhone()
  const text = useText(fieldText)
  const common = useText(commonText)
  const { lost } = useStatus()
  const format = useFormat()
  const [step, setStep] = useState<Step>({ at: 'signIn' })
  const { problem, isSending, send } = useSending()

  if (step.at === 'notAllowed')
    return (
      <Screen title={common.productName} top={<BackButton onPress={() => setStep({ at: 'signIn' })} />}>
        <Notice tone="attention" title={text.start.notAllowed} isLive />
      </Screen>
    )
  if (step.at === 'areas')
    return (
      <Areas
        reach={recordingAreas(step.person)}
        chosen={[]}
        top={<BackButton onPress={() => setStep({ at: 'signIn' })} />}
        onDone={(province, chosen) => setStep({ at: 'pin', person: step.person, province, chosen })}
      />
    )
  if (step.at === 'pin')
    return (
      <>
        {problem && (
          <div className="screen">
            <Problem problem={problem} />
          </div>
        )}
        <SetPin
          isBusy={isSending}
          top={<BackButton onPress={() => setStep({ at: 'areas', person: step.person })} />}
          onPin={(pin) =>
            void send(async () => {
              const { person, province, chosen } = step
              const { id, name } = person
              const areas = chosen.map(({ code }) => code)
              keepKnown({ areas: chosen })
              setFieldSettings({ tourSeen: false })
              // Whatever stood there before is not on this phone any more.
              go({ page: 'today' }, { replace: true })
              await phone.register({ person: { id, name }, province, areas, pin, name: deviceName() })
              void fetchChoices(province)
              void phone.sync('start')
            })
          }
        />
      </>
    )
  return (
    <SignIn
      title={common.signIn}
      lead={isLost ? text.start.lostLead : text.start.lineNeeded}
      top={
        <>
          <div className="brand">
            <Icon name="household" size="lg" />
            <span>{text.title}</span>
            <LanguageSwitch />
          </div>
          {isLost && (
            <Notice tone="danger" title={text.start.lostTitle} isLive>
              <p>
                {lost > 0
                  ? `${text.notices.notSent(format.number(lost))} ${text.start.lostWaiting}`
                  : text.start.lostNone}
              </p>
            </Notice>
          )}
          {isApple() && !isInstalled() && (
            <Notice tone="attention" title={text.notices.appleFirst}>
              <p>{text.notices.appleFirstLead}</p>
            </Notice>
          )}
        </>
      }
      onDone={(person) =>
        setStep(person.permissions.includes('logbook.record') ? { at: 'areas', person } : { at: 'notAllowed' })
      }
    />
  )
}

/** Where the person may record, the outermost areas only. */
export function recordingAreas({ grants }: Pick<SignedInPerson, 'grants'>): string[] {
  const all = grants
    .filter(({ role }) => permissionsByRole[role].includes('logbook.record'))
    .flatMap(({ areas }) => areas)
  const unique = [...new Set(all)]
  return unique.filter((area) => !unique.some((other) => other !== area && area.startsWith(other))).sort()
}

/** As the browser tells: enough to know one's phone in a list. */
function deviceName(): string {
  const agent = navigator.userAgent
  const model = /Android [\d.]+; ([^;)]+)/.exec(agent)?.[1]?.trim()
  const system = /Android/.test(agent) ? 'Android' : /iPhone|iPad/.test(agent) ? 'iPhone' : 'Web'
  return [system, model === 'K' ? null : model].filter(Boolean).join(' ').slice(0, 80)
}
