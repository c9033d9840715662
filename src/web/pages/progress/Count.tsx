/** A figure of progress: it opens its households, or says that it is kept back. */
import type { ProgressFigure } from '../../../contract/progress.ts'
import { useText } from '../../text/dictionary.ts'
import { figureText } from '../../text/figure.ts'
import { useFormat } from '../../text/format.ts'
import { TextLink } from '../../ui/Button.tsx'
import { filterAddress } from './address.ts'

export function Count({ figure }: { figure: ProgressFigure }) {
  const text = useText(figureText)
  const format = useFormat()
  if (figure.value === null)
    return (
      <span className="kept-back" title={text.hiddenText}>
        {text.hidden}
      </span>
    )
  if (figure.filter === null || figure.value === 0) return format.number(figure.value)
  return <TextLink href={filterAddress(figure.filter)}>{format.number(figure.value)}</TextLink>
}

/** As the server rounded it: '75.00' gives 75.00%. */
export function percentWords(percent: string | null): string {
  return percent === null ? '–' : `${percent}%`
}

/** How wide a bar is, in per cent of its track. */
export function barWidth(percent: string | null): string {
  return `${Math.min(100, Number(percent ?? 0))}%`
}
