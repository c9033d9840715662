import { useText } from '../text/dictionary.ts'
import { fieldFormText } from '../text/fieldForm.ts'
import { Icon } from '../ui/Icon.tsx'
import { Button, Screen } from './parts.tsx'
import { go } from './router.ts'

/** It is safe: said plainly, with the way on. */
export function Saved({ householdId }: { householdId: string | null }) {
  const text = useText(fieldFormText)
  return (
    <Screen
      title={text.saved}
      actions={
        <>
          <Button kind="primary" isBig onPress={() => go({ page: 'today' }, { replace: true })}>
            {text.backHome}
          </Button>
          {householdId && (
            <Button kind="quiet" onPress={() => go({ page: 'household', id: householdId }, { replace: true })}>
              {text.toHousehold}
            </Button>
          )}
        </>
      }
    >
      <div className="tour-picture" data-tone="success" aria-hidden="true">
        <Icon name="check" size="lg" />
      </div>
      <p className="tour-words">{text.savedLead}</p>
    </Screen>
  )
}
