/**
 * Plausible answers for looking at the screens of households and the overview without a server. Every answer is put
 * through the contract's own schema, so that a screen is never tried against something the server could not say.
 */
import type { Page, Route as BrowserRoute } from 'playwright-core'
import * as areas from '../../src/contract/areas.ts'
import * as centres from '../../src/contract/centres.ts'
import * as figures from '../../src/contract/figures.ts'
import * as households from '../../src/contract/households.ts'
import * as logbook from '../../src/contract/logbook.ts'
import * as lists from '../../src/contract/lists.ts'
import type { Route } from '../../src/contract/route.ts'
import * as rules from '../../src/contract/rules.ts'
import * as session from '../../src/contract/session.ts'
import { permissionsByRole, type Role } from '../../src/domain/permission.ts'
import { areaAt, areaLevel, areaPath, mooOf } from '../../src/domain/area.ts'
import { problemCodes, type ProblemName } from '../../src/domain/problem.ts'
import type { Entry } from '../../src/domain/logbook/entry.ts'
import { defaultRules, ruleKinds } from '../../src/domain/logbook/rules/index.ts'
import { caseOf, type FakeLogbook, someEntries } from './_fake-case.ts'

type Answer = (input: Record<string, unknown>) => unknown

/** Thrown by an answer to be told as the server tells a problem. */
export class FakeProblem extends Error {
  readonly problem: ProblemName
  readonly details: Record<string, unknown>

  constructor(problem: ProblemName, details: Record<string, unknown> = {}) {
    super(problem)
    this.problem = problem
    this.details = details
  }
}

export interface FakeWorld {
  role: Role
  /** Whose session the browser has. */
  personId: string
  homeArea: string
  placeName: string
  /** By route name; what stands here is answered instead. */
  answers: Record<string, Answer>
  logbook: FakeLogbook
  /** Every request, as route name and input. */
  asked: { name: string; input: Record<string, unknown> }[]
}

/** Answers every request of the page; returns the world, so that a test can change answers and read what was asked. */
export async function fakeAnswers(page: Page, changes: Partial<FakeWorld> = {}): Promise<FakeWorld> {
  const world: FakeWorld = {
    role: 'district',
    personId: '1',
    homeArea: '3101',
    placeName: 'ศจพ.อ. เมืองบุรีรัมย์',
    answers: {},
    logbook: { entries: someEntries(), today: '2026-11-24', may: { record: true, approve: true } },
    asked: [],
    ...changes,
  }
  await page.route('**/api/**', (request) => answer(request, world))
  return world
}

const routes: readonly Route[] = [
  ...areas.areaRoutes,
  ...centres.centreRoutes,
  ...figures.figureRoutes,
  ...households.householdRoutes,
  ...logbook.logbookRoutes,
  ...lists.listRoutes,
  rules.ruleList,
  ...session.sessionRoutes,
]

async function answer(browserRoute: BrowserRoute, world: FakeWorld): Promise<void> {
  const request = browserRoute.request()
  const url = new URL(request.url())
  for (const route of routes) {
    if (route.method !== request.method()) continue
    const parts = matchPath(route.path, url.pathname)
    if (!parts) continue
    const body = request.method() === 'GET' ? {} : (JSON.parse(request.postData() || '{}') as object)
    const input = route.input.parse({ ...Object.fromEntries(url.searchParams), ...parts, ...body }) as Record<
      string,
      unknown
    >
    world.asked.push({ name: route.name, input })
    try {
      const output = (world.answers[route.name] ?? usual(world)[route.name])?.(input)
      return await browserRoute.fulfill({ json: route.output.parse(output) })
    } catch (error) {
      if (!(error instanceof FakeProblem)) throw error
      const { problem, details } = error
      const code = problemCodes[problem]
      return await browserRoute.fulfill({
        status: Math.trunc(code),
        json: { code, problem, details, requestId: '0193a8f2-7c11-7abc-8def-0123456789ab' },
      })
    }
  }
  return browserRoute.fulfill({
    status: 404,
    json: { code: 404.2, problem: 'routeNotFound', details: {}, requestId: '' },
  })
}

function matchPath(pattern: string, path: string): Record<string, string> | null {
  const names = [...pattern.matchAll(/:(\w+)/g)].map((match) => match[1]!)
  const found = new RegExp(`^${pattern.replace(/:\w+/g, '([^/]+)')}$`).exec(path)
  return found && Object.fromEntries(names.map((name, index) => [name, found[index + 1]!]))
}

