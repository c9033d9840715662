/** The name of an area alone and with what lies around it; the code while it is on its way. */
import { useQuery } from '@tanstack/react-query'
import { areaShow } from '../../../contract/areas.ts'
import { ask } from '../../api.ts'
import type { SignedInPerson } from '../../session.tsx'
import { areaName, areaPathLine } from '../../text/area.ts'
import { useLocale } from '../../text/locale.ts'

const namesStayMs = 10 * 60_000

export function useAreaName(code: string): { name: string; inFull: string } {
  const locale = useLocale()
  const found = useQuery({
    queryKey: ['area.show', code],
    queryFn: () => ask(areaShow, { area: code }),
    staleTime: namesStayMs,
    enabled: code !== '',
  })
  const area = found.data?.area
  if (!area) return { name: code, inFull: code }
  const name = areaName(area, locale)
  const around = area.path.filter((step) => step.code !== area.code)
  return { name, inFull: [name, areaPathLine(around, locale)].filter(Boolean).join(' ') }
}

/** The smallest area that holds everywhere the person works: nothing outside of it need be offered. */
export function ownArea({ grants, homeArea }: SignedInPerson): string {
  const areas = [homeArea, ...grants.flatMap((grant) => grant.areas)]
  let common = homeArea
  while (!areas.every((area) => area.startsWith(common))) common = common.slice(0, -2)
  return common
}
