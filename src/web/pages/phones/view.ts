/** What the page of phones shows, in the address: area, how long silent, order, and which of its two lists. */
import { type DeviceView, deviceSorts, silentAfterDays } from '../../../contract/devices.ts'
import { areaCodeSchema } from '../../../domain/area.ts'
import { dayInThailand } from '../../../domain/time.ts'

export const phoneTabs = ['phones', 'unfiled'] as const
export type PhoneTab = (typeof phoneTabs)[number]
export type DeviceSort = (typeof deviceSorts)[number]

export interface PhoneView {
  tab: PhoneTab
  /** '' for everything that the person answers for. */
  area: string
  /** 0 for every phone. */
  silentDays: number
  sort: DeviceSort
}

const noView: PhoneView = { tab: 'phones', area: '', silentDays: 0, sort: 'silent' }
const longestSilence = 365

/** Reads the address; what is not understood is as if it were not there. */
export function readPhoneView(query: URLSearchParams): PhoneView {
  const area = areaCodeSchema.safeParse(query.get('area') ?? '')
  const days = query.get('silent') ?? ''
  return {
    tab: phoneTabs.find((tab) => tab === query.get('tab')) ?? noView.tab,
    area: area.success ? area.data : noView.area,
    silentDays: /^\d{1,3}$/.test(days) && Number(days) <= longestSilence ? Number(days) : noView.silentDays,
    sort: deviceSorts.find((sort) => sort === query.get('sort')) ?? noView.sort,
  }
}

export function phonesAddress(view: Partial<PhoneView>): string {
  const { tab, area, silentDays, sort } = { ...noView, ...view }
  const query = new URLSearchParams()
  if (tab !== noView.tab) query.set('tab', tab)
  if (area !== '') query.set('area', area)
  if (silentDays !== noView.silentDays) query.set('silent', String(silentDays))
  if (sort !== noView.sort) query.set('sort', sort)
  const text = query.toString()
  return text === '' ? '/phones' : `/phones?${text}`
}

/** Whole calendar days in Thailand between a moment and now; 0 for today, and for a moment that lies ahead. */
export function daysSince(moment: string, now: Date): number {
  const days = Date.parse(dayInThailand(now)) - Date.parse(dayInThailand(new Date(moment)))
  return Math.max(0, Math.round(days / 86_400_000))
}

/** Whether a phone in use did not send everything for so long; one that never did counts from its registration. */
export function isSilent(device: Pick<DeviceView, 'state' | 'lastSyncAt' | 'registeredAt'>, now: Date): boolean {
  const heard = Date.parse(device.lastSyncAt ?? device.registeredAt)
  return device.state === 'active' && now.getTime() - heard > silentAfterDays * 86_400_000
}

/** Seconds that a clock may be off before anybody needs to know. */
const clockTolerance = 10 * 60

export function isClockWrong({ clockOffset }: Pick<DeviceView, 'clockOffset'>): boolean {
  return clockOffset !== null && Math.abs(clockOffset) > clockTolerance
}

export function isWaiting({ waiting }: Pick<DeviceView, 'waiting'>): boolean {
  return waiting.items + waiting.photos > 0
}

/** Where the field app is opened. */
export function fieldAddress(): string {
  return `${window.location.host}/field`
}
