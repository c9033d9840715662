/** A household's logbook without a server: real entries, folded by the real rules, so that screens show what could be. */
import type { CaseView, EntryView } from '../../src/contract/logbook.ts'
import { classesOf } from '../../src/domain/logbook/classes.ts'
import { findDoubleHelp } from '../../src/domain/logbook/duplicates.ts'
import { dutyOf } from '../../src/domain/logbook/duty.ts'
import { effectiveEntries } from '../../src/domain/logbook/effective.ts'
import { ageOn } from '../../src/domain/logbook/eligibility.ts'
import type { Entry, EntryDraft } from '../../src/domain/logbook/entry.ts'
import { foldEffective } from '../../src/domain/logbook/fold.ts'
import { healthOf } from '../../src/domain/logbook/health.ts'
import { proseOf } from '../../src/domain/logbook/prose.ts'
import { defaultRules } from '../../src/domain/logbook/rules/index.ts'

export const me = { id: '1', name: 'สมหญิง ใจกล้า' }
const mana = { id: '2', name: 'มานะ ศรีบุรีรัมย์' }
const wichai = { id: '3', name: 'วิชัย พัฒนากุล' }
const people = [me, mana, wichai]
const member = (number: number) => `0193a8f2-7c11-7abc-8def-${String(100 + number).padStart(12, '0')}`
const id = (number: number) => `0193b000-0000-7000-8000-${String(number).padStart(12, '0')}`
export const problems = { knee: id(901), income: id(902), roof: id(903), school: id(904) }

type Kind = Exclude<EntryDraft['kind'], never>
type Of<K extends Kind> = Extract<EntryDraft, { kind: K }>['content']

function entry<K extends Kind>(
  number: number,
  kind: K,
  happenedOn: string,
  by: { id: string },
  content: Of<K>,
  recordedAt = `${happenedOn}T04:${String(number % 60).padStart(2, '0')}:00.000Z`,
): Entry {
  return { id: id(number), kind, happenedOn, content, recordedAt, accountId: by.id } as unknown as Entry
}

const fourT = {
  version: 0,
  attitude: { choices: ['hopeful', 'keen'], words: 'อยากหายปวดเข่า จะได้กลับไปทอเสื่อขาย' },
  skill: { choices: ['crafts', 'farming'], words: 'ทอเสื่อกกได้ตั้งแต่สาว' },
  resource: { choices: ['ownHouse', 'noLand', 'network'], words: null },
  wayOut: { choices: ['treatment', 'capital', 'market'], words: 'ขอทุนซื้อกกและที่ขาย' },
}
const answer = (number: number, said: 'pass' | 'fail' | 'notApplicable') =>
  ({ edition: 'bmn-2565', number, memberId: null, answer: said }) as const
const statements = {
  knee: {
    id: problems.knee,
    dimension: 'health',
    indicator: { edition: 'bmn-2565', number: 8 },
    memberId: member(1),
    problem: 'ปวดเข่าเรื้อรัง เดินไปตลาดไม่ไหว ขาดยาต่อเนื่อง',
    need: 'ไปพบแพทย์และได้รับยาทุกเดือน',
    solution: 'ประสาน รพ.สต. จัดรถรับส่งและยา',
  },
  income: {
    id: problems.income,
    dimension: 'income',
    indicator: { edition: 'bmn-2565', number: 29 },
    memberId: null,
    problem: 'รายได้จากรับจ้างไม่พอใช้ในเดือนที่ไม่มีงาน',
    need: 'มีอาชีพเสริมที่บ้าน',
    solution: 'กลุ่มทอเสื่อกก พร้อมทุนตั้งต้น',
  },
  roof: {
    id: problems.roof,
    dimension: 'living',
    indicator: null,
    memberId: null,
    problem: 'หลังคารั่ว ฝาบ้านผุ ฝนสาดที่นอนของยาย',
    need: 'ซ่อมหลังคาก่อนหน้าฝน',
    solution: null,
  },
  school: {
    id: problems.school,
    dimension: 'education',
    indicator: null,
    memberId: member(3),
    problem: 'หลานยังไม่มีชุดนักเรียนและค่าเดินทาง',
    need: 'ชุดนักเรียน',
    solution: 'ทุนการศึกษาของ อปท.',
  },
} as const
const noPhotos: string[] = []
const rest = { noProblem: false, path: null, stage: null, words: null } as const

