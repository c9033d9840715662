/** Calendar days in Thailand, in SQL; without the names of time zones, which not every engine knows. */
import { sql, type RawBuilder } from 'kysely'

/** The day of a moment. */
export function dayOf(moment: RawBuilder<unknown>): RawBuilder<string> {
  return sql<string>`((${moment} at time zone 'UTC') + interval '7 hours')::date`
}

/** The first moment after a day, as 2023-03-31. */
export function endOf(day: string): RawBuilder<Date> {
  return sql<Date>`((${day}::date + 1)::timestamp - interval '7 hours') at time zone 'UTC'`
}
