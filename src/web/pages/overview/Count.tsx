/** A count in a table: it opens the households behind it, or says that it is kept back. */
import type { Figure, HouseholdFilter } from '../../../contract/figures.ts'
import { useText } from '../../text/dictionary.ts'
import { figureText } from '../../text/figure.ts'
import { useFormat } from '../../text/format.ts'
import { TextLink } from '../../ui/Button.tsx'
import { figureAddress } from '../households/address.ts'

export function Count({ figure, filter }: { figure: Figure; filter: HouseholdFilter | null }) {
  const text = useText(figureText)
  const format = useFormat()
  if (figure.value === null)
    return (
      <span className="kept-back" title={text.hiddenText}>
        {text.hidden}
      </span>
    )
  if (filter === null || figure.value === 0) return format.number(figure.value)
  return <TextLink href={figureAddress(filter)}>{format.number(figure.value)}</TextLink>
}

/** A count of rows of imports; opens the imports of the area. */
export function RowCount({ count, area, isWaiting }: { count: number; area: string; isWaiting: boolean }) {
  const format = useFormat()
  if (count === 0) return format.number(0)
  return <TextLink href={importsAddress(area, isWaiting)}>{format.number(count)}</TextLink>
}

export function importsAddress(area: string, isWaiting: boolean): string {
  const query = new URLSearchParams({ ...(area !== '' && { area }), ...(isWaiting && { waiting: 'true' }) }).toString()
  return query === '' ? '/imports' : `/imports?${query}`
}
