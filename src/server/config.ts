/** The only reader of the environment: variables in, one checked configuration out. */
import { resolve } from 'node:path'
import { z } from 'zod'
import type { DatabaseConfig } from './db/connect.ts'

const environmentSchema = z.object({
  DATABASE_URL: z.string().startsWith('postgres').optional(),
  KAEJON_DATA: z.string().min(1).default('./kaejon-data'),
  KAEJON_HOST: z.string().min(1).default('127.0.0.1'),
  KAEJON_PORT: z.coerce.number().int().min(0).max(65535).default(3000),
  /** The address that people type, when a TLS proxy stands in front: https://… */
  KAEJON_PUBLIC_URL: z.url().optional(),
  /** Addresses of proxies whose X-Forwarded-For is believed, separated by commas. */
  KAEJON_TRUSTED_PROXIES: z.string().default(''),
  /** `number:base64` of 32 bytes each, separated by commas; the first one encrypts. Without it a key file is made. */
  KAEJON_KEYS: z.string().optional(),
  KAEJON_LOG_LEVEL: z.enum(['debug', 'info', 'warn', 'error', 'silent']).default('info'),
  KAEJON_UPLOAD_LIMIT_MB: z.coerce.number().int().min(1).max(2048).default(512),
  KAEJON_POOL_SIZE: z.coerce.number().int().min(2).max(200).default(16),
})

export interface Config {
  database: DatabaseConfig
  /** Absolute folder of the key file, the uploads and the embedded database. */
  dataFolder: string
  host: string
  port: number
  publicUrl: string | null
  trustedProxies: readonly string[]
  keys: string | null
  logLevel: string
  uploadLimitBytes: number
}

/** @throws Error naming the variables that are wrong, never their values */
export function readConfig(environment: Record<string, string | undefined>): Config {
  const parsed = environmentSchema.safeParse(environment)
  if (!parsed.success) {
    const wrong = parsed.error.issues.map((issue) => `${issue.path.join('.')}: ${issue.message}`)
    throw new Error(`The environment is not right. ${wrong.join('; ')}`)
  }
  const values = parsed.data
  const dataFolder = resolve(values.KAEJON_DATA)
  return {
    database: { url: values.DATABASE_URL ?? null, folder: dataFolder, poolSize: values.KAEJON_POOL_SIZE },
    dataFolder,
    host: values.KAEJON_HOST,
    port: values.KAEJON_PORT,
    publicUrl: values.KAEJON_PUBLIC_URL ?? null,
    trustedProxies: values.KAEJON_TRUSTED_PROXIES.split(',')
      .map((part) => part.trim())
      .filter(Boolean),
    keys: values.KAEJON_KEYS ?? null,
    logLevel: values.KAEJON_LOG_LEVEL,
    uploadLimitBytes: values.KAEJON_UPLOAD_LIMIT_MB * 1024 * 1024,
  }
}
