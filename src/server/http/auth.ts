/**
 * Signing in over better-auth. Its own HTTP routes are not mounted: the routes of our contract ask it from inside their
 * transaction, so that every act of signing in has our problems, our audit row, and is stored whole or not at all.
 */
import { createHash } from 'node:crypto'
import { betterAuth, type BetterAuthOptions } from 'better-auth'
import { hashPassword, symmetricDecrypt } from 'better-auth/crypto'
import { twoFactor, username } from 'better-auth/plugins'
import type { Actor } from '../../domain/permission.ts'
import { dayInThailand } from '../../domain/time.ts'
import type { SignInLibrary } from '../actions/session.ts'
import type { Config } from '../config.ts'
import type { Database, Db, Tx } from '../db/database.ts'
import type { Identify } from '../deps.ts'
import { newId } from '../ids.ts'
import { actorOf } from '../queries/people.ts'
import { awaitedBy, countAttempt, forgetAttempts, secondFactorSecret } from '../queries/sessions.ts'
import type { Secrets } from '../secrets.ts'
import { trustedProxies } from './address.ts'
import { stepOfCode } from './authenticator.ts'

export interface Auth {
  /** Who a request's session cookie names, with the roles that hold today; null for nobody. */
  identify: Identify
  /** Forgets who was identified lately: to be called after anything about people or sessions was committed. */
  forget: () => void
  /** The library, working inside a transaction for a request from `address`. */
  library(tx: Tx, request: Request, address: string): SignInLibrary
}

const hour = 60 * 60
/** A session ends when it is not used for so long… */
const idleSeconds = 12 * hour
/** …and after so long even when it is used every day. */
const longestSeconds = 7 * 24 * hour
/** How often a session in use is written as seen. */
const seenSeconds = 5 * 60
/** For how long a person is believed to be who they were: other processes learn of a revocation this late at most. */
const rememberedMs = 5_000
const mostRemembered = 20_000

const addressHeader = 'x-kaejon-address'
const basePath = '/auth'

interface AuthParts {
  config: Config
  database: Database
  secrets: Secrets
  now: () => Date
}

/** One per process. */
export function createAuth(parts: AuthParts): Auth {
  const { config, database, now } = parts
  const options = libraryOptions(config, parts.secrets)
  trustedProxies(config)
  const reader = betterAuth({ ...options, database: adapterOn(database.kysely) })
  const remembered = new Map<string, { actor: Actor; until: number }>()
  let generation = 0

  const find = async (request: Request): Promise<Actor | null> => {
    const found = await reader.api.getSession({ headers: new Headers({ cookie: request.headers.get('cookie') ?? '' }) })
    if (!found) return null
    if (now().getTime() - found.session.createdAt.getTime() > longestSeconds * 1000) return null
    return actorOf(database.kysely, { accountId: found.user.id, sessionId: found.session.id }, dayInThailand(now()))
  }

  return {
    async identify(request) {
      const cookie = cookiesOf(request).find((pair) => pair.startsWith(`${cookiePrefix(config)}.session_token=`))
      if (cookie === undefined) return null
      const known = remembered.get(cookie)
      if (known && known.until > Date.now()) return known.actor
      const startedIn = generation
      const actor = await find(request)
      if (actor && startedIn === generation) {
        if (remembered.size >= mostRemembered) remembered.clear()
        remembered.set(cookie, { actor, until: Date.now() + rememberedMs })
      }
      return actor
    },
    forget() {
      generation += 1
      remembered.clear()
    },
    library: (tx, request, address) => libraryInside({ tx, request, address, options, config }),
  }
}

function libraryInside(parts: {
  tx: Tx
  request: Request
  address: string
  options: BetterAuthOptions
  config: Config
}): SignInLibrary {
  const { tx, request, address, config } = parts
  const origin = originOf(config)
  const prefix = cookiePrefix(config)
  return {
    hashPassword,
    async awaitedAccount() {
      const name = `${prefix}.two_factor=`
      const pair = cookiesOf(request).find((part) => part.startsWith(name))
      if (pair === undefined) return null
      // The value is signed; whoever changed it is refused by the library, this is only to know about whom.
      return awaitedBy(tx, decodeURIComponent(pair.slice(name.length)).split('.')[0] ?? '')
    },
    async stepOf(accountId, code) {
      const stored = await secondFactorSecret(tx, accountId)
      if (stored === null) return null
      const secret = await symmetricDecrypt({ key: String(parts.options.secret), data: stored })
      return stepOfCode(secret, code, Date.now())
    },
    forgiveTries: (who, now) => forgetAttempts(tx, `${nameKey(who)}|`, now),
    async ask(path, body, who, options) {
      const library = betterAuth({
        ...parts.options,
        database: adapterOn(tx),
        rateLimit: {
          ...parts.options.rateLimit,
          customStorage: {
            get: async () => null,
            set: async () => {},
            consume: (key, rule) => countAttempts(tx, key, who === undefined ? null : nameKey(who), rule),
          },
        },
      })
      const headers = new Headers({ origin, 'content-type': 'application/json', [addressHeader]: address })
      const agent = request.headers.get('user-agent')
      if (agent !== null) headers.set('user-agent', agent)
      const cookies = cookiesOf(request).filter(
        (pair) => !(options?.withoutSession && pair.startsWith(`${prefix}.session_token=`)),
      )
      if (cookies.length > 0) headers.set('cookie', cookies.join('; '))
      const response = await library.handler(
        new Request(`${origin}${basePath}${path}`, { method: 'POST', headers, body: JSON.stringify(body) }),
      )
      const text = await response.text()
      const answer = (text === '' ? {} : JSON.parse(text)) as Record<string, unknown>
      return {
        status: response.status,
        body: answer ?? {},
        cookies: response.headers.getSetCookie().map(keepLongest),
        retryAfterSeconds: Number(response.headers.get('x-retry-after') ?? 0),
      }
    },
  }
}

