/** The server's side of the import as a script: every state that the screens must show, without a database. */
import type { Page, Route } from 'playwright-core'
import type { ImportRow } from '../../src/contract/import-rows.ts'
import type { Batch, BatchCounts, BatchState } from '../../src/contract/imports.ts'
import { choicesOf, type Verdict, type VerdictReason } from '../../src/domain/import/verdict.ts'
import { permissionsByRole } from '../../src/domain/permission.ts'

export const batchId = '0198a111-0000-7000-8000-000000000001'
const moment = '2026-11-23T03:12:00Z'

const area = (code: string, level: string, nameTh: string, nameEn: string) => ({ code, level, nameTh, nameEn })
const nation = area('', 'nation', 'ประเทศไทย', 'Thailand')
const buriram = area('31', 'province', 'บุรีรัมย์', 'Buri Ram')
const districts = [
  area('3101', 'district', 'เมืองบุรีรัมย์', 'Mueang Buri Ram'),
  area('3104', 'district', 'นางรอง', 'Nang Rong'),
  area('3117', 'district', 'โนนสุวรรณ', 'Non Suwan'),
]
const subdistricts = [area('310102', 'subdistrict', 'เสม็ด', 'Samet'), area('310103', 'subdistrict', 'บ้านบัว', 'Ban Bua')]

const lists = [
  { code: 'tpmap-2565', nameTh: 'TPMAP ปี 2565', nameEn: 'TPMAP 2565', document: 'หนังสือ มท 0404.2/ว 7245' },
  { code: 'thaiqm', nameTh: 'ThaiQM ระยะที่ 2', nameEn: 'ThaiQM phase 2', document: 'หนังสือ มท 0309.2/ว 1012' },
].map((list) => ({
  ...list,
  listDate: '2022-10-01',
  clause: null,
  trust: 50,
  area: '',
  denominators: [],
  registry: null,
  mayEdit: false,
}))

export const counts: BatchCounts = {
  rows: 29_320,
  households: 29_010,
  verdicts: { new: 21_480, same: 310, update: 1_204, match: 4_822, duplicate: 187, conflict: 411, invalid: 596 },
  waiting: 612,
  decided: 0,
  rejected: 0,
  ready: 27_615,
  faults: {
    nationalIdChecksum: 212,
    nationalIdScientific: 144,
    areaUnknown: 98,
    dateAmbiguousYear: 142,
    nationalIdMissing: 1_940,
    villageUnknown: 377,
    houseNumberWasDate: 52,
  },
}

export function batchIn(state: BatchState, changes: Partial<Batch> = {}): Batch {
  const isJudged = ['reviewing', 'committing', 'committed', 'undoing', 'undone'].includes(state)
  return {
    id: batchId,
    listCode: 'tpmap-2565',
    listNameTh: 'TPMAP ปี 2565',
    listNameEn: 'TPMAP 2565',
    listDate: '2022-10-01',
    areaCode: '31',
    fileName: 'TPMAP_2565_บุรีรัมย์_ส่งอำเภอ (แก้ไขล่าสุด).xlsx',
    format: 'xlsx',
    state,
    mapping: null,
    progress: null,
    counts: isJudged ? counts : null,
    result: null,
    guard: null,
    elsewhere: null,
    problem: null,
    accountName: 'นางสาวกตัญญู ฐูปะปั้น',
    createdAt: moment,
    updatedAt: moment,
    committedAt: null,
    undoneAt: null,
    isFileKept: true,
    may: [...permissionsByRole.district],
    ...changes,
  }
}

export const states: Readonly<Record<string, Batch>> = {
  detecting: batchIn('uploaded', {
    progress: { phase: 'detecting', done: 0, total: null, rate: null, secondsLeft: null },
  }),
  mapping: batchIn('detected'),
  reading: batchIn('reading', {
    progress: { phase: 'reading', done: 12_400, total: 29_400, rate: 9_120, secondsLeft: 2 },
  }),
  review: batchIn('reviewing'),
  guarded: batchIn('reviewing', { guard: { share: 61, limit: 50, waived: false } }),
  committing: batchIn('committing', {
    progress: { phase: 'committing', done: 8_000, total: 27_615, rate: 4_100, secondsLeft: 5 },
  }),
  committed: batchIn('committed', {
    committedAt: moment,
    counts: { ...counts, decided: 12, waiting: 600 },
    result: {
      householdsMade: 21_480,
      householdsChanged: 1_204,
      membersMade: 58_112,
      listingsMade: 27_615,
      factsChanged: 3_377,
    },
  }),
  failed: batchIn('failed', { problem: { code: 400.4, problem: 'truncatedFile', details: {} } }),
  cancelled: batchIn('cancelled'),
  undone: batchIn('undone', { undoneAt: moment, committedAt: moment }),
}

