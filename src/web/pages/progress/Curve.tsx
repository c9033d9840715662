/** The course of one milestone: drawn, and as a table for whoever cannot see it or wants to copy it. */
import { daysBetween } from '../../../domain/days.ts'
import { allLists, type ProgressFigure } from '../../../contract/progress.ts'
import { useText } from '../../text/dictionary.ts'
import { useFormat } from '../../text/format.ts'
import { progressText } from '../../text/progress.ts'
import { Select } from '../../ui/Choice.tsx'
import { CurveChart } from '../../ui/CurveChart.tsx'
import { type Column, DataTable } from '../../ui/DataTable.tsx'
import { Notice } from '../../ui/Feedback.tsx'
import { Disclosure } from '../../ui/Navigation.tsx'
import { FilterBar, Section } from '../../ui/Page.tsx'
import type { ForecastDay } from '../../ui/curve.ts'
import { Count } from './Count.tsx'
import { inLanguage, type ProgressAnswer } from './progress.ts'

const ownLists = 'own'

export interface CurveProps {
  progress: ProgressAnswer
  /** The list that was asked for; null for the milestone's own. */
  list: string | null
  onMeasure: (changes: { milestone?: string; list?: string | null }) => void
}

export function Curve({ progress, list, onMeasure }: CurveProps) {
  const text = useText(progressText)
  const format = useFormat()
  const { measure, curve } = progress
  const milestone = progress.milestones.find(({ code }) => code === measure.milestone)
  const last = curve.points.at(-1)
  const isHidden = curve.points.length > 0 && curve.points.every(({ done }) => done.value === null)
  return (
    <Section title={text.curve} lead={milestone && text.curveLead(inLanguage(milestone, format.locale))}>
      <FilterBar label={text.curve}>
        {progress.milestones.length > 0 && (
          <Select
            label={text.measure}
            value={measure.milestone}
            options={progress.milestones.map((one) => ({ id: one.code, label: inLanguage(one, format.locale) }))}
            onChange={(code) => onMeasure({ milestone: code })}
          />
        )}
        <Select
          label={text.measureList}
          value={list ?? ownLists}
          options={[
            { id: ownLists, label: text.ownLists },
            { id: allLists, label: text.everyHousehold },
            ...progress.lists.map((one) => ({ id: one.code, label: inLanguage(one, format.locale) })),
          ]}
          onChange={(code) => onMeasure({ list: code === ownLists ? null : code })}
        />
      </FilterBar>
      {isHidden ? (
        <Notice>{text.curveHidden}</Notice>
      ) : curve.points.length === 0 ? (
        <Notice>{text.curveEmpty}</Notice>
      ) : (
        <>
          <div className="sheet">
            <CurveChart
              label={text.curveLabel(
                format.number(last?.done.value ?? null),
                format.number(last?.target.value ?? null),
                format.date(progress.asOf),
              )}
              done={curve.points.map(({ day, done }) => ({ day, value: done.value }))}
              line={curve.line && { ...curve.line, value: curve.line.households }}
              forecast={forecastDays(curve)}
              names={{
                done: text.legendDone,
                line: text.legendLine,
                forecast: text.legendForecast,
                due: curve.line ? `${text.legendDue} ${format.date(curve.line.dueOn)}` : text.legendDue,
              }}
              formatNumber={(value) => format.number(value)}
              formatMonth={(day) => format.date(day, { precision: 'month' })}
              formatDay={(day) => format.date(day)}
            />
          </div>
          <Disclosure title={text.asTable}>
            <CurveTable curve={curve} />
          </Disclosure>
        </>
      )}
    </Section>
  )
}

interface CurveRow {
  day: string
  /** Null in the days of the forecast. */
  done: ProgressFigure | null
  target: ProgressFigure | null
  shouldBe: number | null
  expected?: number
  low?: number
  high?: number
}

function CurveTable({ curve }: Pick<ProgressAnswer, 'curve'>) {
  const text = useText(progressText)
  const format = useFormat()
  const rows: CurveRow[] = [
    ...curve.points.map((point) => ({ ...point, shouldBe: shouldBe(point.day) })),
    // The first day of the forecast is the last that was counted.
    ...forecastDays(curve)
      .slice(1)
      .map((one) => ({ ...one, done: null, target: null, shouldBe: shouldBe(one.day) })),
  ]
  const column = (
    id: string,
    header: string,
    value: (row: CurveRow) => number | null | undefined,
  ): Column<CurveRow> => ({
    id,
    header,
    align: 'end',
    cell: (row) => format.number(value(row)),
  })
  const counted = (id: string, header: string, figure: (row: CurveRow) => ProgressFigure | null): Column<CurveRow> => ({
    id,
    header,
    align: 'end',
    cell: (row) => {
      const shown = figure(row)
      return shown && <Count figure={shown} />
    },
  })
  const columns: Column<CurveRow>[] = [
    { id: 'day', header: text.dayColumn, cell: ({ day }) => format.date(day) },
    counted('done', text.done, ({ done }) => done),
    counted('target', text.target, ({ target }) => target),
    ...(curve.line ? [column('shouldBe', text.shouldBe, (row) => row.shouldBe)] : []),
    ...(curve.forecast
      ? [
          column('expected', text.expected, ({ expected }) => expected),
          column('low', text.low, ({ low }) => low),
          column('high', text.high, ({ high }) => high),
        ]
      : []),
  ]
  return <DataTable caption={text.curve} columns={columns} rows={rows.toReversed()} rowKey={({ day }) => day} />

  function shouldBe(day: string): number | null {
    const { line } = curve
    if (!line || line.households === null || day < line.from) return null
    const whole = Math.max(1, daysBetween(line.from, line.dueOn))
    return Math.ceil((line.households * Math.min(whole, daysBetween(line.from, day))) / whole)
  }
}

/** From the last day counted to the due day, as straight lines. */
function forecastDays({ points, line, forecast }: ProgressAnswer['curve']): ForecastDay[] {
  const last = points.at(-1)
  const now = last?.done.value ?? null
  if (!forecast || !line || !last || now === null) return []
  const { expected, low, high } = forecast
  return [
    { day: last.day, expected: now, low: now, high: now },
    { day: line.dueOn, expected, low, high },
  ]
}