/**
 * The library limits each path by address; an office behind one address needs more room than one name does, so tries
 * for one name are counted apart: from that address, and from everywhere together.
 */
async function countAttempts(
  tx: Tx,
  key: string,
  who: string | null,
  rule: { window: number; max: number },
): Promise<{ allowed: boolean; retryAfter: number | null }> {
  const now = Date.now()
  const limits = [{ key, max: rule.max, seconds: rule.window }]
  if (who !== null) {
    limits.unshift(
      { key: `${who}|everywhere`, max: 50, seconds: hour },
      { key: `${who}|${key}`, max: 10, seconds: hour / 4 },
    )
  }
  for (const limit of limits) {
    const count = await countAttempt(tx, { id: newId(), key: limit.key, now, windowMs: limit.seconds * 1000 })
    if (count.tries > limit.max) {
      return { allowed: false, retryAfter: Math.ceil((count.since + limit.seconds * 1000 - now) / 1000) }
    }
  }
  return { allowed: true, retryAfter: null }
}

/** What is typed as a name may be a password by mistake, so tries are counted under its hash. */
function nameKey(name: string): string {
  return createHash('sha256').update(name.toLowerCase()).digest('base64url').slice(0, 22)
}

function libraryOptions(config: Config, secrets: Secrets): BetterAuthOptions {
  return {
    appName: 'Kaejon',
    baseURL: originOf(config),
    basePath,
    // From the oldest key: second factors that the library encrypted must outlive a change of keys.
    secret: secrets.derive('session cookie', secrets.firstKeyNumber).toString('base64'),
    telemetry: { enabled: false },
    logger: { disabled: true },
    emailAndPassword: { enabled: true, disableSignUp: true, minPasswordLength: 1, maxPasswordLength: 128 },
    user: {
      modelName: 'account',
      fields: { emailVerified: 'email_verified', createdAt: 'created_at', updatedAt: 'updated_at' },
    },
    account: {
      modelName: 'credential',
      fields: {
        userId: 'account_id',
        accountId: 'external_id',
        providerId: 'provider_id',
        accessToken: 'access_token',
        refreshToken: 'refresh_token',
        idToken: 'id_token',
        accessTokenExpiresAt: 'access_token_expires_at',
        refreshTokenExpiresAt: 'refresh_token_expires_at',
        createdAt: 'created_at',
        updatedAt: 'updated_at',
      },
    },
    session: {
      modelName: 'session',
      expiresIn: idleSeconds,
      updateAge: seenSeconds,
      fields: {
        userId: 'account_id',
        expiresAt: 'expires_at',
        ipAddress: 'ip_address',
        userAgent: 'user_agent',
        createdAt: 'created_at',
        updatedAt: 'updated_at',
      },
    },
    verification: {
      modelName: 'verification',
      fields: { expiresAt: 'expires_at', createdAt: 'created_at', updatedAt: 'updated_at' },
    },
    rateLimit: {
      enabled: true,
      window: 60,
      max: 120,
      modelName: 'attempt',
      fields: { lastRequest: 'last_request' },
      customRules: {
        '/sign-in/username': { window: 60, max: 100 },
        '/two-factor/*': { window: 60, max: 60 },
        '/change-password': { window: 60, max: 30 },
      },
    },
    plugins: [
      username({
        displayUsername: false,
        maxUsernameLength: 128,
        schema: { user: { fields: { username: 'username' } } },
      }),
      twoFactor({
        issuer: 'Kaejon',
        schema: {
          user: { fields: { twoFactorEnabled: 'second_factor_enabled' } },
          twoFactor: {
            modelName: 'second_factor',
            fields: {
              userId: 'account_id',
              backupCodes: 'backup_codes',
              failedVerificationCount: 'failed_verification_count',
              lockedUntil: 'locked_until',
            },
          },
        },
      }),
    ],
    advanced: {
      database: { generateId: () => newId(), validateSchema: false },
      ipAddress: { ipAddressHeaders: [addressHeader] },
      useSecureCookies: false,
      cookiePrefix: cookiePrefix(config),
      defaultCookieAttributes: { httpOnly: true, sameSite: 'lax', secure: isSecure(config), path: '/' },
    },
  }
}

function adapterOn(db: Db) {
  return { db, type: 'postgres' as const, transaction: false }
}

function originOf(config: Config): string {
  return config.publicUrl === null ? 'http://localhost' : new URL(config.publicUrl).origin
}

function cookiesOf(request: Request): string[] {
  return (request.headers.get('cookie') ?? '').split(/;\s*/).filter(Boolean)
}

function isSecure(config: Config): boolean {
  return config.publicUrl?.startsWith('https://') ?? false
}

/** `__Host-` holds browsers to this host and to TLS; the library by itself knows only the weaker `__Secure-`. */
function cookiePrefix(config: Config): string {
  return isSecure(config) ? '__Host-kaejon' : 'kaejon'
}

/** The browser keeps the cookie for as long as any session may last; when it ends is for the server to say. */
function keepLongest(cookie: string): string {
  return cookie.replace(`Max-Age=${idleSeconds};`, `Max-Age=${longestSeconds};`)
}
