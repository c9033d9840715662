/** The composition root: configuration and an open database in, everything that requests and jobs need out. */
import type { Config } from './config.ts'
import type { Database } from './db/database.ts'
import type { Deps } from './deps.ts'
import { PastDecisions } from './actions/progress-protection.ts'
import { createPhotoStore } from './files/photo-store.ts'
import { createUploadStore } from './files/upload-store.ts'
import { createAuth } from './http/auth.ts'
import { createJobs } from './jobs/worker.ts'
import { createLog } from './log.ts'
import { openSecrets } from './secrets.ts'

export async function createDeps(parts: { config: Config; database: Database; now: () => Date }): Promise<Deps> {
  const { config, database, now } = parts
  const log = createLog(config.logLevel)
  const secrets = openSecrets(config.keys, config.dataFolder)
  const jobs = createJobs({ database, log, now })
  return {
    config,
    database,
    secrets,
    log,
    jobs,
    now,
    auth: createAuth({ config, database, secrets, now }),
    uploads: createUploadStore(config.dataFolder, secrets),
    photos: createPhotoStore(config.dataFolder, secrets),
    sealedPhotos: createUploadStore(config.dataFolder, secrets, 'photos/sealed'),
    pastDecisions: new PastDecisions(),
  }
}
