/** Short messages at the foot of the screen, with a way back instead of "are you sure". Reached by F6. */
import {
  Button as AriaButton,
  UNSTABLE_Toast as AriaToast,
  UNSTABLE_ToastContent as ToastContent,
  UNSTABLE_ToastQueue as ToastQueue,
  UNSTABLE_ToastRegion as AriaToastRegion,
  Text,
} from 'react-aria-components'
import { commonText } from '../text/common.ts'
import { useText } from '../text/dictionary.ts'
import { uiText } from '../text/ui.ts'
import { Icon } from './Icon.tsx'
import './overlay.css'

export interface ToastMessage {
  message: string
  tone?: 'done' | 'attention'
  /** Gives the message an "undo" button; it stays longer. */
  onUndo?: () => void
}

const queue = new ToastQueue<ToastMessage>({ maxVisibleToasts: 3 })
const shortStayMs = 8_000
const undoStayMs = 20_000

/** May be called from anywhere; the pointer or the focus on a message stops its clock. */
export function showToast(message: ToastMessage): void {
  queue.add(message, { timeout: message.onUndo ? undoStayMs : shortStayMs })
}

/** Stands once, in the app shell. */
export function ToastRegion() {
  const text = useText(uiText).toast
  const common = useText(commonText)
  return (
    <AriaToastRegion queue={queue} className="toasts not-on-paper" aria-label={text.region}>
      {({ toast }) => (
        <AriaToast toast={toast} className="toast">
          <Icon name={toast.content.tone === 'attention' ? 'alert' : 'check'} />
          <ToastContent className="toast-words">
            <Text slot="title">{toast.content.message}</Text>
          </ToastContent>
          {toast.content.onUndo && (
            <AriaButton
              slot={null}
              className="toast-button"
              onPress={() => {
                toast.content.onUndo?.()
                queue.close(toast.key)
              }}
            >
              <Icon name="undo" size="sm" />
              {common.undo}
            </AriaButton>
          )}
          <AriaButton slot="close" className="toast-close" aria-label={common.close}>
            <Icon name="cross" size="sm" />
          </AriaButton>
        </AriaToast>
      )}
    </AriaToastRegion>
  )
}
