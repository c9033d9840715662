/**
 * Entries as they stand in a form while somebody types: empty texts for what is not said yet, and rows that may still be
 * blank. Pure; plain JSON, so that a draft can hold it. `read.ts` makes entries of it.
 */
import type { Said } from '../../../contract/logbook.ts'
import type {
  ContentOf,
  Dimension,
  EntryKind,
  FourT,
  IndicatorRef,
  MemberHealth,
  ProblemResult,
  SpecialOutcome,
} from '../../../domain/logbook/entry.ts'
import { fourTSides } from '../../../domain/logbook/entry.ts'
import type { CaseState, ProblemCase } from '../../../domain/logbook/state.ts'

/** The kinds that have a form of their own, with the key that chooses each, in the order of the menu. */
export const formKinds = [
  'visit',
  'assessment',
  'assistance',
  'result',
  'followUp',
  'plan',
  'relapse',
  'hold',
  'outcome',
] as const satisfies readonly EntryKind[]
export type FormKind = (typeof formKinds)[number]

/** Stands in place of a day while its parts do not make one. */
export const unreadableDay = 'unreadable'

export function isDay(day: string | null): day is string {
  return day !== null && day !== unreadableDay
}

export interface TypedProblem {
  id: string
  dimension: Dimension | null
  indicator: IndicatorRef | null
  memberId: string | null
  problem: string
  need: string
  solution: string
}

export type TypedAnswer = ContentOf<'assessment'>['answers'][number]
export type TypedHealth = MemberHealth
export type TypedFourT = Record<(typeof fourTSides)[number], { choices: string[]; words: string }> & { version: number }

export interface TypedMet {
  memberIds: string[]
  /** Others who were met, as typed: names with commas between. */
  others: string
}

export interface TypedStep {
  id: string
  horizon: ContentOf<'plan'>['steps'][number]['horizon']
  text: string
  owner: string
  dueOn: string | null
  state: ContentOf<'plan'>['steps'][number]['state']
  problemId: string | null
}

type Giver = ContentOf<'assistance'>['givers'][number]

export interface TypedContents {
  assessment: {
    problems: TypedProblem[]
    noProblem: boolean
    answers: TypedAnswer[]
    /** Absent in drafts of a time before anybody asked. */
    health?: TypedHealth[] | undefined
    fourT: TypedFourT
    incomePerPerson: number | null
    path: ContentOf<'assessment'>['path']
    stage: ContentOf<'assessment'>['stage']
    words: string
  }
  visit: {
    met: TypedMet
    seen: string
    words: string
    place: ContentOf<'visit'>['place']
    photos: string[]
    skipped: string
    nextOn: string | null
  }
  assistance: {
    problemIds: string[]
    memberId: string | null
    item: string | null
    what: string
    givers: Giver[]
    value: number | null
    source: ContentOf<'assistance'>['source']
    amount: number | null
    unit: string
    evidence: string
    photos: string[]
  }
  result: { results: { problemId: string; result: ProblemResult | null; words: string }[] }
  followUp: {
    met: TypedMet
    condition: ContentOf<'followUp'>['condition'] | null
    words: string
    photos: string[]
    nextOn: string | null
  }
  plan: { steps: TypedStep[] }
  relapse: { problemIds: string[]; words: string }
  hold: { untilOn: string | null; reason: string }
  outcome: {
    outcome: SpecialOutcome | null
    evidence: string
    photos: string[]
    /** Of a duplicate; absent while none is chosen. */
    sameAs?: string | undefined
  }
}

export interface TypedEntry<Kind extends FormKind = FormKind> {
  /** Of the entry that will be sent: made once, so that sending again after a failure stores it once. */
  id: string
  kind: Kind
  /** Null while it is empty, `unreadableDay` while it is half typed. */
  happenedOn: string | null
  content: TypedContents[Kind]
  /** Set for a correction: what its writer had seen, and why. */
  corrects: string | null
  reason: string
}

/** What a form begins with: the day, what is known of the household, the newest choices of the 4ท analysis. */
export interface Beginning {
  today: string
  state: CaseState
  /** Version of the choices of the 4ท analysis. */
  fourTVersion: number
  newId: () => string
}

export interface Prefilled {
  problemId?: string | null
  proposal?: { item: string; name: string; agency: string; amountBaht: number | null; memberId: string | null } | null
}

/** Problems that something can still be done about. */
export function openProblems({ problems }: Pick<CaseState, 'problems'>): ProblemCase[] {
  return problems.filter(({ state }) => state !== 'solved' && state !== 'bySelf')
}

/** Good defaults: today, the open problems, what was answered last. */
export function beginEntry<Kind extends FormKind>(
  kind: Kind,
  from: Beginning,
  prefilled: Prefilled = {},
): TypedEntry<Kind> {
  const content = beginnings[kind](from, prefilled) as TypedContents[Kind]
  return { id: from.newId(), kind, happenedOn: from.today, content, corrects: null, reason: '' }
}

const nobody: TypedMet = { memberIds: [], others: '' }

