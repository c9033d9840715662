/** What is wrong with a rule, in words: found here by the kind's own schema, or by the server. */
import type { z } from 'zod'
import { useText } from '../../../text/dictionary.ts'
import { ruleText } from '../../../text/rule.ts'

export interface RuleFaultWords {
  /** Of the issues of a schema, each named by its field where the page has a name for it. */
  ofIssues: (
    issues: readonly z.core.$ZodIssue[],
    nameOfPath?: (path: readonly PropertyKey[]) => string | null,
  ) => string[]
  /** Of what the server answered. */
  ofFields: (fields: unknown, nameOfPath?: (path: readonly PropertyKey[]) => string | null) => string[]
}

export function useRuleFaults(): RuleFaultWords {
  const text = useText(ruleText)
  const words = (fault: string): string =>
    Object.hasOwn(text.faults, fault) ? text.faults[fault as keyof typeof text.faults] : text.faults.other
  const sentence = (
    path: readonly PropertyKey[],
    fault: string,
    nameOfPath?: (path: readonly PropertyKey[]) => string | null,
  ) => {
    const field = path.findLast((part) => typeof part === 'string' && Object.hasOwn(text, part))
    const label = field === undefined ? null : text[field as keyof typeof text]
    const names = [nameOfPath?.(path) ?? null, typeof label === 'string' ? label : null].filter((name) => name !== null)
    return names.length === 0 ? words(fault) : `${names.join(' · ')}: ${words(fault)}`
  }
  return {
    ofIssues: (issues, nameOfPath) => [
      ...new Set(
        issues.map(({ path, code, message }) => sentence(path, code === 'custom' ? message : code, nameOfPath)),
      ),
    ],
    ofFields: (fields, nameOfPath) =>
      Array.isArray(fields)
        ? (fields as unknown[]).flatMap((one) =>
            typeof one === 'object' && one !== null && 'field' in one && 'fault' in one
              ? [sentence(String(one.field).split('.'), String(one.fault), nameOfPath)]
              : [],
          )
        : [],
  }
}