const headings = ['ลำดับ', 'อำเภอ', 'ตำบล', 'หมู่', 'บ้านเลขที่', 'เลขบัตรประชาชน', 'ชื่อ - สกุล', 'วันเกิด', 'หมายเหตุ']
const proposal = {
  format: 'xlsx',
  encoding: null,
  delimiter: null,
  bestSheet: 'TPMAP 65',
  sheets: [
    {
      name: 'TPMAP 65',
      hidden: false,
      rowEstimate: 29_320,
      headerRow: 3,
      headings,
      fields: [
        { field: 'districtName', column: 1, heading: 'อำเภอ', score: 0.98, reason: 'heading' },
        { field: 'subdistrictName', column: 2, heading: 'ตำบล', score: 0.98, reason: 'heading' },
        { field: 'moo', column: 3, heading: 'หมู่', score: 0.9, reason: 'headingAndValues' },
        { field: 'houseNumber', column: 4, heading: 'บ้านเลขที่', score: 0.96, reason: 'heading' },
        { field: 'nationalId', column: 5, heading: 'เลขบัตรประชาชน', score: 0.97, reason: 'headingAndValues' },
        { field: 'fullName', column: 6, heading: 'ชื่อ - สกุล', score: 0.9, reason: 'heading' },
        { field: 'birthDate', column: 7, heading: 'วันเกิด', score: 0.45, reason: 'headingPart' },
      ],
      remembered: true,
      rows: [
        { number: 1, cells: ['บัญชีครัวเรือนเป้าหมาย TPMAP ปี 2565 จังหวัดบุรีรัมย์'] },
        { number: 2, cells: ['ข้อมูล ณ วันที่ 1 ตุลาคม 2565'] },
        { number: 3, cells: headings },
        ...[
          ['๑', 'เมืองบุรีรัมย์', 'เสม็ด', '4', '27/1', 'x-xxxx-xxxxx-12-3', 'นางสาวกตัญญู ฐูปะปั้น', '12/05/2500', ''],
          [
            '๒',
            'เมืองบุรีรัมย์',
            'เสม็ด',
            '๔',
            '27 ม.ค. 65',
            'x-xxxx-xxxxx-88-1',
            'นายน้ำเพชร ผู้ที่ก้ำกึ่ง',
            '2493',
            'ย้ายมาจากกรุงเทพ ปี 2560 อยู่กับหลานสองคน',
          ],
          ['๓', 'นางรอง', 'นางรอง', '12', '8', '9.10124E+12', 'นางปิ่นแก้ว ชื่นใจ', '1/1/09', ''],
        ].map((cells, index) => ({ number: 4 + index, cells })),
      ],
    },
    {
      name: 'สรุปรายตำบล',
      hidden: true,
      rowEstimate: 190,
      headerRow: null,
      headings: [],
      fields: [],
      remembered: false,
      rows: [{ number: 1, cells: ['ตำบล', 'จำนวน'] }],
    },
  ],
}

type Household = ImportRow['household']
const household = (changes: Partial<Household> = {}): Household => ({
  areaCode: '31010204',
  areaName: null,
  villageName: 'โคกกลาง',
  houseCode: '31011234567',
  familyNumber: null,
  houseNumber: '27/1',
  lane: null,
  road: null,
  phone: '0812345678',
  memberCount: 4,
  note: null,
  ...changes,
})

type Member = ImportRow['members'][number]
const member = (title: string, firstName: string, lastName: string, changes: Partial<Member> = {}): Member => ({
  order: 1,
  relation: 'หัวหน้าครัวเรือน',
  title,
  firstName,
  lastName,
  nationalIdMasked: 'x-xxxx-xxxxx-12-3',
  sex: 'female',
  birthDate: '1957-05-12',
  birthPrecision: 'day',
  occupation: 'รับจ้างทั่วไป',
  annualIncome: 38_000,
  ...changes,
})

