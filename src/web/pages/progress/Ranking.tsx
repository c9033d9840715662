/** The areas directly below, compared by the measure: the farthest behind first. */
import { useState } from 'react'
import type { ProgressArea } from '../../../contract/progress.ts'
import type { AreaLevel } from '../../../domain/area.ts'
import { areaName } from '../../text/area.ts'
import { useText } from '../../text/dictionary.ts'
import { figureText } from '../../text/figure.ts'
import { useFormat } from '../../text/format.ts'
import { progressText } from '../../text/progress.ts'
import { type Column, DataTable, type Sort } from '../../ui/DataTable.tsx'
import { EmptyState, StateMark } from '../../ui/Feedback.tsx'
import { Section } from '../../ui/Page.tsx'
import { barWidth, Count, percentWords } from './Count.tsx'
import { type ProgressAnswer, standingTones } from './progress.ts'

export interface RankingProps {
  progress: ProgressAnswer
  level: Exclude<AreaLevel, 'village'>
  addressOf: (area: string) => string
}

const byRank: Sort = { column: 'rank', direction: 'ascending' }

export function Ranking({ progress, level, addressOf }: RankingProps) {
  const text = useText(progressText)
  const figures = useText(figureText)
  const format = useFormat()
  const [sort, setSort] = useState(byRank)
  const { children, measure } = progress
  const behind = children.filter(({ isBehind }) => isBehind).length
  const columns: Column<ProgressArea>[] = [
    {
      id: 'area',
      header: figures.childColumn[level],
      isSortable: true,
      cell: ({ area }) => areaName(area, format.locale),
    },
    {
      id: 'rank',
      header: text.rank,
      align: 'end',
      width: '5rem',
      isSortable: true,
      cell: ({ rank }) => format.number(rank),
    },
    {
      id: 'percent',
      header: text.percent,
      align: 'end',
      isSortable: true,
      cell: (row) => (
        <span className="rank-percent">
          <span className="rank-bar" aria-hidden="true">
            <span className="share-fill" style={{ width: barWidth(row.percent) }} />
            <span className="share-mark" style={{ insetInlineStart: `${measure.share}%` }} />
          </span>
          <span className="number">{percentWords(row.percent)}</span>
        </span>
      ),
    },
    { id: 'done', header: text.done, align: 'end', isSortable: true, cell: ({ done }) => <Count figure={done} /> },
    {
      id: 'target',
      header: text.target,
      align: 'end',
      isSortable: true,
      cell: ({ target }) => <Count figure={target} />,
    },
    {
      id: 'missing',
      header: text.missing,
      align: 'end',
      isSortable: true,
      cell: ({ missing }) => <Count figure={missing} />,
    },
    { id: 'gap', header: text.gap, align: 'end', isSortable: true, cell: ({ gap }) => <Count figure={gap} /> },
    {
      id: 'standing',
      header: text.standing,
      cell: ({ standing, isBehind }) => (
        <span className="rank-marks">
          {standing ? (
            <StateMark tone={standingTones[standing]}>{text.standings[standing]}</StateMark>
          ) : (
            <span className="kept-back">{figures.hidden}</span>
          )}
          {isBehind && (
            <StateMark tone="danger" icon="arrowDown">
              {text.behind}
            </StateMark>
          )}
        </span>
      ),
    },
  ]
  return (
    <Section title={text.ranking[level]} lead={text.rankingLead}>
      {behind > 0 && <p>{text.behindCount(format.number(behind), format.number(children.length))}</p>}
      <DataTable
        caption={text.ranking[level]}
        columns={columns}
        rows={sorted(children, sort)}
        rowKey={({ area }) => area.code}
        rowHref={({ area }) => addressOf(area.code)}
        sort={sort}
        onSort={setSort}
        whenEmpty={<EmptyState icon="area" title={text.noChildren} />}
      />
    </Section>
  )
}

/** What has no value comes last, whichever way it is sorted. */
export function sorted(rows: readonly ProgressArea[], { column, direction }: Sort): ProgressArea[] {
  if (column === 'area') {
    const byCode = rows.toSorted((a, b) => (a.area.code < b.area.code ? -1 : 1))
    return direction === 'ascending' ? byCode : byCode.toReversed()
  }
  const sign = direction === 'ascending' ? 1 : -1
  return rows.toSorted((a, b) => {
    const [one, other] = [valueOf(a, column), valueOf(b, column)]
    if (one === null || other === null) return Number(one === null) - Number(other === null)
    return sign * (one - other)
  })
}

function valueOf(row: ProgressArea, column: string): number | null {
  if (column === 'done') return row.done.value
  if (column === 'target') return row.target.value
  if (column === 'gap') return row.gap.value
  if (column === 'missing') return row.missing.value
  if (column === 'percent') return row.percent === null ? null : Number(row.percent)
  return row.rank
}
