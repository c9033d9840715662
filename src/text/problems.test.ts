import { describe, expect, it } from 'vitest'
import { problemCodes, type ProblemName } from '../domain/problem.ts'
import { locales } from './locale.ts'
import { problemSentences } from './problems.ts'

const names = Object.keys(problemCodes) as ProblemName[]

describe('the sentences of problems', () => {
  it('say of each problem what happened and what to do next, in both languages', () => {
    for (const name of names)
      for (const locale of locales) {
        const { what, next } = problemSentences(name, {}, locale)
        expect(what.length, name).toBeGreaterThan(5)
        expect(next.length, name).toBeGreaterThan(5)
      }
  })

  it('are Thai in Thai and English in English', () => {
    for (const name of names) {
      expect(
        Object.values(problemSentences(name, {}, 'th')).every((sentence) => /[ก-๛]/.test(sentence)),
        name,
      ).toBe(true)
      expect(
        Object.values(problemSentences(name, {}, 'en')).some((sentence) => /[ก-๛]/.test(sentence)),
        name,
      ).toBe(false)
    }
  })

  it('never tell two problems in the same words', () => {
    for (const locale of locales) {
      const sentences = names.map((name) => problemSentences(name, {}, locale).what)
      expect(new Set(sentences).size).toBe(names.length)
    }
  })

  it('call a problem that this page does not know unexpected', () => {
    expect(problemSentences('ofANewerServer', {}, 'th')).toEqual(problemSentences('unexpected', {}, 'th'))
  })

  it('say how long to wait when the server names it', () => {
    expect(problemSentences('tooManyTries', { retryAfterSeconds: 29.2 }, 'en').next).toContain('30 s')
  })
})
