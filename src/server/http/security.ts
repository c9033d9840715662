import type { MiddlewareHandler } from 'hono'
import { Problem } from '../../domain/problem.ts'
import type { Config } from '../config.ts'
import { newId } from '../ids.ts'

const contentPolicy = [
  "default-src 'self'",
  "script-src 'self'",
  "style-src 'self' 'unsafe-inline'",
  "img-src 'self' data: blob:",
  "font-src 'self'",
  "connect-src 'self'",
  "object-src 'none'",
  "base-uri 'none'",
  "form-action 'self'",
  "frame-ancestors 'none'",
].join('; ')

/**
 * Headers that hold the browser to this site, and the check that a write comes from one of its own pages. Behind a TLS
 * proxy (KAEJON_PUBLIC_URL begins with https) browsers are told to use nothing else for two years.
 */
export function securityHeaders(config: Config): MiddlewareHandler {
  const isSecure = config.publicUrl?.startsWith('https://') ?? false
  const ownOrigin = config.publicUrl === null ? null : new URL(config.publicUrl).origin
  return async (context, next) => {
    if (isCrossSite(context.req.raw, ownOrigin)) {
      const problem = new Problem('crossSiteRequest')
      return context.json({ code: problem.code, problem: problem.problem, details: {}, requestId: newId() }, 403)
    }
    await next()
    const headers = context.res.headers
    headers.set('content-security-policy', contentPolicy)
    headers.set('x-content-type-options', 'nosniff')
    headers.set('referrer-policy', 'no-referrer')
    headers.set('cross-origin-opener-policy', 'same-origin')
    headers.set('permissions-policy', 'camera=(self), geolocation=(self), microphone=()')
    if (isSecure) headers.set('strict-transport-security', 'max-age=63072000; includeSubDomains')
    return undefined
  }
}

/** A browser names the page that a write comes from; programs without a browser send neither header. */
function isCrossSite(request: Request, ownOrigin: string | null): boolean {
  if (request.method === 'GET' || request.method === 'HEAD') return false
  const site = request.headers.get('sec-fetch-site')
  if (site !== null && site !== 'same-origin' && site !== 'none') return true
  const origin = request.headers.get('origin')
  if (origin === null) return false
  if (ownOrigin !== null && origin === ownOrigin) return false
  return origin !== new URL(request.url).origin && URL.parse(origin)?.host !== request.headers.get('host')
}
