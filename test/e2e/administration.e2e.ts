/** The pages of those who keep a registry, each with every dialog that it has, on one running program. */
import type { Browser } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { areaPages } from './administration/areas.ts'
import { listPages } from './administration/lists.ts'
import { peoplePages } from './administration/people.ts'
import { recordPages } from './administration/records.ts'
import { launchChromium } from './_chromium.ts'
import { openOffice, type Office } from './_office.ts'

let browser: Browser
let office: Office

beforeAll(async () => {
  browser = await launchChromium()
  office = await openOffice(browser)
})

afterAll(async () => {
  await browser?.close()
  expect(await office?.server.stop()).toBe(0)
})

peoplePages(() => office)
listPages(() => office)
areaPages(() => office)
recordPages(() => office)

describe('all of it', () => {
  it('left nothing to complain of in the console, the content policy and the address bar', () => {
    // What the browser itself says of an answer that refuses was asked for.
    const meant = /status of (401|403|404|409|422)/
    for (const { complaints } of [office.administrator, office.officer])
      expect(complaints.filter((complaint) => !meant.test(complaint))).toEqual([])
  })
})
