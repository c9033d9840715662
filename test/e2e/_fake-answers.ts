/**
 * Plausible answers for looking at the screens of households and the overview without a server. Every answer is put
 * through the contract's own schema, so that a screen is never tried against something the server could not say.
 */
import type { Page, Route as BrowserRoute } from 'playwright-core'
import * as areas from '../../src/contract/areas.ts'
import * as centres from '../../src/contract/centres.ts'
import * as devices from '../../src/contract/devices.ts'
import * as figures from '../../src/contract/figures.ts'
import * as households from '../../src/contract/households.ts'
import * as logbook from '../../src/contract/logbook.ts'
import * as lists from '../../src/contract/lists.ts'
import * as people from '../../src/contract/people.ts'
import type { Route } from '../../src/contract/route.ts'
import * as rules from '../../src/contract/rules.ts'
import * as session from '../../src/contract/session.ts'
import * as sync from '../../src/contract/sync.ts'
import { permissionsByRole, type Role } from '../../src/domain/permission.ts'
import { problemCodes, type ProblemName } from '../../src/domain/problem.ts'
import type { Entry } from '../../src/domain/logbook/entry.ts'
import { defaultRules, ruleKinds } from '../../src/domain/logbook/rules/index.ts'
import { childrenOf, someAreas, someCentres, withPath } from './_fake-areas.ts'
import { caseOf, type FakeLogbook, someEntries } from './_fake-case.ts'
import { householdOf, someRows } from './_fake-households.ts'
import { overview, someLists } from './_fake-overview.ts'
import { phoneAnswers } from './_fake-phones.ts'

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
  ...devices.deviceRoutes,
  ...figures.figureRoutes,
  ...households.householdRoutes,
  ...logbook.logbookRoutes,
  ...lists.listRoutes,
  ...people.peopleRoutes,
  rules.ruleList,
  ...session.sessionRoutes,
  ...sync.syncRoutes,
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
    ...phoneAnswers,
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
