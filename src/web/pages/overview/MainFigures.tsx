import type { AreaFigure, Figure as FigureValue } from '../../../contract/figures.ts'
import { useMay } from '../../session.tsx'
import { commonText } from '../../text/common.ts'
import { useText } from '../../text/dictionary.ts'
import { figureText } from '../../text/figure.ts'
import { useFormat } from '../../text/format.ts'
import { Figure, FigureRow } from '../../ui/Facts.tsx'
import { figureAddress } from '../households/address.ts'
import { countedAddress, type CountedRows } from '../imports/counted.ts'

export function MainFigures({ total }: { total: AreaFigure }) {
  const text = useText(figureText)
  const common = useText(commonText)
  const format = useFormat()
  const mayOpenImports = useMay('import.read')
  const behind = total.filter ? { href: figureAddress(total.filter) } : {}
  const rowsBehind = (count: number, rows: CountedRows) =>
    mayOpenImports && count > 0 ? { href: countedAddress(total.area.code, rows) } : {}
  const shown = (figure: FigureValue) => figure.value ?? text.hidden
  return (
    <FigureRow>
      <Figure
        tone="strong"
        label={text.once}
        value={shown(total.households)}
        unit={common.household}
        note={text.onceNote}
        {...behind}
      />
      <Figure
        label={text.persons}
        value={shown(total.persons)}
        unit={common.person}
        note={average(total.persons.value, total.households.value)}
        {...behind}
      />
      <Figure
        label={text.listings}
        value={shown(total.listings)}
        unit={text.listingsUnit}
        note={text.listingsNote}
        {...behind}
      />
      <Figure
        label={text.waiting}
        value={total.waitingRows}
        unit={common.row}
        note={text.rowsNote}
        {...rowsBehind(total.waitingRows, 'waiting')}
      />
      <Figure
        label={text.invalid}
        value={total.invalidRows}
        unit={common.row}
        note={text.rowsNote}
        {...rowsBehind(total.invalidRows, 'invalid')}
      />
    </FigureRow>
  )

  function average(persons: number | null, households: number | null): string | null {
    if (persons === null || !households) return null
    return text.personsNote(format.number(persons / households, 1))
  }
}
