/** After something was saved: the person sees it first, then it is sent. */
import type { Phone } from '../offline/phone.ts'
import { askBackgroundSync } from './install.ts'

const firstSeenMs = 400

export function sendSoon(phone: Phone): void {
  // Asked for at once: the app may be closed in the same moment.
  void askBackgroundSync()
  setTimeout(() => void phone.sync('saved'), firstSeenMs)
}
