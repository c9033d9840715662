import type { Actor } from '../domain/permission.ts'
import type { Config } from './config.ts'
import type { Database } from './db/database.ts'
import type { Jobs } from './jobs/worker.ts'
import type { Log } from './log.ts'
import type { Secrets } from './secrets.ts'
import type { PastDecisions } from './actions/progress-protection.ts'
import type { Auth } from './http/auth.ts'
import type { PhotoStore } from './files/photo-store.ts'
import type { UploadStore } from './files/upload-store.ts'

/** Everything that requests are served with, built once in the composition root. */
export interface Deps {
  config: Config
  database: Database
  secrets: Secrets
  log: Log
  auth: Auth
  jobs: Jobs
  uploads: UploadStore
  /** Photographs of logbooks, kept for good. */
  photos: PhotoStore
  /** Photographs on their way from phones, in pieces and sealed. */
  sealedPhotos: UploadStore
  /** What is kept back of the progress of days that are over. */
  pastDecisions: PastDecisions
  /** The clock; tests set it. */
  now: () => Date
}

/** Who asks, as far as the session tells; null for nobody. */
export type Identify = (request: Request) => Promise<Actor | null>
