/** The sentences of a problem in the language of the screen. */
import type { ProblemDetails, ProblemName } from '../../domain/problem.ts'
import { problemSentences, type ProblemSentences } from '../../text/problems.ts'
import { useLocale } from './locale.ts'

export function useProblemSentences(problem: ProblemName, details: ProblemDetails = {}): ProblemSentences {
  return problemSentences(problem, details, useLocale())
}
