import { describe, expect, it } from 'vitest'
import { alikeWords } from './likeness.ts'
import { nameKey } from './thai/key.ts'

describe('names that sound or look alike', () => {
  it.each([
    ['ประเสริด', 'ประเสริฐ'],
    ['จันทร์เพ็น', 'จันทร์เพ็ญ'],
    ['สมขาย', 'สมชาย'],
    ['สักดิ์', 'ศักดิ์'],
    ['ปรานี', 'ปราณี'],
    ['ไสว', 'ใสว'],
    ['พิมผ์', 'พิมพ์'],
    ['สมมชาย', 'สมชาย'],
  ])('%s may have been meant as %s', (typed, name) => expect(alikeWords(nameKey(typed))).toContain(nameKey(name)))

  it('never offers the word itself, and not very many', () => {
    for (const word of ['สมชาย', 'ศักดิสิทธิ', 'ดดดดดดดดดดดดดดดดด']) {
      expect(alikeWords(word)).not.toContain(word)
      expect(alikeWords(word).length).toBeLessThanOrEqual(60)
    }
  })

  it('is not tried for very short words or for Latin letters', () => {
    expect(alikeWords('สม')).toEqual([])
    expect(alikeWords('somchai')).toEqual([])
  })
})