/** A year of one household, with a correction, help given twice, a relapse and a waiting special outcome left out. */
export function someEntries(): Entry[] {
  return [
    entry(1, 'visit', '2026-01-14', mana, {
      met: [{ memberId: member(1), name: null }],
      seen: 'บ้านไม้ชั้นเดียว หลังคาสังกะสีรั่วหลายจุด มีโอ่งน้ำสามใบ',
      words: 'ยายว่าปวดเข่ามาสองปี ไม่มีรถไปหาหมอ',
      place: null,
      photos: noPhotos,
      skipped: null,
      nextOn: null,
    }),
    entry(
      2,
      'assessment',
      '2026-01-14',
      mana,
      {
        ...rest,
        problems: [statements.knee, statements.income, statements.roof, statements.school],
        answers: [answer(8, 'fail'), answer(13, 'fail'), answer(18, 'pass'), answer(23, 'pass'), answer(29, 'fail')],
        fourT,
        incomePerPerson: 21_000,
      },
      '2026-01-17T02:15:00.000Z',
    ),
    entry(3, 'plan', '2026-01-20', me, {
      steps: [
        step(801, 'now', 'พายายไปตรวจเข่าที่ รพ.สต. บ้านบัว', 'อสม. ประจำหมู่บ้าน', '2026-02-05', 'done', problems.knee),
        step(802, 'months', 'ซ่อมหลังคาและฝาบ้าน', 'ช่าง อบต. และเพื่อนบ้าน', '2026-10-30', 'doing', problems.roof),
        step(803, 'months', 'เข้ากลุ่มทอเสื่อกก รับทุนตั้งต้น', 'พัฒนาชุมชนอำเภอ', '2027-01-15', 'planned', problems.income),
        step(804, 'long', 'ออมเดือนละ 100 บาทกับกองทุนหมู่บ้าน', null, null, 'planned', null),
      ],
    }),
    help(4, '2026-02-11', mana, 'ยาแก้ปวดเข่าและไม้เท้า', 'รพ.สต. บ้านบัว', 1_200, [problems.knee]),
    help(5, '2026-03-02', me, 'เงินสงเคราะห์ครอบครัวผู้มีรายได้น้อย', 'พมจ. บุรีรัมย์', 3_000, [problems.income]),
    help(6, '2026-03-28', wichai, 'เงินสงเคราะห์ครอบครัวผู้มีรายได้น้อย', 'อบต. บ้านบัว', 3_000, [problems.income]),
    help(7, '2026-05-12', me, 'ชุดนักเรียนสองชุดและรองเท้า', 'อบต. บ้านบัว', 1_850, [problems.school]),
    entry(8, 'result', '2026-06-15', me, {
      results: [
        { problemId: problems.school, result: 'solved', words: 'ไปเรียนทุกวันแล้ว' },
        { problemId: problems.knee, result: 'partly', words: 'เดินในบ้านได้' },
      ],
    }),
    entry(
      9,
      'followUp',
      '2026-07-09',
      mana,
      {
        met: [
          { memberId: member(2), name: null },
          { memberId: null, name: 'ป้าแดง เพื่อนบ้าน' },
        ],
        condition: 'better',
        words: 'เริ่มทอเสื่อวันละผืน ขายได้ผืนละ 120 บาท',
        photos: noPhotos,
        nextOn: '2026-10-10',
      },
      '2026-07-12T08:30:00.000Z',
    ),
    entry(10, 'relapse', '2026-09-18', mana, {
      problemIds: [problems.knee],
      words: 'เข่าบวมอีก เพราะขาดยาสองเดือน รถรับส่งหยุดวิ่ง',
    }),
    entry(11, 'assessment', '2026-09-18', mana, {
      ...rest,
      problems: [statements.knee, statements.income],
      answers: [answer(8, 'fail'), answer(18, 'pass'), answer(23, 'pass'), answer(34, 'pass')],
      fourT: null,
      incomePerPerson: 26_000,
    }),
    entry(
      12,
      'correction',
      '2026-03-05',
      me,
      {
        corrects: id(5),
        reason: 'พิมพ์จำนวนเงินผิด',
        replacement: {
          kind: 'assistance',
          happenedOn: '2026-03-02',
          content: helpContent('เงินสงเคราะห์ครอบครัวผู้มีรายได้น้อย', 'พมจ. บุรีรัมย์', 2_000, [problems.income]),
        },
      },
      '2026-03-05T03:10:00.000Z',
    ),
  ]
}

