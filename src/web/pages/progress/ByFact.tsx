/** Every step of the work by list: each household once in the first line, then list by list. */
import type { CountedFact, ProgressFigure } from '../../../contract/progress.ts'
import { useText } from '../../text/dictionary.ts'
import { figureText } from '../../text/figure.ts'
import { useFormat } from '../../text/format.ts'
import { useLocale } from '../../text/locale.ts'
import { progressText } from '../../text/progress.ts'
import { type Column, DataTable } from '../../ui/DataTable.tsx'
import { Disclosure } from '../../ui/Navigation.tsx'
import { Section } from '../../ui/Page.tsx'
import { Count } from './Count.tsx'
import { inLanguage, type ProgressAnswer } from './progress.ts'

interface Line {
  code: string
  name: string
  figures: readonly (ProgressFigure & { fact: string })[]
}

export function ByFact({ progress }: { progress: ProgressAnswer }) {
  const text = useText(progressText)
  const figures = useText(figureText)
  const format = useFormat()
  const lines: Line[] = [
    { code: 'once', name: figures.onceTotal, figures: progress.figures.all },
    ...progress.figures.byList.flatMap(({ list, figures: counted }) => {
      const known = progress.lists.find(({ code }) => code === list)
      return [{ code: `list ${list}`, name: known ? inLanguage(known, format.locale) : list, figures: counted }]
    }),
  ]
  const columns: Column<Line>[] = [
    {
      id: 'list',
      header: figures.list,
      cell: ({ code, name }) => (code === 'once' ? <strong>{name}</strong> : name),
    },
    ...progress.facts.map((fact): Column<Line> => ({
      id: fact.code,
      header: inLanguage(fact, format.locale) + (fact.isAssumption ? ' *' : ''),
      align: 'end',
      cell: (line) => {
        const figure = line.figures.find((one) => one.fact === fact.code)
        return figure ? <Count figure={figure} /> : '–'
      },
    })),
  ]
  return (
    <Section title={text.byFact} lead={text.byFactLead}>
      <DataTable caption={text.byFact} columns={columns} rows={lines} rowKey={({ code }) => code} />
      <Disclosure title={text.factsNote}>
        <ul className="fact-notes">
          {progress.facts.map((fact) => (
            <li key={fact.code}>
              <strong>{inLanguage(fact, format.locale)}</strong> <Source fact={fact} />
            </li>
          ))}
        </ul>
      </Disclosure>
    </Section>
  )
}

function Source({ fact }: { fact: CountedFact }) {
  const figures = useText(figureText)
  const locale = useLocale()
  const source = [fact.document, fact.clause].filter(Boolean).join(' ')
  if (!fact.isAssumption) return source
  return (
    <>
      {source} * {figures.assumption} {fact.notes.map((note) => note[locale]).join(' ')}
    </>
  )
}
