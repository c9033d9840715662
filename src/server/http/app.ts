import { Hono } from 'hono'
import { sql } from 'kysely'
import { Problem } from '../../domain/problem.ts'
import { newId } from '../ids.ts'
import type { Deps } from '../deps.ts'
import { mount, type Endpoint } from './endpoint.ts'
import { servePages } from './pages.ts'
import { securityHeaders } from './security.ts'

/** The whole HTTP door: health, the routes of the contract, and the pages. */
export function createApp(deps: Deps, endpoints: readonly Endpoint[], isStopping: () => boolean): Hono {
  const app = new Hono()
  app.use(securityHeaders(deps.config))
  app.get('/health/live', (context) => context.json({ status: 'live' }))
  app.get('/health/ready', async (context) => {
    if (isStopping()) return context.json({ status: 'stopping' }, 503)
    try {
      await sql`select 1`.execute(deps.database.kysely)
      return context.json({ status: 'ready' })
    } catch {
      return context.json({ status: 'database not ready' }, 503)
    }
  })
  mount(app, deps, endpoints)
  app.all('/api/*', (context) => {
    const problem = new Problem('routeNotFound')
    return context.json({ code: problem.code, problem: problem.problem, details: {}, requestId: newId() }, 404)
  })
  servePages(app)
  return app
}
