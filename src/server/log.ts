import { pino, type Logger } from 'pino'

export type Log = Logger

/**
 * Structured log of what the program did: names of routes, numbers, times and request numbers. Nothing that a person
 * typed or that a household is made of goes in; the list below is the last net, not the rule.
 */
export function createLog(level: string): Log {
  return pino({
    level,
    base: null,
    redact: {
      paths: [
        'nationalId',
        'password',
        'token',
        'cookie',
        '*.nationalId',
        '*.password',
        '*.token',
        '*.cookie',
        'headers',
      ],
      censor: '[removed]',
    },
  })
}
