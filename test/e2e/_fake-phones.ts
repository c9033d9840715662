/** Some phones of one district and what came from them unrecorded, as the server tells them. */
import type { DeviceView } from '../../src/contract/devices.ts'
import type { Unfiled } from '../../src/contract/sync.ts'
import type { Entry, EntryDraft } from '../../src/domain/logbook/entry.ts'
import { problemCodes } from '../../src/domain/problem.ts'
import { problems, someEntries } from './_fake-case.ts'
import { someRows } from './_fake-households.ts'

const id = (number: number) => `0193c000-0000-7000-8000-${String(number).padStart(12, '0')}`
const nothing = { items: 0, photos: 0, since: null }

function phone(number: number, changes: Partial<DeviceView>): DeviceView {
  return {
    id: id(number),
    name: 'โทรศัพท์ซัมซุง',
    person: { id: id(100 + number), name: 'มานะ ศรีบุรีรัมย์', username: 'mana' },
    areas: ['31010404'],
    state: 'active',
    appVersion: '0.1.0',
    registeredAt: '2026-10-02T02:00:00.000Z',
    lastSeenAt: '2026-11-23T09:10:00.000Z',
    lastSyncAt: '2026-11-23T09:10:00.000Z',
    waiting: nothing,
    clockOffset: 2,
    revokedAt: null,
    revokedBy: null,
    revokeReason: null,
    isLeaving: false,
    ...changes,
  }
}

export const somePhones: readonly DeviceView[] = [
  phone(1, {
    name: 'เครื่องผู้ใหญ่บ้านหมู่ 4',
    person: { id: id(101), name: 'บุญมี ศรีสุข', username: 'boonmee' },
    lastSyncAt: '2026-11-02T03:00:00.000Z',
    lastSeenAt: '2026-11-12T03:00:00.000Z',
    waiting: { items: 12, photos: 3, since: '2026-11-08T01:00:00.000Z' },
    clockOffset: 63_072_000,
  }),
  phone(2, {
    person: { id: id(102), name: 'สายใจ ทองดี', username: 'saijai' },
    lastSyncAt: '2026-11-10T03:00:00.000Z',
    lastSeenAt: '2026-11-20T03:00:00.000Z',
    waiting: { items: 2, photos: 0, since: '2026-11-19T01:00:00.000Z' },
    isLeaving: true,
  }),
  phone(3, { areas: ['31010401', '31010404', '31010407'], clockOffset: -5_400 }),
  phone(4, {
    name: 'เครื่องเก่า',
    state: 'revoked',
    revokedAt: '2026-11-21T03:00:00.000Z',
    revokedBy: 'สมหญิง ใจกล้า',
    revokeReason: 'ทำหายที่ตลาด',
    lastSyncAt: null,
    waiting: { items: 1, photos: 0, since: null },
  }),
  phone(5, { name: 'เครื่องสำรอง', state: 'wiped', areas: ['310104'] }),
]

const [first, second] = someRows
const by = (name: string) => ({ id: id(101), name })

function unfiled(number: number, changes: Partial<Unfiled> & Pick<Unfiled, 'problem'>): Unfiled {
  return {
    itemId: id(500 + number),
    province: '31',
    kind: 'entry',
    household: { province: '31', id: first!.id },
    headName: first!.headName,
    areaCode: '31010404',
    by: by('บุญมี ศรีสุข'),
    savedAt: '2026-11-20T03:05:00.000Z',
    receivedAt: '2026-11-21T08:00:00.000Z',
    code: problemCodes[changes.problem as keyof typeof problemCodes],
    details: {},
    item: null,
    ...changes,
  }
}

const noPlace = { place: null, photos: [], skipped: null, nextOn: null }

