import { fullName } from '../../domain/derive.ts'
import { useText } from '../text/dictionary.ts'
import { fieldText } from '../text/field.ts'
import { Icon } from '../ui/Icon.tsx'
import { useOutbox } from './phone.tsx'
import { go } from './router.ts'

/** Households that were found and are not in the registry yet: shown, so that nobody notes them twice. */
export function FoundHere() {
  const outbox = useOutbox()
  const text = useText(fieldText)
  const found = outbox?.filter(({ kind, state }) => kind === 'household' && state !== 'sent') ?? []
  if (found.length === 0) return null
  return (
    <section aria-label={text.today.foundHere}>
      <h2>{text.today.foundHere}</h2>
      <ul className="rows">
        {found.map((one) => {
          const [head] = one.item?.kind === 'household' ? one.item.draft.members : []
          return (
            <li key={one.itemId}>
              <button type="button" className="household-row" onClick={() => go({ page: 'item', id: one.itemId })}>
                <span className="row-mark" data-state={one.state}>
                  <Icon name="plus" />
                </span>
                <span className="row-words">
                  <strong>{head ? fullName(head) : '–'}</strong>
                  <span className="row-facts">{text.outbox.states[one.state]}</span>
                </span>
                <Icon name="chevronRight" size="sm" />
              </button>
            </li>
          )
        })}
      </ul>
    </section>
  )
}
