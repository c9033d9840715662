/** What waits in each of the areas directly below; every count opens its list there. */
import type { worklistCounts } from '../../../contract/worklists.ts'
import type { OutputOf } from '../../../contract/route.ts'
import type { AreaLevel } from '../../../domain/area.ts'
import { type Worklist, worklists } from '../../../domain/logbook/work.ts'
import { areaName } from '../../text/area.ts'
import { commonText } from '../../text/common.ts'
import { useText } from '../../text/dictionary.ts'
import { figureText } from '../../text/figure.ts'
import { useFormat } from '../../text/format.ts'
import { worklistText } from '../../text/worklist.ts'
import { TextLink } from '../../ui/Button.tsx'
import { type Column, DataTable } from '../../ui/DataTable.tsx'

type Counts = OutputOf<typeof worklistCounts>
type Child = Counts['children'][number]

export interface WorkByAreaProps {
  counts: Counts
  level: Exclude<AreaLevel, 'village'>
  /** Without a list it keeps the one that is shown. */
  addressOf: (area: string, worklist?: Worklist) => string
}

export function WorkByArea({ counts, level, addressOf }: WorkByAreaProps) {
  const text = useText(worklistText)
  const figures = useText(figureText)
  const common = useText(commonText)
  const format = useFormat()
  const columns: Column<Child>[] = [
    {
      id: 'area',
      header: figures.childColumn[level],
      width: '11rem',
      cell: ({ area }) => areaName(area, format.locale),
    },
    { id: 'households', header: text.households, align: 'end', cell: (row) => format.number(row.households) },
    ...worklists.map((worklist): Column<Child> => ({
      id: worklist,
      header: text.names[worklist],
      align: 'end',
      cell: (row) =>
        row.counts[worklist] === 0 ? (
          format.number(0)
        ) : (
          <TextLink href={addressOf(row.area.code, worklist)}>{format.number(row.counts[worklist])}</TextLink>
        ),
    })),
  ]
  return (
    <DataTable
      caption={text.byArea}
      columns={columns}
      rows={counts.children}
      rowKey={({ area }) => area.code}
      rowHref={({ area }) => addressOf(area.code)}
      totals={{
        area: common.total,
        households: format.number(counts.households),
        ...Object.fromEntries(worklists.map((list) => [list, format.number(counts.counts[list])])),
      }}
    />
  )
}
