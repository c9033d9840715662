/** Every endpoint there is; a test holds it equal to the routes of the contract. */
import { areaEndpoints } from './areas.ts'
import { auditEndpoints } from './audit.ts'
import { catalogueEndpoints } from './catalogue.ts'
import { centreEndpoints } from './centres.ts'
import { deviceEndpoints } from './devices.ts'
import type { Endpoint } from './endpoint.ts'
import { figureEndpoints } from './figures.ts'
import { holdEndpoints } from './holds.ts'
import { householdEndpoints } from './households.ts'
import { importEndpoints } from './imports.ts'
import { listEndpoints } from './lists.ts'
import { logbookEndpoints } from './logbook.ts'
import { peopleEndpoints } from './people.ts'
import { progressEndpoints } from './progress.ts'
import { ruleEndpoints } from './rules.ts'
import { sessionEndpoints } from './session.ts'
import { settingEndpoints } from './settings.ts'
import { uploadEndpoints } from './uploads.ts'
import { syncEndpoints } from './sync.ts'
import { worklistEndpoints } from './worklists.ts'

export const endpoints: readonly Endpoint[] = [
  ...sessionEndpoints,
  ...peopleEndpoints,
  ...auditEndpoints,
  ...areaEndpoints,
  ...centreEndpoints,
  ...listEndpoints,
  ...householdEndpoints,
  ...logbookEndpoints,
  ...uploadEndpoints,
  ...deviceEndpoints,
  ...syncEndpoints,
  ...importEndpoints,
  ...figureEndpoints,
  ...progressEndpoints,
  ...settingEndpoints,
  ...ruleEndpoints,
  ...catalogueEndpoints,
  ...worklistEndpoints,
  ...holdEndpoints,
]
