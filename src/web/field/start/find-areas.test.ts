import { describe, expect, it } from 'vitest'
import { findAreas } from './find-areas.ts'

describe('a search for one’s own places', () => {
  it('asks each of them, and nobody else’s, however common the name is', async () => {
    const asked: string[] = []
    const server = async (_: unknown, { within }: { within: string }) => {
      asked.push(within)
      return { areas: Array.from({ length: 30 }, (_, index) => ({ code: `${within}${10 + index}` })) }
    }
    const found = await findAreas(server as never, ['310401', '310702'], 'บ้านใหม่')
    expect(asked).toEqual(['310401', '310702'])
    expect(found.map(({ code }) => code)).toContain('31070239')
  })
})
