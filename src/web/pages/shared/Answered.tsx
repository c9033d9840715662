/** Shows what a question was answered with, or why it was not. */
import type { UseQueryResult } from '@tanstack/react-query'
import type { ReactNode } from 'react'
import { problemOf } from '../../api.ts'
import { commonText } from '../../text/common.ts'
import { useText } from '../../text/dictionary.ts'
import { Button, Spinner } from '../../ui/Button.tsx'
import { ProblemAlert } from '../../ui/Feedback.tsx'

export interface AnsweredProps<Data> {
  query: UseQueryResult<Data>
  children: (data: Data) => ReactNode
}

export function Answered<Data>({ query, children }: AnsweredProps<Data>) {
  const text = useText(commonText)
  if (query.data !== undefined) return children(query.data)
  if (query.error)
    return (
      <ProblemAlert
        problem={problemOf(query.error)}
        actions={<Button onPress={() => void query.refetch()}>{text.retry}</Button>}
      />
    )
  return (
    <output className="page-coming">
      <Spinner /> {text.loading}
    </output>
  )
}
