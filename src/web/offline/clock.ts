/**
 * The device's clock against the server's. Every answer with the server's time corrects it; what is shown as today is the
 * corrected day, and it is only sure while nothing says that the clock was moved since.
 */
import { dayInThailand } from '../../domain/time.ts'
import { change, type ClockRow, type PhoneDatabase } from './storage.ts'

/** A clock this far off the server's was set by no one who looked at it: it may be set right at any moment. */
const wildOffsetMs = 12 * 60 * 60 * 1000
/** Nobody works without the server for longer. */
const longestAbsenceMs = 400 * 24 * 60 * 60 * 1000
/** What phones correct by themselves. */
const smallStepMs = 5 * 60 * 1000
const firstYear = Date.parse('1971-01-01T00:00:00Z')
const lastYear = Date.parse('9999-01-01T00:00:00Z')

export interface Today {
  /** `YYYY-MM-DD` in Thailand, common era; near the true day also where it is not sure. */
  day: string
  /** False: ask the person for the day. */
  isSure: boolean
}

/** @param builtMs when the app was built: it cannot be earlier now */
export function todayBy(clock: ClockRow | null, deviceMs: number, builtMs: number): Today {
  const nowMs = correctedMs(clock, deviceMs)
  const isSure =
    clock !== null &&
    Math.abs(clock.offsetMs) <= wildOffsetMs &&
    deviceMs >= clock.deviceMs - smallStepMs &&
    nowMs <= clock.serverMs + longestAbsenceMs &&
    nowMs >= builtMs - wildOffsetMs
  // It cannot be earlier than what is known; and a clock that ran ahead by years tells nothing.
  const floorMs = Math.max(builtMs, clock?.serverMs ?? firstYear)
  const isNear = nowMs >= floorMs && (clock === null || nowMs <= floorMs + longestAbsenceMs)
  return { day: dayInThailand(new Date(isSure || isNear ? nowMs : floorMs)), isSure }
}

/** The last day that a person may say; any where the clock is not to be trusted, and the server knows. */
export const latestDay = ({ day, isSure }: Today): string => (isSure ? day : '9999-12-31')

/** Years to choose a day from, around the day that is shown as today. */
export function yearsAround({ day, isSure }: Today, before = 3): [from: number, to: number] {
  const year = Number(day.slice(0, 4))
  return [year - before, year + (isSure ? 0 : 3)]
}

/** The device's time as the server would say it, milliseconds; within years that can be written. */
export function correctedMs(clock: ClockRow | null, deviceMs: number): number {
  const ms = deviceMs + (clock?.offsetMs ?? 0)
  return Math.min(Math.max(Number.isFinite(ms) ? ms : firstYear, firstYear), lastYear)
}

/**
 * How long ago the server was heard last, milliseconds. Where the clock was set right, or wrong, since then, the shorter of
 * what may be true: copies are not thrown away in a village because somebody set the clock.
 */
export function silenceMs({ deviceMs, serverMs }: ClockRow, nowMs: number): number {
  const spans = [nowMs - deviceMs, nowMs - serverMs].filter((span) => span >= 0)
  return spans.length === 0 ? 0 : Math.min(...spans)
}

/** A moment by the device's clock, ISO, whatever the clock says. */
export function momentOf(now: Date): string {
  return new Date(correctedMs(null, now.getTime())).toISOString()
}

/**
 * Keeps what an answer says of the clock.
 *
 * @param askedMs the device's clock when the question left
 */
export async function noteServerTime(
  database: PhoneDatabase,
  serverTime: string,
  askedMs: number,
  deviceMs: number,
): Promise<ClockRow | null> {
  const serverMs = Date.parse(serverTime)
  if (!Number.isFinite(serverMs)) return null
  // Moved while we waited: the middle of the way means nothing.
  const middle = deviceMs >= askedMs && deviceMs - askedMs < smallStepMs ? (askedMs + deviceMs) / 2 : deviceMs
  const clock: ClockRow = { offsetMs: Math.round(serverMs - middle), deviceMs, serverMs }
  await change(database, ['about'], (tx) => tx.objectStore('about').put(clock, 'clock'))
  return clock
}