const preview = {
  missing: [] as string[],
  rows: [
    { rowNumber: 4, household: household(), member: member('นางสาว', 'กตัญญู', 'ฐูปะปั้น'), faults: [] },
    {
      rowNumber: 5,
      household: household({ houseNumber: '27/1', phone: null }),
      member: member('นาย', 'น้ำเพชร', 'ผู้ที่ก้ำกึ่ง', { sex: 'male', birthDate: '1950-01-01', birthPrecision: 'year' }),
      faults: [{ field: 'houseNumber', fault: 'houseNumberWasDate', invalid: false }],
    },
    {
      rowNumber: 6,
      household: household({ areaCode: null, areaName: null, houseCode: null, houseNumber: '8' }),
      member: member('นาง', 'ปิ่นแก้ว', 'ชื่นใจ', { nationalIdMasked: null, birthDate: null }),
      faults: [
        { field: 'nationalId', fault: 'nationalIdScientific', invalid: true },
        { field: 'birthDate', fault: 'dateAmbiguousYear', invalid: true },
        { field: 'phone', fault: 'phoneUnreadable', invalid: false },
      ],
    },
  ],
}

function rowOf(number: number, verdict: Verdict, reason: VerdictReason, changes: Partial<ImportRow> = {}): ImportRow {
  return {
    rowNumber: number,
    areaCode: '31010204',
    verdict,
    reason,
    score: null,
    scoreTerms: [],
    waiting: true,
    decision: null,
    decidedBy: null,
    decidedAt: null,
    committed: false,
    duplicateOf: null,
    choices: [...choicesOf(verdict, reason)],
    isCandidateHidden: false,
    household: household(),
    members: [
      member('นางสาว', 'กตัญญู', 'ฐูปะปั้น'),
      member('ด.ช.', 'ปั้น', 'ฐูปะปั้น', {
        order: 2,
        relation: 'บุตร',
        sex: 'male',
        nationalIdMasked: null,
        birthDate: '2012-01-01',
        birthPrecision: 'year',
      }),
    ],
    faults: [],
    candidate: {
      householdId: '0198a222-0000-7000-8000-000000000009',
      household: household({ houseNumber: '27', phone: null, memberCount: 3, road: 'ถนนสายบ้านโคกกลาง' }),
      members: [
        member('น.ส.', 'กตัญญู', 'ฐูปะปั้น'),
        member('นาง', 'ปิ่น', 'ฐูปะปั้น', { order: 2, relation: 'มารดา', nationalIdMasked: 'x-xxxx-xxxxx-77-9' }),
      ],
      lists: ['thaiqm'],
      asOf: '2022-04-01',
    },
    differences: [
      { field: 'houseNumber', current: '27', incoming: '27/1', takes: true },
      { field: 'memberCount', current: '3', incoming: '4', takes: true },
      { field: 'houseCode', current: '31011234500', incoming: '31011234567', takes: false },
    ],
    ...changes,
  }
}

function rows(): ImportRow[] {
  const scored = {
    score: 88,
    scoreTerms: [
      { term: 'name', points: 40, of: 45 },
      { term: 'houseNumber', points: 25, of: 25 },
      { term: 'village', points: 10, of: 10 },
      { term: 'members', points: 13, of: 20 },
    ],
  }
  return [
    rowOf(12, 'match', 'likeness', scored),
    rowOf(48, 'conflict', 'standsElsewhere', { candidate: null, differences: [] }),
    rowOf(120, 'conflict', 'otherNationalId', {
      faults: [{ field: 'nationalId', fault: 'nationalIdMissing', invalid: false }],
    }),
    rowOf(1204, 'duplicate', 'nationalIdInFile', { duplicateOf: 12, candidate: null, differences: [] }),
    ...Array.from({ length: 14 }, (_, index) =>
      rowOf(2000 + index, 'match', 'likeness', {
        ...scored,
        score: 91 - index,
        members: [member('นาย', ['สมชาย', 'น้ำเพชร', 'ก้ำกึ่ง', 'วันดี'][index % 4] ?? '', 'ผู้ที่ก้ำกึ่ง', { sex: 'male' })],
      }),
    ),
  ]
}

