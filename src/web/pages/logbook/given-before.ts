/** What the household was given before that is the same as the help being typed, newest first. Pure. */
import type { CaseView } from '../../../contract/logbook.ts'
import { sameHelpAs } from '../../../domain/logbook/duplicates.ts'
import type { ContentOf } from '../../../domain/logbook/entry.ts'
import { isDay, type TypedEntry } from './typed.ts'

interface HelpBefore {
  id: string
  happenedOn: string
  content: ContentOf<'assistance'>
  /** Who recorded it. */
  by: string
}

/** @param today stands for a day that is not typed yet */
export function givenBefore(
  { entries, givenAgain }: Pick<CaseView, 'entries' | 'givenAgain'>,
  { content, corrects, happenedOn }: Pick<TypedEntry<'assistance'>, 'content' | 'corrects' | 'happenedOn'>,
  today: string,
): HelpBefore[] {
  const given = entries.flatMap(({ id, latestId, said, happenedOn: on, by }): HelpBefore[] =>
    said?.kind === 'assistance' && ![id, latestId].includes(corrects ?? '')
      ? [{ id, happenedOn: on, content: said.content, by: by.name }]
      : [],
  )
  const typed = { content, happenedOn: isDay(happenedOn) ? happenedOn : today }
  return sameHelpAs(typed, given, new Map(givenAgain.map(({ item, ...again }) => [item, again])))
}
