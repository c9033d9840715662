/**
 * The registry of `npm run demo` and its year, for tests that live it again: lists made and brought in as there, the same
 * districts, and besides what the year leaves out: doubles that are merged, some of them parted again, and moves.
 */
import { spawnSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { addDays } from '../../src/domain/days.ts'
import { entrySchema, type EntryDraft } from '../../src/domain/logbook/entry.ts'
import type { Actor, Role } from '../../src/domain/permission.ts'
import { generatePractice } from '../../src/practice/generate.ts'
import { createRandom } from '../../src/practice/random.ts'
import { inTransaction } from '../../src/server/db/transaction.ts'
import { importFile } from '../../src/server/cli/import.ts'
import { markPractice } from '../../src/server/cli/practice.ts'
import { writePracticeHouseholds } from '../../src/server/cli/practice-year.ts'
import { rollUpAll } from '../../src/server/jobs/progress.ts'
import { beginLedgerAt } from '../../src/server/queries/practice.ts'
import { rebuildProgress } from '../../src/server/queries/progress-figures.ts'
import type { World } from '../_world.ts'

const root = resolve(import.meta.dirname, '../..')
const listsCameIn = '2022-12-20T02:00:00Z'
const seed = '2565'
/** Of the demonstration; every household there has its year. */
const districts = '3104,3120,3121'
/** Where the demonstration goes on to, as if it was made on this day. */
const lastDay = '2026-11-01'

/** Something that was done to a household at a moment (milliseconds): an entry came in, or an office changed it. */
export type Step = { at: number; story: Story; household: string } & (
  | { act: 'record'; entry: EntryDraft; by: Actor }
  | { act: 'merge'; other: string }
  | { act: 'unmerge' }
  | { act: 'move'; to: string }
)
/** What has one order: the steps of a household, or of two that turn out to be one. */
export interface Story {
  steps: Step[]
}

export interface PracticeYear {
  officer: Actor
  stories: Story[]
  /** Villages of households that have a year. */
  villages: string[]
  counts: Record<Step['act'] | 'households' | 'onLists', number>
}

/** @param scale share of the official figures: 1 is the whole demonstration */
export async function bringInPracticeYear(world: World, scale: number): Promise<PracticeYear> {
  const folder = mkdtempSync(join(tmpdir(), 'kaejon-year-'))
  try {
    world.setNow(listsCameIn)
    await markPractice(world.deps)
    const { files } = await generatePractice({ province: '31', seed: Number(seed), scale, folder })
    for (const { file, list, defaultArea } of files)
      await importFile(world.deps, {
        file: join(folder, file),
        list,
        area: defaultArea || '31',
        isDryRun: false,
        isConfirmed: true,
      })
    await beginLedger(world)
    const households = join(folder, 'households.jsonl')
    const year = join(folder, 'year.jsonl')
    const onLists = await writePracticeHouseholds(world.deps, households)
    const known = namedAnew(households)
    const chosen = ['--districts', districts, '--share', '0', '--seed', seed, '--today', lastDay]
    const script = ['--import', 'tsx', 'src/practice/history-main.ts', '--households', households, '--out', year]
    const made = spawnSync(process.execPath, [...script, ...chosen], { cwd: root, encoding: 'utf8' })
    if (made.status !== 0) throw new Error(made.stderr)
    return await readYear(world, known, linesOf(year) as YearLine[], onLists)
  } finally {
    rmSync(folder, { recursive: true, force: true })
  }
}

/** As the demonstration does before its year: the lists count from the day of the letter. */
async function beginLedger(world: World): Promise<void> {
  await inTransaction(world.database, 'program', async (tx) => {
    for (const province of await beginLedgerAt(tx, new Date('2022-12-09T02:00:00Z')))
      await rebuildProgress(tx, province)
  })
  await rollUpAll(world.database)
}

interface HouseholdLine {
  id: string
  areaCode: string
  lists: string[]
  listDate: string
  members: { id: string; birthDate: string | null }[]
}
type YearLine =
  | { person: { username: string; role: Role; areaCode: string } }
  | { household: { id: string }; entries: { at: number; by: string; entry: unknown }[] }

/**
 * Names the households of the file by numbers, as the same seed must make the same year, and ids are never the same.
 *
 * @returns the household of each number
 */
function namedAnew(file: string): Map<string, HouseholdLine> {
  const said = ({ areaCode, lists, listDate, members }: HouseholdLine) =>
    JSON.stringify([areaCode, lists, listDate, members.map(({ birthDate }) => birthDate)])
  const lines = (linesOf(file) as HouseholdLine[]).toSorted((a, b) => (said(a) < said(b) ? -1 : 1))
  const named = new Map(lines.map((line, index) => [String(index), line]))
  const text = [...named].map(([id, line]) => `${JSON.stringify({ ...line, id })}\n`)
  writeFileSync(file, text.join(''), { mode: 0o600 })
  return named
}

function linesOf(file: string): unknown[] {
  return readFileSync(file, 'utf8')
    .trimEnd()
    .split('\n')
    .map((line) => JSON.parse(line) as unknown)
}

async function readYear(
  world: World,
  known: ReadonlyMap<string, HouseholdLine>,
  lines: readonly YearLine[],
  onLists: number,
): Promise<PracticeYear> {
  const people = new Map<string, Actor>()
  const villages = new Set<string>()
  const bySubdistrict = new Map<string, Story[]>()
  const counts = { record: 0, merge: 0, unmerge: 0, move: 0, households: 0, onLists }
  for (const line of lines) {
    if ('person' in line) {
      people.set(line.person.username, await world.person(line.person.role, line.person.areaCode))
      continue
    }
    const story: Story = { steps: [] }
    const { id, areaCode: village } = known.get(line.household.id)!
    for (const { at, by, entry } of line.entries)
      story.steps.push({
        at,
        story,
        household: id,
        act: 'record',
        entry: entrySchema.parse(entry),
        by: people.get(by)!,
      })
    villages.add(village)
    const subdistrict = village.slice(0, 6)
    const own = bySubdistrict.get(subdistrict)
    if (own) own.push(story)
    else bySubdistrict.set(subdistrict, [story])
    counts.record += story.steps.length
    counts.households += 1
  }
  const stories = [...bySubdistrict].flatMap(([subdistrict, own]) =>
    withChanges(
      subdistrict,
      own,
      [...villages].filter((village) => village.startsWith(subdistrict)),
    ),
  )
  for (const { act } of stories.flatMap(({ steps }) => steps)) if (act !== 'record') counts[act] += 1
  const officer = await world.person('province', '31')
  return { officer, stories, villages: [...villages], counts }
}

/** Of every ten households two are one, every other such merge is taken back, and one moves within its subdistrict. */
function withChanges(subdistrict: string, stories: readonly Story[], villages: readonly string[]): Story[] {
  const random = createRandom('changes', subdistrict)
  const someMoment = () => Date.parse(`${addDays('2023-02-01', random.below(320))}T04:00:00Z`) + random.below(3_600_000)
  const all: Story[] = []
  for (let index = 0; index < stories.length; index += 1) {
    const story = stories[index]!
    const [{ household }] = story.steps as [Step]
    const other = stories[index + 1]
    if (index % 10 === 4 && other) {
      index += 1
      const at = someMoment()
      story.steps.push(...other.steps.map((step) => ({ ...step, story })))
      story.steps.push({ at, story, household, act: 'merge', other: other.steps[0]!.household })
      if (index % 20 === 5) story.steps.push({ at: at + 40 * 86_400_000, story, household, act: 'unmerge' })
    } else if (index % 10 === 7 && villages.length > 1)
      story.steps.push({ at: someMoment(), story, household, act: 'move', to: random.pick(villages) })
    // Entries of one moment stay in the order in which they were sent.
    story.steps.sort((a, b) => a.at - b.at)
    all.push(story)
  }
  return all
}
