/** What the server keeps but cannot record: its author hears why, sees both, and puts it right on the phone. */
import { describe, expect, it } from 'vitest'
import { entryFormText } from '../../src/web/text/entryForm.ts'
import { choose, common, field, form, press, record, title } from './_field.ts'
import { openVillageWithPhone, phone, village } from './_field-village.ts'
import { keepPicture, looksWell, looksWellInTheDark } from './_field-looks.ts'

const { conflict } = entryFormText.th

openVillageWithPhone('mend')

interface EntryAnswer {
  id: string
  happenedOn: string
  said: { content: Record<string, unknown> }
}

async function onlyEntry(firstName: string): Promise<EntryAnswer> {
  const id = village.households.get(firstName)!
  const found = await village.officer.ask<{ entries: EntryAnswer[] }>('GET', `/api/households/31/${id}/case`)
  expect(found.entries).toHaveLength(1)
  return found.entries[0]!
}

describe('a correction that somebody else made meanwhile', () => {
  it('is kept and said on top; both versions are laid out, and the author decides', async () => {
    const { page, context } = phone
    await page.locator('.household-row').filter({ hasText: 'คำปัน' }).click()
    await press(page, field.household.visit)
    await title(page, form.steps.met)
    await choose(page, /คำปัน/)
    await press(page, common.next)
    await page.getByLabel(form.changed.seen).fill('มีข้าวกินสองมื้อ')
    await press(page, form.toSummary)
    await press(page, form.save)
    await title(page, form.saved)
    await page.getByText(/ส่งครบแล้ว/).waitFor({ timeout: 40_000 })
    await press(page, form.toHousehold)
    await page.getByText(field.household.byYou, { exact: false }).waitFor()
    // Without a line until the office has corrected: a server that starts again would hear of the phone first.
    await context.setOffline(true)
    await press(page, field.household.correct)
    await page.getByLabel(form.changed.seen).fill('มีข้าวกินมื้อเดียว')
    await page.getByLabel(form.correct.reason).fill('ถามเด็กในบ้านอีกครั้ง')
    await press(page, form.save)
    await title(page, form.saved)

    const visit = await onlyEntry('คำปัน')
    const content = { ...visit.said.content, seen: 'มีข้าวกินสามมื้อ' }
    const replacement = { kind: 'visit', happenedOn: visit.happenedOn, content }
    await record(village.officer, village.households.get('คำปัน')!, {
      kind: 'correction',
      content: { corrects: visit.id, reason: 'โทรถามเจ้าของบ้าน', replacement },
    })
    await context.setOffline(false)
    await page.getByText(field.bar.unfiled('1'), { exact: true }).waitFor({ timeout: 40_000 })
    await press(page, form.backHome)
    await press(page, field.nav.outbox)
    await page.locator('.household-row[data-state=unfiled]').click()
    await page.getByText('มีข้าวกินสามมื้อ').first().waitFor()
    await page.getByText('มีข้าวกินมื้อเดียว').first().waitFor()
    await looksWell(page, 'correction crossed')
    await looksWellInTheDark(page, 'correction crossed')
    await keepPicture(page, 'correction crossed itself', page.getByRole('button', { name: conflict.keepMine }))
    await press(page, conflict.keepMine)
    // It waits for a moment, and is sent.
    await page.locator('.due-line[data-state=sent]').waitFor()
    await expect
      .poll(async () => (await onlyEntry('คำปัน')).said.content['seen'], { timeout: 40_000 })
      .toBe('มีข้าวกินมื้อเดียว')
    await page.getByText(/ส่งครบแล้ว/).waitFor({ timeout: 40_000 })
  })
})
