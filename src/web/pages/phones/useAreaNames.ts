/** The names of the areas that phones hold: asked for by the area around them, so that many villages cost one question. */
import { useQueries } from '@tanstack/react-query'
import { type AreaAnswer, areaChildren } from '../../../contract/areas.ts'
import { areaPath } from '../../../domain/area.ts'
import { ask } from '../../api.ts'
import { areaName, areaPathLine } from '../../text/area.ts'
import { useLocale } from '../../text/locale.ts'

const namesStayMs = 10 * 60_000

/** Answers หมู่ที่ 4 บ้านโคกกลาง ต.บ้านบัว; the code while the name is on its way. */
export function useAreaNames(codes: readonly string[]): (code: string) => string {
  const locale = useLocale()
  const parents = [...new Set(codes.map(parentOf))].toSorted()
  const answers = useQueries({
    queries: parents.map((area) => ({
      queryKey: ['area.children', area],
      queryFn: () => ask(areaChildren, { area }),
      staleTime: namesStayMs,
    })),
  })
  const names = new Map<string, string>()
  for (const { data } of answers)
    for (const child of data?.children ?? []) names.set(child.code, named(child, data!.area))
  return (code) => names.get(code) ?? code

  function named(child: AreaAnswer, around: AreaAnswer): string {
    const name = areaName(child, locale)
    return child.level === 'village' ? `${name} ${areaPathLine([around], locale)}` : name
  }
}

function parentOf(code: string): string {
  return areaPath(code).at(-2) ?? ''
}