function usual(world: FakeWorld): Record<string, Answer> {
  return {
    'session.show': () => ({
      needsSetup: false,
      practice: true,
      registryName: 'จังหวัดบุรีรัมย์',
      person: {
        id: world.personId,
        name: 'สมหญิง ใจกล้า',
        username: 'somying',
        secondFactor: true,
        mustSetSecondFactor: false,
        mustChangePassword: false,
        grants: [
          { role: world.role, areas: [world.homeArea], placeName: world.placeName, from: '2026-10-01', to: null },
        ],
        permissions: permissionsByRole[world.role],
        homeArea: world.homeArea,
      },
    }),
    'area.children': ({ area }) => ({ area: withPath(String(area)), children: childrenOf(String(area)) }),
    'area.search': ({ text }) => ({
      areas: someAreas.filter((found) => found.nameTh.includes(String(text))).map((found) => withPath(found.code)),
    }),
    'area.show': ({ area }) => ({ area: withPath(String(area)), names: [], mayEdit: false }),
    'centre.list': () => ({ centres: someCentres }),
    'list.list': () => ({
      lists: someLists.map((list) => ({ ...list, denominators: [], registry: null, mayEdit: false })),
      mayCreate: false,
    }),
    'figure.overview': ({ area }) => overview(String(area), world.role === 'auditor'),
    'household.list': () => ({
      rows: someRows.map((row) => ({ ...row, matchedMember: null })),
      next: 'next',
      total: { count: 24_816, atLeast: false },
      outcome: 'none',
      tooMany: false,
    }),
    'household.findByNationalId': () => ({
      rows: [{ ...someRows[0], memberId: 'm1', memberName: 'นางสาวกตัญญู ฐูปะปั้น' }],
      left: 19,
    }),
    'household.show': ({ id }) => householdOf(String(id)),
    'nationalId.reveal': () => ({ nationalId: '9101234567124' }),
    'household.edit': ({ id }) => ({ ...householdOf(String(id)), version: 8 }),
    'household.check': () => ({ verdict: 'clear' }),
    'household.add': ({ id }) => ({ verdict: 'added', household: { province: '31', id } }),
    'household.merge': ({ id }) => ({ ...householdOf(String(id)), version: 8 }),
    'household.unmerge': ({ id }) => householdOf(String(id)),
    'household.withdraw': ({ id }) => ({ ...householdOf(String(id)), state: 'withdrawn', version: 8 }),
    'household.restore': ({ id }) => householdOf(String(id)),
    'session.signOut': () => ({}),
    'session.draftKey': () => ({ key: Buffer.alloc(32, 7).toString('base64') }),
    'rule.list': () => ({
      current: defaultRules,
      defaults: defaultRules,
      kinds: ruleKinds.map((kind) => ({ kind, version: 0, history: [] })),
      mayEdit: false,
      isSettling: false,
    }),
    'logbook.case': ({ id }) => caseOf(String(id), world.logbook),
    'logbook.newer': ({ version }) => ({
      version: world.logbook.entries.length,
      reload: false,
      entries: world.logbook.entries.slice(Number(version)).map((one) => ({
        ...one,
        by: { id: one.accountId, name: '–' },
        corrects: one.kind === 'correction' ? one.content.corrects : null,
        said: null,
        reason: null,
      })),
    }),
    'logbook.record': (input) => {
      const sent = input['entry'] as Entry
      const isThere = world.logbook.entries.some(({ id }) => id === sent.id)
      const recordedAt = '2026-11-24T03:00:00.000Z'
      if (!isThere) world.logbook.entries.push({ ...sent, recordedAt, accountId: '1' })
      return {
        outcome: isThere ? 'alreadyThere' : 'recorded',
        recordedAt,
        household: { province: '31', id: input['id'] },
        isMerged: false,
        version: world.logbook.entries.length,
        case: caseOf(String(input['id']), world.logbook),
      }
    },
  }
}

const someAreas = [
  ['31', 'บุรีรัมย์', 'Buri Ram'],
  ['30', 'นครราชสีมา', 'Nakhon Ratchasima'],
  ['32', 'สุรินทร์', 'Surin'],
  ['3101', 'เมืองบุรีรัมย์', 'Mueang Buri Ram'],
  ['3102', 'คูเมือง', 'Khu Mueang'],
  ['3103', 'กระสัง', 'Krasang'],
  ['3104', 'นางรอง', 'Nang Rong'],
  ['3117', 'โนนสุวรรณ', 'Non Suwan'],
  ['310101', 'ในเมือง', 'Nai Mueang'],
  ['310102', 'อิสาณ', 'Isan'],
  ['310103', 'เสม็ด', 'Samet'],
  ['310104', 'บ้านบัว', 'Ban Bua'],
  ['310105', 'สะแกโพรง', 'Sakae Phrong'],
  ['310106', 'สวายจีก', 'Sawai Chik'],
  ['31010401', 'บัว', null],
  ['31010404', 'โคกกลาง', null],
  ['31010407', 'หนองปรือ', null],
].map(([code, nameTh, nameEn]) => ({
  code: code!,
  level: areaLevel(code!)!,
  nameTh: nameTh!,
  nameEn: nameEn ?? null,
}))

