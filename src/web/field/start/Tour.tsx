import { useState } from 'react'
import { commonText } from '../../text/common.ts'
import { useText } from '../../text/dictionary.ts'
import { fieldText } from '../../text/field.ts'
import { Icon, type IconName } from '../../ui/Icon.tsx'
import { Button, Screen } from '../parts.tsx'

const cards = [
  ['work', 'household'],
  ['visit', 'edit'],
  ['safe', 'check'],
  ['send', 'arrowUp'],
] as const satisfies readonly (readonly [string, IconName])[]

/** Four cards before the first day of work. */
export function Tour({ onDone }: { onDone: () => void }) {
  const text = useText(fieldText).tour
  const common = useText(commonText)
  const [at, setAt] = useState(0)
  const [card, icon] = cards[at] ?? cards[0]
  const isLast = at === cards.length - 1
  return (
    <Screen
      key={card}
      title={text.cards[card]}
      top={<p className="soft">{text.step(String(at + 1), String(cards.length))}</p>}
      actions={
        <>
          <Button kind="primary" isBig onPress={() => (isLast ? onDone() : setAt(at + 1))}>
            {isLast ? text.begin : common.next}
          </Button>
          {!isLast && (
            <Button kind="quiet" onPress={onDone}>
              {text.skip}
            </Button>
          )}
        </>
      }
    >
      <div className="tour-picture" aria-hidden="true">
        <Icon name={icon} size="lg" />
      </div>
      <p className="tour-words">{text.cards[`${card}Lead`]}</p>
    </Screen>
  )
}
