import type { HouseholdView } from '../../../contract/households.ts'
import { areaPath } from '../../../domain/area.ts'
import { useText } from '../../text/dictionary.ts'
import { householdText } from '../../text/household.ts'
import type { Crumb } from '../../ui/Navigation.tsx'
import { householdAddress, listAddress } from './address.ts'

/** From the list of the province down to the village, each step the list of that area. */
export function useHouseholdCrumbs(household: HouseholdView, here?: string): Crumb[] {
  const text = useText(householdText)
  const { place } = household
  const names = [place.province, place.district, place.subdistrict]
  const areas = areaPath(place.areaCode)
    .slice(1, 4)
    .flatMap((area, index) => {
      const name = names[index]
      return name ? [{ label: name, href: listAddress({ area }) }] : []
    })
  return [
    { label: text.title, href: '/households' },
    ...areas,
    ...(here
      ? [{ label: text.page.crumb, href: householdAddress(household) }, { label: here }]
      : [{ label: text.page.crumb }]),
  ]
}
