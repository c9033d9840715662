/** The progress of an area: its figures, milestones, curve, areas and months; and the households behind each figure. */
import type { OfficialFigure } from '../../contract/figures.ts'
import {
  allLists,
  type Milestone,
  type ProgressArea,
  type ProgressFigure,
  type progressHouseholds,
  type progressOverview,
} from '../../contract/progress.ts'
import type { InputOf, OutputOf } from '../../contract/route.ts'
import { provinceOf } from '../../domain/area.ts'
import { endOfMonth, monthOf, daysBetween } from '../../domain/days.ts'
import {
  forecast,
  gapTo,
  milestoneStatus,
  neededFor,
  paceNeeded,
  percentText,
  type CurvePoint,
  type Forecast,
} from '../../domain/logbook/progress.ts'
import { targetFact, visitedFact } from '../../domain/logbook/rules/facts.ts'
import type { Rules } from '../../domain/logbook/rules/index.ts'
import { mayAt } from '../../domain/permission.ts'
import { Problem } from '../../domain/problem.ts'
import { dayInThailand } from '../../domain/time.ts'
import { areaDirectory, type NamedArea } from '../areas/directory.ts'
import { readDenominators, readLists, type StoredList } from '../queries/lists.ts'
import { countBehind, householdsBehind, householdsNow } from '../queries/progress.ts'
import { rulesFor, rulesOn } from '../queries/rules.ts'
import { childrenOf, requireArea, unnamedVillage } from './areas.ts'
import { requireAt, type ActionContext } from './context.ts'
import { householdRows, placeOf } from './household-view.ts'
import type { PastDecisions } from './progress-protection.ts'
import {
  curveDaysOf,
  dayOfMonth,
  isTellable,
  monthsOf,
  paceDays,
  readPlan,
  type Lists,
  type Plan,
  type Progress,
} from './progress-reading.ts'
import { assumptionsOf, factsShown } from './progress-words.ts'

type Overview = OutputOf<typeof progressOverview>

/**
 * @throws Problem notFound outside the person's area or for an area that does not exist; futureDay; malformedInput for a
 *   milestone or list that there is not
 */
export async function showProgress(
  { tx, actor, now, past }: Pick<ActionContext, 'tx' | 'actor' | 'now'> & { past: PastDecisions },
  input: InputOf<typeof progressOverview>,
): Promise<Overview> {
  const { area } = input
  requireAt(actor, 'figure.read', { areaCode: area })
  const today = dayInThailand(now)
  const asOf = pastDay(input.asOf, today)
  const { path } = await requireArea(tx, area, today)
  // A past day is measured by what was asked then.
  const rules = await rulesOn(tx, provinceOf(area), asOf)
  const lists = await readLists(tx, area === '' ? null : provinceOf(area))
  const official = await officialFigures(tx, area, asOf)
  const milestones = rules.milestones.map((rule) => dated(rule, asOf))
  const isAskedToday = async (code: string) =>
    (await rulesFor(tx, provinceOf(area))).milestones.some((milestone) => milestone.code === code)
  const measured = await measuredBy(milestones, input.milestone, asOf, isAskedToday)
  const measure = {
    milestone: measured?.code ?? null,
    fact: measured?.fact ?? rules.facts[0]!.code,
    share: measured?.share ?? 100,
    lists: measuredLists(input.list, measured, lists),
  }
  const monthly = rules.duty.monthly.map(({ list }) => list)
  const monthLists = monthly.length === 0 ? null : monthly
  const facts = factsShown(rules)
  const isRestricted = !mayAt(actor, 'household.list', { areaCode: area })
  const plan: Plan = {
    area,
    asOf,
    today,
    facts: facts.map(({ code }) => code),
    milestoneFacts: [...new Set(milestones.map(({ fact }) => fact))],
    choices: [
      null,
      ...lists.map(({ code }) => [code]),
      ...milestones.map((each) => each.lists),
      monthLists,
      measure.lists,
    ],
    measure,
    curveDays: curveDaysOf(startOf(measured, measure.lists, lists, asOf), asOf, isRestricted),
    months: monthsOf(asOf),
    isRestricted,
  }
  const known = await childrenOf(tx, area.slice(0, 6), today)
  const progress = await readPlan(
    tx,
    plan,
    known.map(({ code }) => code),
    past,
  )
  const show = figureMaker(plan, progress)
  const against = againstMaker(plan, progress)
  const used = progress.listsUsed(area, targetFact, asOf)
  const shownLists = lists.filter(
    (list) => list.province_code === 0 || list.province_code === provinceOf(area) || used.has(list.code),
  )
  return {
    path,
    asOf,
    today,
    lists: shownLists.map((list) => ({
      code: list.code,
      nameTh: list.name_th,
      nameEn: list.name_en,
      listDate: list.list_date,
    })),
    facts,
    milestones: milestones.map((milestone) => milestoneView(milestone, { plan, show, against, official, rules })),
    figures: {
      all: plan.facts.map((fact) => ({ fact, ...show(area, fact, asOf, null) })),
      byList: shownLists.map(({ code }) => ({
        list: code,
        figures: plan.facts.map((fact) => ({ fact, ...show(area, fact, asOf, [code]) })),
      })),
    },
    measure,
    curve: curveOf(plan, measured, measure, show, against),
    children:
      area.length === 8 ? [] : rankedChildren(plan, measure, show, namedChildren(known, progress, today), measured),
    months: plan.months.map((month) => {
      // Both of one day: households move, join lists and are recorded late.
      const end = dayOfMonth(month, asOf)
      const visited = show(area, visitedFact(month), end, monthLists)
      const target = show(area, targetFact, end, monthLists)
      const withLater = show(area, visitedFact(month), asOf, monthLists)
      return { month, visited, target, percent: percentOf(visited, target), withLater }
    }),
    monthLists,
    restricted: isRestricted,
  }
}

