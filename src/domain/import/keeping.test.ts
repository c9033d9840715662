import { describe, expect, it } from 'vitest'
import { areRowsKept, isFileKept, isLooseFileKept } from './keeping.ts'

const now = new Date('2026-03-01T00:00:00Z')
const yesterday = new Date('2026-02-28T00:00:00Z')
const longAgo = new Date('2026-01-01T00:00:00Z')
const kept = { state: 'reviewing', isJudged: true, leftOut: 0, updatedAt: yesterday }

describe('The file of an import', () => {
  it('is kept while work is under way, however long ago that was', () => {
    for (const state of ['uploaded', 'reading', 'matching', 'committing', 'undoing'])
      expect(isFileKept({ ...kept, state, updatedAt: longAgo }, now)).toBe(true)
  })

  it('is let go with the end of the import, unless rows that stayed out can be had from it', () => {
    expect(isFileKept({ ...kept, state: 'cancelled', leftOut: 3 }, now)).toBe(false)
    expect(isFileKept({ ...kept, state: 'undone', leftOut: 3 }, now)).toBe(false)
    expect(isFileKept({ ...kept, state: 'failed', isJudged: false }, now)).toBe(false)
    expect(isFileKept({ ...kept, state: 'failed' }, now)).toBe(true)
    expect(isFileKept({ ...kept, state: 'committed' }, now)).toBe(false)
    expect(isFileKept({ ...kept, state: 'committed', leftOut: 3 }, now)).toBe(true)
  })

  it('is not kept for people who do not come back in a month', () => {
    for (const state of ['detected', 'mapped', 'reviewing', 'committed', 'failed']) {
      const batch = { ...kept, state, leftOut: 3 }
      expect(isFileKept(batch, now)).toBe(true)
      expect(isFileKept({ ...batch, updatedAt: longAgo }, now)).toBe(false)
    }
    expect(isLooseFileKept(yesterday, now)).toBe(true)
    expect(isLooseFileKept(longAgo, now)).toBe(false)
  })
})

describe('The rows of a file', () => {
  it('are the provenance of what came into the registry, and stay', () => {
    for (const state of ['cancelled', 'failed', 'reviewing', 'committed', 'undone'])
      expect(areRowsKept({ ...kept, state, updatedAt: longAgo }, true, now)).toBe(true)
  })

  it('go with an import that never came that far', () => {
    expect(areRowsKept({ ...kept, state: 'cancelled' }, false, now)).toBe(false)
    expect(areRowsKept({ ...kept, state: 'failed', isJudged: false }, false, now)).toBe(false)
    expect(areRowsKept({ ...kept, state: 'failed' }, false, now)).toBe(true)
    expect(areRowsKept({ ...kept, state: 'failed', updatedAt: longAgo }, false, now)).toBe(false)
    expect(areRowsKept(kept, false, now)).toBe(true)
    expect(areRowsKept({ ...kept, updatedAt: longAgo }, false, now)).toBe(false)
    for (const state of ['reading', 'matching', 'committing'])
      expect(areRowsKept({ ...kept, state, updatedAt: longAgo }, false, now)).toBe(true)
  })
})
