import { useState } from 'react'
import { coordinateLimits } from '../../../domain/household.ts'
import type { TypedContents } from '../../pages/logbook/typed.ts'
import { useText } from '../../text/dictionary.ts'
import { fieldFormText } from '../../text/fieldForm.ts'
import { useFormat } from '../../text/format.ts'
import { commonText } from '../../text/common.ts'
import { Button, Notice } from '../parts.tsx'
import { measurePlace } from '../where.ts'

type Place = TypedContents['visit']['place']
/** Neighbours' houses may stand nearer than this. */
const roughMetres = 50

export function PlaceStep({
  place,
  isKnown,
  onPlace,
}: {
  place: Place
  isKnown: boolean
  onPlace: (place: Place) => void
}) {
  const text = useText(fieldFormText).place
  const common = useText(commonText)
  const format = useFormat()
  const [state, setState] = useState<'still' | 'measuring' | 'refused' | 'failed' | 'outside'>('still')
  const measure = () => {
    setState('measuring')
    measurePlace().then(
      ({ latitude, longitude, accuracyMetres }) => {
        const isInside =
          latitude >= coordinateLimits.latitude[0] &&
          latitude <= coordinateLimits.latitude[1] &&
          longitude >= coordinateLimits.longitude[0] &&
          longitude <= coordinateLimits.longitude[1]
        setState(isInside ? 'still' : 'outside')
        if (isInside) onPlace({ latitude, longitude, accuracyMetres })
      },
      (error: Error) => setState(error.message === 'refused' ? 'refused' : 'failed'),
    )
  }
  return (
    <>
      <p className="lead">{text.lead}</p>
      {isKnown && !place && <p className="soft">{text.known}</p>}
      <Button icon="area" isBig kind={place ? 'plain' : 'primary'} isPending={state === 'measuring'} onPress={measure}>
        {state === 'measuring' ? common.working : place ? text.again : text.take}
      </Button>
      {place && (
        <Notice
          tone={(place.accuracyMetres ?? 0) > roughMetres ? 'attention' : 'success'}
          title={text.taken(format.number(place.accuracyMetres))}
          isLive
        >
          {(place.accuracyMetres ?? 0) > roughMetres && <p>{text.rough}</p>}
        </Notice>
      )}
      {state !== 'still' && state !== 'measuring' && <Notice tone="attention" title={text[state]} isLive />}
    </>
  )
}
