/** Numbers, dates and times as people of a Thai office write them. Dates come in as ISO in the common era. */
import { useMemo } from 'react'
import { type DatePrecision, formatDate as formatInLanguage, formatThaiDate } from '../../domain/date.ts'
import { type Locale, useLocale } from './locale.ts'

const tag: Record<Locale, string> = { th: 'th-TH-u-ca-buddhist-nu-latn', en: 'en-GB' }
const timeZone = 'Asia/Bangkok'

/** Whole or decimal number with thousands commas; an absent one is a dash, never a 0. */
export function formatNumber(value: number | null | undefined, locale: Locale, decimals = 0): string {
  if (value === null || value === undefined) return '–'
  return new Intl.NumberFormat(tag[locale], {
    minimumFractionDigits: decimals,
    maximumFractionDigits: decimals,
  }).format(value)
}

/** Two decimals, half up on the exact fraction (design, section 4); a share of nothing is "not applicable". */
export function formatShare(part: number, whole: number, locale: Locale): string {
  if (whole === 0) return locale === 'th' ? 'ไม่มีฐานคำนวณ' : 'not applicable'
  const hundredths = (BigInt(part) * 100_000n + BigInt(whole) * 5n) / (BigInt(whole) * 10n)
  return `${formatNumber(Number(hundredths) / 100, locale, 2)}%`
}

/** `2022-05-12` gives 12 พ.ค. 2565, or 12 May 2022 in English; a part that is not known is left out. */
export function formatDate(
  date: string | null | undefined,
  locale: Locale,
  { precision = 'day', month = 'short' }: { precision?: DatePrecision; month?: 'short' | 'long' } = {},
): string {
  if (!date) return '–'
  return locale === 'th' ? formatThaiDate(date, month, { precision }) : formatInLanguage(date, locale, precision)
}

/** A moment as the clock in Thailand showed it: 12 พ.ค. 2565 14:05 น. */
export function formatMoment(moment: string | Date | null | undefined, locale: Locale): string {
  if (!moment) return '–'
  const at = new Date(moment)
  const day = new Intl.DateTimeFormat('en-CA', { timeZone }).format(at)
  const time = new Intl.DateTimeFormat('en-GB', { timeZone, hour: '2-digit', minute: '2-digit' }).format(at)
  return `${formatDate(day, locale)} ${time}${locale === 'th' ? ' น.' : ''}`
}

/** Rounded up, in the largest two units that matter: "2 นาที 5 วินาที". */
export function formatDuration(seconds: number, locale: Locale): string {
  const whole = Math.max(0, Math.ceil(seconds))
  const words = locale === 'th' ? ['ชั่วโมง', 'นาที', 'วินาที'] : ['h', 'min', 's']
  const amounts = [Math.floor(whole / 3600), Math.floor((whole % 3600) / 60), whole % 60]
  const first = amounts.findIndex((amount) => amount > 0)
  if (first === -1) return `0 ${words[2]}`
  return [first, first + 1]
    .filter((index) => (amounts[index] ?? 0) > 0)
    .map((index) => `${amounts[index]} ${words[index]}`)
    .join(' ')
}

/** 1536 gives 1.5 KB (1 KB = 1024 bytes). */
export function formatBytes(bytes: number, locale: Locale): string {
  const units = locale === 'th' ? ['ไบต์', 'กิโลไบต์', 'เมกะไบต์', 'กิกะไบต์'] : ['bytes', 'KB', 'MB', 'GB']
  const step = Math.min(3, Math.floor(Math.log2(Math.max(1, bytes)) / 10))
  return `${formatNumber(bytes / 1024 ** step, locale, step === 0 ? 0 : 1)} ${units[step]}`
}

/** January first. */
export function monthNames(locale: Locale, length: 'short' | 'long'): readonly string[] {
  return Array.from({ length: 12 }, (_, index) =>
    new Intl.DateTimeFormat(tag[locale], { month: length, timeZone: 'UTC' }).format(Date.UTC(2022, index, 15)),
  )
}

/** The same functions, bound to the language of the screen. */
export function useFormat() {
  const locale = useLocale()
  return useMemo(
    () => ({
      locale,
      number: (value: number | null | undefined, decimals = 0) => formatNumber(value, locale, decimals),
      share: (part: number, whole: number) => formatShare(part, whole, locale),
      date: (date: string | null | undefined, options?: Parameters<typeof formatDate>[2]) =>
        formatDate(date, locale, options),
      moment: (moment: string | Date | null | undefined) => formatMoment(moment, locale),
      duration: (seconds: number) => formatDuration(seconds, locale),
      bytes: (bytes: number) => formatBytes(bytes, locale),
    }),
    [locale],
  )
}
