/** Names of the target lists by code; the code itself while they are not known. */
import { useQuery } from '@tanstack/react-query'
import { listList } from '../../../contract/lists.ts'
import { areaAt } from '../../../domain/area.ts'
import { ask } from '../../api.ts'
import { usePerson } from '../../session.tsx'
import { useLocale } from '../../text/locale.ts'

const namesStayMs = 10 * 60_000

export function useLists() {
  const province = areaAt(usePerson().homeArea, 'province')
  const found = useQuery({
    queryKey: ['list.list', province],
    queryFn: () => ask(listList, { area: province }),
    staleTime: namesStayMs,
  })
  return found.data?.lists ?? []
}

export function useListNames(): (code: string) => string {
  const lists = useLists()
  const locale = useLocale()
  return (code) => {
    const list = lists.find((found) => found.code === code)
    if (!list) return code
    return locale === 'th' ? list.nameTh : list.nameEn
  }
}
