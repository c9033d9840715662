/**
 * Saving a form: its person sees that it is safe as soon as it is on the disk. What the phone then counts anew, clears away
 * and sends follows, and can no longer bring the form back.
 */
import type { HouseholdRef } from '../../contract/households.ts'
import type { PhoneItem } from '../../contract/sync.ts'
import type { Phone } from '../offline/phone.ts'
import { failedBy, type Saving } from './KeptMark.tsx'
import type { Keeping } from './keep.ts'
import { dropPhoto, photosToSave } from './photos.ts'
import { sendSoon } from './send.ts'

export interface FormToSave {
  phone: Phone
  keeping: Keeping
  /** Of its draft. */
  name: string
  household: HouseholdRef
  items: PhoneItem[]
  /** Photographs that were taken for it. */
  photoIds: readonly string[]
  onSaved: () => void
}

/** @returns how the form stands now: being saved, or why it could not be */
export async function saveForm(form: FormToSave): Promise<Saving> {
  const { phone, keeping, name, household, items, photoIds, onSaved } = form
  let isStored = false
  const onStored = () => {
    isStored = true
    onSaved()
  }
  try {
    await keeping.stop()
    const photos = await photosToSave(phone, household, photoIds)
    await phone.save({ items, photos, dropDraft: name, onStored })
    for (const id of photoIds) await dropPhoto(phone, id)
  } catch (error) {
    if (!isStored) {
      keeping.resume()
      return failedBy(error)
    }
    reportError(error)
  }
  sendSoon(phone)
  return 'saving'
}
