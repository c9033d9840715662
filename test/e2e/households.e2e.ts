/** The screens of households and the overview, against answers that keep to the contract. */
import type { Browser, Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { axeFindings, serveBuilt, shortenAnnouncements } from './_built.ts'
import { launchChromium } from './_chromium.ts'
import { fakeAnswers, FakeProblem, type FakeWorld } from './_fake-answers.ts'
import { householdOf } from './_fake-households.ts'

const phone = { width: 360, height: 740 }
const desk = { width: 1440, height: 900 }
const first = '0193a8f2-7c11-7abc-8def-000000000001'
const household = `/households/31/${first}`
const complaints: string[] = []
let browser: Browser
let program: Awaited<ReturnType<typeof serveBuilt>>

beforeAll(async () => {
  program = await serveBuilt()
  browser = await launchChromium()
})

afterAll(async () => {
  await browser?.close()
  program?.close()
})

interface Opened {
  page: Page
  world: FakeWorld
  close: () => Promise<void>
}

async function open(
  path: string,
  looks: { size?: typeof phone; theme?: 'light' | 'dark'; locale?: 'th' | 'en'; display?: string } = {},
  changes: Partial<FakeWorld> = {},
): Promise<Opened> {
  const { size = desk, theme = 'light', locale = 'th', display = '{}' } = looks
  const context = await browser.newContext({ viewport: size, colorScheme: theme, reducedMotion: 'reduce' })
  await shortenAnnouncements(context)
  const page = await context.newPage()
  page.on('pageerror', (error) => complaints.push(error.message))
  const world = await fakeAnswers(page, changes)
  await page.addInitScript(
    (kept) => {
      localStorage.setItem('kaejon.locale', kept.locale)
      localStorage.setItem('kaejon.display', kept.display)
    },
    { locale, display },
  )
  await page.goto(program.address + path)
  await page.getByRole('heading', { level: 1 }).first().waitFor()
  await page.waitForLoadState('networkidle')
  return { page, world, close: () => context.close() }
}

const allPages = [
  '/',
  '/households',
  '/households/add',
  household,
  `${household}?tab=facts`,
  `${household}/edit`,
  `${household}/merge`,
]

describe('every screen of households and the overview', () => {
  for (const path of allPages)
    for (const theme of ['light', 'dark'] as const)
      it(`passes WCAG 2.2 AA and fits the width: ${path}, ${theme}`, async () => {
        const { page, close } = await open(path, { size: phone, theme, locale: theme === 'light' ? 'th' : 'en' })
        for (const size of [phone, desk]) {
          await page.setViewportSize(size)
          expect(await axeFindings(page), `${size.width} px`).toEqual([])
          expect(await tooWide(page), `${size.width} px`).toBeLessThanOrEqual(0)
        }
        await close()
      })

  it('fits a phone with the largest text', async () => {
    for (const path of allPages) {
      const opened = await open(path, { size: phone, display: '{"textSize":"largest"}' })
      expect(await tooWide(opened.page), path).toBeLessThanOrEqual(0)
      await opened.close()
    }
  })
})

describe('the overview', () => {
  it('opens the households behind a number', async () => {
    const { page, close } = await open('/?area=31')
    await page.getByRole('link', { name: '85,172' }).first().click()
    await page.waitForURL('**/households?area=31&list=thaiqm-2')
    await page.goBack()
    await page.getByRole('row', { name: /481/ }).getByRole('link').click()
    await page.waitForURL(/listSet=tpmap-2565%2Cvulnerable/)
    await close()
  })

  it('goes down to an area, and keeps back small figures with the reason', async () => {
    const { page, close } = await open('/?area=3101', {}, { role: 'auditor', homeArea: '' })
    await page.getByText('ตัวเลขบางช่องไม่แสดง').waitFor()
    expect(await page.getByText('ไม่แสดง', { exact: true }).count()).toBeGreaterThan(0)
    await page.getByRole('link', { name: 'ตำบลเสม็ด' }).click()
    await page.getByRole('heading', { level: 1, name: 'ตำบลเสม็ด' }).waitFor()
    expect(page.url()).toMatch(/\?area=310103$/)
    await close()
  })
})

describe('the household list', () => {
  it('is searched, walked and opened by keyboard, and search words never stand in the address', async () => {
    const { page, world, close } = await open('/households')
    await page.keyboard.press('/')
    await page.keyboard.type('กตัญญู')
    await expect.poll(() => lastAsked(world, 'household.list')).toMatchObject({ search: 'กตัญญู' })
    await page.locator('.table-frame:not([data-refreshing]) .row-link').first().waitFor()
    expect(decodeURIComponent(page.url())).not.toContain('กตัญญู')
    await page.keyboard.press('ArrowDown')
    await page.keyboard.press('ArrowDown')
    await page.keyboard.press('Enter')
    await page.waitForURL('**/households/31/0193a8f2-7c11-7abc-8def-000000000002')
    await page.goBack()
    await page.getByRole('searchbox').waitFor()
    expect(await page.getByRole('searchbox').inputValue()).toBe('กตัญญู')
    await close()
  })

  it('sends a national id only after the person has said so', async () => {
    const { page, world, close } = await open('/households')
    await page.getByRole('searchbox').fill('9101234567124')
    const button = page.getByRole('button', { name: 'ค้นด้วยเลขประจำตัวประชาชน' })
    await button.waitFor()
    expect(JSON.stringify(world.asked)).not.toContain('9101234567124')
    await button.click()
    await page.getByText('ท่านค้นด้วยเลขประจำตัวได้อีก 19 ครั้งในชั่วโมงนี้').waitFor()
    expect(lastAsked(world, 'household.findByNationalId')).toEqual({ nationalId: '9101234567124' })
    await page.getByRole('searchbox').fill('9101234567125')
    await page.getByText('เลขประจำตัวประชาชนนี้ไม่ถูกต้อง').waitFor()
    await close()
  })

  it('offers a mentor no search by national id', async () => {
    const { page, close } = await open('/households', {}, { role: 'mentor' })
    await page.getByRole('searchbox').fill('9101234567124')
    await page.getByText('ท่านไม่มีสิทธิค้นด้วยเลขประจำตัวประชาชน').waitFor()
    expect(await page.getByRole('button', { name: 'ค้นด้วยเลขประจำตัวประชาชน' }).count()).toBe(0)
    await close()
  })

  it('says when words are too common, when they only sound alike, and what to do when nothing is found', async () => {
    const answer = { next: null, total: { count: 1000, atLeast: true }, outcome: 'similar', tooMany: true }
    const { page, world, close } = await open(
      '/households',
      {},
      {
        answers: {
          'household.list': ({ search }) => ({
            ...answer,
            rows: search === 'ไม่มี' ? [] : [{ ...listRow(), matchedMember: null }],
          }),
        },
      },
    )
    await page.getByText('คำนี้พบบ่อยมาก').waitFor()
    await page.getByText('แสดงชื่อที่ออกเสียงใกล้เคียง').waitFor()
    await page.getByText('1–1 จาก 1,000+').waitFor()
    await page.getByRole('searchbox').fill('ไม่มี')
    await page.getByText('ไม่พบครัวเรือนที่ตรงกับคำค้น').waitFor()
    expect(world.asked.length).toBeGreaterThan(1)
    await close()
  })

  it('goes from page to page and back, and shows where it is', async () => {
    const { page, world, close } = await open('/households')
    await page.getByRole('button', { name: 'ถัดไป' }).click()
    await page.getByText('51–56 จาก 24,816').waitFor()
    expect(lastAsked(world, 'household.list')).toMatchObject({ cursor: 'next' })
    await page.getByRole('button', { name: 'ก่อนหน้า' }).click()
    await page.getByText('1–6 จาก 24,816').waitFor()
    await close()
  })
})

describe('the page of a household', () => {
  it('shows a national id only with a reason, and only while the window is open', async () => {
    const { page, world, close } = await open(`${household}?tab=facts`)
    await page.getByRole('button', { name: /ดูเลขประจำตัวของ นางสาวกตัญญู/ }).click()
    await page.getByRole('button', { name: 'แสดงเลข' }).click()
    await page.getByText('กรอกเหตุผลอย่างน้อย 3 ตัวอักษร').waitFor()
    expect(world.asked.some(({ name }) => name === 'nationalId.reveal')).toBe(false)
    await page.getByRole('textbox', { name: 'เหตุผล' }).fill('ตรวจกับบัตร')
    await page.getByRole('button', { name: 'แสดงเลข' }).click()
    await page.getByText('9-1012-34567-12-4').waitFor()
    expect(await axeFindings(page)).toEqual([])
    await page.keyboard.press('Escape')
    await page.getByRole('dialog').waitFor({ state: 'detached' })
    expect(await page.content()).not.toContain('9-1012-34567-12-4')
    await close()
  })

  it('is withdrawn with a reason and brought back by undo', async () => {
    const { page, world, close } = await open(household)
    await page.getByRole('main').getByRole('button', { name: 'เพิ่มเติม' }).click()
    await page.getByRole('menuitem', { name: 'ถอนจากทะเบียน' }).click()
    await page.getByRole('textbox', { name: 'เหตุผล' }).fill('บันทึกผิด')
    await page.getByRole('button', { name: 'ถอนจากทะเบียน' }).click()
    await page.getByText('ครัวเรือนนี้ถูกถอนจากทะเบียน').waitFor()
    await page.getByRole('button', { name: 'เลิกทำ' }).click()
    await page.getByText('นำครัวเรือนกลับเข้าทะเบียนแล้ว').waitFor()
    expect(world.asked.find(({ name }) => name === 'household.restore')?.input).toMatchObject({ version: 8 })
    await close()
  })

  it('puts no name into the name of the tab', async () => {
    const { page, close } = await open(household)
    expect(await page.title()).toBe('หน้าครัวเรือน · แก้จน')
    await close()
  })
})

describe('editing a household', () => {
  it('sends only what was changed', async () => {
    const { page, world, close } = await open(`${household}/edit`)
    await page.getByRole('textbox', { name: /บ้านเลขที่/ }).fill('28')
    await page.getByRole('button', { name: 'บันทึกการแก้ไข' }).click()
    await page.waitForURL(`**${household}`)
    const sent = world.asked.find(({ name }) => name === 'household.edit')?.input
    expect(sent).toMatchObject({ version: 7, facts: { houseNumber: '28' }, change: [], add: [], left: [] })
    await close()
  })

  it('leads to the field that is wrong', async () => {
    const { page, world, close } = await open(`${household}/edit`)
    await page.getByRole('textbox', { name: /รหัสประจำบ้าน/ }).fill('123')
    await page.getByRole('button', { name: 'บันทึกการแก้ไข' }).click()
    await page.getByRole('button', { name: 'รหัสประจำบ้าน' }).click()
    expect(await page.evaluate(() => document.activeElement?.getAttribute('name'))).toBe('houseCode')
    expect(world.asked.some(({ name }) => name === 'household.edit')).toBe(false)
    expect(await axeFindings(page)).toEqual([])
    await close()
  })

  it('keeps what was typed when others changed it meanwhile, and shows both', async () => {
    const { page, world, close } = await open(`${household}/edit`)
    await page.getByRole('textbox', { name: /บ้านเลขที่/ }).fill('28')
    const newest = householdOf(first)
    world.answers['household.show'] = () => ({
      ...newest,
      version: 9,
      facts: { ...newest.facts, houseNumber: '29', phone: '089-999-9999' },
    })
    world.answers['household.edit'] = ({ version }) => {
      if (version !== 9) throw new FakeProblem('conflictingEdit', { version: 9, fields: [] })
      return { ...newest, version: 10 }
    }
    await page.getByRole('button', { name: 'บันทึกการแก้ไข' }).click()
    await page.getByText('มีผู้อื่นแก้ไขครัวเรือนนี้ระหว่างที่ท่านพิมพ์').first().waitFor()
    expect(await page.getByRole('textbox', { name: /บ้านเลขที่/ }).inputValue()).toBe('28')
    expect(await page.getByRole('textbox', { name: /โทรศัพท์/ }).inputValue()).toBe('089-999-9999')
    expect(await axeFindings(page)).toEqual([])
    await page.getByRole('button', { name: 'บันทึกการแก้ไข' }).click()
    await page.waitForURL(`**${household}`)
    expect(lastAsked(world, 'household.edit')).toMatchObject({ facts: { houseNumber: '28' } })
    await close()
  })

  it('keeps what was typed while the person signs in again', async () => {
    const { page, world, close } = await open(`${household}/edit`)
    await page.getByRole('textbox', { name: /บ้านเลขที่/ }).fill('28')
    world.answers['household.edit'] = () => {
      throw new FakeProblem('signInRequired')
    }
    await page.getByRole('button', { name: 'บันทึกการแก้ไข' }).click()
    await page.waitForURL('**/sign-in')
    // Signing in asks for the session again, and leads back to where one was.
    world.answers['session.signIn'] = () => ({ state: 'signedIn' })
    await page.getByRole('textbox', { name: /ชื่อผู้ใช้/ }).fill('somying')
    await page.getByLabel('รหัสผ่าน', { exact: true }).fill('รหัสผ่านที่ยาวพอ')
    await page.getByRole('button', { name: 'เข้าสู่ระบบ' }).click()
    await page.waitForURL(`**${household}/edit`)
    await page.getByText('นี่คือสิ่งที่ท่านพิมพ์ค้างไว้').waitFor()
    expect(await page.getByRole('textbox', { name: /บ้านเลขที่/ }).inputValue()).toBe('28')
    await close()
  })
})

describe('merging two households', () => {
  it('compares them, asks why, and can be taken back', async () => {
    const { page, world, close } = await open(`${household}/merge`)
    await page.getByRole('button', { name: 'เลือกครัวเรือนนี้' }).first().click()
    await page.getByText('ต่างกัน').first().waitFor()
    expect(await axeFindings(page)).toEqual([])
    await page.getByRole('textbox', { name: 'เหตุผล' }).fill('ครัวเรือนเดียวกัน')
    world.answers['household.merge'] = ({ otherId }) => {
      const kept = householdOf(first)
      return { ...kept, merges: [{ ...kept.merges[0], otherId }] }
    }
    await page.getByRole('button', { name: 'รวมเป็นครัวเรือนเดียว' }).click()
    await page.getByText('รวมสองครัวเรือนแล้ว').waitFor()
    await page.getByRole('button', { name: 'เลิกทำ' }).click()
    await page.getByText('แยกครัวเรือนกลับแล้ว').waitFor()
    expect(world.asked.some(({ name }) => name === 'household.unmerge')).toBe(true)
    await close()
  })
})

describe('adding a household that was found', () => {
  async function typed(size = phone, changes: Partial<FakeWorld> = {}): Promise<Opened> {
    const mentor = { role: 'mentor' as const, homeArea: '31010404', placeName: 'ทีมพี่เลี้ยง หมู่ที่ 4' }
    const opened = await open('/households/add', { size }, { ...mentor, ...changes })
    const { page } = opened
    await page.getByRole('textbox', { name: /บ้านเลขที่/ }).fill('99')
    await page.getByRole('button', { name: 'ต่อไป: สมาชิก' }).click()
    await page
      .getByRole('textbox', { name: 'ชื่อ', exact: true })
      .or(page.locator('[name$=firstName]'))
      .first()
      .fill('ใบบัว')
    expect(await axeFindings(page)).toEqual([])
    await page.getByRole('button', { name: 'ตรวจกับทะเบียน' }).click()
    return opened
  }

  it('checks it, saves it, and opens it', async () => {
    const { page, world, close } = await typed()
    await page.getByText('ไม่พบครัวเรือนนี้ในทะเบียน').waitFor()
    expect(await axeFindings(page)).toEqual([])
    await page.getByRole('button', { name: 'บันทึกครัวเรือนนี้' }).click()
    await page.getByText('เพิ่มครัวเรือนแล้ว').waitFor()
    const sent = world.asked.find(({ name }) => name === 'household.add')?.input
    expect(sent).toMatchObject({
      draft: { areaCode: '31010404', houseNumber: '99', members: [{ firstName: 'ใบบัว', order: 1 }] },
      separateReason: null,
    })
    await close()
  })

  it('opens the household that is already here', async () => {
    const { page, close } = await typed(desk, {
      answers: {
        'household.check': () => ({ verdict: 'alreadyHere', because: 'nationalId', household: listRow() }),
      },
    })
    await page.getByText('ครัวเรือนนี้อยู่ในทะเบียนแล้ว').waitFor()
    await page.getByRole('link', { name: 'เปิดครัวเรือนนั้น' }).click()
    await page.waitForURL(`**${household}`)
    await close()
  })

  it('shows what it may be, and saves it as another one only with a reason', async () => {
    const reasons = [{ term: 'name', points: 40, of: 45 }]
    const { page, world, close } = await typed(phone, {
      answers: {
        'household.check': () => ({
          verdict: 'doubtful',
          candidates: [{ score: 72, reasons, household: listRow() }],
        }),
      },
    })
    await page.getByText('คล้ายกัน 72 จาก 100').waitFor()
    expect(await axeFindings(page)).toEqual([])
    await page.getByRole('button', { name: 'คนละครัวเรือน บันทึก' }).click()
    await page.getByText('กรอกเหตุผลอย่างน้อย 3 ตัวอักษร').waitFor()
    await page.getByRole('textbox', { name: 'ทำไมจึงเป็นคนละครัวเรือน' }).fill('คนละครอบครัว')
    await page.getByRole('button', { name: 'คนละครัวเรือน บันทึก' }).click()
    await page.getByText('เพิ่มครัวเรือนแล้ว').waitFor()
    expect(world.asked.find(({ name }) => name === 'household.add')?.input).toMatchObject({
      separateReason: 'คนละครอบครัว',
    })
    await close()
  })

  it('names the centre to ask when somebody stands elsewhere, and keeps what was typed', async () => {
    const { page, close } = await typed(phone, {
      answers: { 'household.check': () => ({ verdict: 'standsElsewhere', centre: 'ศจพ.อ. นางรอง' }) },
    })
    await page.getByText('โปรดสอบถาม ศจพ.อ. นางรอง').waitFor()
    await page.getByRole('button', { name: 'กลับไปแก้สมาชิก' }).click()
    expect(await page.locator('[name$=firstName]').inputValue()).toBe('ใบบัว')
    await close()
  })

  it('survives a server that refuses a field: it leads to the field with everything still typed', async () => {
    const { page, close } = await typed(phone, {
      answers: {
        'household.check': () => {
          throw new FakeProblem('invalidFacts', {
            fields: [{ field: 'draft.members.0.firstName', fault: 'textTooLong' }],
          })
        },
      },
    })
    await page.getByText('ยังบันทึกไม่ได้').waitFor()
    expect(await page.locator('[name$=firstName]').inputValue()).toBe('ใบบัว')
    await close()
  })
})

describe('all of it', () => {
  it('never broke on the way', () => {
    expect(complaints).toEqual([])
  })
})

function listRow() {
  const { province, id, headName, place } = householdOf(first)
  const counted = { memberCount: 4, lists: ['thaiqm-2'], state: 'active', centre: null }
  return { province, id, headName, place, houseNumber: '27/1', ...counted, updatedAt: '2026-11-20T03:12:00Z' }
}

/** What a route was last asked; the page may have asked others since. */
function lastAsked(world: FakeWorld, route: string): Record<string, unknown> | undefined {
  return world.asked.findLast(({ name }) => name === route)?.input
}

function tooWide(page: Page): Promise<number> {
  return page.evaluate(() => document.documentElement.scrollWidth - window.innerWidth)
}
