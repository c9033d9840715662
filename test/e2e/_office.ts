/** A practice registry with people and a few households, made over the program's own door, for tests of its pages. */
import type { Browser, Page } from 'playwright-core'
import { newId } from '../../src/web/new-id.ts'
import { startPracticeServer, type RunningServer } from './_server.ts'
import { newVisitor, totp, type Visitor } from './_visitor.ts'

export interface Office {
  server: RunningServer
  browser: Browser
  /** Of the whole registry, with a second factor. */
  administrator: Visitor
  /** Of the province of Buriram. */
  officer: Visitor
}

export const password = 'ประโยคลับของสำนักงาน 2569'

/** Two households of ตำบลนางรอง and one of ตำบลถนนหัก, all of the district's centre at first. */
const households = [
  ['31040101', 'หนองมน', 'บุญมา', 'ทองดี'],
  ['31040102', 'บ้านใหม่', 'คำปัน', 'ศรีสุข'],
  ['31041301', 'ถนนหัก', 'สายใจ', 'แก้วมณี'],
] as const

export async function openOffice(browser: Browser): Promise<Office> {
  const server = await startPracticeServer()
  const administrator = await newVisitor(browser, server.address)
  await administrator.page.goto('/')
  const setup = { name: 'วิภา ดูแลระบบ', username: 'wipa', password, registryName: 'ศจพ.จังหวัดบุรีรัมย์' }
  await post(administrator.page, '/api/setup', setup)
  const { secret } = await post(administrator.page, '/api/second-factor/begin', { password })
  await post(administrator.page, '/api/second-factor/confirm', { code: totp(String(secret)) })
  const office = { server, browser, administrator, officer: administrator }
  office.officer = await employ(office, { name: 'สมหญิง ใจงาม', username: 'somying', role: 'province', areaCode: '31' })
  for (const [areaCode, villageName, firstName, lastName] of households)
    await post(office.officer.page, '/api/households', {
      id: newId(),
      draft: {
        ...emptyDraft,
        areaCode,
        villageName,
        houseNumber: '9',
        members: [{ ...emptyMember, firstName, lastName }],
      },
      separateReason: 'เป็นคนละครัวเรือนกัน',
    })
  return office
}

/** Somebody with a password of their own, signed in. */
export async function employ(
  office: Pick<Office, 'server' | 'browser' | 'administrator'>,
  person: { name: string; username: string; role: string; areaCode: string },
): Promise<Visitor> {
  const { name, username, role, areaCode } = person
  const made = await post(office.administrator.page, '/api/people', {
    name,
    username,
    grants: [{ role, place: { kind: 'area', areaCode } }],
  })
  const visitor = await newVisitor(office.browser, office.server.address)
  await visitor.page.goto('/')
  await post(visitor.page, '/api/session/sign-in', { username, password: made['oneTimePassword'] })
  await post(visitor.page, '/api/password', { currentPassword: made['oneTimePassword'], newPassword: password })
  return visitor
}

/** As the pages ask: from inside the browser, with its cookies. */
export async function post(page: Page, path: string, body: object): Promise<Record<string, unknown>> {
  const answer = await page.evaluate(
    async ([where, sent]) => {
      const response = await fetch(where, {
        method: 'POST',
        headers: { 'content-type': 'application/json' },
        body: sent,
      })
      return { ok: response.ok, body: (await response.json()) as Record<string, unknown> }
    },
    [path, JSON.stringify(body)] as const,
  )
  if (!answer.ok) throw new Error(`${path}: ${JSON.stringify(answer.body)}`)
  return answer.body
}

const emptyDraft = {
  houseCode: null,
  familyNumber: null,
  lane: null,
  road: null,
  phone: null,
  latitude: null,
  longitude: null,
  note: null,
}

const emptyMember = {
  order: null,
  relation: null,
  title: null,
  nationalId: null,
  sex: null,
  birthDate: null,
  birthPrecision: null,
  occupation: null,
  annualIncome: null,
}
