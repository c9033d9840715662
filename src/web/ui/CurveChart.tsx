/**
 * A curve over days against the line that it should keep to, with a forecast. Drawn as wide as there is room, so that
 * its words stay readable on a phone; whoever cannot see it reads its label and the table that stands with it.
 */
import { type ReactNode, useEffect, useRef, useState } from 'react'
import {
  bandPath,
  type CurveDay,
  type CurveFrame,
  curveScale,
  type ForecastDay,
  linePath,
  monthTicks,
  valueOn,
} from './curve.ts'
import './curve.css'

export interface CurveChartProps {
  /** Says in one sentence what the curve shows. */
  label: string
  done: readonly CurveDay[]
  /** From none on its first day to what is asked for on the due day. */
  line: { from: string; dueOn: string; value: number | null } | null
  forecast: readonly ForecastDay[]
  names: { done: string; line: string; forecast: string; due: string }
  formatNumber: (value: number) => string
  formatMonth: (day: string) => string
  formatDay: (day: string) => string
}

const height = 300
const widthOnPaper = 720
const roomForTick = 92

export function CurveChart(props: CurveChartProps) {
  const { label, done, line, forecast, names, formatNumber, formatMonth, formatDay } = props
  const [box, width] = useWidth()
  const [pointed, setPointed] = useState<string | null>(null)
  const asked = line && line.value !== null ? { ...line, value: line.value } : null
  const days = [
    ...done.map(({ day }) => day),
    ...forecast.map(({ day }) => day),
    ...(asked ? [asked.from, asked.dueOn] : []),
  ]
  const values = [
    ...done.flatMap(({ value }) => value ?? []),
    ...forecast.map(({ high }) => high),
    ...(asked ? [asked.value] : []),
  ]
  const frame: CurveFrame = { width, height, left: width < 480 ? 56 : 72, right: 14, top: 18, bottom: 30 }
  const scale = curveScale(frame, days, values)
  const last = valueOn(done, '9999-12-31')
  const shown = pointed === null ? null : valueOn(done, pointed)
  return (
    <figure className="curve" ref={box}>
      <svg
        role="img"
        aria-label={label}
        viewBox={`0 0 ${width} ${height}`}
        onPointerMove={(event) =>
          setPointed(scale.dayAt(event.clientX - event.currentTarget.getBoundingClientRect().x))
        }
        onPointerLeave={() => setPointed(null)}
      >
        {scale.yTicks.map((tick) => (
          <g key={tick}>
            <line
              className="curve-grid"
              x1={frame.left}
              x2={width - frame.right}
              y1={scale.y(tick)}
              y2={scale.y(tick)}
            />
            <text className="curve-word" data-end x={frame.left - 8} y={scale.y(tick) + 4}>
              {formatNumber(tick)}
            </text>
          </g>
        ))}
        {monthTicks(scale.firstDay, scale.lastDay, Math.floor(width / roomForTick)).map((day) => (
          <g key={day}>
            <line className="curve-tick" x1={scale.x(day)} x2={scale.x(day)} y1={scale.y(0)} y2={scale.y(0) + 5} />
            <text className="curve-word" data-middle x={inside(scale.x(day), width)} y={height - 8}>
              {formatMonth(day)}
            </text>
          </g>
        ))}
        <path className="curve-band" d={bandPath(scale, forecast)} />
        {asked && (
          <>
            <line
              className="curve-line"
              x1={scale.x(asked.from)}
              y1={scale.y(0)}
              x2={scale.x(asked.dueOn)}
              y2={scale.y(asked.value)}
            />
            <line
              className="curve-due"
              x1={scale.x(asked.dueOn)}
              x2={scale.x(asked.dueOn)}
              y1={frame.top - 6}
              y2={scale.y(0)}
            />
            <path className="curve-flag" d={diamond(scale.x(asked.dueOn), scale.y(asked.value))} />
          </>
        )}
        <path
          className="curve-forecast"
          d={linePath(
            scale,
            forecast.map(({ day, expected }) => ({ day, value: expected })),
          )}
        />
        <path className="curve-done" d={linePath(scale, done)} />
        {last && <circle className="curve-now" cx={scale.x(last.day)} cy={scale.y(last.value ?? 0)} r={5} />}
        {shown && (
          <line
            className="curve-pointed"
            x1={scale.x(shown.day)}
            x2={scale.x(shown.day)}
            y1={frame.top}
            y2={scale.y(0)}
          />
        )}
      </svg>
      <figcaption className="curve-legend">
        <Key kind="done">
          {names.done}
          {shown && ` ${formatDay(shown.day)}: ${formatNumber(shown.value ?? 0)}`}
        </Key>
        {asked && <Key kind="line">{names.line}</Key>}
        {asked && <Key kind="due">{names.due}</Key>}
        {forecast.length > 0 && <Key kind="forecast">{names.forecast}</Key>}
      </figcaption>
    </figure>
  )
}

function Key({ kind, children }: { kind: 'done' | 'line' | 'due' | 'forecast'; children: ReactNode }) {
  return (
    <span className="curve-key">
      <svg viewBox="0 0 32 16" className="curve-sample" aria-hidden="true">
        {kind === 'forecast' && <path className="curve-band" d="M2 14 L30 2 L30 12 Z" />}
        {kind === 'due' ? (
          <path className="curve-flag" d={diamond(16, 8)} />
        ) : (
          <line className={`curve-${kind}`} x1="2" x2="30" y1="8" y2="8" />
        )}
      </svg>
      <span>{children}</span>
    </span>
  )
}

function diamond(x: number, y: number): string {
  return `M${x} ${y - 6}L${x + 6} ${y}L${x} ${y + 6}L${x - 6} ${y}Z`
}

/** The words of a month are about 60 wide and must not be cut at the edge. */
function inside(x: number, width: number): number {
  return Math.min(x, width - 32)
}

function useWidth(): [React.RefObject<HTMLElement | null>, number] {
  const box = useRef<HTMLElement>(null)
  const [width, setWidth] = useState(widthOnPaper)
  useEffect(() => {
    const element = box.current
    if (!element) return
    const observer = new ResizeObserver(([entry]) => {
      if (entry && entry.contentRect.width > 0) setWidth(Math.round(entry.contentRect.width))
    })
    observer.observe(element)
    return () => observer.disconnect()
  }, [])
  return [box, width]
}
