/** What an installation decides for itself, with the defaults beside it. */
import type { SettingsAnswer } from '../../contract/settings.ts'
import { Problem } from '../../domain/problem.ts'
import { mayAt } from '../../domain/permission.ts'
import { defaultSettings, type SettingKey, type Settings } from '../../domain/settings.ts'
import type { Db } from '../db/database.ts'
import { putSetting, readSettings } from '../queries/settings.ts'
import { requirePermission, type ActionContext } from './context.ts'

export async function showSettings(db: Db): Promise<SettingsAnswer> {
  const settings = await readSettings(db)
  return { ...editable(settings), practice: settings.practice, defaults: editable(defaultSettings) }
}

type Change = { [Name in keyof ReturnType<typeof editable>]?: ReturnType<typeof editable>[Name] | undefined }

const keyOfName: Record<keyof Change, SettingKey> = {
  registryName: 'registry.name',
  matchThresholds: 'match.thresholds',
  matchWeights: 'match.weights',
  survivorship: 'survivorship',
  importLimits: 'import.limits',
}

/** Changes what is given and leaves the rest; settings hold for the whole registry, so they are the nation's to edit. */
export async function editSettings(context: ActionContext, change: Change): Promise<SettingsAnswer> {
  const { tx, actor, now } = context
  requirePermission(actor, 'setting.edit')
  if (!mayAt(actor, 'setting.edit', { areaCode: '' })) throw new Problem('notPermitted')
  const changed: string[] = []
  for (const name of Object.keys(keyOfName) as (keyof Change)[]) {
    const value = change[name]
    if (value === undefined) continue
    await putSetting(tx, keyOfName[name], value, now)
    changed.push(keyOfName[name])
  }
  await context.audit({ action: 'setting.edit', subjectKind: 'setting', detail: { changed } })
  return showSettings(tx)
}

function editable(settings: Settings) {
  return {
    registryName: settings['registry.name'],
    matchThresholds: settings['match.thresholds'],
    matchWeights: settings['match.weights'],
    survivorship: settings.survivorship,
    importLimits: settings['import.limits'],
  }
}
