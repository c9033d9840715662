import { commonText } from '../../text/common.ts'
import { useText } from '../../text/dictionary.ts'
import { entryText } from '../../text/entry.ts'
import { logbookText } from '../../text/logbook.ts'
import { Button } from '../../ui/Button.tsx'
import { Switch } from '../../ui/Choice.tsx'
import { Dialog } from '../../ui/Overlay.tsx'
import { kindLetters } from './RecordMenu.tsx'
import { formKinds } from './typed.ts'
import type { StoryKeys } from './useStoryKeys.ts'

/** Every key of the household's page and its forms, and the switch that turns them off. */
export function Shortcuts({ keys, onClose }: { keys: StoryKeys; onClose: () => void }) {
  const text = useText(logbookText)
  const kinds = useText(entryText).kinds
  const common = useText(commonText)
  const list = text.shortcutList
  const rows: readonly (readonly [string, string])[] = [
    ['R', list.record],
    ...formKinds.map((kind) => [`R ${kindLetters[kind]}`, kinds[kind]] as const),
    ['Ctrl Enter', list.save],
    ['Esc', list.leave],
    ['?', list.help],
  ]
  return (
    <Dialog
      title={text.shortcuts}
      isOpen
      onOpenChange={(isOpen) => !isOpen && onClose()}
      actions={(close) => <Button onPress={close}>{common.close}</Button>}
    >
      <p className="soft">{text.shortcutsLead}</p>
      <dl className="shortcut-list">
        {rows.map(([pressed, what]) => (
          <div key={pressed}>
            <dt>
              {pressed.split(' ').map((key) => (
                <kbd key={key}>{key}</kbd>
              ))}
            </dt>
            <dd>{what}</dd>
          </div>
        ))}
      </dl>
      <Switch isSelected={keys.isOn} onChange={keys.setOn}>
        {text.shortcutsOn}
      </Switch>
    </Dialog>
  )
}