function areaOf(code: string) {
  if (code === '') return { code, level: 'nation' as const, nameTh: 'ประเทศไทย', nameEn: 'Thailand' }
  const found = someAreas.find((area) => area.code === code)
  return found ?? { code, level: areaLevel(code)!, nameTh: `ทดสอบ ${code}`, nameEn: null }
}

function withPath(code: string) {
  return { ...areaOf(code), path: areaPath(code).map(areaOf) }
}

function childrenOf(code: string) {
  return someAreas.filter((area) => area.code.length === code.length + 2 && area.code.startsWith(code))
}

const someLists = [
  {
    code: 'tpmap-2565',
    nameTh: 'TPMAP ปี 2565',
    nameEn: 'TPMAP 2565',
    listDate: '2022-09-30',
    document: 'บร ๐๐๑๙/ว ๒๘๗๓ ลงวันที่ ๙ ธันวาคม ๒๕๖๕',
    clause: 'แนวทาง ข้อ ๑',
    trust: 60,
    area: '',
  },
  {
    code: 'thaiqm-2',
    nameTh: 'ThaiQM ที่ยังไม่ได้รับความช่วยเหลือ (ระยะที่ 2)',
    nameEn: 'ThaiQM not yet helped (phase 2)',
    listDate: '2022-12-09',
    document: 'บร ๐๐๑๙/ว ๒๘๗๓ ลงวันที่ ๙ ธันวาคม ๒๕๖๕',
    clause: 'แนวทาง ข้อ ๒ (๑)',
    trust: 50,
    area: '',
  },
  {
    code: 'vulnerable',
    nameTh: 'กลุ่มเปราะบาง',
    nameEn: 'Vulnerable groups',
    listDate: '2022-12-09',
    document: 'บร ๐๐๑๙/ว ๒๘๗๓ ลงวันที่ ๙ ธันวาคม ๒๕๖๕',
    clause: 'แนวทาง ข้อ ๒ (๒)',
    trust: 50,
    area: '',
  },
  {
    code: 'found',
    nameTh: 'พบในพื้นที่ (ครัวเรือนตกหล่น)',
    nameEn: 'Found in the area',
    listDate: '2022-12-09',
    document: 'บร ๐๐๑๙/ว ๒๘๗๓ ลงวันที่ ๙ ธันวาคม ๒๕๖๕',
    clause: 'แนวทาง ข้อ ๒ (๓)',
    trust: 70,
    area: '',
  },
]

const someCentres = [
  ['01', 'DISTRICT-3101', 'district', 'ศจพ.อ. เมืองบุรีรัมย์', 'Mueang Buri Ram District centre', '3101'],
  ['02', 'TOWN-3101', 'town', 'ศจพ.ทม. บุรีรัมย์', 'Buri Ram Town Municipality centre', '31'],
].map(([number, code, kind, name, nameEn, areaCode]) => ({
  id: `0193a8f2-7c11-7abc-8def-0000000000${number}`,
  code,
  kind,
  nameTh: name,
  shortNameTh: name,
  nameEn,
  areaCode,
  validFrom: null,
  validTo: null,
  coverageCount: 0,
}))

function figure(value: number, isRestricted: boolean) {
  const suppressed = isRestricted && value > 0 && value < 5
  return { value: suppressed ? null : value, suppressed }
}

