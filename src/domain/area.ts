/**
 * Areas of Thailand by their official code (DOPA, TIS 1099): 2 digits name a province, 4 a district,
 * 6 a subdistrict, 8 a village. A code of the level above is the beginning of the code below, so "everything
 * in this area" is a range of codes, which an index can walk.
 */
import { z } from 'zod'

export const areaLevels = ['nation', 'province', 'district', 'subdistrict', 'village'] as const
export type AreaLevel = (typeof areaLevels)[number]

const digitsOfLevel: Record<AreaLevel, number> = { nation: 0, province: 2, district: 4, subdistrict: 6, village: 8 }

/** An area code of any level; the empty text stands for the nation. */
export const areaCodeSchema = z.string().regex(/^([0-9]{2}){0,4}$/)

/** The code of the place where a household stands: 8 digits; the last two are 00 while the village is not known. */
export const villageCodeSchema = z.string().regex(/^[1-9][0-9]{7}$/)

/** The level of a code, or null when its length fits none. */
export function areaLevel(code: string): AreaLevel | null {
  return areaLevels.find((level) => digitsOfLevel[level] === code.length) ?? null
}

/** The code of the enclosing area at `level`; the code itself when it is already that level or above it. */
export function areaAt(code: string, level: AreaLevel): string {
  return code.slice(0, digitsOfLevel[level])
}

/** The enclosing area one level up; the nation's parent is null. */
export function parentArea(code: string): string | null {
  return code === '' ? null : code.slice(0, -2)
}

/** From the nation down to the code itself: '310102' gives '', '31', '3101', '310102'. */
export function areaPath(code: string): string[] {
  const path: string[] = []
  for (let length = 0; length <= code.length; length += 2) path.push(code.slice(0, length))
  return path
}

/** Whether `inner` lies in `outer` (an area lies in itself; everything lies in the nation). */
export function isAreaWithin(inner: string, outer: string): boolean {
  return inner.startsWith(outer)
}

/** The smallest area that all of these lie in: '3101' and '3104' give '31'; none at all give the nation. */
export function commonArea(codes: readonly string[]): string {
  const [first = ''] = codes
  return areaPath(first).findLast((code) => codes.every((other) => isAreaWithin(other, code))) ?? ''
}

/** Half-open range of the codes in an area, for `code >= from AND code < to` under the C collation. */
export function areaRange(code: string): { from: string; to: string } {
  return { from: code, to: `${code}~` }
}

/** The province of a code as the number that leads every key in storage; 0 stands for the nation. */
export function provinceOf(code: string): number {
  return code.length < 2 ? 0 : Number(code.slice(0, 2))
}

/** Village code from subdistrict code and village number (หมู่ที่), 0 or null when not known. */
export function villageCode(subdistrict: string, moo: number | null): string {
  return subdistrict + String(moo ?? 0).padStart(2, '0')
}

/** The village number (หมู่ที่) in an 8-digit code, or null when it is not known. */
export function mooOf(code: string): number | null {
  const moo = Number(code.slice(6, 8))
  return code.length === 8 && moo > 0 ? moo : null
}
