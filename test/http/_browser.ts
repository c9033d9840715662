/** A browser as the server sees one: it keeps cookies and sends them back. */
import { createHmac } from 'node:crypto'
import type { OutputOf, Route } from '../../src/contract/route.ts'
import { setupCreate, sessionSignIn, secondFactorBegin, secondFactorConfirm } from '../../src/contract/session.ts'
import { requestFor, type Answer } from '../_world.ts'

export interface Browser {
  ask<Definition extends Route>(
    definition: Definition,
    input: Record<string, unknown>,
  ): Promise<Answer<OutputOf<Definition>> & { setCookies: string[]; text: string }>
  cookies: Map<string, string>
}

type Fetch = (path: string, init: RequestInit) => Promise<Response> | Response

export function openBrowser(fetch: Fetch, sent: Record<string, string> = {}): Browser {
  const cookies = new Map<string, string>()
  return {
    cookies,
    async ask(definition, input) {
      const { path, init } = requestFor(definition, input)
      const headers = new Headers({ ...(init.headers as Record<string, string> | undefined), ...sent })
      headers.set('cookie', [...cookies].map(([name, value]) => `${name}=${value}`).join('; '))
      const response = await fetch(path, { ...init, headers })
      const setCookies = response.headers.getSetCookie()
      for (const cookie of setCookies) {
        const [, name = '', value = ''] = /^([^=]+)=([^;]*)/.exec(cookie) ?? []
        if (/max-age=0/i.test(cookie)) cookies.delete(name)
        else cookies.set(name, value)
      }
      const text = await response.text()
      const body = JSON.parse(text) as Record<string, unknown>
      return {
        status: response.status,
        output: body as never,
        problem: response.status === 200 ? null : String(body['problem']),
        details: (body['details'] ?? {}) as Record<string, unknown>,
        setCookies,
        text,
      }
    },
  }
}

export const administratorPassword = 'ลมหนาวพัดผ่านทุ่งนา 42'

/** The first administrator of a registry, signed in and with a second factor; returns its secret too. */
export async function setUpAdministrator(browser: Browser): Promise<{ secret: string; backupCodes: string[] }> {
  await browser.ask(setupCreate, { name: 'ผู้ดูแลระบบ', username: 'admin1', password: administratorPassword })
  const begun = await browser.ask(secondFactorBegin, { password: administratorPassword })
  const { secret, backupCodes } = begun.output
  await browser.ask(secondFactorConfirm, { code: codeOf(secret) })
  return { secret, backupCodes }
}

export async function signInAs(browser: Browser, username: string, password: string) {
  return browser.ask(sessionSignIn, { username, password })
}

/** The six digits that an authenticator shows at a moment (RFC 6238, SHA-1, 30 seconds). */
export function codeOf(base32: string, moment = Date.now()): string {
  const alphabet = 'ABCDEFGHIJKLMNOPQRSTUVWXYZ234567'
  const bits = Array.from(base32.replace(/=+$/, ''), (one) => alphabet.indexOf(one).toString(2).padStart(5, '0')).join(
    '',
  )
  const key = Buffer.from((bits.match(/.{8}/g) ?? []).map((byte) => Number.parseInt(byte, 2)))
  const counter = Buffer.alloc(8)
  counter.writeBigUInt64BE(BigInt(Math.floor(moment / 30_000)))
  const digest = createHmac('sha1', key).update(counter).digest()
  const offset = digest[19]! & 15
  return String((digest.readUInt32BE(offset) & 0x7fffffff) % 1_000_000).padStart(6, '0')
}
