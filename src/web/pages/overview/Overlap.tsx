/** How many households stand on exactly which lists; each line opens its households. */
import { commonText } from '../../text/common.ts'
import { useText } from '../../text/dictionary.ts'
import { figureText } from '../../text/figure.ts'
import { useFormat } from '../../text/format.ts'
import { OverlapTable } from '../../ui/Facts.tsx'
import { Notice } from '../../ui/Feedback.tsx'
import { figureAddress } from '../households/address.ts'
import type { OverviewAnswer } from './overview.ts'

export function Overlap({ overview }: { overview: OverviewAnswer }) {
  const text = useText(figureText)
  const common = useText(commonText)
  const format = useFormat()
  if (overview.overlap === null) return <Notice>{text.overlapKept}</Notice>
  return (
    <OverlapTable
      caption={text.overlap}
      unit={common.household}
      keptBack={text.hidden}
      lists={overview.lists.map((list) => ({
        code: list.code,
        label: format.locale === 'th' ? list.nameTh : list.nameEn,
      }))}
      overlaps={overview.overlap.map((line) => ({
        lists: line.lists,
        count: line.households.value,
        ...(line.filter && { href: figureAddress(line.filter) }),
      }))}
    />
  )
}
