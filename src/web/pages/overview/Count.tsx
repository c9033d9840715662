/** A count in a table: it opens the households behind it, or says that it is kept back. */
import type { Figure, HouseholdFilter } from '../../../contract/figures.ts'
import { useText } from '../../text/dictionary.ts'
import { figureText } from '../../text/figure.ts'
import { useFormat } from '../../text/format.ts'
import { TextLink } from '../../ui/Button.tsx'
import { figureAddress } from '../households/address.ts'
import { countedAddress, type CountedRows } from '../imports/counted.ts'

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

/** A count of rows of imports; opens the imports that they stand in, and each of them its rows. */
export function RowCount({ count, area, rows }: { count: number; area: string; rows: CountedRows }) {
  const format = useFormat()
  if (count === 0) return format.number(0)
  return <TextLink href={countedAddress(area, rows)}>{format.number(count)}</TextLink>
}