function step(
  number: number,
  horizon: 'now' | 'months' | 'long',
  text: string,
  owner: string | null,
  dueOn: string | null,
  state: 'planned' | 'doing' | 'done',
  problemId: string | null,
) {
  return { id: id(number), horizon, text, owner, dueOn, state, problemId }
}

function helpContent(what: string, giver: string, value: number, problemIds: string[]) {
  return {
    problemIds,
    memberId: null,
    item: null,
    what,
    givers: [{ kind: 'agency' as const, name: giver }],
    value,
    source: 'state' as const,
    quantity: null,
    evidence: null,
    photos: noPhotos,
  }
}

function help(
  number: number,
  on: string,
  by: { id: string },
  what: string,
  giver: string,
  value: number,
  problemIds: string[],
): Entry {
  return entry(number, 'assistance', on, by, helpContent(what, giver, value, problemIds))
}

export interface FakeLogbook {
  entries: Entry[]
  today: string
  may: { record: boolean; approve: boolean }
}

const members = [
  { id: member(1), birthDate: '1957-05-12', occupation: 'รับจ้างทั่วไป' },
  { id: member(2), birthDate: '1936-01-01', occupation: null },
  { id: member(3), birthDate: '2016-03-01', occupation: null },
]

/** What the server would answer, made by the same rules. */
export function caseOf(householdId: string, { entries, today, may }: FakeLogbook): CaseView {
  const effective = effectiveEntries(entries)
  const state = foldEffective(effective, defaultRules)
  const lists = [{ code: 'tpmap-2565', from: '2022-09-30' }]
  const facts = members.map((one) => ({ id: one.id, age: ageOn(one.birthDate, today), occupation: one.occupation }))
  return {
    province: '31',
    id: householdId,
    version: entries.length,
    householdVersion: 7,
    householdState: 'active',
    mergedInto: null,
    state,
    entries: views(entries),
    health: healthOf(effective.effective),
    duty: { ...dutyOf({ state, lists, rules: defaultRules, today }), areaHolds: [] },
    classes: classesOf({ members: facts, state, on: today }, defaultRules.classes),
    proposals: entries.length === 0 ? [] : someProposals(),
    doubleHelp: findDoubleHelp(effective.effective),
    givenAgain: [],
    prose: state.fourT && proseOf({ members: facts, state, choices: defaultRules.fourT }),
    may,
  }
}

