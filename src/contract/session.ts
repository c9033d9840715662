/** Signing in and out, one's own sessions, password and second factor, and the first administrator. */
import { z } from 'zod'
import { permissions, roles } from '../domain/permission.ts'
import { route } from './route.ts'

/** Lower-case Latin letters, digits, dot and underline; capitals are taken as small ones. */
export const usernameSchema = z
  .string()
  .trim()
  .toLowerCase()
  .regex(/^[a-z0-9][a-z0-9._]{2,29}$/)

export const personNameSchema = z.string().trim().min(1).max(120)

/** A password as typed. What makes it too weak is told by the problem `weakPassword`, not by the schema. */
export const passwordSchema = z.string().min(1).max(128)

/** Who is signed in and what the screens may offer them. */
export const sessionSchema = z.object({
  /** True while nobody has an account: the first page then makes the first administrator. */
  needsSetup: z.boolean(),
  /** True when every household of this registry is invented. */
  practice: z.boolean(),
  registryName: z.string(),
  person: z
    .object({
      id: z.string(),
      name: z.string(),
      username: z.string(),
      secondFactor: z.boolean(),
      /** An administrator who has not set a second factor can do nothing else first. */
      mustSetSecondFactor: z.boolean(),
      /** True while the password is the one-time one that somebody else has seen: nothing else works before. */
      mustChangePassword: z.boolean(),
      /** The grants that hold today. */
      grants: z.array(
        z.object({
          role: z.enum(roles),
          areas: z.array(z.string()),
          placeName: z.string(),
          /** First and last day; null holds until it is revoked. */
          from: z.string(),
          to: z.string().nullable(),
        }),
      ),
      permissions: z.array(z.enum(permissions)),
      /** The widest area that the person may see figures of: where the overview opens. */
      homeArea: z.string(),
    })
    .nullable(),
})

export const sessionShow = route({
  name: 'session.show',
  method: 'GET',
  path: '/api/session',
  access: 'public',
  effect: 'read',
  subject: 'none',
  input: z.object({}),
  output: sessionSchema,
})

/** Makes the first administrator and signs them in; refused with `alreadySetUp` once any account exists. */
export const setupCreate = route({
  name: 'setup.create',
  method: 'POST',
  path: '/api/setup',
  access: 'public',
  effect: 'write',
  subject: 'none',
  input: z.object({
    name: personNameSchema,
    username: usernameSchema,
    password: passwordSchema,
    /** Shown at the top of every page; empty keeps the product's own name. */
    registryName: z.string().trim().max(120).default(''),
  }),
  output: z.object({}),
})

/**
 * `secondFactor` means that the password was right and that `session.secondFactor` must follow within ten minutes.
 * Wrong names and wrong passwords are both `signInRefused`; too many of them are `tooManyTries` (`details.seconds`).
 */
export const sessionSignIn = route({
  name: 'session.signIn',
  method: 'POST',
  path: '/api/session/sign-in',
  access: 'public',
  effect: 'write',
  subject: 'none',
  input: z.object({ username: z.string().trim().max(128), password: passwordSchema }),
  output: z.object({ state: z.enum(['signedIn', 'secondFactor']) }),
})

/** The six digits of the authenticator, or one of the backup codes. Problems: `secondFactorRefused`, `tooManyTries`. */
export const sessionSecondFactor = route({
  name: 'session.secondFactor',
  method: 'POST',
  path: '/api/session/second-factor',
  access: 'public',
  effect: 'write',
  subject: 'none',
  input: z.object({ code: z.string().trim().min(6).max(32) }),
  output: z.object({ state: z.literal('signedIn') }),
})

export const sessionSignOut = route({
  name: 'session.signOut',
  method: 'POST',
  path: '/api/session/sign-out',
  access: 'signed-in',
  effect: 'write',
  subject: 'self',
  input: z.object({}),
  output: z.object({}),
})

/**
 * The key of the person's half-typed forms on their device (docs/decisions/0012-drafts.md): 32 bytes in base64, the same
 * every time for the same account.
 */
export const sessionDraftKey = route({
  name: 'session.draftKey',
  method: 'GET',
  path: '/api/session/draft-key',
  access: 'signed-in',
  effect: 'read',
  subject: 'self',
  input: z.object({}),
  output: z.object({ key: z.base64() }),
})

/** The devices that are signed in as the person who asks, the one in use first. */
export const sessionList = route({
  name: 'session.list',
  method: 'GET',
  path: '/api/sessions',
  access: 'signed-in',
  effect: 'read',
  subject: 'self',
  input: z.object({}),
  output: z.object({
    sessions: z.array(
      z.object({
        id: z.string(),
        /** Browser and system as far as they tell, such as `Chrome, Android`; empty when not known. */
        device: z.string(),
        address: z.string().nullable(),
        signedInAt: z.iso.datetime(),
        lastSeenAt: z.iso.datetime(),
        isCurrent: z.boolean(),
      }),
    ),
  }),
})

export const sessionRevoke = route({
  name: 'session.revoke',
  method: 'POST',
  path: '/api/sessions/:sessionId/revoke',
  access: 'signed-in',
  effect: 'write',
  subject: 'self',
  input: z.object({ sessionId: z.uuid() }),
  output: z.object({}),
})

export const sessionRevokeOthers = route({
  name: 'session.revokeOthers',
  method: 'POST',
  path: '/api/sessions/revoke-others',
  access: 'signed-in',
  effect: 'write',
  subject: 'self',
  input: z.object({}),
  output: z.object({ revoked: z.int() }),
})

/** Ends every other session of the person. Problems: `signInRefused` for a wrong current password, `weakPassword`. */
export const passwordChange = route({
  name: 'password.change',
  method: 'POST',
  path: '/api/password',
  access: 'signed-in',
  effect: 'write',
  subject: 'self',
  input: z.object({ currentPassword: passwordSchema, newPassword: passwordSchema }),
  output: z.object({}),
})

/** Begins setting a second factor; it counts only after `secondFactor.confirm`. Beginning again makes a new secret. */
export const secondFactorBegin = route({
  name: 'secondFactor.begin',
  method: 'POST',
  path: '/api/second-factor/begin',
  access: 'signed-in',
  effect: 'write',
  subject: 'self',
  input: z.object({ password: passwordSchema }),
  output: z.object({
    /** `otpauth://totp/…`, to be shown as a QR code. */
    uri: z.string(),
    /** The same secret in base32, for typing. */
    secret: z.string(),
    /** Each works once in place of a code; shown this once only. */
    backupCodes: z.array(z.string()),
  }),
})

export const secondFactorConfirm = route({
  name: 'secondFactor.confirm',
  method: 'POST',
  path: '/api/second-factor/confirm',
  access: 'signed-in',
  effect: 'write',
  subject: 'self',
  input: z.object({
    code: z
      .string()
      .trim()
      .regex(/^[0-9]{6}$/),
  }),
  output: z.object({}),
})

/** Refused to administrators with `secondFactorMustBeSet`. */
export const secondFactorRemove = route({
  name: 'secondFactor.remove',
  method: 'POST',
  path: '/api/second-factor/remove',
  access: 'signed-in',
  effect: 'write',
  subject: 'self',
  input: z.object({ password: passwordSchema }),
  output: z.object({}),
})

export const sessionRoutes = [
  sessionShow,
  setupCreate,
  sessionSignIn,
  sessionSecondFactor,
  sessionSignOut,
  sessionDraftKey,
  sessionList,
  sessionRevoke,
  sessionRevokeOthers,
  passwordChange,
  secondFactorBegin,
  secondFactorConfirm,
  secondFactorRemove,
] as const
