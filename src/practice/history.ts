/**
 * A year of a made-up household: what its teams recorded in 2023, in the order in which it was recorded. The same seed and
 * household give the same entries. They come in through the same action as those of people, and obey the same rules.
 */
import { addDays, addMonths, daysBetween, endOfMonth, monthOf } from '../domain/days.ts'
import type { ContentOf, ProblemResult, ProblemStatement } from '../domain/logbook/entry.ts'
import { Diary, lastDay, type Author, type PlannedEntry, type Said } from './diary.ts'
import { correctSome } from './history-corrections.ts'
import { paceOf, type Pace } from './pace.ts'
import { createRandom, type Random } from './random.ts'
import * as words from './history-words.ts'
import { troubles, type Trouble } from './troubles.ts'

export interface PracticeHousehold {
  id: string
  /** 8 digits. */
  areaCode: string
  /** Codes of its lists. */
  lists: readonly string[]
  /** The earliest day of its lists. */
  listDate: string
  /** The head first; age in 2023, null when it is not known. */
  members: readonly { id: string; age: number | null }[]
}

const firstDay = '2023-01-04'
const yearEnd = Date.parse('2023-12-31T16:30:00Z')

/** Nothing for a household that nobody got to in the year. */
export function historyOf(household: PracticeHousehold, seed: number): PlannedEntry[] {
  const random = createRandom('history', seed, household.id)
  const pace = paceOf(household.areaCode, seed)
  return new Story(household, random, pace).tell()
}

interface Stated {
  statement: ProblemStatement
  trouble: Trouble
}
class Story {
  readonly #household: PracticeHousehold
  readonly #random: Random
  readonly #pace: Pace
  readonly #diary: Diary
  #problems: Stated[] = []

  constructor(household: PracticeHousehold, random: Random, pace: Pace) {
    this.#household = household
    this.#random = random
    this.#pace = pace
    this.#diary = new Diary(random)
  }

  tell(): PlannedEntry[] {
    const { lists } = this.#household
    const random = this.#random
    const recordedOn = this.#recordedOn()
    if (recordedOn === null && random.chance(0.5)) this.#away()
    const left = recordedOn !== null && random.chance(0.045) ? this.#leave(recordedOn) : null
    if (recordedOn !== null && !left?.isGone) {
      this.#record(recordedOn)
      this.#help(recordedOn)
    }
    if (lists.includes('tpmap-2565')) this.#visitMonthly(left?.on ?? null)
    if (random.chance(0.012)) this.#hold()
    correctSome(this.#diary, random)
    return this.#diary.entries
      .filter(({ recordedAt }) => recordedAt <= yearEnd)
      .toSorted((a, b) => a.recordedAt - b.recordedAt || (a.draft.id < b.draft.id ? -1 : 1))
  }

  /** The day on which it is recorded in full; null when nobody does in the year. Work hurries towards the end of March. */
  #recordedOn(): string | null {
    const random = this.#random
    const share = random.next()
    if (share < this.#pace.byMarch) return workday(addDays(firstDay, Math.floor(86 * random.next() ** 0.6)))
    if (share < this.#pace.byYearEnd) return workday(addDays('2023-04-03', Math.floor(235 * random.next() ** 1.3)))
    return null
  }

  /** Visit and assessment; one in eight is completed by the subdistrict some weeks later. */
  #record(day: string): void {
    const random = this.#random
    const isLacking = random.chance(0.12)
    this.#problems = random.chance(0.025) ? [] : this.#choose()
    const statements = this.#problems.map(({ statement }) => statement)
    const visit = this.#visit(day, 'mentor', this.#diary.sent(day, 0.8))
    const lacking = statements.map((each, index) => (index === 0 ? { ...each, solution: null } : each))
    const author = random.chance(0.6) ? 'mentor' : 'operations'
    const told = this.#assess(day, author, visit.recordedAt, isLacking ? lacking : statements)
    if (isLacking && statements.length > 0) {
      const later = workday(addDays(day, 4 + random.below(24)))
      this.#assess(later, 'operations', this.#diary.sent(later, 1, told.recordedAt), statements.slice(0, 1))
    }
    if (statements.length > 0 && random.chance(0.4)) this.#plan(day, told.recordedAt)
  }

  #choose(): Stated[] {
    const random = this.#random
    const { members } = this.#household
    const fits = (trouble: Trouble) =>
      trouble.ages === null || members.some((member) => isAged(member.age, trouble.ages))
    const wanted = Number(random.weighted({ 1: 50, 2: 35, 3: 15 }))
    const open = new Map(troubles.filter(fits).map((trouble, index) => [String(index), trouble]))
    const chosen: Trouble[] = []
    while (chosen.length < wanted && open.size > 0) {
      const key = random.weighted(Object.fromEntries([...open].map(([name, { weight }]) => [name, weight])))
      chosen.push(open.get(key)!)
      open.delete(key)
    }
    return chosen.map((trouble) => {
      const struck = trouble.ages === null ? null : members.find((member) => isAged(member.age, trouble.ages))
      const which = random.below(trouble.problem.length)
      const at = (texts: readonly string[]) => texts[which % texts.length]!
      const statement: ProblemStatement = {
        id: this.#diary.newId(Date.parse(firstDay)),
        dimension: trouble.dimension,
        indicator: trouble.indicator === null ? null : { edition: 'bmn-2565', number: trouble.indicator },
        memberId: struck?.id ?? null,
        problem: at(trouble.problem),
        need: at(trouble.need),
        solution: at(trouble.solution),
      }
      return { statement, trouble }
    })
  }