function overview(area: string, isRestricted: boolean) {
  const scale = [10, 1, 0.14, 0.02, 0.002][area.length / 2]!
  const line = (code: string, share: number) => {
    const count = (value: number) => figure(Math.round(value * share), isRestricted)
    const filter = isRestricted ? null : { area: code }
    const official: Record<string, number> = { 'tpmap-2565': 29_010, 'thaiqm-2': 85_300 }
    return {
      area: areaOf(code),
      households: count(98_412),
      persons: count(287_310),
      listings: count(116_204),
      byList: someLists.map((list, index) => ({
        list: list.code,
        households: count([29_010, 85_172, 1_804, 218][index]!),
        persons: count([81_204, 236_981, 4_102, 640][index]!),
        official:
          code.length <= 2 && official[list.code]
            ? {
                households: official[list.code]!,
                persons: null,
                document: 'บร ๐๐๑๙/ว ๒๘๗๓ ลงวันที่ ๙ ธันวาคม ๒๕๖๕ ข้อ ๒',
                asOf: '2022-12-09',
              }
            : null,
        filter: filter && { ...filter, list: list.code },
      })),
      invalidRows: Math.round(128 * share),
      waitingRows: Math.round(312 * share),
      filter,
    }
  }
  const children = childrenOf(area)
  const sets = [['thaiqm-2'], ['tpmap-2565', 'thaiqm-2'], ['tpmap-2565'], ['vulnerable'], ['tpmap-2565', 'vulnerable']]
  return {
    path: areaPath(area).map(areaOf),
    asOf: '2026-11-23T09:12:00Z',
    lists: someLists.map(({ code, nameTh, nameEn, listDate, document, clause }) => ({
      ...{ code, nameTh, nameEn, listDate, document, clause },
    })),
    total: line(area, scale),
    children: children.map((child, index) => line(child.code, (scale * (index + 1)) / (children.length * 2))),
    overlap: isRestricted
      ? null
      : sets.map((set, index) => ({
          lists: set,
          households: figure(Math.round([68_114, 15_211, 13_402, 1_204, 481][index]! * scale), false),
          persons: figure(Math.round([190_114, 44_211, 37_402, 3_204, 1_481][index]! * scale), false),
          filter: { area, listSet: set.join(',') },
        })),
    restricted: isRestricted,
  }
}

const names = [
  ['นางสาวกตัญญู ฐูปะปั้น', '27/1', '31010404', 'โคกกลาง'],
  ['นายน้ำเพชร ผู้ที่ก้ำกึ่ง', '112', '31010401', 'บัว'],
  ['นางปิ่นแก้ว ชื่นใจ', '8', '31010407', 'หนองปรือ'],
  ['นายเพชรอุดมศักดิ์ ศรีประเสริฐวัฒนกุล', '145/22', '31010404', 'โคกกลาง'],
  ['เด็กหญิงไพลิน ใจดี', null, '31010400', null],
  [null, '9', '31010407', 'หนองปรือ'],
] as const

const someRows = names.map(([headName, houseNumber, areaCode, village], index) => ({
  province: '31',
  id: idOf(index + 1),
  headName,
  houseNumber,
  place: placeOf(areaCode, village),
  memberCount: [4, 11, 1, 6, 2, 0][index]!,
  lists: [['tpmap-2565', 'thaiqm-2'], ['thaiqm-2'], ['tpmap-2565', 'vulnerable'], ['thaiqm-2'], ['found'], []][index]!,
  state: 'active' as const,
  centre: 'ศจพ.อ. เมืองบุรีรัมย์',
  updatedAt: '2026-11-20T03:12:00Z',
}))

function idOf(number: number): string {
  return `0193a8f2-7c11-7abc-8def-${String(number).padStart(12, '0')}`
}

function placeOf(areaCode: string, village: string | null) {
  return {
    areaCode,
    moo: mooOf(areaCode),
    village,
    subdistrict: areaOf(areaAt(areaCode, 'subdistrict')).nameTh,
    district: areaOf(areaAt(areaCode, 'district')).nameTh,
    province: areaOf(areaAt(areaCode, 'province')).nameTh,
  }
}

function member(number: number, changes: Record<string, unknown>) {
  return {
    id: idOf(100 + number),
    state: 'active',
    order: number,
    relation: null,
    title: null,
    firstName: '',
    lastName: 'ฐูปะปั้น',
    nationalId: { masked: `x-xxxx-xxxxx-${10 + number}-${number}`, kind: 'practice' },
    sex: null,
    birthDate: null,
    birthPrecision: null,
    occupation: null,
    annualIncome: null,
    ...changes,
  }
}

