import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { serveStatic } from '@hono/node-server/serve-static'
import type { Hono } from 'hono'
import { packageRoot } from '../package-root.ts'

/** The built pages; every address that is no file gets index.html, since the router lives in the browser. */
export function servePages(app: Hono): void {
  const folder = join(packageRoot(), 'dist/web')
  const indexFile = join(folder, 'index.html')
  app.use(
    '/assets/*',
    serveStatic({
      root: folder,
      onFound: (_path, context) => context.header('cache-control', 'public, max-age=31536000, immutable'),
    }),
  )
  app.use('*', serveStatic({ root: folder }))
  app.get('*', (context) => {
    if (!existsSync(indexFile)) return context.text('The pages are not built yet: npm run build', 503)
    context.header('cache-control', 'no-cache')
    return context.html(readFileSync(indexFile, 'utf8'))
  })
}
