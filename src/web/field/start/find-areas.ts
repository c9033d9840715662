/** Places of one's own by a part of the name. */
import { areaSearch, type AreaWithPath } from '../../../contract/areas.ts'
import type { ask as askServer } from '../../api.ts'

const mostShown = 60

/**
 * Asked once for each of one's own areas: asked of the country, a common name of a village would fill the answer with
 * other people's.
 */
export async function findAreas(
  ask: typeof askServer,
  reach: readonly string[],
  text: string,
): Promise<AreaWithPath[]> {
  const levels = ['district', 'subdistrict', 'village'] as const
  const answers = await Promise.all(
    reach.map((within) => ask(areaSearch, { text, within, levels: [...levels], limit: 30 })),
  )
  return answers.flatMap(({ areas }) => areas).slice(0, mostShown)
}
