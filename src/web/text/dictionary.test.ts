/// <reference types="vite/client" />
import { describe, expect, it } from 'vitest'
import { defineText, type Sentences, textIn } from './dictionary.ts'

describe('the dictionaries', () => {
  it('give the sentence in the language that was asked for', () => {
    const text = defineText({
      th: { found: (count: string) => `พบ ${count} ครัวเรือน` },
      en: { found: (count) => `${count} households found` },
    })
    expect(textIn(text, 'th').found('3')).toBe('พบ 3 ครัวเรือน')
    expect(textIn(text, 'en').found('3')).toBe('3 households found')
  })

  it('do not compile when English lacks a sentence or has one too many', () => {
    // @ts-expect-error `title` is missing in English
    defineText({ th: { title: 'ครัวเรือน' }, en: {} })
    // @ts-expect-error `extra` is not in Thai
    defineText({ th: { title: 'ครัวเรือน' }, en: { title: 'Households', extra: 'x' } })
  })

  it('never say the same Thai sentence in two English wordings, nor one English sentence in two Thai wordings', () => {
    const files = import.meta.glob<Record<string, unknown>>(['./*.ts', '!./*.test.ts'], { eager: true })
    const pairs = Object.entries(files).flatMap(([file, exported]) =>
      Object.values(exported)
        .filter(isDictionary)
        .flatMap((text) => sentencePairs(file, text.th, text.en)),
    )
    expect(pairs.length).toBeGreaterThan(50)
    expect(twoWordings(pairs, 'th', 'en')).toEqual([])
    // One English word may stand for several Thai ones (By: โดย, ผู้ทำ); a sentence may not.
    const sentences = pairs.filter(({ en }) => en.split(' ').length > 3)
    expect(twoWordings(sentences, 'en', 'th')).toEqual([])
  })

  it('notice a planted second wording', () => {
    const pairs = [
      { where: 'a', th: 'บันทึก', en: 'Save' },
      { where: 'b', th: 'บันทึก', en: 'Store' },
    ]
    expect(twoWordings(pairs, 'th', 'en')).toHaveLength(1)
  })
})

interface Pair {
  where: string
  th: string
  en: string
}

function isDictionary(value: unknown): value is { th: Sentences; en: Sentences } {
  return typeof value === 'object' && value !== null && 'th' in value && 'en' in value
}

function sentencePairs(where: string, th: unknown, en: unknown): Pair[] {
  if (typeof th === 'string' && typeof en === 'string') return [{ where, th, en }]
  if (typeof th !== 'object' || th === null || typeof en !== 'object' || en === null) return []
  const english = new Map(Object.entries(en))
  return Object.entries(th).flatMap(([key, value]) => sentencePairs(`${where} ${key}`, value, english.get(key)))
}

function twoWordings(pairs: readonly Pair[], from: 'th' | 'en', to: 'th' | 'en'): string[] {
  const first = new Map<string, Pair>()
  return pairs.flatMap((pair) => {
    const earlier = first.get(pair[from])
    if (!earlier) first.set(pair[from], pair)
    // A unit beside a number is small, the same word as a heading is not.
    return earlier && earlier[to].toLowerCase() !== pair[to].toLowerCase()
      ? [`${earlier.where} / ${pair.where}: ${pair[from]}`]
      : []
  })
}
