/**
 * The ledger of progress: from when until when a fact held for a household, and where and on which lists it was counted
 * then. Spans are begun and ended, never rewritten; every change leaves its +1 and -1 in `progress_pending`, from where
 * they go into the figures. Pure: case.ts writes it.
 */

/** Where a household is counted, and the facts that hold for it. */
export interface Standing {
  /** 8 digits. */
  areaCode: string
  /** Codes of its lists in order, joined by commas. */
  listSet: string
  facts: readonly string[]
}

/** What a change of standing does to the ledger; pure, so that both doors of writing use the same. */
export interface SpanChange {
  end: string[]
  /** Null when nothing begins. */
  begin: Standing | null
  pending: { fact: string; areaCode: string; listSet: string; delta: 1 | -1 }[]
}

/**
 * The difference between two standings; null stands for a household that is not counted. When the place or the lists
 * change, every span ends and those that still hold begin anew.
 */
export function spanChange(before: Standing | null, after: Standing | null): SpanChange {
  const isSamePlace = before?.areaCode === after?.areaCode && before?.listSet === after?.listSet
  const had = new Set(before?.facts)
  const has = new Set(after?.facts)
  const end = [...had].filter((fact) => !isSamePlace || !has.has(fact)).toSorted()
  const begin = [...has].filter((fact) => !isSamePlace || !had.has(fact)).toSorted()
  const counted = (facts: readonly string[], at: Standing | null, delta: 1 | -1) =>
    at === null ? [] : facts.map((fact) => ({ fact, areaCode: at.areaCode, listSet: at.listSet, delta }))
  return {
    end,
    begin: after && begin.length > 0 ? { ...after, facts: begin } : null,
    pending: [...counted(end, before, -1), ...counted(begin, after, 1)],
  }
}

/** Open spans of one household as its standing; all of them say the same place and lists. */
export function standingFrom(rows: readonly { fact: string; area_code: string; list_set: string }[]): Standing | null {
  const [first] = rows
  if (!first) return null
  return { areaCode: first.area_code, listSet: first.list_set, facts: rows.map(({ fact }) => fact) }
}