/** @throws Problem futureDay */
function pastDay(day: string | undefined, today: string): string {
  if (day !== undefined && day > today) throw new Problem('futureDay', { fields: [{ field: 'asOf', fault: 'future' }] })
  return day ?? today
}

/** The newest figure that a document states for each list, of those that speak of the day or one before it and were known by then. */
async function officialFigures(
  tx: ActionContext['tx'],
  area: string,
  asOf: string,
): Promise<Map<string, OfficialFigure>> {
  const figures = new Map<string, OfficialFigure>()
  for (const { list_code, households, persons, document, as_of } of await readDenominators(tx, [area], {
    knownOn: asOf,
  }))
    if (as_of <= asOf && !figures.has(list_code)) figures.set(list_code, { households, persons, document, asOf: as_of })
  return figures
}

/** A milestone with the fact and the last day of the month that is looked at. */
type DatedMilestone = Omit<Rules['milestones'][number], 'dueOn'> & { dueOn: string; month: string | null }

function dated(rule: Rules['milestones'][number], asOf: string): DatedMilestone {
  if (!rule.monthly) return { ...rule, dueOn: rule.dueOn ?? asOf, month: null }
  const month = monthOf(asOf)
  return { ...rule, fact: visitedFact(month), dueOn: endOfMonth(month), month }
}

/**
 * The one that was asked for; else, also where that one came later than the day, the next one due, or the last that was.
 *
 * @throws Problem malformedInput
 */
async function measuredBy(
  milestones: readonly DatedMilestone[],
  code: string | undefined,
  asOf: string,
  isAskedToday: (code: string) => Promise<boolean>,
): Promise<DatedMilestone | null> {
  if (code !== undefined) {
    const found = milestones.find((milestone) => milestone.code === code)
    if (found) return found
    if (!(await isAskedToday(code)))
      throw new Problem('malformedInput', { fields: [{ field: 'milestone', fault: 'unknown' }] })
  }
  const once = milestones.filter(({ monthly }) => !monthly)
  const byDay = once.toSorted((a, b) => (a.dueOn < b.dueOn ? -1 : Number(a.dueOn > b.dueOn)))
  return byDay.find(({ dueOn }) => dueOn >= asOf) ?? byDay.at(-1) ?? milestones[0] ?? null
}

/** @throws Problem malformedInput for a list that there is not */
function measuredLists(
  asked: string | undefined,
  measured: DatedMilestone | null,
  lists: readonly StoredList[],
): string[] | null {
  if (asked === undefined) return measured?.lists ?? null
  if (asked === allLists) return null
  if (!lists.some(({ code }) => code === asked))
    throw new Problem('malformedInput', { fields: [{ field: 'list', fault: 'unknown' }] })
  return [asked]
}

/** The day on which the curve begins: that of the first list, or of the milestone where it asks earlier. */
function startOf(measured: DatedMilestone | null, chosen: Lists, lists: readonly StoredList[], asOf: string): string {
  const days = lists.filter(({ code }) => chosen === null || chosen.includes(code)).map(({ list_date }) => list_date)
  return [...days, measured?.from ?? asOf].toSorted()[0]!
}

type Show = (area: string, fact: string, day: string, lists: Lists, without?: string) => ProgressFigure

