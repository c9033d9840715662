/**
 * Sentences of one area of the program, in both languages. Each area has its own file beside this one:
 *
 *     export const householdText = defineText({
 *       th: { title: 'ครัวเรือน', found: (count: string) => `พบ ${count} ครัวเรือน` },
 *       en: { title: 'Households', found: (count) => `${count} households found` },
 *     })
 *
 * and a page reads it with `const text = useText(householdText)`. Thai decides the shape; English that lacks a
 * sentence, or has one too many, does not compile. Words used by several areas stand in `common.ts`, once.
 */
import { type Locale, useLocale } from './locale.ts'

// A function's parameters are checked against each sentence; `never` admits any of them.
type Sentence = string | ((...facts: never[]) => string)
export interface Sentences {
  readonly [key: string]: Sentence | readonly string[] | Sentences
}

/** The same keys and parameters, in other words. */
type InOtherWords<Shape> = Shape extends string
  ? string
  : Shape extends readonly string[]
    ? { readonly [Index in keyof Shape]: string }
    : Shape extends (...facts: infer Facts) => string
      ? (...facts: Facts) => string
      : { readonly [Key in keyof Shape]: InOtherWords<Shape[Key]> }

export interface Dictionary<Shape> {
  readonly th: Shape
  readonly en: InOtherWords<Shape>
}

export function defineText<const Shape extends Sentences>(text: {
  th: Shape
  en: NoInfer<InOtherWords<Shape>>
}): Dictionary<InOtherWords<Shape>> {
  return text as unknown as Dictionary<InOtherWords<Shape>>
}

/** The sentences in the language of the screen. */
export function useText<Shape>(dictionary: Dictionary<Shape>): Shape {
  return textIn(dictionary, useLocale())
}

export function textIn<Shape>(dictionary: Dictionary<Shape>, locale: Locale): Shape {
  return locale === 'th' ? dictionary.th : (dictionary.en as Shape)
}