  #assess(day: string, author: Author, recordedAt: number, problems: ProblemStatement[]): Said {
    const random = this.#random
    const isPoor = problems.some(({ dimension }) => dimension === 'income')
    const isCompletion = this.#diary.entries.some(({ draft }) => draft.kind === 'assessment')
    return this.#diary.say('assessment', day, author, recordedAt, {
      problems,
      noProblem: problems.length === 0,
      answers: isCompletion
        ? []
        : [6, 13, 18, 29].map((number) => {
            const failed = problems.some(({ indicator }) => indicator?.number === number)
            return {
              edition: 'bmn-2565' as const,
              number,
              memberId: null,
              answer: failed ? ('fail' as const) : ('pass' as const),
            }
          }),
      fourT: isCompletion ? null : this.#fourT(),
      incomePerPerson: isCompletion ? null : (isPoor ? 9_000 : 26_000) + 500 * random.below(isPoor ? 55 : 70),
      path: isCompletion ? null : random.weighted({ develop: 70, welfare: 30 }),
      stage: null,
      words: random.chance(0.3) ? random.pick(words.ownWords) : null,
    })
  }

  #fourT(): ContentOf<'assessment'>['fourT'] {
    const random = this.#random
    if (random.chance(0.25)) return null
    const some = (codes: readonly string[]) => ({
      choices: random.shuffle(codes).slice(0, 1 + random.below(2)),
      words: null,
    })
    return {
      version: 0,
      attitude: some(['confident', 'unsure', 'hopeful', 'keen', 'waiting', 'discouraged']),
      skill: some(['farming', 'livestock', 'crafts', 'trade', 'building', 'none']),
      resource: some(['land', 'noLand', 'ownHouse', 'tools', 'vehicle', 'noCapital', 'network']),
      wayOut: {
        ...some(['capital', 'training', 'market', 'welfare', 'water', 'treatment', 'housing']),
        words: random.pick(words.ownWords),
      },
    }
  }

  #plan(day: string, recordedAt: number): void {
    const random = this.#random
    const horizons = ['now', 'months', 'long'] as const
    this.#diary.say('plan', day, 'operations', recordedAt, {
      steps: this.#problems.map(({ statement }, index) => ({
        id: this.#diary.newId(recordedAt),
        horizon: horizons[Math.min(index, 2)]!,
        text: statement.solution ?? statement.problem,
        owner: random.pick(['ทีมพี่เลี้ยง', 'อบต.', 'พัฒนาการอำเภอ', 'หัวหน้าครัวเรือน']),
        dueOn: addDays(day, 30 * (1 + random.below(6))),
        state: 'planned',
        problemId: statement.id,
      })),
    })
  }

  /** Help for its problems, the results, the watch after it, and now and then the trouble coming back. */
  #help(recordedOn: string): void {
    const random = this.#random
    if (this.#problems.length === 0 || !random.chance(this.#pace.helped)) return
    const earliest = addDays(recordedOn, 7)
    const day = this.#helpDay(earliest)
    if (day === null) return
    if (random.chance(0.03)) this.#helpedBefore()
    const helped = this.#problems.filter((_, index) => index === 0 || random.chance(0.7))
    const given = helped.map((each, index) => this.#give(each, workday(addDays(day, 9 * index))))
    const last = given.at(-1)!
    if (!random.chance(this.#pace.withResult)) return
    const resultOn = this.#within(addDays(last.day, 6 + random.below(45)))
    if (resultOn === null) return
    const results = helped.map(({ trouble, statement }) => this.#resultOf(trouble, statement.id))
    const result = this.#diary.say('result', resultOn, 'operations', this.#diary.sent(resultOn, 1, last.recordedAt), {
      results,
    })
    this.#follow(resultOn)
    if (random.chance(0.04)) this.#relapse(helped[0]!, result)
  }

  #helpDay(earliest: string): string | null {
    const random = this.#random
    const until = random.chance(this.#pace.early) ? '2023-09-15' : '2023-12-20'
    const room = daysBetween(earliest, until)
    if (room <= 0) return this.#within(addDays(earliest, random.below(40)))
    return workday(addDays(earliest, Math.floor(room * random.next() ** 0.75)))
  }

  #helpedBefore(): void {
    const before = addDays(this.#household.listDate, -20 - this.#random.below(200))
    const recordedAt = this.#diary.sent(this.#firstRecorded(), 1)
    this.#assist(before, 'operations', recordedAt, {
      problemIds: [],
      item: null,
      what: this.#random.pick(words.givenBefore),
      givers: [{ kind: 'agency', name: 'อบต.' }],
      value: 700,
      source: 'local',
      quantity: null,
    })
  }

  #firstRecorded(): string {
    return this.#diary.entries.reduce((day, { draft }) => (draft.happenedOn > day ? draft.happenedOn : day), firstDay)
  }

  #give({ trouble, statement }: Stated, day: string): Said {
    const random = this.#random
    const { members } = this.#household
    const fits = trouble.help.filter(({ ages }) => !ages || members.some((member) => isAged(member.age, ages)))
    const help = random.pick(fits)
    const [from, to, step] = help.value ?? [0, 0, 1]
    const told = this.#diary.entries.find(({ draft }) => draft.kind === 'assessment')!.recordedAt
    return this.#assist(day, random.chance(0.75) ? 'operations' : 'mentor', this.#diary.sent(day, 0.7, told), {
      problemIds: [statement.id],
      item: help.item,
      what: random.pick(help.what),
      givers: random.chance(0.6) ? help.givers.slice(0, 1) : [...help.givers],
      value: help.value === null ? null : from + step * random.below((to - from) / step + 1),
      source: help.source,
      quantity:
        help.quantity === undefined
          ? null
          : {
              amount: help.quantity[0] + random.below(help.quantity[1] - help.quantity[0] + 1),
              unit: help.quantity[2],
            },
    })
  }

  #assist(
    day: string,
    author: Author,
    recordedAt: number,
    content: Omit<ContentOf<'assistance'>, 'memberId' | 'evidence' | 'photos'>,
  ): Said {
    const evidence = this.#random.chance(0.2) ? 'มีใบลงชื่อรับ' : null
    return this.#diary.say('assistance', day, author, recordedAt, { ...content, memberId: null, evidence, photos: [] })
  }

  #resultOf(trouble: Trouble, problemId: string): ContentOf<'result'>['results'][number] {
    const random = this.#random
    const result: ProblemResult = random.weighted({ solved: 52, partly: 27, bySelf: 7, notYet: 9, beyondArea: 5 })
    const said = {
      solved: trouble.solved,
      partly: trouble.partly,
      bySelf: ['ครอบครัวจัดการเองได้แล้ว'],
      notYet: ['รอหน่วยงานดำเนินการ'],
    }
    const pool = result === 'beyondArea' ? ['เกินอำนาจพื้นที่ ส่งเรื่องให้จังหวัด'] : said[result]
    return { problemId, result, words: random.chance(0.85) ? random.pick(pool) : null }
  }

  #follow(from: string): void {
    const random = this.#random
    for (const after of [1, 2, 3, 6]) {
      const month = addMonths(monthOf(from), after)
      if (month > '2023-12' || !random.chance(0.2 + 0.35 * this.#pace.diligence)) continue
      const day = workday(`${month}-${two(3 + random.below(24))}`)
      const condition = random.weighted({ better: 55, same: 37, worse: 8 })
      this.#diary.say('followUp', day, 'mentor', this.#diary.sent(day, 0.75), {
        met: this.#met(),
        condition,
        words: random.chance(0.7) ? random.pick(words.followWords[condition]) : null,
        photos: [],
        nextOn: random.chance(0.1) ? addDays(day, 20 + random.below(30)) : null,
      })
    }
  }

  #relapse(helped: Stated, result: Said): void {
    const random = this.#random
    const day = this.#within(addDays(result.day, 30 + random.below(90)))
    if (day === null) return
    const ids = [helped.statement.id]
    const told = this.#diary.say('relapse', day, 'mentor', this.#diary.sent(day, 0.8, result.recordedAt), {
      problemIds: ids,
      words: random.pick(words.relapseWords),
    })
    const helpDay = this.#within(addDays(day, 10 + random.below(30)))
    if (helpDay === null || random.chance(0.35)) return
    const given = this.#give(helped, helpDay)
    const resultOn = this.#within(addDays(helpDay, 20))
    if (resultOn === null) return
    const after = Math.max(told.recordedAt, given.recordedAt)
    const results = [this.#resultOf(helped.trouble, helped.statement.id)]
    this.#diary.say('result', resultOn, 'operations', this.#diary.sent(resultOn, 1, after), { results })
  }

  /** A special outcome: proposed with evidence, decided by the district. */
  #leave(day: string): { on: string; isGone: boolean } {
    const random = this.#random
    const outcome = random.weighted({
      refuses: 20,
      deceased: 24,
      moved: 26,
      notFound: 16,
      duplicate: 4,
      notEligible: 10,
    })
    const proposal = this.#diary.say(
      'outcome',
      day,
      random.chance(0.7) ? 'mentor' : 'operations',
      this.#diary.sent(day, 0.8),
      {
        outcome,
        evidence: random.pick(words.evidence[outcome]),
        photos: [],
      },
    )
    const decidedOn = workday(addDays(day, 3 + random.below(25)))
    const decision = random.weighted({ approve: 80, refuse: 8, wait: 12 })
    if (decision === 'wait' || decidedOn > lastDay) return { on: day, isGone: outcome !== 'refuses' }
    const decided = this.#diary.say(
      'outcomeDecision',
      decidedOn,
      'district',
      this.#diary.sent(decidedOn, 1, proposal.recordedAt),
      {
        outcomeId: proposal.id,
        decision,
        reason: decision === 'approve' ? null : 'หลักฐานยังไม่พอ ขอให้ลงพื้นที่อีกครั้ง',
      },
    )
    const undoneOn = this.#within(addDays(decidedOn, 40))
    if (decision === 'approve' && undoneOn !== null && random.chance(0.04))
      this.#diary.say('outcomeDecision', undoneOn, 'district', this.#diary.sent(undoneOn, 1, decided.recordedAt), {
        outcomeId: proposal.id,
        decision: 'undo',
        reason: 'ครัวเรือนกลับมาอยู่ในพื้นที่แล้ว',
      })
    return { on: day, isGone: decision === 'approve' }
  }

  /** Households of the TPMAP list: every month, as diligent as the place is. */
  #visitMonthly(until: string | null): void {
    const random = this.#random
    for (let month = '2023-01'; month <= '2023-12'; month = addMonths(month, 1)) {
      if (until !== null && month > monthOf(until)) return
      const isThere = this.#diary.entries.some(
        ({ draft }) => (draft.kind === 'visit' || draft.kind === 'followUp') && monthOf(draft.happenedOn) === month,
      )
      if (isThere || !random.chance(this.#pace.diligence)) continue
      const day = workday(`${month}-${two(5 + random.below(22))}`)
      if (day >= firstDay && day <= endOfMonth(month)) this.#visit(day, 'mentor', this.#diary.sent(day, 0.75))
    }
  }

  #visit(day: string, author: Author, recordedAt: number): Said {
    const random = this.#random
    const parts: string[] = [random.pick(words.seen.met)]
    if (random.chance(0.6)) parts.push(random.pick(words.seen.house))
    if (random.chance(0.6)) parts.push(random.pick(words.seen.mood))
    return this.#diary.say('visit', day, author, recordedAt, {
      met: this.#met(),
      seen: parts.join(' '),
      words: random.chance(0.15) ? random.pick(words.ownWords) : null,
      place: null,
      photos: [],
      skipped: random.chance(0.03) ? 'ยังไม่สะดวกให้ดูในบ้าน' : null,
      nextOn: random.chance(0.06) ? addDays(day, 14 + random.below(30)) : null,
    })
  }

  /** Nobody at home, more than once. */
  #away(): void {
    const random = this.#random
    let day = addDays('2023-01-20', random.below(250))
    for (let times = 1 + random.below(2); times > 0; times -= 1) {
      day = workday(day)
      if (day > lastDay) return
      const seen = random.pick(words.seen.away)
      const content = { met: [], seen, words: null, place: null, photos: [], skipped: 'ไม่พบผู้ให้ข้อมูล', nextOn: null }
      this.#diary.say('visit', day, 'mentor', this.#diary.sent(day, 0.8), content)
      day = addDays(day, 15 + random.below(40))
    }
  }

  #hold(): void {
    const random = this.#random
    const [day, untilOn, reason] = random.pick([
      ['2023-09-25', '2023-10-31', 'น้ำท่วมทางเข้าหมู่บ้าน'],
      ['2023-11-08', '2023-12-15', 'ครอบครัวไปเกี่ยวข้าวต่างอำเภอ'],
      ['2023-02-06', '2023-03-31', 'ไปรับจ้างตัดอ้อยต่างจังหวัด'],
    ] as const)
    this.#diary.say('hold', day, 'operations', this.#diary.sent(day, 1), { untilOn, reason })
  }

  #met(): ContentOf<'visit'>['met'] {
    const { members } = this.#household
    return members.length === 0
      ? [{ memberId: null, name: null }]
      : [{ memberId: this.#random.pick(members).id, name: null }]
  }

  #within(day: string): string | null {
    const found = workday(day)
    return found <= lastDay ? found : null
  }
}

function isAged(age: number | null, ages: Trouble['ages']): boolean {
  return ages !== null && age !== null && age >= ages[0] && age <= ages[1]
}

/** Not during Songkran, and on a weekend only now and then by moving it to Friday or Monday. */
function workday(day: string): string {
  const afterHoliday = day >= '2023-04-13' && day <= '2023-04-17' ? '2023-04-18' : day
  const weekday = new Date(afterHoliday).getUTCDay()
  return weekday === 0 ? addDays(afterHoliday, 1) : afterHoliday
}

function two(number: number): string {
  return String(number).padStart(2, '0')
}