export interface FakeServer {
  batch: Batch
  rows: ImportRow[]
  uploads: Map<string, { size: number; received: number }>
  earlierImports: { batchId: string; listCode: string; at: string; state: string }[]
  /** Called for each request; answer false to lose the connection. */
  isReachable: (name: string) => boolean
  asked: { method: string; path: string; body: unknown }[]
  batches: Batch[]
}

/** Answers every `/api` request of the page by the script. */
export async function fakeImports(page: Page, batch: Batch): Promise<FakeServer> {
  const server: FakeServer = {
    batch,
    rows: rows(),
    uploads: new Map(),
    earlierImports: [],
    isReachable: () => true,
    asked: [],
    batches: Object.values(states).map((state, index) => ({
      ...state,
      id: batchId.slice(0, -2) + String(10 + index),
      ...(index % 2 ? { listNameTh: 'ThaiQM ระยะที่ 2', listNameEn: 'ThaiQM phase 2' } : {}),
    })),
  }
  await page.route('**/api/**', (route) => answer(route, server))
  return server
}

async function answer(route: Route, server: FakeServer): Promise<void> {
  const request = route.request()
  const url = new URL(request.url())
  const isBytes = url.pathname.endsWith('/bytes')
  const body = (request.postData() && !isBytes ? JSON.parse(request.postData() ?? '{}') : {}) as Record<string, unknown>
  const name = `${request.method()} ${url.pathname.replace(/[0-9a-f]{8}-[0-9a-f-]{27}/g, ':id')}`
  server.asked.push({ method: request.method(), path: url.pathname + url.search, body })
  if (!server.isReachable(name)) return route.abort('connectionfailed')
  const bytes = isBytes ? (request.postDataBuffer()?.length ?? 0) : 0
  const said = say(name, url, body, bytes, server)
  if (said === null)
    return route.fulfill({ status: 404, json: { code: 404.1, problem: 'notFound', details: {}, requestId: 'r' } })
  return route.fulfill({ json: said })
}

