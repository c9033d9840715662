import { z } from 'zod'
import { auditList } from '../../contract/audit.ts'
import { Problem } from '../../domain/problem.ts'
import { listAudit } from '../queries/audit.ts'
import { endpoint, type Endpoint } from './endpoint.ts'
import { narrowed } from './people.ts'

/** The trace, for those who watch over it. */
export const auditEndpoints: Endpoint[] = [
  endpoint(auditList, async (call, input) => {
    const { areas } = narrowed(call, 'audit.read', input.areaCode)
    const rows = await listAudit(call.tx, {
      areas,
      accountId: input.personId ?? null,
      action: input.action || null,
      subjectKind: input.subjectKind || null,
      subjectId: input.subjectId || null,
      from: input.from === undefined ? null : startOfDay(input.from, 0),
      before: input.to === undefined ? null : startOfDay(input.to, 1),
      after: input.after === undefined ? null : readPlaceInTrace(input.after),
      limit: input.limit + 1,
    })
    const shown = rows.slice(0, input.limit)
    const last = shown.at(-1)
    return {
      entries: shown.map(({ accountId, name, at, detail, ...row }) => ({
        ...row,
        at: at.toISOString(),
        person: accountId === null ? null : { id: accountId, name: name ?? '' },
        detail: detail as Record<string, unknown>,
      })),
      next: rows.length > input.limit && last ? `${last.at.toISOString()} ${last.id}` : null,
    }
  }),
]

/** The first moment of a day in Thailand, or of the day that follows it by so many. */
function startOfDay(day: string, later: number): Date {
  const start = new Date(`${day}T00:00:00+07:00`)
  start.setUTCDate(start.getUTCDate() + later)
  return start
}

const placeInTraceSchema = z.tuple([z.iso.datetime(), z.uuid()])

function readPlaceInTrace(text: string): { at: Date; id: string } {
  const parsed = placeInTraceSchema.safeParse(text.split(' '))
  if (!parsed.success) throw new Problem('malformedInput', { fields: [{ field: 'after', fault: 'unknown' }] })
  return { at: new Date(parsed.data[0]), id: parsed.data[1] }
}
