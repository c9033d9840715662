import { describe, expect, it } from 'vitest'
import { filterAddress, progressAddress, readFilter, readView } from './address.ts'

const query = (address: string) => new URLSearchParams(address.split('?')[1])

describe('addresses of progress', () => {
  it('bring back the view that was sent to a colleague', () => {
    const view = { area: '3104', asOf: '2023-03-31', milestone: 'recorded-thaiqm', list: 'all' }
    expect(readView(query(progressAddress(view)))).toEqual(view)
    expect(progressAddress({ area: '', asOf: null, milestone: null, list: null })).toBe('/progress?area=')
  })

  it('bring back the households behind a figure', () => {
    const filter = { area: '31', asOf: '2023-03-31', lists: ['thaiqm-2', 'found'], fact: 'target', without: 'recorded' }
    expect(readFilter(query(filterAddress(filter)))).toEqual(filter)
    const all = { ...filter, lists: null, without: null }
    expect(readFilter(query(filterAddress(all)))).toEqual(all)
  })

  it('read nothing into what they do not understand', () => {
    expect(readView(query('?area=abc&asOf=2023-02-30&milestone=<b>&list='))).toEqual({
      area: null,
      asOf: null,
      milestone: null,
      list: null,
    })
    expect(readFilter(query('?area=31&fact=recorded'))).toBeNull()
  })
})