function say(name: string, url: URL, body: Record<string, unknown>, bytes: number, server: FakeServer): unknown {
  const uploadOf = (id: string) => {
    const upload = server.uploads.get(id)
    return upload && { id, fileName: 'x', ...upload, complete: upload.received === upload.size }
  }
  switch (name) {
    case 'GET /api/session':
      return {
        needsSetup: false,
        practice: true,
        registryName: 'แก้จน',
        person: {
          id: '1',
          name: 'นางสาวกตัญญู ฐูปะปั้น',
          username: 'katanyu',
          secondFactor: true,
          mustSetSecondFactor: false,
          mustChangePassword: false,
          grants: [{ role: 'district', areas: ['31'], placeName: 'ศจพ.จ. บุรีรัมย์' }],
          permissions: permissionsByRole.district,
          homeArea: '31',
        },
      }
    case 'GET /api/lists':
      return { lists, mayCreate: false }
    case 'GET /api/areas/children': {
      const code = url.searchParams.get('area') ?? ''
      const all = [nation, buriram, ...districts, ...subdistricts]
      const found = all.find((known) => known.code === code) ?? nation
      const path = all.filter((known) => code.startsWith(known.code) && known.code.length <= code.length)
      return {
        area: { ...found, path },
        children: all.filter((known) => known.code.length === code.length + 2 && known.code.startsWith(code)),
      }
    }
    case 'POST /api/areas/search':
      return { areas: districts.map((district) => ({ ...district, path: [nation, buriram, district] })) }
    case 'GET /api/imports':
      return { batches: url.searchParams.get('waiting') ? [] : server.batches, nextCursor: null }
    case 'POST /api/imports':
      return (server.batch = states['detecting'] ?? server.batch)
    case 'POST /api/uploads': {
      const id = `0198a333-0000-7000-8000-00000000000${server.uploads.size}`
      server.uploads.set(id, { size: Number(body['size']), received: 0 })
      return uploadOf(id)
    }
    case 'GET /api/uploads/:id':
      return uploadOf(url.pathname.split('/').at(-1) ?? '') ?? null
    case 'PUT /api/uploads/:id/bytes': {
      const id = url.pathname.split('/').at(-2) ?? ''
      const upload = server.uploads.get(id)
      if (upload) upload.received = Math.min(upload.size, Number(url.searchParams.get('offset')) + bytes)
      return uploadOf(id) ?? null
    }
    case 'POST /api/uploads/:id/complete':
      return {
        ...uploadOf(url.pathname.split('/').at(-2) ?? ''),
        digest: 'ab'.repeat(32),
        earlierImports: server.earlierImports,
      }
    case 'GET /api/imports/:id':
      return server.batch
    case 'GET /api/imports/:id/proposal':
      return proposal
    case 'POST /api/imports/:id/mapping': {
      const { columns } = body['mapping'] as { columns: Record<string, number> }
      return { ...preview, missing: 'subdistrictName' in columns ? [] : ['subdistrict'] }
    }
    case 'POST /api/imports/:id/start':
      return (server.batch = states['reading'] ?? server.batch)
    case 'POST /api/imports/:id/commit':
      return (server.batch = states['committing'] ?? server.batch)
    case 'POST /api/imports/:id/cancel':
      return (server.batch = states['cancelled'] ?? server.batch)
    case 'POST /api/imports/:id/undo':
      return (server.batch = states['undone'] ?? server.batch)
    case 'POST /api/imports/:id/guard':
      return (server.batch = { ...server.batch, guard: { share: 61, limit: 50, waived: true } })
    case 'GET /api/imports/:id/areas': {
      const code = url.searchParams.get('areaCode') ?? '31'
      const inside = code === '31' ? districts : subdistricts
      return {
        areas: inside.map((known, index) => ({
          areaCode: known.code,
          nameTh: known.nameTh,
          nameEn: known.nameEn,
          verdicts: {
            new: 7_000 + index,
            same: 100,
            update: 400,
            match: 1_600,
            duplicate: 60,
            conflict: 137,
            invalid: 190,
          },
          waiting: [302, 310, 0][index] ?? 0,
        })),
      }
    }
    case 'GET /api/imports/:id/rows': {
      const reason = url.searchParams.get('reason')
      const verdict = url.searchParams.get('verdict')
      const waiting = url.searchParams.get('waiting')
      return {
        rows: server.rows.filter(
          (row) =>
            (!reason || row.reason === reason) &&
            (!verdict || row.verdict === verdict) &&
            (waiting === null || row.waiting === (waiting === 'true')),
        ),
        nextCursor: null,
      }
    }
    case 'POST /api/imports/:id/decisions': {
      const numbers = body['rows'] as number[]
      const decision = body['decision'] as ImportRow['decision']
      const outcomes = numbers.map((rowNumber) => {
        const row = server.rows.find((known) => known.rowNumber === rowNumber)
        const isFit = row && (decision === null || row.choices.includes(decision))
        if (isFit) Object.assign(row, { decision, waiting: decision === null, decidedBy: 'ก', decidedAt: moment })
        return { rowNumber, outcome: isFit ? 'decided' : 'notPossible' }
      })
      return { outcomes, counts: { ...counts, waiting: 612 - server.rows.filter(({ waiting }) => !waiting).length } }
    }
    case 'POST /api/imports/:id/decisions/all': {
      const fit = server.rows.filter(
        (row) => row.waiting && row.reason === body['reason'] && (row.score ?? 0) >= Number(body['leastScore'] ?? 0),
      )
      for (const row of fit)
        Object.assign(row, { decision: body['decision'], waiting: false, decidedBy: 'ก', decidedAt: moment })
      return { decided: fit.length, counts }
    }
    case 'POST /api/audit/search':
      return {
        entries: ['import.commit', 'import.decide', 'import.decide', 'import.start', 'import.create'].map(
          (action, index) => ({
            id: String(index),
            at: moment,
            person: { id: '1', name: 'นางสาวกตัญญู ฐูปะปั้น' },
            action,
            subjectKind: 'batch',
            subjectId: batchId,
            areaCode: '31',
            detail: {},
            requestId: null,
          }),
        ),
        next: null,
      }
    default:
      return null
  }
}
