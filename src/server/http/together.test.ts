import { setTimeout as sleep } from 'node:timers/promises'
import { describe, expect, it } from 'vitest'
import { Problem } from '../../domain/problem.ts'
import { inGroups } from './together.ts'

interface Call {
  key: string
  fails?: 'alone' | 'group'
  refused?: boolean
}

/** A server that remembers its groups, and answers each call with its own key. */
function serving(groupsAtOnce = 1) {
  const groups: string[][] = []
  const ask = inGroups<Call, string>({
    keyOf: ({ key }) => key,
    groupsAtOnce,
    async serve(group) {
      groups.push(group.map(({ key }) => key))
      await sleep(5)
      if (group.some(({ fails }) => fails)) throw new Error('the group failed')
      return group.map(({ key, refused }) => (refused ? new Problem('wrongState') : `answer to ${key}`))
    },
    async serveAlone({ key, fails }) {
      await sleep(1)
      if (fails === 'alone') throw new Error(`${key} failed`)
      return `answer to ${key} alone`
    },
  })
  return { groups, ask }
}

const keys = (from: number, to: number) => Array.from({ length: to - from }, (_, index) => String(from + index))

describe('calls that come at the same moment', () => {
  it('are served together, each with its own answer, and those that come meanwhile in the next group', async () => {
    const { groups, ask } = serving()
    const first = keys(0, 5).map((key) => ask({ key }))
    await sleep(2)
    const later = keys(5, 50).map((key) => ask({ key }))
    expect(await Promise.all([...first, ...later])).toEqual(keys(0, 50).map((key) => `answer to ${key}`))
    expect(groups).toEqual([keys(0, 5), keys(5, 37), keys(37, 50)])
  })

  it('are served one after the other when they hold the same, in the order in which they came', async () => {
    const { groups, ask } = serving()
    await Promise.all(['a', 'a', 'b', 'a'].map((key) => ask({ key })))
    expect(groups).toEqual([['a', 'b'], ['a'], ['a']])
  })

  it('are served in several groups at once, as far as that is allowed', async () => {
    const { groups, ask } = serving(2)
    const answers = [ask({ key: 'a' })]
    await sleep(2)
    answers.push(ask({ key: 'b' }))
    await sleep(2)
    answers.push(ask({ key: 'c' }))
    expect(groups).toEqual([['a'], ['b']])
    await Promise.all(answers)
    expect(groups).toEqual([['a'], ['b'], ['c']])
  })

  it('one that is refused is told so, the others are not touched by it', async () => {
    const { ask } = serving()
    const answers = await Promise.allSettled([ask({ key: 'a' }), ask({ key: 'b', refused: true }), ask({ key: 'c' })])
    expect(answers).toMatchObject([
      { value: 'answer to a' },
      { reason: { problem: 'wrongState' } },
      { value: 'answer to c' },
    ])
  })

  it('one that lets its group fail is alone with that: each of the others is served by itself', async () => {
    const { groups, ask } = serving()
    const answers = await Promise.allSettled([
      ask({ key: 'a' }),
      ask({ key: 'b', fails: 'alone' }),
      ask({ key: 'c', fails: 'group' }),
    ])
    expect(answers).toMatchObject([
      { value: 'answer to a alone' },
      { reason: { message: 'b failed' } },
      { value: 'answer to c alone' },
    ])
    expect(await ask({ key: 'd' })).toBe('answer to d')
    expect(groups).toEqual([['a', 'b', 'c'], ['d']])
  })
})