/** The first two households of the list differ, so that they can be compared. */
export function householdOf(id: string) {
  const row = someRows.find((found) => found.id === id) ?? someRows[0]!
  const batch = { id: idOf(900), fileName: 'ThaiQM_บุรีรัมย์_ระยะ2.xlsx', rowNumber: 1204 }
  return {
    province: '31',
    id,
    version: 7,
    state: 'active',
    mergedInto: null,
    place: row.place,
    centre: { id: someCentres[0]!.id, shortName: row.centre },
    headName: row.headName,
    facts: {
      areaCode: row.place.areaCode,
      houseCode: '31010123456',
      familyNumber: null,
      houseNumber: row.houseNumber,
      lane: null,
      road: null,
      phone: '081-234-5678',
      latitude: 14.9951,
      longitude: 103.1029,
      memberCount: 5,
      note: 'อยู่ท้ายซอย ติดทุ่งนา',
    },
    members: [
      member(1, {
        relation: 'หัวหน้าครัวเรือน',
        title: 'นางสาว',
        firstName: 'กตัญญู',
        sex: 'female',
        birthDate: '1957-05-12',
        birthPrecision: 'day',
        occupation: 'รับจ้างทั่วไป',
        annualIncome: 38_000,
      }),
      member(2, {
        relation: 'มารดา',
        title: 'นาง',
        firstName: 'ปั้น',
        sex: 'female',
        birthDate: '1936-01-01',
        birthPrecision: 'year',
        nationalId: null,
      }),
      member(3, {
        relation: 'หลาน',
        title: 'เด็กชาย',
        firstName: 'น้ำปิง',
        lastName: 'ที่พึ่ง',
        sex: 'male',
        birthDate: '2016-03-01',
        birthPrecision: 'month',
      }),
    ],
    formerMembers: [member(4, { state: 'withdrawn', title: 'นาย', firstName: 'ก้ำ', sex: 'male', relation: 'บุตร' })],
    listings: [
      {
        list: 'tpmap-2565',
        listNameTh: 'TPMAP ปี 2565',
        listNameEn: 'TPMAP 2565',
        listDate: '2022-09-30',
        state: 'active',
        batch: { id: idOf(901), fileName: 'TPMAP2565_31.csv', rowNumber: 88 },
        by: 'สมหญิง ใจกล้า',
        at: '2026-11-18T02:00:00Z',
      },
      {
        list: 'thaiqm-2',
        listNameTh: 'ThaiQM ที่ยังไม่ได้รับความช่วยเหลือ (ระยะที่ 2)',
        listNameEn: 'ThaiQM not yet helped (phase 2)',
        listDate: '2022-12-09',
        state: 'active',
        batch,
        by: 'สมหญิง ใจกล้า',
        at: '2026-11-18T04:00:00Z',
      },
    ],
    history: [
      change(1, {
        at: '2026-11-20T03:12:00Z',
        field: 'houseNumber',
        old: '27',
        new: '27/1',
        source: 'desk',
        by: 'สมหญิง ใจกล้า',
        reason: 'ตามทะเบียนบ้าน',
      }),
      change(2, {
        at: '2026-11-20T03:12:00Z',
        field: 'phone',
        old: null,
        new: '081-234-5678',
        source: 'desk',
        by: 'สมหญิง ใจกล้า',
        reason: 'ตามทะเบียนบ้าน',
      }),
      change(3, {
        at: '2026-11-18T04:00:00Z',
        field: 'annualIncome',
        memberId: idOf(101),
        old: '36000',
        new: '38000',
        source: 'import',
        batch,
        by: 'สมหญิง ใจกล้า',
      }),
      change(4, {
        at: '2026-11-18T04:00:00Z',
        field: 'list',
        old: null,
        new: 'thaiqm-2',
        source: 'import',
        batch,
        by: 'สมหญิง ใจกล้า',
      }),
      change(5, {
        at: '2026-11-18T04:00:00Z',
        field: 'member',
        memberId: idOf(104),
        old: 'นายก้ำ ฐูปะปั้น',
        new: null,
        source: 'import',
        batch,
        by: 'สมหญิง ใจกล้า',
      }),
      change(6, {
        at: '2026-11-18T02:00:00Z',
        field: 'list',
        old: null,
        new: 'tpmap-2565',
        source: 'import',
        batch: { ...batch, fileName: 'TPMAP2565_31.csv', rowNumber: 88 },
        by: null,
      }),
    ],
    merges: [
      {
        id: idOf(800),
        side: 'kept',
        otherId: idOf(6),
        otherHeadName: 'นางสาวกตัญญู ฐุปะปั้น',
        otherHouseNumber: '27',
        reason: 'เป็นครัวเรือนเดียวกัน ชื่อสะกดต่างกัน',
        by: 'สมหญิง ใจกล้า',
        at: '2026-11-19T07:40:00Z',
        undoneBy: null,
        undoneAt: null,
        canBeUndone: true,
      },
    ],
    asOf: '2026-11-20',
    createdAt: '2026-11-18T02:00:00Z',
    updatedAt: '2026-11-20T03:12:00Z',
    may: { edit: true, merge: true, reveal: true },
  }
}

function change(number: number, changes: Record<string, unknown>) {
  return {
    id: idOf(700 + number),
    asOf: '2026-11-20',
    memberId: null,
    batch: null,
    by: null,
    reason: null,
    old: null,
    new: null,
    ...changes,
  }
}
