/** Asking a route that changes something, and what its problem says about the fields of a form. */
import { useMutation, useQueryClient } from '@tanstack/react-query'
import type { ProblemAnswer } from '../../../contract/problem.ts'
import type { InputOf, OutputOf, Route } from '../../../contract/route.ts'
import { ask, problemOf } from '../../api.ts'

export interface Write<Definition extends Route> {
  /** Sends it; what was typed stays whatever the answer is. */
  send: (input: Partial<InputOf<Definition>> & Record<string, unknown>) => void
  isSending: boolean
  /** Why it was refused, until it is sent again. */
  problem: ProblemAnswer | null
  reset: () => void
}

/** `done` is called with the answer, after everything that is on the screen has been asked for again. */
export function useWrite<Definition extends Route>(
  definition: Definition,
  done: (output: OutputOf<Definition>) => void = () => {},
): Write<Definition> {
  const queries = useQueryClient()
  const mutation = useMutation({
    mutationFn: (input: Partial<InputOf<Definition>> & Record<string, unknown>) => ask(definition, input),
    onSuccess: async (output) => {
      await queries.invalidateQueries({ predicate: ({ queryKey }) => queryKey[0] !== 'session' })
      done(output)
    },
  })
  return {
    send: (input) => mutation.mutate(input),
    isSending: mutation.isPending,
    problem: mutation.error ? problemOf(mutation.error) : null,
    reset: mutation.reset,
  }
}

/** The word for what the server found wrong with a field, such as `beforeFrom`; null when it found nothing. */
export function fieldFault(problem: ProblemAnswer | null, field: string): string | null {
  const fields = problem?.details['fields']
  if (!Array.isArray(fields)) return null
  const found: unknown = fields.find(
    (one: unknown) => typeof one === 'object' && one !== null && 'field' in one && one.field === field,
  )
  return typeof found === 'object' && found !== null && 'fault' in found ? String(found.fault) : null
}
