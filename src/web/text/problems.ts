/** The sentences of a problem in the language of the screen. */
import { problemSentences, type ProblemSentences } from '../../text/problems.ts'
import { useLocale } from './locale.ts'

export function useProblemSentences(
  problem: string,
  details: Readonly<Record<string, unknown>> = {},
): ProblemSentences {
  return problemSentences(problem, details, useLocale())
}
