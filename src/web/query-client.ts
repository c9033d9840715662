/** How answers are kept for the pages: in memory only, and gone with the session. */
import { QueryClient } from '@tanstack/react-query'
import { AskError } from './api.ts'

const mostRetries = 2

export function createQueryClient(): QueryClient {
  return new QueryClient({
    defaultOptions: {
      queries: {
        staleTime: 30_000,
        // Opening a household leaves a trace; coming back to the window must not leave another.
        refetchOnWindowFocus: false,
        refetchOnReconnect: false,
        retry: (failures, error) => failures < mostRetries && mayPass(error),
      },
    },
  })
}

/** The network or a server that is just starting; everything else would fail the same way again. */
function mayPass(error: Error): boolean {
  return error instanceof AskError && ['noAnswer', 'databaseNotReady'].includes(error.answer.problem)
}