const beginnings: { [Kind in FormKind]: (from: Beginning, prefilled: Prefilled) => TypedContents[Kind] } = {
  assessment: ({ state, fourTVersion, newId }) => ({
    problems: state.problems.length === 0 ? [blankProblem(newId())] : openProblems(state).map(restated),
    noProblem: false,
    answers: [],
    fourT: state.fourT?.version === fourTVersion ? typedFourT(state.fourT) : blankFourT(fourTVersion),
    incomePerPerson: state.incomePerPerson,
    path: null,
    stage: null,
    words: '',
  }),
  visit: () => ({ met: nobody, seen: '', words: '', place: null, photos: [], skipped: '', nextOn: null }),
  assistance: ({ state }, { problemId, proposal }) => {
    const open = openProblems(state)
    const [only] = open
    return {
      problemIds: problemId ? [problemId] : open.length === 1 && only ? [only.id] : [],
      memberId: proposal?.memberId ?? null,
      item: proposal?.item ?? null,
      what: proposal?.name ?? '',
      givers: [{ kind: 'agency', name: proposal?.agency ?? '' }],
      value: proposal?.amountBaht ?? null,
      source: null,
      amount: null,
      unit: '',
      evidence: '',
      photos: [],
    }
  },
  result: ({ state }) => ({
    results: openProblems(state).map(({ id }) => ({ problemId: id, result: null, words: '' })),
  }),
  followUp: () => ({ met: nobody, condition: null, words: '', photos: [], nextOn: null }),
  plan: ({ newId }) => ({ steps: [blankStep(newId())] }),
  relapse: ({ state }, { problemId }) => {
    const [only] = state.problems
    return { problemIds: problemId ? [problemId] : state.problems.length === 1 && only ? [only.id] : [], words: '' }
  },
  hold: () => ({ untilOn: null, reason: '' }),
  outcome: () => ({ outcome: null, evidence: '', photos: [] }),
}

export function blankProblem(id: string): TypedProblem {
  return { id, dimension: null, indicator: null, memberId: null, problem: '', need: '', solution: '' }
}

export function blankStep(id: string): TypedStep {
  return { id, horizon: 'now', text: '', owner: '', dueOn: null, state: 'planned', problemId: null }
}

function restated({ id, dimension, indicator, memberId, problem, need, solution }: ProblemCase): TypedProblem {
  return { id, dimension, indicator, memberId, problem, need: need ?? '', solution: solution ?? '' }
}

function blankFourT(version: number): TypedFourT {
  const side = () => ({ choices: [], words: '' })
  return { version, attitude: side(), skill: side(), resource: side(), wayOut: side() }
}

function typedFourT(fourT: FourT): TypedFourT {
  const typed = blankFourT(fourT.version)
  for (const side of fourTSides) typed[side] = { choices: [...fourT[side].choices], words: fourT[side].words ?? '' }
  return typed
}

export type SaidOfForm = Extract<Said, { kind: FormKind }>

/** An entry as it counts now, to be corrected. */
export function typedCorrection(
  said: SaidOfForm,
  {
    happenedOn,
    latestId,
    id,
    fourTVersion,
  }: { happenedOn: string; latestId: string; id: string; fourTVersion: number },
): TypedEntry {
  return { id, kind: said.kind, happenedOn, content: typedContent(said, fourTVersion), corrects: latestId, reason: '' }
}

function typedContent(said: SaidOfForm, fourTVersion: number): TypedContents[FormKind] {
  switch (said.kind) {
    case 'assessment': {
      const { problems, fourT, words, ...rest } = said.content
      return {
        ...rest,
        problems: problems.map((one) => ({ ...one, need: one.need ?? '', solution: one.solution ?? '' })),
        fourT: fourT ? typedFourT(fourT) : blankFourT(fourTVersion),
        words: words ?? '',
      }
    }
    case 'visit': {
      const { met, seen, words, skipped, ...rest } = said.content
      return { ...rest, met: typedMet(met), seen: seen ?? '', words: words ?? '', skipped: skipped ?? '' }
    }
    case 'assistance': {
      const { quantity, evidence, ...rest } = said.content
      return { ...rest, amount: quantity?.amount ?? null, unit: quantity?.unit ?? '', evidence: evidence ?? '' }
    }
    case 'result':
      return { results: said.content.results.map((one) => ({ ...one, words: one.words ?? '' })) }
    case 'followUp': {
      const { met, words, ...rest } = said.content
      return { ...rest, met: typedMet(met), words: words ?? '' }
    }
    case 'plan':
      return { steps: said.content.steps.map((step) => ({ ...step, owner: step.owner ?? '' })) }
    case 'relapse':
    case 'hold':
    case 'outcome':
      return said.content
  }
}

function typedMet(met: ContentOf<'visit'>['met']): TypedMet {
  return {
    memberIds: met.flatMap(({ memberId }) => memberId ?? []),
    others: met.flatMap(({ memberId, name }) => (memberId ? [] : (name ?? []))).join(', '),
  }
}