/** Counts with what opens them; `without` counts those of the fact for whom the other did not hold. */
function figureMaker(plan: Plan, progress: Progress): Show {
  return (area, fact, day, lists, without) => {
    const value = progress.count(area, fact, day, lists) - (without ? progress.count(area, without, day, lists) : 0)
    const suppressed =
      progress.isHidden(area, fact, day, lists) || (without ? progress.isHidden(area, without, day, lists) : false)
    return {
      value: suppressed ? null : value,
      suppressed,
      filter: plan.isRestricted
        ? null
        : { area, asOf: day, lists: lists === null ? null : [...lists], fact, without: without ?? null },
    }
  }
}

function percentOf(done: ProgressFigure, target: ProgressFigure): string | null {
  return done.value === null || target.value === null ? null : percentText(done.value, target.value)
}

type Against = Milestone['registry']
type AgainstMaker = (
  done: ProgressFigure,
  target: ProgressFigure,
  asked: { fact: string; share: number; dueOn: string; lists: Lists },
) => Against

function againstMaker(plan: Plan, progress: Progress): AgainstMaker {
  const { area, asOf } = plan
  return (done, target, { fact, share, dueOn, lists }) => {
    if (done.value === null || target.value === null)
      return { target, percent: null, gap: null, standing: null, paceNeeded: null, forecast: null }
    const gap = gapTo(done.value, target.value, share)
    const pace = paceNeeded(gap, asOf, dueOn)
    return {
      target,
      percent: percentText(done.value, target.value),
      gap,
      standing: milestoneStatus(done.value, target.value, share, asOf, dueOn),
      paceNeeded: pace && { perDay: pace.perDay, perWeek: pace.perWeek },
      forecast: forecast(latePoints(), { asOf, dueOn, target: target.value, share }),
    }

    /** The weeks that the forecast looks at; none where they would tell a figure that is kept back. */
    function latePoints(): CurvePoint[] {
      const days = paceDays(asOf).filter((day) => progress.count(area, targetFact, day, lists) > 0)
      const points = days.map((day) => ({ day, done: progress.count(area, fact, day, lists) }))
      return plan.isRestricted && points.some((point) => !isTellable(point.done)) ? [] : points
    }
  }
}

function milestoneView(
  milestone: DatedMilestone,
  parts: { plan: Plan; show: Show; against: AgainstMaker; official: ReadonlyMap<string, OfficialFigure>; rules: Rules },
): Milestone {
  const { plan, show, against, official, rules } = parts
  const { area, asOf } = plan
  const { lists, fact, share, dueOn } = milestone
  const done = show(area, fact, asOf, lists)
  const target = show(area, targetFact, asOf, lists)
  // Several lists overlap: no document states how many households they are together.
  const stated = lists.length === 1 ? official.get(lists[0]!) : undefined
  const ofDocument = { value: stated?.households ?? 0, suppressed: false, filter: null }
  return {
    code: milestone.code,
    nameTh: milestone.th,
    nameEn: milestone.en,
    lists: [...lists],
    fact,
    share,
    from: milestone.from,
    dueOn,
    month: milestone.month,
    document: milestone.document,
    clause: milestone.clause,
    isAssumption: milestone.isAssumption,
    done,
    missing: show(area, targetFact, asOf, lists, fact),
    left: show(area, 'left', asOf, lists),
    registry: against(done, target, milestone),
    official: stated ? { ...against(done, ofDocument, milestone), stated } : null,
    daysLeft: daysBetween(asOf, dueOn),
    assumptions: assumptionsOf(milestone, rules, stated !== undefined),
  }
}

type Measure = Overview['measure']

function curveOf(
  { area, asOf, curveDays }: Plan,
  measured: DatedMilestone | null,
  measure: Measure,
  show: Show,
  against: AgainstMaker,
): Overview['curve'] {
  const done = show(area, measure.fact, asOf, measure.lists)
  const target = show(area, targetFact, asOf, measure.lists)
  const asked = measured && { ...measure, dueOn: measured.dueOn }
  const ahead: Forecast | null = asked ? against(done, target, asked).forecast : null
  return {
    points: curveDays.map((day) => ({
      day,
      target: show(area, targetFact, day, measure.lists),
      done: show(area, measure.fact, day, measure.lists),
    })),
    line: measured && {
      from: measured.month === null ? measured.from : `${measured.month}-01`,
      dueOn: measured.dueOn,
      households: target.value === null ? null : neededFor(target.value, measure.share),
    },
    forecast: ahead,
  }
}

