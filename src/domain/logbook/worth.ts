/**
 * What help is worth. Several may give one help together, each with a share: the whole counts once, and the shares are told
 * beside it, never added to it.
 */
import type { ContentOf } from './entry.ts'

type Given = Pick<ContentOf<'assistance'>, 'value' | 'givers'>

/** Baht that the shares of the givers add up to; null when no giver says one. */
function sharesOf({ givers }: Pick<Given, 'givers'>): number | null {
  const shares = givers.flatMap(({ value }) => value ?? [])
  return shares.length === 0 ? null : shares.reduce((sum, share) => sum + share, 0)
}

/** Baht of the whole: as it was stated, else what the shares add up to; null when nobody knows. */
export function worthOf(given: Given): number | null {
  return given.value ?? sharesOf(given)
}

/** Whether the givers together gave more than the whole: one of the two was mistyped. */
export function sharesExceedValue(given: Given): boolean {
  return given.value !== null && (sharesOf(given) ?? 0) > given.value
}
