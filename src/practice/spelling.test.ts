import { describe, expect, it } from 'vitest'
import { cleanText } from '../domain/thai/clean.ts'
import { nameKey, wordsKey } from '../domain/thai/key.ts'
import { areasOn, loadAreas } from '../server/areas/areas.ts'
import { loadNames } from './names.ts'
import { createRandom } from './random.ts'
import { disorderedMarks, misspell, misspeltSubdistrict } from './spelling.ts'

const random = createRandom('spelling')
const names = loadNames()
const someNames = Array.from({ length: 2000 }, (_, index) =>
  index % 2 === 0 ? names.given(random, 'female', 1940 + (index % 80)) : names.surnamesOf(random, '31', 1)[0]!,
)

describe('troubles with spelling', () => {
  it('in the order of marks are undone by cleaning', () => {
    expect(someNames.filter((name) => disorderedMarks(name) !== name).length).toBeGreaterThan(100)
    for (const name of someNames) expect(cleanText(disorderedMarks(name))).toBe(name)
  })

  it('in letters make another name', () => {
    for (const name of someNames) expect(nameKey(misspell(random, name))).not.toBe(nameKey(name))
  })

  it('leave no subdistrict that its district could mean', () => {
    const areas = areasOn(loadAreas(), '2022-09-30').filter(({ code }) => code.length === 6)
    for (const { code, nameTh } of areas) {
      const neighbours = areas.filter((area) => area.code.startsWith(code.slice(0, 4))).map((area) => area.nameTh)
      expect(neighbours.map(key)).not.toContain(key(misspeltSubdistrict(random, nameTh, neighbours)))
    }
  })
})

function key(name: string): string {
  return wordsKey(name).replaceAll(' ', '')
}
