/** The five dimensions over time: where an assessment did not ask, what was known before stands, marked as earlier. Pure. */
import type { CaseView } from '../../../contract/logbook.ts'
import type { Dimension } from '../../../domain/logbook/entry.ts'
import { dimensions } from '../../../domain/logbook/entry.ts'

type Picture = CaseView['state']['pictures'][number]

export interface PictureCell {
  answer: Picture['dimensions'][Dimension]
  /** Known from an earlier assessment only. */
  isEarlier: boolean
}

export interface PictureColumn {
  entryId: string
  on: string
  cells: Record<Dimension, PictureCell>
}

/**
 * @param pictures latest first, as the case has them
 * @returns oldest first, as time runs
 */
export function picturesOverTime(pictures: readonly Picture[]): PictureColumn[] {
  const known = new Map<Dimension, PictureCell['answer']>()
  return pictures.toReversed().map(({ entryId, on, dimensions: asked }) => {
    const cells = dimensions.map((dimension): [Dimension, PictureCell] => {
      const isAsked = asked[dimension] !== 'unknown'
      const before = known.get(dimension)
      if (isAsked) known.set(dimension, asked[dimension])
      return [
        dimension,
        isAsked || before === undefined
          ? { answer: asked[dimension], isEarlier: false }
          : { answer: before, isEarlier: true },
      ]
    })
    return { entryId, on, cells: Object.fromEntries(cells) as PictureColumn['cells'] }
  })
}
