/** `kaejon practice --mark`: says of an empty registry that every household in it will be invented. */
import { isRegistryEmpty } from '../queries/imports/match.ts'
import { putSetting, readSettings } from '../queries/settings.ts'
import type { Deps } from '../deps.ts'
import { act, actorFor, CommandStopped } from './registry.ts'

/**
 * Marks the registry, which every screen then says and which lets ids that begin with 9 in. Cannot be taken back, and is
 * refused where there are households: nobody may turn real ones into practice.
 */
export async function markPractice(deps: Deps): Promise<void> {
  const db = deps.database.kysely
  if ((await readSettings(db)).practice) return
  if (!(await isRegistryEmpty(db))) {
    throw new CommandStopped(
      'ทะเบียนนี้มีครัวเรือนอยู่แล้ว จึงทำเป็นทะเบียนฝึกหัดไม่ได้\nThis registry already holds households, so it cannot be marked as practice.',
    )
  }
  const actor = await actorFor(deps, undefined)
  await act(deps, actor, async ({ tx, now, audit }) => {
    await putSetting(tx, 'practice', true, now)
    await audit({ action: 'setting.practice', subjectKind: 'setting' })
  })
}
