/** What this installation decided for itself, by key. */
import { defaultSettings, settingSchemas, type SettingKey, type Settings } from '../../domain/settings.ts'
import type { Db, Tx } from '../db/database.ts'

/** One value as it stands, of any key; null when it was never set. */
export async function readStoredSetting(db: Db, key: string): Promise<unknown> {
  const row = await db.selectFrom('setting').select('value').where('key', '=', key).executeTakeFirst()
  return row?.value ?? null
}

/** Every setting: what is stored where it can still be understood, the default where not. */
export async function readSettings(db: Db): Promise<Settings> {
  const keys = Object.keys(settingSchemas) as SettingKey[]
  const rows = await db.selectFrom('setting').select(['key', 'value']).where('key', 'in', keys).execute()
  const settings: Record<string, unknown> = { ...defaultSettings }
  for (const { key, value } of rows) {
    const parsed = settingSchemas[key as SettingKey].safeParse(value)
    if (parsed.success) settings[key] = parsed.data
  }
  return settings as Settings
}

export async function putSetting(tx: Tx, key: string, value: unknown, now: Date): Promise<void> {
  const json = JSON.stringify(value)
  await tx
    .insertInto('setting')
    .values({ key, value: json, updated_at: now })
    .onConflict((conflict) => conflict.column('key').doUpdateSet({ value: json, updated_at: now }))
    .execute()
}
