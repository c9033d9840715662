/**
 * Makes an entry of what was typed, or names the fields that are not ready. The rules are those of the entry's own schema,
 * which the server holds too; here they only come with the place in the form. Pure.
 */
import { contentSchemas, type EntryDraft } from '../../../domain/logbook/entry.ts'
import { sharesExceedValue } from '../../../domain/logbook/worth.ts'
import { type FormKind, isDay, type TypedContents, type TypedEntry, type TypedMet } from './typed.ts'

export const entryFaults = [
  'required',
  'tooLong',
  'tooShort',
  'tooMany',
  'outOfRange',
  'unreadable',
  'dayNeeded',
  'inFuture',
  'unitNeeded',
  'nothingSaid',
  'sharesExceedValue',
] as const
export type EntryFault = (typeof entryFaults)[number]

/** By the name of a field (`problems.0.need`, `happenedOn`, `correctionReason`). */
export type EntryFaults = ReadonlyMap<string, EntryFault>

export type Reading = { draft: EntryDraft; faults: null } | { draft: null; faults: EntryFaults }

const shortestReason = 3

/**
 * @param today nothing happened after it
 * @param correctedOn the day of correcting, where `today` is not one
 */
export function readEntry(typed: TypedEntry, today: string, correctedOn = today): Reading {
  const faults = new Map<string, EntryFault>()
  const { happenedOn, kind, corrects } = typed
  if (!isDay(happenedOn)) faults.set('happenedOn', 'dayNeeded')
  else if (happenedOn > today) faults.set('happenedOn', 'inFuture')
  const reason = typed.reason.trim()
  if (corrects !== null && reason.length < shortestReason)
    faults.set('correctionReason', reason === '' ? 'required' : 'tooShort')

  const { content, rows } = tidyContent(typed)
  const read = contentSchemas[kind].safeParse(content)
  for (const [field, fault] of ownFaults(typed)) faults.set(field, fault)
  if (!read.success)
    for (const issue of read.error.issues) {
      const field = fieldOf(issue.path, rows)
      if (!faults.has(field)) faults.set(field, faultOf(issue))
    }
  if (faults.size > 0 || !read.success || !isDay(happenedOn)) return { draft: null, faults }
  const said = { kind, happenedOn, content: read.data }
  const draft =
    corrects === null
      ? { id: typed.id, ...said }
      : // Correcting happens today; the day of what is corrected stands in the replacement.
        { id: typed.id, kind: 'correction', happenedOn: correctedOn, content: { corrects, reason, replacement: said } }
  return { draft: draft as EntryDraft, faults: null }
}

/** Whether nothing was typed that could be lost: the form stands as it began. */
export function isUntouched(typed: TypedEntry, begun: TypedEntry): boolean {
  const bare = (entry: TypedEntry) => JSON.stringify({ ...entry, id: '' })
  return bare(typed) === bare(begun)
}

/** The name of the field that a server's fault speaks of, such as `entry.content.problems.0.need`. */
export function fieldOfServer(path: string, typed: TypedEntry): string {
  const parts = path.split('.').filter((part) => !['entry', 'content', 'replacement'].includes(part))
  return fieldOf(parts, tidyContent(typed).rows)
}

interface Tidy {
  content: unknown
  /** Of each list of rows: which rows of the form were sent, in order. */
  rows: Readonly<Record<string, readonly number[]>>
}

function tidyContent(typed: TypedEntry): Tidy {
  return (tidies[typed.kind] as (content: TypedContents[FormKind]) => Tidy)(typed.content)
}

const orNull = (text: string) => text.trim() || null

/** Rows that say something; those that are blank are not sent. */
function kept<Row>(name: string, all: readonly Row[], says: (row: Row) => boolean) {
  const places = all.flatMap((row, index) => (says(row) ? [index] : []))
  return { list: places.map((index) => all[index] as Row), rows: { [name]: places } }
}

/** A giver with a share but without a name is asked for the name; one without either is not there. */
const isGiver = ({ name, value, source }: TypedContents['assistance']['givers'][number]) =>
  name.trim() !== '' || value !== undefined || source !== undefined

