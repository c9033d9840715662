import { describe, expect, it } from 'vitest'
import {
  formatBytes,
  formatDate,
  formatDuration,
  formatMoment,
  formatNumber,
  formatShare,
  monthNames,
} from './format.ts'

describe('what the screen writes', () => {
  it('writes dates in the Buddhist era in Thai and in the common era in English', () => {
    expect(formatDate('2022-05-12', 'th')).toBe('12 พ.ค. 2565')
    expect(formatDate('2022-05-12', 'en')).toBe('12 May 2022')
    expect(formatDate('2022-05-12', 'th', { month: 'long' })).toBe('12 พฤษภาคม 2565')
  })

  it('leaves out the parts of a date that nobody knows', () => {
    expect(formatDate('1950-01-01', 'th', { precision: 'year' })).toBe('2493')
    expect(formatDate('1950-03-01', 'th', { precision: 'month' })).toBe('มี.ค. 2493')
    expect(formatDate(null, 'th')).toBe('–')
  })

  it('writes a moment as the clock in Thailand showed it', () => {
    expect(formatMoment('2022-05-12T18:30:00Z', 'th')).toBe('13 พ.ค. 2565 01:30 น.')
  })

  it('puts commas between thousands and a dash where there is no number', () => {
    expect(formatNumber(653_524, 'th')).toBe('653,524')
    expect(formatNumber(null, 'th')).toBe('–')
  })

  it('rounds a share half up on the exact fraction, as official tables do', () => {
    expect(formatShare(63_974, 85_300, 'th')).toBe('75.00%')
    expect(formatShare(1, 800, 'th')).toBe('0.13%')
    expect(formatShare(0, 0, 'th')).toBe('ไม่มีฐานคำนวณ')
  })

  it('says how long in at most two units', () => {
    expect(formatDuration(125, 'th')).toBe('2 นาที 5 วินาที')
    expect(formatDuration(3600, 'en')).toBe('1 h')
    expect(formatDuration(0, 'en')).toBe('0 s')
  })

  it('writes sizes of files', () => {
    expect(formatBytes(1536, 'en')).toBe('1.5 KB')
    expect(formatBytes(19_922_944, 'th')).toBe('19.0 เมกะไบต์')
  })

  it('names the months', () => {
    expect(monthNames('th', 'long')[11]).toBe('ธันวาคม')
  })
})
