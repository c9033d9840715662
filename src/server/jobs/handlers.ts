import type { Deps } from '../deps.ts'
import type { JobHandler } from './worker.ts'

/** Which function does which kind of job. */
export function jobHandlers(_deps: Deps): Record<string, JobHandler> {
  return {}
}
