/** A village and the phone of its mentor, for a file of tests that walks through one. */
import { afterAll, afterEach, beforeAll } from 'vitest'
import { type FieldPhone, type Village, villageWithPhone } from './_field.ts'
import { keepPicture } from './_field-looks.ts'

export let village: Village
export let phone: FieldPhone

/**
 * Opens both before the tests of the file that calls this, and ends them after.
 *
 * @param name of the picture that is kept of the phone where a test fails
 */
export function openVillageWithPhone(name: string): void {
  let leave: (() => Promise<void>) | undefined
  beforeAll(async () => {
    ;({ village, phone, leave } = await villageWithPhone())
  })
  afterAll(() => leave?.())
  afterEach(async ({ task }) => {
    if (task.result?.state === 'fail') await keepPicture(phone.page, `${name} failed`)
  })
}
