/** What was recorded about a made-up household in the year, with the moment at which it reached the server. */
import { addDays } from '../domain/days.ts'
import type { ContentOf, EntryDraft, EntryKind } from '../domain/logbook/entry.ts'
import type { Random } from './random.ts'

export const lastDay = '2023-12-31'

/** Who records: a mentor of the subdistrict, its operations team, or the district. */
export type Author = 'mentor' | 'operations' | 'district'

export interface PlannedEntry {
  draft: EntryDraft
  author: Author
  /** Milliseconds since 1970; entries of one moment were sent together. */
  recordedAt: number
}

/** An entry that others build upon. */
export interface Said {
  id: string
  day: string
  recordedAt: number
}

export class Diary {
  readonly entries: PlannedEntry[] = []
  readonly #random: Random
  #made = 0

  constructor(random: Random) {
    this.#random = random
  }

  say<Kind extends EntryKind>(
    kind: Kind,
    day: string,
    author: Author,
    recordedAt: number,
    content: ContentOf<Kind>,
  ): Said {
    const id = this.newId(recordedAt)
    const draft = { id, kind, happenedOn: day, content } as EntryDraft
    this.entries.push({ draft, author, recordedAt })
    return { id, day, recordedAt }
  }

  /**
   * When it reached the server: with the chance `prompt` the same evening, else some days later, now and then after
   * weeks; but always later than `after`, on which it builds.
   */
  sent(day: string, prompt: number, after = 0): number {
    const random = this.#random
    const late = random.chance(prompt) ? 0 : Number(random.weighted({ 1: 40, 2: 25, 4: 15, 8: 12, 16: 5, 33: 3 }))
    const minute = 9 * 60 + random.below(10 * 60)
    const moment = Date.parse(`${addDays(day, late)}T00:00:00+07:00`) + minute * 60_000 + random.below(60_000)
    return moment > after ? moment : after + 60_000 * (5 + random.below(600))
  }

  /** A UUIDv7 of that moment; the counter keeps those of one moment in order. */
  newId(moment: number): string {
    this.#made += 1
    const time = moment.toString(16).padStart(12, '0')
    const hex = (digits: number) =>
      Math.floor(this.#random.next() * 16 ** digits)
        .toString(16)
        .padStart(digits, '0')
    const counter = this.#made.toString(16).padStart(3, '0')
    const variant = '89ab'[this.#random.below(4)]!
    return `${time.slice(0, 8)}-${time.slice(8)}-7${counter}-${variant}${hex(3)}-${hex(12)}`
  }
}