/** The areas that exist, and those whose code is not (or no longer) known although households stood there. */
function namedChildren(known: readonly NamedArea[], progress: Progress, today: string): NamedArea[] {
  const codes = new Set(known.map(({ code }) => code))
  const others = progress.childCodes.filter((code) => !codes.has(code))
  return [...known, ...others.map((code) => areaDirectory().find(code, today) ?? unnamedVillage(code))]
}

function rankedChildren(
  plan: Plan,
  measure: Measure,
  show: Show,
  children: readonly NamedArea[],
  measured: DatedMilestone | null,
): ProgressArea[] {
  const { area, asOf } = plan
  const own = {
    done: show(area, measure.fact, asOf, measure.lists).value,
    target: show(area, targetFact, asOf, measure.lists).value,
  }
  const lines = children.map(({ code, level, nameTh, nameEn }) => {
    const done = show(code, measure.fact, asOf, measure.lists)
    const target = show(code, targetFact, asOf, measure.lists)
    const missing = show(code, targetFact, asOf, measure.lists, measure.fact)
    const isKnown = done.value !== null && target.value !== null
    const gap = isKnown ? gapTo(done.value!, target.value!, measure.share) : null
    // Compared as whole numbers: done of one times target of the other.
    const share = isKnown && target.value! > 0 ? { done: done.value!, target: target.value! } : null
    return {
      share,
      line: {
        area: { code, level, nameTh, nameEn },
        done,
        target,
        missing,
        percent: percentOf(done, target),
        gap: { ...missing, value: gap, suppressed: gap === null },
        standing: isKnown
          ? milestoneStatus(done.value!, target.value!, measure.share, asOf, measured?.dueOn ?? asOf)
          : null,
        isBehind:
          share !== null &&
          own.done !== null &&
          own.target !== null &&
          share.done * own.target < own.done * share.target,
      },
    }
  })
  const sorted = lines.toSorted(
    (a, b) =>
      Number(a.share === null) - Number(b.share === null) ||
      (a.share && b.share ? a.share.done * b.share.target - b.share.done * a.share.target : 0) ||
      (a.line.area.code < b.line.area.code ? -1 : 1),
  )
  let rank = 0
  return sorted.map(({ share, line }, index) => {
    const before = sorted[index - 1]?.share
    if (share && !(before && before.done * share.target === share.done * before.target)) rank = index + 1
    return { ...line, rank: share ? rank : null }
  })
}

/** Where a page ended. */
export interface BehindPosition {
  areaCode: string
  id: string
}

/**
 * A page of the households behind a figure. Those that have left the person's reach since are counted, and nothing of them
 * is told but where they stood.
 *
 * @throws Problem notFound, futureDay
 */
export async function showHouseholdsBehind(
  context: Pick<ActionContext, 'tx' | 'actor' | 'now'>,
  input: InputOf<typeof progressHouseholds>,
  after: BehindPosition | null,
): Promise<Omit<OutputOf<typeof progressHouseholds>, 'next'> & { next: BehindPosition | null }> {
  const { tx, actor, now } = context
  requireAt(actor, 'household.list', { areaCode: input.area })
  const today = dayInThailand(now)
  const asOf = pastDay(input.asOf, today)
  await requireArea(tx, input.area, today)
  const filter = { area: input.area, day: asOf, lists: input.lists, fact: input.fact, without: input.without }
  const found = await householdsBehind(tx, filter, input.limit + 1, after)
  const page = found.slice(0, input.limit)
  const reached = (await householdsNow(tx, page)).filter((household) =>
    mayAt(actor, 'household.list', placeOf(household)),
  )
  const rows = await householdRows(tx, reached, now)
  const rowById = new Map(rows.map((row) => [row.id, row]))
  const beyond = page.filter(({ id }) => !rowById.has(id))
  const places = new Map((await householdRows(tx, beyond.map(unnamed), now)).map((row) => [row.id, row]))
  const last = page.at(-1)
  return {
    asOf,
    rows: page.map(({ id, areaCode, listSet }) => ({
      ...(rowById.get(id) ?? places.get(id)!),
      counted: { areaCode, lists: listSet === '' ? [] : listSet.split(',') },
      mayOpen: rowById.has(id),
    })),
    next: found.length > page.length && last ? { areaCode: last.areaCode, id: last.id } : null,
    total: await countBehind(tx, filter),
  }

  function unnamed({ provinceCode, id, areaCode, listSet }: (typeof page)[number]) {
    return {
      province_code: provinceCode,
      id,
      area_code: areaCode,
      head_name: null,
      house_number: null,
      member_count: 0,
      list_set: listSet,
      state: 'active',
      centre_id: null,
      updated_at: now,
    }
  }
}
