/** The five dimensions over time: where an assessment did not ask, what was known before stands, marked as earlier. Pure. */
import type { CaseView } from '../../../contract/logbook.ts'
import { type Dimension, dimensions, type IndicatorRef } from '../../../domain/logbook/entry.ts'
import { findIndicator } from '../../../domain/logbook/indicators.ts'

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

/** Somebody in whom a dimension fails, and why: the indicator, or the words of a stated problem. */
export interface FailingMember {
  dimension: Dimension
  memberId: string
  because: IndicatorRef | string
}

/** Those in whom the newest column fails, by dimension; of each from the assessment that its cell is known from. */
export function failingMembers({
  entries,
  state,
}: {
  entries: CaseView['entries']
  state: Pick<CaseView['state'], 'pictures'>
}): FailingMember[] {
  return dimensions.flatMap((dimension) => {
    const asked = state.pictures.find((picture) => picture.dimensions[dimension] !== 'unknown')
    const said = entries.find(({ id }) => id === asked?.entryId)?.said
    if (said?.kind !== 'assessment') return []
    const answered = said.content.answers.flatMap(({ memberId, answer, edition, number }) =>
      memberId !== null && answer === 'fail' && findIndicator({ edition, number })?.dimension === dimension
        ? [{ dimension, memberId, because: { edition, number } }]
        : [],
    )
    const stated = said.content.problems.flatMap(({ memberId, problem, dimension: of }) =>
      memberId !== null && of === dimension ? [{ dimension, memberId, because: problem }] : [],
    )
    return [...answered, ...stated]
  })
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