/** A day to come, a result whose problem nobody knows, a found household that resembles one, its follower, one unread. */
export const someUnfiled: readonly Unfiled[] = [
  unfiled(1, {
    problem: 'futureDay',
    savedAt: '2028-11-20T03:05:00.000Z',
    item: {
      kind: 'entry',
      household: { province: '31', id: first!.id },
      entry: {
        id: id(501),
        kind: 'visit',
        happenedOn: '2028-11-20',
        content: {
          met: [{ memberId: null, name: 'ป้าแดง เพื่อนบ้าน' }],
          seen: 'บ้านปิด เพื่อนบ้านว่าไปหาหมอที่โรงพยาบาลบุรีรัมย์ตั้งแต่เช้า',
          words: null,
          ...noPlace,
          photos: [id(901), id(902)],
        },
      },
    },
  }),
  unfiled(2, {
    problem: 'unknownProblem',
    item: {
      kind: 'entry',
      household: { province: '31', id: first!.id },
      entry: {
        id: id(502),
        kind: 'result',
        happenedOn: '2026-11-20',
        content: { results: [{ problemId: problems.roof, result: 'solved', words: 'หลังคาใหม่แล้ว' }] },
      },
    },
  }),
  unfiled(3, {
    problem: 'looksAlike',
    kind: 'household',
    household: null,
    headName: 'นางปิ่นแก้ว ชื่นใจดี',
    areaCode: '31010407',
    details: { candidates: [{ household: someRows[2], score: 82, reasons: [] }] },
    item: {
      kind: 'household',
      household: { province: '31', id: id(503) },
      foundOn: '2026-11-20',
      separateReason: null,
      draft: {
        ...{ areaCode: '31010407', villageName: null, houseCode: null, familyNumber: null, houseNumber: '8/1' },
        ...{ lane: null, road: null, phone: '081-234-5678', latitude: null, longitude: null },
        note: 'หลังวัด ติดคลอง',
        members: [
          {
            ...{ order: 1, relation: 'หัวหน้าครัวเรือน', title: 'นาง', firstName: 'ปิ่นแก้ว', lastName: 'ชื่นใจดี' },
            ...{ nationalId: null, sex: 'female', birthDate: null, birthPrecision: null },
            ...{ occupation: null, annualIncome: null },
          },
        ],
      },
    },
  }),
  unfiled(4, {
    problem: 'notFound',
    household: null,
    headName: null,
    areaCode: '31010407',
    details: { waitsFor: id(503) },
    item: {
      kind: 'entry',
      household: { province: '31', id: id(503) },
      entry: {
        id: id(504),
        kind: 'correction',
        happenedOn: '2026-11-20',
        content: {
          corrects: id(505),
          reason: 'พิมพ์วันผิด',
          replacement: {
            kind: 'visit',
            happenedOn: '2026-11-19',
            content: { met: [], seen: 'อยู่กันสองคนยายหลาน', words: 'อยากได้ข้าวสาร', ...noPlace },
          },
        },
      },
    },
  }),
  unfiled(5, { problem: 'notUnderstood', kind: 'unknown', household: null, headName: null, areaCode: '3101' }),
]

const corrected = someEntries().find(({ kind }) => kind === 'assistance')! as Extract<
  EntryDraft,
  { kind: 'assistance' }
>

/** A correction of help that somebody else corrected meanwhile, and theirs, which stands now. */
export const someCrossed: Unfiled = unfiled(6, {
  problem: 'correctedMeanwhile',
  item: {
    kind: 'entry',
    household: { province: '31', id: first!.id },
    entry: {
      id: id(506),
      kind: 'correction',
      happenedOn: '2026-11-20',
      content: { corrects: corrected.id, reason: 'จำนวนเงินผิด', replacement: helpOf(1_500) },
    },
  },
})
export const standingCorrection = {
  id: id(599),
  kind: 'correction',
  happenedOn: '2026-11-19',
  content: { corrects: corrected.id, reason: 'ดูใบเสร็จแล้ว', replacement: helpOf(1_350) },
  recordedAt: '2026-11-19T03:10:00.000Z',
  accountId: '2',
} as Entry

function helpOf(value: number) {
  const { kind, happenedOn, content } = corrected
  return { kind, happenedOn, content: { ...content, value } }
}

/** Days without having sent everything, on the day that the browser of the tests believes in. */
function silentFor(one: DeviceView): number {
  return (Date.parse('2026-11-24T03:00:00Z') - Date.parse(one.lastSyncAt ?? one.registeredAt)) / 86_400_000
}

const orders = {
  silent: (a: DeviceView, b: DeviceView) => a.state.localeCompare(b.state) || silentFor(b) - silentFor(a),
  waiting: (a: DeviceView, b: DeviceView) => b.waiting.items - a.waiting.items,
  name: (a: DeviceView, b: DeviceView) => a.person.name.localeCompare(b.person.name, 'th'),
}

export const phoneAnswers = {
  'device.list': ({ sort, silentDays }: Record<string, unknown>) => ({
    devices: somePhones
      .filter((one) => silentDays === 0 || (one.state === 'active' && silentFor(one) > Number(silentDays)))
      .toSorted(orders[sort as keyof typeof orders]),
    totals: { devices: 3, silent: 2, waitingItems: 14, waitingPhotos: 3 },
  }),
  'device.own': () => ({ devices: [somePhones[2]] }),
  'device.revoke': ({ deviceId, reason }: Record<string, unknown>) => ({
    device: {
      ...somePhones.find((one) => one.id === deviceId),
      state: 'revoked',
      revokedAt: '2026-11-24T03:00:00.000Z',
      revokedBy: 'สมหญิง ใจกล้า',
      revokeReason: reason,
    },
  }),
  'sync.unfiledList': () => ({ items: someUnfiled, total: someUnfiled.length }),
  'sync.unfiledDecide': ({ itemId, decision, householdId }: Record<string, unknown>) => ({
    outcome:
      decision === 'setAside'
        ? null
        : {
            itemId,
            outcome: 'recorded',
            household: { province: '31', id: householdId ?? second!.id },
            recordedAt: '2026-11-24T03:00:00.000Z',
          },
  }),
}
