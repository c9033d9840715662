/** The geometry of a curve over days: where things stand on the sheet. Pure, so that it is tried without a browser. */
import { addDays, daysBetween } from '../../domain/days.ts'

export interface CurveDay {
  day: string
  /** Null where the value is kept back: the line is broken there. */
  value: number | null
}

export interface ForecastDay {
  day: string
  expected: number
  low: number
  high: number
}

export interface CurveFrame {
  width: number
  height: number
  left: number
  right: number
  top: number
  bottom: number
}

export interface CurveScale {
  x: (day: string) => number
  y: (value: number) => number
  /** The day nearest to a place on the sheet. */
  dayAt: (x: number) => string
  firstDay: string
  lastDay: string
  yTicks: readonly number[]
}

/** Fits the days and the values into the frame; the values begin at 0. */
export function curveScale(frame: CurveFrame, days: readonly string[], values: readonly number[]): CurveScale {
  const sorted = days.toSorted()
  const firstDay = sorted[0] ?? '2022-12-09'
  const lastDay = sorted.at(-1) ?? firstDay
  const span = Math.max(1, daysBetween(firstDay, lastDay))
  const yTicks = ticksTo(Math.max(1, ...values))
  const top = yTicks.at(-1)!
  const wide = frame.width - frame.left - frame.right
  const high = frame.height - frame.top - frame.bottom
  return {
    x: (day) => frame.left + (wide * daysBetween(firstDay, day)) / span,
    y: (value) => frame.top + high * (1 - value / top),
    dayAt: (x) => addDays(firstDay, Math.round(Math.min(1, Math.max(0, (x - frame.left) / wide)) * span)),
    firstDay,
    lastDay,
    yTicks,
  }
}

/** Three to six round numbers from 0 to at least `most`. */
export function ticksTo(most: number): number[] {
  const rough = most / 4
  const power = 10 ** Math.floor(Math.log10(rough))
  const step = Math.max(
    1,
    [1, 2, 2.5, 5, 10].map((factor) => factor * power).find((size) => size >= rough)!,
  )
  const whole = Number.isInteger(step) ? step : Math.ceil(step)
  const count = Math.ceil(most / whole)
  return Array.from({ length: count + 1 }, (_, index) => index * whole)
}

/** First days of months between two days, no more than `most`: every month, quarter, half year or year. */
export function monthTicks(firstDay: string, lastDay: string, most: number): string[] {
  const choices = [1, 2, 3, 6, 12, 24, 60, 120].map((size) => everyMonths(firstDay, lastDay, size))
  return choices.find((ticks) => ticks.length <= most) ?? []
}

function everyMonths(firstDay: string, lastDay: string, size: number): string[] {
  const ticks: string[] = []
  const first = Number(firstDay.slice(0, 4)) * 12
  const last = Number(lastDay.slice(0, 4)) * 12 + 11
  for (let month = first; month <= last; month += 1) {
    if (month % size !== 0) continue
    const day = `${Math.floor(month / 12)}-${String((month % 12) + 1).padStart(2, '0')}-01`
    if (day >= firstDay && day <= lastDay) ticks.push(day)
  }
  return ticks
}

/** An SVG path through the days whose value is known; each gap begins a new stroke. */
export function linePath(scale: CurveScale, days: readonly CurveDay[]): string {
  let isDrawing = false
  let path = ''
  for (const { day, value } of days) {
    if (value === null) {
      isDrawing = false
      continue
    }
    path += `${isDrawing ? 'L' : 'M'}${round(scale.x(day))} ${round(scale.y(value))}`
    isDrawing = true
  }
  return path
}

/** The closed shape between the lowest and the highest forecast. */
export function bandPath(scale: CurveScale, forecast: readonly ForecastDay[]): string {
  if (forecast.length < 2) return ''
  const upper = forecast.map(({ day, high }) => `${round(scale.x(day))} ${round(scale.y(high))}`)
  const lower = forecast.toReversed().map(({ day, low }) => `${round(scale.x(day))} ${round(scale.y(low))}`)
  return `M${[...upper, ...lower].join('L')}Z`
}

/** The last known value on or before a day. */
export function valueOn(days: readonly CurveDay[], day: string): CurveDay | null {
  return days.findLast((one) => one.day <= day && one.value !== null) ?? null
}

function round(value: number): number {
  return Math.round(value * 10) / 10
}