function someProposals(): CaseView['proposals'] {
  return [
    {
      item: 'old-age-allowance',
      nameTh: 'เบี้ยยังชีพผู้สูงอายุ',
      nameEn: 'Old-age allowance',
      agency: 'อบต. / เทศบาล',
      dimension: 'access',
      amountTh: '600–1,000 บาทต่อเดือน',
      amountEn: '600–1,000 baht a month',
      amountBaht: 600,
      memberId: member(1),
      reasons: [{ code: 'age', age: 69 }, { code: 'neverGiven' }],
      ask: ['noAllowance'],
      problemIds: [],
    },
    {
      item: 'home-repair',
      nameTh: 'ซ่อมแซมบ้านผู้มีรายได้น้อย',
      nameEn: 'Repair of homes',
      agency: 'พมจ. บุรีรัมย์',
      dimension: 'living',
      amountTh: 'ไม่เกิน 40,000 บาทต่อหลัง',
      amountEn: 'At most 40,000 baht a house',
      amountBaht: 40_000,
      memberId: null,
      reasons: [
        { code: 'problem', dimension: 'living' },
        { code: 'income', baht: 26_000, limit: 100_000 },
        { code: 'neverGiven' },
      ],
      ask: ['ownsHouse'],
      problemIds: [problems.roof],
    },
  ]
}

function views(entries: readonly Entry[]): EntryView[] {
  const nameOf = (one: Entry) =>
    people.find((person) => person.id === one.accountId) ?? { id: one.accountId, name: '–' }
  const said = (one: Entry) => {
    const saying = one.kind === 'correction' ? one.content.replacement : one
    return saying && ({ kind: saying.kind, content: saying.content } as EntryView['said'])
  }
  const { versions, effective, loose } = effectiveEntries(entries)
  const isLoose = new Set([...foldEffective({ versions, effective, loose }, defaultRules).loose])
  return [...versions.values()]
    .map((found): EntryView => {
      const all: Entry[] = [found.original as Entry, ...(found.corrections as Entry[])]
      return {
        id: found.original.id,
        kind: found.original.kind,
        happenedOn: found.effective?.happenedOn ?? found.original.happenedOn,
        said: found.effective && said(found.effective as unknown as Entry),
        recordedAt: found.original.recordedAt,
        by: nameOf(found.original as Entry),
        latestId: found.versionId,
        fromHouseholdId: null,
        isLoose: isLoose.has(found.original.id),
        versions: all.map((one) => ({
          id: one.id,
          recordedAt: one.recordedAt,
          by: nameOf(one),
          happenedOn:
            one.kind === 'correction' ? (one.content.replacement?.happenedOn ?? one.happenedOn) : one.happenedOn,
          reason: one.kind === 'correction' ? one.content.reason : null,
          said: said(one),
          counts: one.id === found.versionId,
        })),
      }
    })
    .toSorted((a, b) =>
      `${a.happenedOn} ${a.recordedAt} ${a.id}` < `${b.happenedOn} ${b.recordedAt} ${b.id}` ? 1 : -1,
    )
}

/** A special outcome proposed by somebody else. */
export function proposedOutcome(): Entry {
  return entry(20, 'outcome', '2026-11-02', mana, {
    outcome: 'moved',
    evidence: 'ผู้ใหญ่บ้านยืนยันว่าย้ายไปอยู่กับบุตรที่ชลบุรี',
    photos: noPhotos,
  })
}

/** The same household as the second of the list, as somebody else found. */
export function proposedDuplicate(sameAs: string): Entry {
  return entry(21, 'outcome', '2026-11-02', mana, {
    outcome: 'duplicate',
    evidence: 'ผู้ใหญ่บ้านยืนยันว่าเป็นบ้านหลังเดียวกัน',
    photos: noPhotos,
    sameAs,
  })
}

/** A visit that somebody else records meanwhile. */
export function visitByOther(): Entry {
  return entry(30, 'visit', '2026-11-20', mana, {
    met: [],
    seen: 'หลังคาด้านตะวันตกซ่อมแล้ว',
    words: null,
    place: null,
    photos: noPhotos,
    skipped: null,
    nextOn: null,
  })
}

/** What somebody else put in the place of an entry meanwhile. */
export function correctionByOther(corrects: string, happenedOn: string, said: NonNullable<EntryView['said']>): Entry {
  const replacement = { ...said, happenedOn } as Of<'correction'>['replacement']
  return entry(31, 'correction', '2026-11-21', wichai, { corrects, reason: 'แก้ตามใบเสร็จ', replacement })
}
