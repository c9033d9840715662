/** Every route there is. */
import type { Route } from './route.ts'
import { areaRoutes } from './areas.ts'
import { auditRoutes } from './audit.ts'
import { catalogueRoutes } from './catalogue.ts'
import { centreRoutes } from './centres.ts'
import { deviceRoutes } from './devices.ts'
import { figureRoutes } from './figures.ts'
import { holdRoutes } from './holds.ts'
import { householdRoutes } from './households.ts'
import { importRowRoutes } from './import-rows.ts'
import { importRoutes } from './imports.ts'
import { listRoutes } from './lists.ts'
import { logbookRoutes } from './logbook.ts'
import { peopleRoutes } from './people.ts'
import { progressRoutes } from './progress.ts'
import { ruleRoutes } from './rules.ts'
import { sessionRoutes } from './session.ts'
import { settingRoutes } from './settings.ts'
import { syncRoutes } from './sync.ts'
import { uploadRoutes } from './uploads.ts'
import { worklistRoutes } from './worklists.ts'

export const routes: readonly Route[] = [
  ...sessionRoutes,
  ...peopleRoutes,
  ...auditRoutes,
  ...areaRoutes,
  ...centreRoutes,
  ...listRoutes,
  ...householdRoutes,
  ...logbookRoutes,
  ...deviceRoutes,
  ...syncRoutes,
  ...uploadRoutes,
  ...importRoutes,
  ...importRowRoutes,
  ...figureRoutes,
  ...progressRoutes,
  ...settingRoutes,
  ...ruleRoutes,
  ...catalogueRoutes,
  ...worklistRoutes,
  ...holdRoutes,
]