const tidies: { [Kind in FormKind]: (content: TypedContents[Kind]) => Tidy } = {
  assessment: (content) => {
    const says = (row: TypedContents['assessment']['problems'][number]) =>
      [row.problem, row.need, row.solution].some((text) => text.trim() !== '') || row.dimension !== null
    const problems = kept('problems', content.noProblem ? [] : content.problems, says)
    const { fourT } = content
    const sides = [fourT.attitude, fourT.skill, fourT.resource, fourT.wayOut]
    const isSaid = sides.some(({ choices, words }) => choices.length > 0 || words.trim() !== '')
    const side = ({ choices, words }: (typeof sides)[number]) => ({ choices, words: orNull(words) })
    return {
      rows: problems.rows,
      content: {
        ...content,
        health: content.health?.length ? content.health : undefined,
        problems: problems.list.map((one) => ({ ...one, need: orNull(one.need), solution: orNull(one.solution) })),
        fourT: isSaid
          ? {
              version: fourT.version,
              attitude: side(fourT.attitude),
              skill: side(fourT.skill),
              resource: side(fourT.resource),
              wayOut: side(fourT.wayOut),
            }
          : null,
        words: orNull(content.words),
      },
    }
  },
  visit: (content) => ({
    rows: {},
    content: {
      ...content,
      met: metOf(content.met),
      seen: orNull(content.seen),
      words: orNull(content.words),
      skipped: orNull(content.skipped),
    },
  }),
  assistance: ({ amount, unit, ...content }) => {
    const givers = kept('givers', content.givers, isGiver)
    return {
      // With no giver at all the first row is the one to fill in.
      rows: givers.list.length > 0 ? givers.rows : { givers: [0] },
      content: {
        ...content,
        givers: givers.list,
        quantity: amount === null ? null : { amount, unit: unit.trim() },
        evidence: orNull(content.evidence),
      },
    }
  },
  result: (content) => {
    const results = kept('results', content.results, ({ result, words }) => result !== null || words.trim() !== '')
    return {
      rows: results.rows,
      content: { results: results.list.map((one) => ({ ...one, words: orNull(one.words) })) },
    }
  },
  followUp: (content) => ({
    rows: {},
    content: { ...content, met: metOf(content.met), words: orNull(content.words) },
  }),
  plan: (content) => {
    const steps = kept('steps', content.steps, ({ text, owner }) => text.trim() !== '' || owner.trim() !== '')
    return { rows: steps.rows, content: { steps: steps.list.map((one) => ({ ...one, owner: orNull(one.owner) })) } }
  },
  relapse: (content) => ({ rows: {}, content }),
  hold: (content) => ({ rows: {}, content }),
  // What was chosen stays in the form while another outcome is tried.
  outcome: ({ sameAs, ...content }) => ({
    rows: {},
    content: { ...content, sameAs: content.outcome === 'duplicate' ? sameAs : undefined },
  }),
}

function metOf({ memberIds, others }: TypedMet) {
  const names = others.split(/[,\n]/).map((name) => name.trim())
  return [
    ...memberIds.map((memberId) => ({ memberId, name: null })),
    ...names.filter((name) => name !== '').map((name) => ({ memberId: null, name })),
  ]
}

/** What a schema of one field cannot see. */
function ownFaults({ kind, content }: TypedEntry): [string, EntryFault][] {
  switch (kind) {
    case 'assistance': {
      const { amount, unit, value, givers } = content as TypedContents['assistance']
      const faults: [string, EntryFault][] = []
      if (amount !== null && unit.trim() === '') faults.push(['unit', 'unitNeeded'])
      if (sharesExceedValue({ value, givers })) faults.push(['value', 'sharesExceedValue'])
      return faults
    }
    case 'visit': {
      const { met, seen, words, photos } = content as TypedContents['visit']
      const isSaid = metOf(met).length > 0 || photos.length > 0 || [seen, words].some((text) => text.trim() !== '')
      return isSaid ? [] : [['seen', 'nothingSaid']]
    }
    case 'assessment': {
      const said = content as TypedContents['assessment']
      const { problems, answers, fourT, incomePerPerson } = tidyContent({ kind, content } as TypedEntry)
        .content as TypedContents['assessment']
      const isSaid =
        said.noProblem ||
        problems.length > 0 ||
        answers.length > 0 ||
        said.health?.length ||
        (fourT as unknown) !== null ||
        incomePerPerson !== null ||
        said.words.trim() !== ''
      return isSaid ? [] : [['problems.0.problem', 'nothingSaid']]
    }
    default:
      return []
  }
}

/** Where nothing was filled in at all, the first row is the one to begin with. */
const firstOfRows: Readonly<Record<string, string>> = {
  givers: 'givers.0.name',
  results: 'results.0.result',
  steps: 'steps.0.text',
}

function fieldOf(path: readonly PropertyKey[], rows: Tidy['rows']): string {
  const [list, index, ...rest] = path.map(String)
  if (list === undefined) return ''
  if (list === 'quantity') return index === 'unit' ? 'unit' : 'amount'
  if (list === 'problemIds') return list
  if (index === undefined) return firstOfRows[list] ?? list
  const place = rows[list]?.[Number(index)]
  return [list, place === undefined ? index : String(place), ...rest].join('.')
}

interface Issue {
  code?: string | undefined
  input?: unknown
  minimum?: unknown
  origin?: string | undefined
  format?: string | undefined
}

function faultOf(issue: Issue): EntryFault {
  const isText = issue.origin === 'string'
  if (issue.code === 'too_small') return issue.origin === 'number' || issue.origin === 'int' ? 'outOfRange' : 'required'
  if (issue.code === 'too_big') return isText ? 'tooLong' : issue.origin === 'array' ? 'tooMany' : 'outOfRange'
  if (issue.code === 'invalid_type' || issue.code === 'invalid_value') return 'required'
  return issue.format === 'date' ? 'dayNeeded' : 'unreadable'
}
