/**
 * What must outlive a page but never reach an address, a disk or another person: search words, the place in a list,
 * half-typed forms. It is forgotten when the page is loaded again, as signing out does.
 */

export interface ListMemory {
  words: string
  /** Cursors of the pages gone through; empty on the first page. */
  cursors: readonly string[]
}

const lists = new Map<string, ListMemory>()
const drafts = new Map<string, unknown>()

/** @param address the filters as they stand in the address */
export function recallList(address: string): ListMemory {
  return lists.get(address) ?? { words: '', cursors: [] }
}

export function rememberList(address: string, memory: ListMemory): void {
  lists.set(address, memory)
}

/** @param key names the form and the person, so that nobody finds what somebody else typed */
export function recallDraft(key: string): unknown {
  return drafts.get(key) ?? null
}

/** Null forgets it. */
export function rememberDraft(key: string, draft: unknown): void {
  if (draft === null) drafts.delete(key)
  else drafts.set(key, draft)
}
