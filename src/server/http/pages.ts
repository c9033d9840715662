import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { serveStatic } from '@hono/node-server/serve-static'
import type { Hono } from 'hono'
import { packageRoot } from '../package-root.ts'

/**
 * The built pages; every address that is no file gets index.html, since the router lives in the browser. The field app is a
 * page of its own, with a worker that browsers must always ask for anew.
 */
export function servePages(app: Hono): void {
  const folder = join(packageRoot(), 'dist/web')
  const indexFile = join(folder, 'index.html')
  if (!existsSync(indexFile)) {
    app.get('*', (context) => context.text('The pages are not built yet: npm run build', 503))
    return
  }
  const index = readFileSync(indexFile, 'utf8')
  app.use(
    '/assets/*',
    serveStatic({
      root: folder,
      precompressed: true,
      onFound: (_path, context) => context.header('cache-control', 'public, max-age=31536000, immutable'),
    }),
  )
  const fieldFile = join(folder, 'field.html')
  const field = existsSync(fieldFile) ? readFileSync(fieldFile, 'utf8') : index
  for (const path of ['/field', '/field/*'])
    app.get(path, (context) => {
      context.header('cache-control', 'no-cache')
      return context.html(field)
    })
  app.use(
    '*',
    serveStatic({
      root: folder,
      precompressed: true,
      onFound: (path, context) => {
        if (/(?:service-worker\.js|\.webmanifest)(?:\.br|\.gz)?$/.test(path))
          context.header('cache-control', 'no-cache')
      },
    }),
  )
  app.get('*', (context) => {
    context.header('cache-control', 'no-cache')
    return context.html(index)
  })
}
