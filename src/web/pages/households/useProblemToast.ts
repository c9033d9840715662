/** Tells a problem of something that was done from a message, where there is no form to show it in. */
import { problemSentences } from '../../../text/problems.ts'
import { problemOf } from '../../api.ts'
import { useLocale } from '../../text/locale.ts'
import { showToast } from '../../ui/Toast.tsx'

export function useProblemToast(): (error: unknown) => void {
  const locale = useLocale()
  return (error) => {
    const { problem, details, code } = problemOf(error)
    const { what, next } = problemSentences(problem, details, locale)
    showToast({ tone: 'attention', message: `${what} ${next} (${code})` })
  }
}
